"""Measured error rates in words: what each check found in clips of the same kind of file, and how often it spoke where nothing had been done.

Counts come first and each rate with its interval. No finding in n clips is printed as a bound, never as nothing; and where there are no
numbers for this kind of file, that is said in one fixed sentence.
"""

import math
from collections.abc import Iterator

from entirety.knowledge.intervals import interval, upper_bound
from entirety.knowledge.performance import GROUPS
from entirety.model.audit import Audit
from entirety.model.finding import Outcome
from entirety.model.rates import Found, MeasuredSet, Performance
from entirety.report.facts import grouped
from entirety.report.view_parts import RateRow, Rates
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

APART = ("device", "untouched")
"""Groups to which no edit of ours belongs: what a device did itself, and takes left as they were that hold known cuts."""

EDITS = tuple(group for group in GROUPS if group not in ("untouched", "innocent"))
"""Groups of edits that have words; any other is called another change."""

PACES, ORIGINS = ("steady", "variable", "low-rate"), ("software", "unnamed")

CODECS = ("h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "vp8", "vp9", "av1", "mjpeg")
"""Codings that are known by another name than the library's."""

FEWEST_BOUND = 4
"""Clips from which 3/n says anything: up to 3 it is the whole."""


def rates(audit: Audit, words: Catalogue) -> Rates:
    """What section 9 prints: a text, and one row for each check that ran; no rows where no such check has numbers."""
    known = {one.check: one for one in audit.performance}
    kind = (words.text("rates.kind", kind=kind_of(audit.kind, words)),) if audit.kind else ()
    declared = {declaration.id: declaration.title for declaration in audit.declarations}
    ran = [check.id for check in audit.checks if check.outcome in (Outcome.FOUND, Outcome.CLEAR)]
    first = next((known[check] for check in ran if check in known), None)
    if first is None:
        return Rates((words.text("limit.no_data"), *kind), ())
    rows = (_row(check, declared.get(check, check), known.get(check), words) for check in ran)
    lead = _lead(first, words, other=_other_build(audit, first.measured))
    return Rates((*kind, *lead), tuple(rows))


def told(rates: Performance | None, words: Catalogue) -> str:
    """The line under a finding of one check."""
    if rates is None:
        return words.text("rates.finding_none")
    edits = [found for found in rates.found if found.group not in APART]
    ran = sum(found.clips - found.not_run for found in edits)
    seen = "; ".join(_seen(found, words) for found in edits if found.near)
    false = words.text("rates.finding_false", false=_false_clips(rates, words))
    if not ran:
        return f"{false} {words.text('rates.not_chance')}"
    told = words.text("rates.finding_found", list=seen) if seen else words.text("rates.finding_nothing", n=ran)
    return f"{false} {told} {words.text('rates.not_chance')}"


def _seen(found: Found, words: Catalogue) -> str:
    ran = found.clips - found.not_run
    return words.text("rates.finding_seen", edit=_edit(found, words), near=found.near, count=ran)


def kind_of(kind: str, words: Catalogue) -> str:
    """`h264 steady software` in words; a kind of another make stays as it is written."""
    codec, *rest = kind.split(" ")
    if len(rest) != 2 or rest[0] not in PACES or rest[1] not in ORIGINS:
        return visible(kind, 100)
    coding = words.text(f"kind.codec_{codec}") if codec in CODECS else visible(codec, 40)
    origin = words.text(f"kind.origin_{rest[1]}")
    return words.text("kind.all", codec=coding, pace=words.text(f"kind.pace_{rest[0]}"), origin=origin)


def counted_lines(rates: Performance, words: Catalogue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one check found of edits, and how often it spoke where nothing had been done."""
    return tuple(_found(rates, words)), tuple(_false(rates, words))


def _other_build(audit: Audit, measured: MeasuredSet) -> bool:
    """Whether the rates come from other source files than those of the program that made the audit; one version can have many builds."""
    source = dict(audit.tool.libraries).get("entirety source", "")
    return source[:12] not in measured.tool or not source


def _lead(rates: Performance, words: Catalogue, *, other: bool) -> tuple[str, ...]:
    counted = words.text("rates.counted", n=rates.clips, **_set(rates.measured))
    means = f"{words.text('rates.found_means')} {words.text('rates.false_means')}"
    half = f"{words.text('rates.half')} {words.text('rates.other_build')}" if other else words.text("rates.half")
    return f"{counted} {half}", words.text("rates.made"), means, words.text("rates.alike")


def _set(measured: MeasuredSet) -> dict[str, str | int]:
    return {
        "all": measured.clips,
        "sha256": grouped(measured.sha256),
        "date": visible(measured.date, 40),
        "tool": visible(measured.tool, 40),
        "commit": visible(measured.commit[:12]),
    }


def _row(check: str, title: str, rates: Performance | None, words: Catalogue) -> RateRow:
    name = words.own(title)
    if rates is None:
        return RateRow(visible(check, 60), name, (words.text("rates.none"),), (words.text("rates.none"),))
    return RateRow(visible(check, 60), name, *counted_lines(rates, words))


def _found(rates: Performance, words: Catalogue) -> Iterator[str]:
    """A line for each kind of edit of which anything was found, one for all others, and apart from them what a device did itself."""
    edits = [found for found in rates.found if found.group != "device"]
    if not edits:
        yield words.text("rates.no_edits")
    yield from (_found_line(found, words) for found in edits if found.near)
    if nothing := [_nothing(found, words) for found in edits if not found.near]:
        yield words.text("rates.nothing", list="; ".join(nothing))
    yield from (_found_line(found, words) for found in rates.found if found.group == "device")


def _found_line(found: Found, words: Catalogue) -> str:
    low, high = interval(found.near, found.clips) if found.clips else (0.0, 1.0)
    return words.text(
        "rates.found_line_not_run" if found.not_run else "rates.found_line",
        edit=_edit(found, words),
        near=found.near,
        count=found.clips,
        frame=found.frame,
        not_run=found.not_run,
        low=f"{100 * low:.0f}",
        high=f"{100 * high:.0f}",
    )


def _nothing(found: Found, words: Catalogue) -> str:
    message = "rates.nothing_in_not_run" if found.not_run else "rates.nothing_in"
    return words.text(message, edit=_edit(found, words), count=found.clips, not_run=found.not_run)


def _edit(found: Found, words: Catalogue) -> str:
    if found.group == "untouched":
        return words.text("edit.left")
    return words.text(f"edit.{found.group}" if found.group in EDITS else "edit.other")


def _false(rates: Performance, words: Catalogue) -> Iterator[str]:
    yield _false_clips(rates, words)
    if rates.continuous:
        yield _false_hours(rates, words)
    if rates.not_run:
        yield words.text("rates.false_not_run", n=rates.not_run)


def _false_clips(rates: Performance, words: Catalogue) -> str:
    count, n = rates.false_clips, rates.continuous
    if n == 0:
        return words.text("rates.no_continuous")
    if count == 0 and n < FEWEST_BOUND:
        return words.text("rates.false_few", n=n)
    if count == 0:
        # Rounded up: a bound that is rounded down is none.
        return words.text("rates.false_bound", n=n, bound=f"{math.ceil(1000 * upper_bound(n) - 1e-9) / 10:.1f}")
    low, high = interval(count, n)
    bounds = {"low": f"{100 * low:.1f}", "high": f"{100 * high:.1f}"}
    return words.text("rates.false_line", count=count, n=n, rate=f"{100 * count / n:.1f}", **bounds)


def _false_hours(rates: Performance, words: Catalogue) -> str:
    hours = rates.hours
    time = words.text("rates.hours", hours=f"{hours:.1f}") if hours >= 1 else _minutes(hours, words)
    # A rate per hour from a few minutes is an invention to a reader.
    if rates.false and hours >= 1:
        return words.text("rates.per_hour", n=rates.false, time=time, rate=f"{rates.false / hours:.1f}")
    if rates.false:
        return words.text("rates.found_in", n=rates.false, time=time)
    return words.text("rates.none_in", time=time)


def _minutes(hours: float, words: Catalogue) -> str:
    return words.text("rates.minutes", minutes=f"{60 * hours:.1f}")

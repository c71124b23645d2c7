"""Each finding in words: place, strength, measured values, explanations and pictures, in the layout that every form of the report uses."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from entirety.judge.recording_innocent import ID as COMPARED
from entirety.model.audit import Audit, CheckResult, Declaration, Numbered, Still
from entirety.model.finding import Finding, Innocent, Question, Span, Status, Weight
from entirety.model.time import clock
from entirety.report.measured import measured_row
from entirety.report.performance import told
from entirety.report.place import place as place_of
from entirety.report.shortened import SHORT, shortened
from entirety.report.sides import pair, place
from entirety.report.view import Explanation, FindingView, Picture
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

PAIR, STRIP = 370, 160
"""Picture points that the page is wide where two pictures stand side by side, and where more do: a wider one is printed smaller, and says so."""

MOST_RANGES = 4
"""Byte ranges printed with a finding; audit.json has them all."""


def findings(audit: Audit, words: Catalogue) -> tuple[FindingView, ...]:
    """All findings in the audit's order."""
    declared = {declaration.id: declaration for declaration in audit.declarations}
    results = {check.id: check for check in audit.checks}
    rates = {one.check: told(one, words) for one in audit.performance}
    none = told(None, words)
    stills: dict[str, list[Still]] = {}
    for still in audit.stills:
        stills.setdefault(still.finding, []).append(still)
    # The drawing of the whole clip is figure 1, the map of recordings, where there is one, figure 2.
    first = 2 if audit.coverage is None else 3
    return tuple(
        _placed(
            _finding(
                one, declared.get(name), results.get(name), stills.get(one.id, []), words, rates=rates.get(name, none)
            ),
            place_of(audit, one, words),
            words.text("finding.label", number=number, id=visible(one.id, 20)),
        )
        for number, one in enumerate(audit.findings, first)
        for name in (one.finding.check,)
    )


def _placed(told: FindingView, drawn: tuple[str, str], label: str) -> FindingView:
    return replace(told, label=label, svg=drawn[0], svg_alt=drawn[1])


def when(start: Fraction, end: Fraction, words: Catalogue) -> str:
    """One time or a range of times."""
    if start == end:
        return clock(start)
    return words.text("finding.time_range", start=clock(start), end=clock(end))


def frames(first: int, last: int, words: Catalogue) -> str:
    """One frame, a range, or the statement that there is none."""
    if first < 0:
        return words.text("finding.no_frame")
    if last in (first, -1):
        return words.text("finding.frame", first=first)
    return words.text("finding.frame_range", first=first, last=last)


def counted(audit: Audit, words: Catalogue) -> str:
    """`1 direct trace, 2 supporting signs`; empty without findings."""
    number = strengths(audit)
    kinds = [kind for w in Weight for kind in (w.value, f"{w.value}_original")]
    return ", ".join(words.text(f"weight.count_{kind}", n=number[kind]) for kind in kinds if number[kind])


def strengths(audit: Audit) -> Counter[str]:
    """How many findings of each weight there are; `strong_original` are strong ones on what wrote the file, no sign of a cut."""
    original = {check.id for check in audit.checks if check.question is Question.ORIGINAL}
    return Counter(_strength(one.finding, original) for one in audit.findings)


def _strength(finding: Finding, original: Collection[str]) -> str:
    """Word for the strength; what only says who wrote the file is told apart, lest it be read as a sign of a cut."""
    apart = finding.weight is Weight.STRONG and finding.check in original
    return f"{finding.weight.value}_original" if apart else finding.weight.value


def _finding(
    one: Numbered,
    declaration: Declaration | None,
    result: CheckResult | None,
    stills: list[Still],
    words: Catalogue,
    *,
    rates: str,
) -> FindingView:
    finding, span = one.finding, one.finding.span
    apart = [still for still in stills if still.role == "shown"], [still for still in stills if still.role != "shown"]
    shown, hidden = (
        tuple(_picture(still, finding, words, PAIR if len(row) <= 2 and row is apart[0] else STRIP) for still in row)
        for row in apart
    )
    original = {result.id} if result and result.question is Question.ORIGINAL else set()
    strength, revision = _strength(finding, original), result.revision if result else 0
    compared = finding.weight is Weight.DIRECT and finding.check == COMPARED
    claim = words.say(finding.claim)
    still_open = [i for i in finding.innocent if i.status is not Status.EXCLUDED]
    return FindingView(
        id=visible(one.id, 20),
        label="",
        title=_title(finding, declaration, words),
        when=when(span.start, span.end, words),
        frames=frames(span.first, span.last, words),
        bytes=_bytes(span, words),
        weight=words.text(f"weight.{strength}"),
        weight_code=finding.weight.value,
        means=words.text("weight.direct_compared_means" if compared else f"weight.{strength}_means"),
        why_not=_why_not(finding.weight, len(still_open), words),
        confidence=words.text(f"confidence.{finding.confidence.value}"),
        claim=claim,
        inference=words.say(finding.inference),
        measured=tuple(measured_row(measured, words) for measured in finding.measured),
        explanations=tuple(_explanation(innocent, declaration, words) for innocent in finding.innocent),
        pictures=shown,
        hidden=hidden,
        reproduce=visible(finding.reproduce, 2000),
        by=words.text("finding.by", check=visible(finding.check), revision=revision, code=visible(finding.code)),
        rates=rates,
        short=shortened(claim),
        considered=_considered(one, declaration, words),
        pair=pair(stills, shown, hidden, finding),
        svg="",
        svg_alt="",
    )


def _title(finding: Finding, declaration: Declaration | None, words: Catalogue) -> str:
    return words.own(declaration.title if declaration else finding.check)


def _why_not(weight: Weight, still_open: int, words: Catalogue) -> str:
    """Why not stronger. A direct trace cannot be: there, what is open is how it came about."""
    if not still_open or weight is Weight.NEUTRAL:
        return ""
    return words.text("finding.open_direct" if weight is Weight.DIRECT else "finding.why_not", n=still_open)


def _bytes(span: Span, words: Catalogue) -> tuple[str, ...]:
    listed = tuple(words.text("finding.bytes", start=start, end=end) for start, end in span.byte_ranges[:MOST_RANGES])
    rest = len(span.byte_ranges) - MOST_RANGES
    return (*listed, words.text("finding.bytes_more", n=rest)) if rest > 0 else listed


def cause(slug: str, declaration: Declaration | None, words: Catalogue) -> str:
    """The sentence that the check declared for an innocent cause; the slug itself where it declared none."""
    own: Mapping[str, str] = dict(declaration.innocent) if declaration else {}
    return words.own(own.get(slug, slug))


def _explanation(innocent: Innocent, declaration: Declaration | None, words: Catalogue) -> Explanation:
    return Explanation(
        cause(innocent.slug, declaration, words),
        words.text(_status(innocent.status)),
        innocent.status.name.lower(),
        words.say(innocent.why),
    )


def _status(status: Status) -> str:
    return f"status.{status.value.replace(' ', '_')}"


def _considered(one: Numbered, declaration: Declaration | None, words: Catalogue) -> str:
    number = Counter(innocent.status for innocent in one.finding.innocent)
    counts = ", ".join(f"{number[status]} {words.text(_status(status))}" for status in Status if number[status])
    line = words.text("page.others_line", id=visible(one.id, 20), list=counts or words.text("report.none"))
    still_open = [i for i in one.finding.innocent if i.status is not Status.EXCLUDED]
    if not still_open:
        return line
    first = cause(still_open[0].slug, declaration, words)
    short = first if len(first) <= SHORT // 2 else f"{first[: SHORT // 2].rsplit(' ', 1)[0]} …"
    return f"{line} {words.text('page.others_open', cause=short)}"


def _picture(still: Still, finding: Finding, words: Catalogue, room: int) -> Picture:
    reduced = "_reduced" if still.width > room else ""
    hidden, further = still.role != "shown", still.role not in ("shown", "hidden")
    time = words.text("picture.no_time") if still.time is None else clock(still.time)
    return Picture(
        file=still.file,
        label=words.text(f"picture.{still.role if hidden else place(still.frame, finding)}"),
        title=words.text(
            "picture.further" if further else "picture.stored" if hidden else "picture.frame",
            number=still.frame,
            time=time,
        ),
        short=words.text(
            "picture.further_short" if further else "picture.stored_short" if hidden else "picture.frame_short",
            number=still.frame,
        ),
        sha256=still.sha256,
        size=words.text(f"picture.size{reduced}", width=still.width, height=still.height, file=still.file),
        alt=words.text(
            f"picture.alt_{still.role}" if hidden else "picture.alt",
            number=still.frame,
            time=time,
            finding=still.finding,
        ),
        width=still.width,
        height=still.height,
    )

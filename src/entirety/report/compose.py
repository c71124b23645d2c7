"""An audit in words: chooses every text of the report once, for all of its printed forms."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import astuple

from entirety.model.audit import Audit
from entirety.model.finding import Outcome, Weight
from entirety.model.time import clock
from entirety.report import facts, unexamined
from entirety.report.annexes import annexes
from entirety.report.caption import caption
from entirety.report.checks import checks, ended, tally
from entirety.report.compared import compared_view
from entirety.report.figure import drawing
from entirety.report.findings import findings
from entirety.report.live import live_view
from entirety.report.method import copied, method
from entirety.report.page_one import page_one
from entirety.report.performance import rates
from entirety.report.questions import questions
from entirety.report.second_opinion import second_view
from entirety.report.shots import shots_view
from entirety.report.stated import all_stated, capacity, sign_view
from entirety.report.terms import TERMS
from entirety.report.view import FindingView, RuleView, View
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_WEIGHED = 20
"""Findings named in the evaluation; section 5 has all. Chosen: half a page."""


def report_id(audit: Audit) -> str:
    """The same file under the same program, libraries and case file always has the same id; an amended report has another one, and so has
    one with recordings beside it or with working copies, as its findings and files are others.
    """
    made = f"{audit.custody.sha256} {audit.tool.version} {audit.tool.libraries}"
    if audit.stated is not None:
        made += f" {astuple(audit.stated)}"
    if audit.coverage is not None:
        made += "".join(f" {source.custody.sha256}" for source in audit.coverage.sources)
    made += "".join(f" {copy.file_sha256}" for copy in audit.copies)
    return f"E-{hashlib.sha256(made.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def compose(audit: Audit, words: Catalogue, audit_sha256: str, outputs: Iterable[tuple[str, str]]) -> View:
    """The view of an audit with its declarations (see `document.declared`). `outputs` are file names and hashes of what lies beside."""
    told, beside = findings(audit, words), dict(outputs)
    listed = checks(audit, words)
    svg, alt = drawing(audit, words)
    return View(
        language=words.language,
        report_id=report_id(audit),
        name=visible(audit.custody.name, 120),
        audit_sha256=audit_sha256,
        date=_date(audit),
        words=words.fixed(),
        page=page_one(audit, told, words),
        sign=sign_view(audit.stated, words),
        stated=all_stated(audit.stated, words),
        scope=_scope(audit, words),
        questions=questions(audit, words),
        item=facts.item(audit, words),
        integrity=facts.integrity(audit, words),
        second=second_view(audit.second, words),
        svg=svg,
        svg_alt=alt,
        caption=caption(audit, words),
        shots=shots_view(audit, words),
        compared=compared_view(audit, words),
        unexamined=unexamined.rows(audit.unexamined, words),
        findings=told,
        blind_found=tuple(f"{c.title}: {c.here}" for c in ended(audit, listed, Outcome.FOUND) if c.here),
        tally=tally(audit, words),
        clear=ended(audit, listed, Outcome.CLEAR),
        other=ended(audit, listed, Outcome.NOT_APPLICABLE, Outcome.SKIPPED, Outcome.FAILED),
        rule=_rule(audit, words),
        evaluation=_evaluation(audit, told, words),
        limits=_limits(audit, words),
        rates=rates(audit, words),
        method=method(audit, words),
        outputs=tuple((visible(name, 200), facts.grouped(sha256)) for name, sha256 in beside.items()),
        copies=tuple(copied(copy, words) for copy in audit.copies),
        glossary=tuple((t, words.text(f"glossary.{t}"), words.text(f"glossary.{t}_means")) for t in TERMS),
        checks=listed,
        tags=facts.tags(audit.tags),
        streams=facts.streams(audit, words),
        notes=tuple(visible(note, 300) for note in audit.notes),
        notes_count=words.text("notes.count", n=len(audit.notes)) if audit.notes else words.text("notes.none"),
        annex=annexes(audit, beside, words),
        live=live_view(audit, told, words, tuple(beside.items())),
    )


def _date(audit: Audit) -> tuple[int, ...] | None:
    try:
        started = dt.datetime.fromisoformat(audit.run.started) if audit.run else None
        return started.astimezone(dt.UTC).timetuple()[:6] if started and started.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _scope(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    start = (words.text("scope.start", time=clock(audit.start)),) if audit.start else ()
    first = (words.text("scope.task"), words.text("scope.clock"), *start)
    if audit.coverage is None:
        return (*first, words.text("scope.received"), words.text("scope.missing"))
    count = len(audit.coverage.sources)
    return (*first, words.text("scope.received_with", n=count), words.text("scope.missing_with"))


def _rule(audit: Audit, words: Catalogue) -> tuple[RuleView, ...]:
    return tuple(
        RuleView(
            row.number, words.say(row.condition), words.text(f"word.{row.answer.value}"), row.condition == audit.reason
        )
        for row in audit.rule
    )


def _evaluation(audit: Audit, told: tuple[FindingView, ...], words: Catalogue) -> tuple[str, ...]:
    """The weighty findings with the explanations that are open, and in the same form what speaks for an unbroken recording."""
    clear = sum(check.outcome is Outcome.CLEAR for check in audit.checks)
    weighty = [one.considered for one in told if one.weight_code != Weight.NEUTRAL.value]
    rest = (words.text("rule.rest", n=len(weighty) - MOST_WEIGHED),) if len(weighty) > MOST_WEIGHED else ()
    return (*weighty[:MOST_WEIGHED], *rest, words.text("rule.clear", n=clear))


def _limits(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    """What the audit says of this file, and what follows from how it was examined."""
    seconds = unexamined.seconds(audit.unexamined)
    return (
        *(words.say(limit) for limit in audit.limits),
        *(() if audit.constant_rate else (words.text("limit.variable"),)),
        *((words.text("limit.unexamined", seconds=f"{seconds:.3f}"),) if seconds else ()),
        *(() if audit.performance else (words.text("limit.no_data"),)),
        words.text("limit.law", capacity=capacity(audit.stated, words)),
    )

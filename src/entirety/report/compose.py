"""An audit in words: chooses every text of the report once, for all of its printed forms."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from entirety.model.audit import SCHEMA_VERSION, Audit, CheckResult, Declaration
from entirety.model.copies import Copy
from entirety.model.finding import Outcome, Weight
from entirety.model.time import clock
from entirety.report import facts, unexamined
from entirety.report.caption import caption
from entirety.report.compared import compared_view, settled
from entirety.report.figure import drawing
from entirety.report.findings import counted, findings
from entirety.report.live import live_view
from entirety.report.performance import rates
from entirety.report.questions import questions
from entirety.report.second_opinion import second_view
from entirety.report.shots import shots_view
from entirety.report.view import CheckView, FindingView, PageOne, RuleView, View
from entirety.report.view_compared import Rows
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_MAIN = 3
"""Findings on page one."""

CASE = ("number", "exhibit", "court", "from", "when")
SIGN = ("operator", "capacity", "date", "contact", "mark")
TERMS = (
    "clip",
    "frame",
    "key_frame",
    "types",
    "group",
    "order",
    "presentation",
    "tick",
    "median",
    "shot",
    "hard_cut",
    "dissolve",
    "jump_cut",
    "cadence",
    "overlay",
    "source_group",
    "residual",
    "hash",
    "container",
    "edit_list",
    "packet",
    "multiplex",
    "transport",
    "reference",
    "time_code",
    "fix",
    "stream",
    "settings",
    "quantiser",
    "rate_control",
    "run",
    "bla",
    "re_encoding",
    "stream_copy",
    "finding",
)


def report_id(audit: Audit) -> str:
    """The same file under the same program and libraries always has the same id."""
    made = f"{audit.custody.sha256} {audit.tool.version} {audit.tool.libraries}"
    return f"E-{hashlib.sha256(made.encode()).hexdigest()[:12]}"


def compose(audit: Audit, words: Catalogue, audit_sha256: str, outputs: Iterable[tuple[str, str]]) -> View:
    """The view of an audit with its declarations (see `document.declared`). `outputs` are file names and hashes of what lies beside."""
    told, outputs = findings(audit, words), tuple(outputs)
    checks = tuple(_check(result, audit, words) for result in audit.checks)
    svg, alt = drawing(audit, words)
    return View(
        language=words.language,
        report_id=report_id(audit),
        name=visible(audit.custody.name, 120),
        audit_sha256=audit_sha256,
        date=_date(audit),
        words=words.fixed(),
        page=_page(audit, told, words),
        case=_blank("case", CASE, words),
        sign=_blank("sign", SIGN, words),
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
        blind_found=tuple(f"{c.title}: {c.here}" for c in _ended(audit, checks, (Outcome.FOUND,)) if c.here),
        tally=_tally(audit, words),
        clear=_ended(audit, checks, (Outcome.CLEAR,)),
        other=_ended(audit, checks, (Outcome.NOT_APPLICABLE, Outcome.SKIPPED, Outcome.FAILED)),
        rule=_rule(audit, words),
        limits=tuple(words.say(limit) for limit in audit.limits),
        rates=rates(audit, words),
        method=_method(audit, words),
        outputs=tuple((visible(name, 200), facts.grouped(sha256)) for name, sha256 in outputs),
        copies=tuple(_copy(copy, words) for copy in audit.copies),
        glossary=tuple((words.text(f"glossary.{t}"), words.text(f"glossary.{t}_means")) for t in TERMS),
        checks=checks,
        tags=facts.tags(audit.tags),
        streams=facts.streams(audit, words),
        notes=tuple(visible(note, 300) for note in audit.notes),
        notes_count=words.text("notes.count", n=len(audit.notes)) if audit.notes else words.text("notes.none"),
        live=live_view(audit, told, words, outputs),
    )


def _date(audit: Audit) -> tuple[int, ...] | None:
    try:
        started = dt.datetime.fromisoformat(audit.run.started) if audit.run else None
        return started.astimezone(dt.UTC).timetuple()[:6] if started and started.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _blank(group: str, labels: Iterable[str], words: Catalogue) -> Rows:
    return tuple((words.text(f"{group}.{label}"), words.text("report.not_stated")) for label in labels)


def _page(audit: Audit, told: tuple[FindingView, ...], words: Catalogue) -> PageOne:
    main = [f for f in told if f.weight_code != Weight.NEUTRAL.value][:MOST_MAIN]
    count = words.text("page.findings_count", n=len(told), list=counted(audit, words)) if told else ""
    shown = words.text("page.findings_shown", shown=len(main)) if len(main) < len(told) and main else ""
    none = "" if main else words.text("page.findings_none")
    return PageOne(
        facts=facts.page_one(audit, words),
        word=words.text(f"word.{audit.answer.value}"),
        sentence=words.say(audit.sentence),
        rule=words.text("page.by_rule", reason=words.say(audit.reason)),
        count=f"{none} {count}".strip(),
        shown=shown or (words.text("page.findings_all") if told else ""),
        main=tuple(main),
        settle=(
            *settled(audit, words),
            *(words.text(f"page.settle_{what}") for what in ("device", "neighbours", "log")),
        ),
        banner=_banner(audit, words),
    )


def _banner(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    failed = sum(result.outcome is Outcome.FAILED for result in audit.checks)
    lines = []
    if audit.custody.sha256 != audit.sha256_after:
        lines.append(words.text("page.banner_changed"))
    if failed:
        lines.append(words.text("page.banner_failed", n=failed))
    return (*lines, *unexamined.banner(audit.unexamined, words))


def _scope(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    start = (words.text("scope.start", time=clock(audit.start)),) if audit.start else ()
    first = (words.text("scope.task"), words.text("scope.clock"), *start)
    if audit.coverage is None:
        return (*first, words.text("scope.received"), words.text("scope.missing"))
    count = len(audit.coverage.sources)
    return (*first, words.text("scope.received_with", n=count), words.text("scope.missing_with"))


def _ended(audit: Audit, checks: tuple[CheckView, ...], outcomes: tuple[Outcome, ...]) -> tuple[CheckView, ...]:
    return tuple(told for told, result in zip(checks, audit.checks, strict=True) if result.outcome in outcomes)


def _tally(audit: Audit, words: Catalogue) -> str:
    outcomes = [result.outcome for result in audit.checks]
    return words.text(
        "check.tally",
        total=len(outcomes),
        found=outcomes.count(Outcome.FOUND),
        clear=outcomes.count(Outcome.CLEAR),
        na=outcomes.count(Outcome.NOT_APPLICABLE),
        skipped=outcomes.count(Outcome.SKIPPED),
        failed=outcomes.count(Outcome.FAILED),
    )


def _check(result: CheckResult, audit: Audit, words: Catalogue) -> CheckView:
    declared = {declaration.id: declaration for declaration in audit.declarations}
    own = declared.get(result.id) or Declaration(result.id, result.revision, result.id, "", (), (), ())
    name = f"check.{result.id}"
    outcome = words.text(f"outcome.{result.outcome.name.lower()}")
    found = f"{outcome}: {words.text('check.found_count', n=result.findings)}" if result.findings else outcome
    return CheckView(
        id=visible(result.id, 60),
        title=words.or_own(f"{name}.title", own.title),
        revision=words.text("check.revision", n=result.revision),
        question=words.text(f"question.{result.question.value}"),
        outcome=found,
        reason=words.text("check.no_reason") if result.reason is None else words.say(result.reason),
        here="" if result.blind_here is None else words.say(result.blind_here),
        sees=words.or_own(f"{name}.sees", own.sees),
        innocent=tuple(words.or_own(f"{name}.innocent.{slug}", sentence) for slug, sentence in own.innocent),
        blind=tuple(words.or_own(f"{name}.blind.{n}", spot) for n, spot in enumerate(own.blind_spots, 1)),
        references=tuple(visible(reference) for reference in own.references),
    )


def _rule(audit: Audit, words: Catalogue) -> tuple[RuleView, ...]:
    return tuple(
        RuleView(
            row.number, words.say(row.condition), words.text(f"word.{row.answer.value}"), row.condition == audit.reason
        )
        for row in audit.rule
    )


def _copy(copy: Copy, words: Catalogue) -> str:
    said = words.text(f"method.copy_{copy.role.replace('-', '_')}", file=copy.file, stream=copy.stream, n=copy.pictures)
    lead = words.text("method.copy_lead", n=copy.lead) if copy.lead else ""
    return " ".join(part for part in (said, lead, words.text("method.copy_working")) if part)


def _method(audit: Audit, words: Catalogue) -> Rows:
    tool, run = audit.tool, audit.run
    libraries = ", ".join(f"{name} {version}" for name, version in tool.libraries)
    absent = words.text("method.no_run")
    rows = (
        ("program", f"{tool.name} {tool.version}"),
        ("decoder", tool.decoder),
        ("libraries", libraries),
        ("command", run.command if run else absent),
        ("started", run.started if run else absent),
        ("took", words.text("method.took_value", seconds=f"{run.seconds:.3f}") if run else absent),
        ("platform", run.platform if run else absent),
        ("schema", words.text("method.schema_value", version=SCHEMA_VERSION)),
    )
    return tuple((words.text(f"method.{label}"), visible(text, 500)) for label, text in rows)

"""A few lines for a terminal, the last one being the result; and a check's declaration for `explain`."""

from collections.abc import Iterator
from pathlib import Path

from entirety.model.audit import Audit
from entirety.model.finding import Check, Outcome
from entirety.model.time import clock
from entirety.report.coverage_words import sentence
from entirety.report.document import declared
from entirety.report.findings import counted, findings
from entirety.report.second_opinion import second_lines
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST = 3
"""Findings that are named on a terminal."""


def summary(audit: Audit, folder: Path | None = None, language: str = "en") -> list[str]:
    """Lines without line ends, hidden characters made visible; `folder` is where the report was written."""
    words = Catalogue(language)
    name = visible(audit.custody.name, 255)
    lines = [
        f"{words.text('terminal.file')}: {name}",
        f"{words.text('terminal.sha256')}: {audit.custody.sha256}",
        words.text("terminal.length", n=audit.frames, clock=clock(audit.shown)),
        f"{words.text('terminal.checks')}: {_checks(audit, words)}",
        *_blind(audit, words),
        f"{words.text('terminal.findings')}: {counted(audit, words) or words.text('terminal.no_findings')}",
        *(f"  {one.id} {one.when} {one.weight}: {one.short}" for one in findings(audit, words)[:MOST]),
    ]
    if len(audit.findings) > MOST:
        lines.append(f"  {words.text('terminal.more', n=len(audit.findings) - MOST)}")
    if audit.coverage is not None:
        lines.append(f"{words.text('terminal.compared')}: {sentence(audit.coverage, words)}")
    lines += second_lines(audit.second, words)
    if folder is not None:
        lines.append(f"{words.text('terminal.report')}: {visible(str(folder / 'report.html'))}")
    return [*lines, words.text("terminal.result", name=name, sentence=words.say(audit.sentence))]


def declaration(check: Check, language: str = "en") -> list[str]:
    """Everything that a check declares, as lines."""
    words = Catalogue(language)
    return [
        f"{check.id}, {words.text('check.revision', n=check.revision)}: {words.own(check.title)}",
        f"{words.text('check.question')}: {words.text(f'question.{check.question.value}')}",
        "",
        f"{words.text('check.sees')}: {words.own(check.sees)}",
        "",
        f"{words.text('check.innocent')}:",
        *(f"- {words.own(own)} ({slug})" for slug, own in check.innocent),
        "",
        f"{words.text('check.blind')}:",
        *(f"- {words.own(spot)}" for spot in check.blind_spots),
        "",
        f"{words.text('check.references')}:",
        *(f"- {words.own(reference)}" for reference in check.references),
    ]


def _blind(audit: Audit, words: Catalogue) -> Iterator[str]:
    """What checks could not have seen in this very clip, beside their outcome."""
    own = {declaration.id: declaration.title for declaration in declared(audit).declarations}
    for result in audit.checks:
        if result.blind_here is not None:
            title = words.own(own.get(result.id, result.id))
            outcome = words.text(f"outcome.{result.outcome.name.lower()}")
            yield f"  {words.text('check.here_line', title=title, outcome=outcome, here=words.say(result.blind_here))}"


def _checks(audit: Audit, words: Catalogue) -> str:
    outcomes = [result.outcome for result in audit.checks]
    found, clear = outcomes.count(Outcome.FOUND), outcomes.count(Outcome.CLEAR)
    other = len(outcomes) - found - clear
    return words.text("terminal.checks_value", total=len(outcomes), found=found, clear=clear, other=other)

"""Runs the checks: each has exactly one outcome, and none falls silent.

A check that lacks its input says so, a check that breaks says so with the name of the error, and what it found is held against
its own declaration before anybody reads it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from entirety.model.audit import CheckResult
from entirety.model.clip import Clip
from entirety.model.finding import Check, Finding, Outcome, Sentence, Weight

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_STILLS = 8
"""Pictures printed beside one finding (model: Finding.stills, Finding.hidden)."""


class Undeclared(Exception):
    """A check said something that its declaration does not cover: a programmer's mistake, reported as FAILED."""


def run_all(checks: Iterable[Check], clip: Clip) -> tuple[tuple[CheckResult, ...], tuple[Finding, ...]]:
    """Run every check, in the given order: one result each, and all findings in the same order."""
    done = [run_check(check, clip) for check in checks]
    return tuple(result for result, _ in done), tuple(finding for _, found in done for finding in found)


def run_check(check: Check, clip: Clip) -> tuple[CheckResult, tuple[Finding, ...]]:
    """Run one check. An error inside it becomes the outcome FAILED, and what it found until then is dropped."""
    try:
        for need in check.needs:
            if (reason := need.missing(clip)) is not None:
                return _result(check, need.outcome, reason, 0), ()
        found = tuple(check.run(clip))
        for finding in found:
            _confirm(check, finding)
        blind = check.blind_here(clip) if check.blind_here is not None else None
    except Exception as error:  # noqa: BLE001 - whatever breaks in a check is an outcome of that check, never of the run
        return _result(check, Outcome.FAILED, _failure(error), 0), ()
    outcome = Outcome.FOUND if found else Outcome.CLEAR
    return _result(check, outcome, None, len(found), blind), found


def _result(
    check: Check, outcome: Outcome, reason: Sentence | None, findings: int, blind: Sentence | None = None
) -> CheckResult:
    return CheckResult(check.id, check.revision, check.question, outcome, reason, findings, blind)


def _failure(error: Exception) -> Sentence:
    """Name and place of an error: the same in every run and on every machine, without its message, which may hold addresses."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step else "?"
    text = "The check broke down ({error} at {place}); what it looks for was not examined."
    said = f"{type(error).__name__}: {error}" if isinstance(error, Undeclared) else type(error).__name__
    return Sentence("check.failed", text, (("error", said), ("place", place)))


def _confirm(check: Check, finding: Finding) -> None:
    """Hold a finding against the declaration; Undeclared where the two disagree."""
    name = f"{check.id}/{finding.code}"
    declared, named = [slug for slug, _ in check.innocent], [innocent.slug for innocent in finding.innocent]
    if finding.check != check.id:
        raise Undeclared(f"{name} calls itself {finding.check}")
    if not KEBAB.fullmatch(finding.code):
        raise Undeclared(f"{name} is no code of lower-case words joined by hyphens")
    if len(set(named)) != len(named) or not set(named) <= set(declared):
        raise Undeclared(f"{name} names an innocent cause twice, or one that is not declared")
    if finding.weight is not Weight.NEUTRAL and set(named) != set(declared):
        raise Undeclared(f"{name} is silent on {', '.join(sorted(set(declared) - set(named)))}")
    if len(finding.stills) > MOST_STILLS or len(finding.hidden) > MOST_STILLS:
        raise Undeclared(f"{name} asks for more than {MOST_STILLS} pictures")
    if finding.span.end < finding.span.start:
        raise Undeclared(f"{name} ends before it starts")

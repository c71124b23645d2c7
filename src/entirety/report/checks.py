"""What became of each check, and what it declares of itself."""

from entirety.model.audit import Audit, CheckResult, Declaration
from entirety.model.finding import Outcome
from entirety.report.view import CheckView
from entirety.report.visible import visible
from entirety.report.wording import Catalogue


def checks(audit: Audit, words: Catalogue) -> tuple[CheckView, ...]:
    """All of them in the audit's order."""
    return tuple(_check(result, audit, words) for result in audit.checks)


def ended(audit: Audit, told: tuple[CheckView, ...], *outcomes: Outcome) -> tuple[CheckView, ...]:
    """Those of `told` that ended in one of these ways."""
    return tuple(one for one, result in zip(told, audit.checks, strict=True) if result.outcome in outcomes)


def tally(audit: Audit, words: Catalogue) -> str:
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
    outcome = words.text(f"outcome.{result.outcome.name.lower()}")
    found = f"{outcome}: {words.text('check.found_count', n=result.findings)}" if result.findings else outcome
    return CheckView(
        id=visible(result.id, 60),
        title=words.own(own.title),
        revision=words.text("check.revision", n=result.revision),
        question=words.text(f"question.{result.question.value}"),
        outcome=found,
        reason=words.text("check.no_reason") if result.reason is None else words.say(result.reason),
        here="" if result.blind_here is None else words.say(result.blind_here),
        sees=words.own(own.sees),
        innocent=tuple(words.own(sentence) for slug, sentence in own.innocent),
        blind=tuple(words.own(spot) for spot in own.blind_spots),
        references=tuple(words.own(reference) for reference in own.references),
    )

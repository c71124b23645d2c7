"""What every finding of every check must be like, asked by the tests of each check."""

from entirety.detect.run import run_check
from entirety.model.clip import Clip
from entirety.model.finding import Check, Finding, Outcome, Status


def found(check: Check, clip: Clip) -> list[Finding]:
    """The findings of one check; the check must have run, and each finding be complete."""
    result, findings = run_check(check, clip)
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), str(result.reason)
    for finding in findings:
        assert_complete(check, finding)
    return list(findings)


def assert_complete(check: Check, finding: Finding) -> None:
    assert [innocent.slug for innocent in finding.innocent] == [slug for slug, _ in check.innocent]
    assert str(finding.inference).startswith("In our assessment")
    sentences = [finding.claim, finding.inference, *(innocent.why for innocent in finding.innocent)]
    assert all(sentence.id.startswith(f"{check.id}.") and str(sentence).endswith(".") for sentence in sentences)
    assert "{" not in "".join(str(sentence) for sentence in sentences)
    assert finding.reproduce.startswith("ffmpeg ")
    assert "CLIP" in finding.reproduce


def status(finding: Finding, slug: str) -> Status:
    return next(innocent.status for innocent in finding.innocent if innocent.slug == slug)

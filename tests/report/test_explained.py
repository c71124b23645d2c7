"""`explain` in another language: the declaration, and the rates of the kinds of file that were measured."""

from dataclasses import replace

from entirety.detect import CHECKS
from entirety.judge.checks import LISTED
from entirety.knowledge.performance import table
from entirety.model.finding import Question
from entirety.report.explained import rate_lines
from entirety.report.wording import Catalogue

WORDS = Catalogue("en")


def test_a_check_that_looks_for_edits() -> None:
    measured = table()
    assert measured is not None
    check = next(check for check in CHECKS if check.id == "hard-cut")
    lines = rate_lines(check, measured, WORDS)
    assert measured.set_sha256 in lines[0]
    assert "Of files of this kind: H.264, steady rate, written by software that left its name." in lines
    assert any(line.startswith("  part removed, re-encoded: ") for line in lines)


def test_a_check_that_looks_at_what_wrote_the_file() -> None:
    check = next(check for check in LISTED if check.question is Question.ORIGINAL)
    lines = rate_lines(check, table(), WORDS)
    assert len(lines) == 2
    assert "not for edits" in lines[0]


def test_another_revision_or_no_table() -> None:
    check = CHECKS[0]
    none = ["There is no performance data for this revision of the check."]
    assert rate_lines(check, None, WORDS) == none
    assert rate_lines(replace(check, revision=check.revision + 1), table(), WORDS) == none

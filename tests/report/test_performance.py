"""Error rates in words: counts first, a bound where nothing was found, one sentence where nothing is known."""

from dataclasses import replace

import pytest

from entirety.model.finding import Outcome
from entirety.model.rates import Found
from entirety.report.performance import kind_of, rates, told
from entirety.report.view_parts import RateRow
from entirety.report.wording import Catalogue
from report.audits import ordinary, performance, quiet

WORDS = Catalogue("en")
NONE = "no performance data for this kind of file"


def row(check: str) -> RateRow:
    return next(one for one in rates(ordinary()[0], WORDS).rows if one.id == check)


def test_one_row_for_each_check_that_ran() -> None:
    rows = rates(ordinary()[0], WORDS).rows
    assert [one.id for one in rows] == [
        "hidden-footage",
        "timestamp-gap",
        "writer-trace",
        "stream-join",
        "frozen-picture",
    ]
    assert [one.id for one in rows if one.found == one.false == (NONE,)] == ["writer-trace", "frozen-picture"]


def test_what_was_found_by_kind_of_edit() -> None:
    assert row("timestamp-gap").found == (
        "part removed by stream copy: 9 of 12 (8 within one frame; 47 to 91\u00a0%)",
        "nothing found in: joined and re-encoded (7; could not run in 2); picture frozen (1)",
        "apart from edits: breaks by the device itself: 3 of 4 (3 within one frame; 30 to 95\u00a0%)",
    )


def test_false_findings_have_counts_before_rates() -> None:
    assert row("timestamp-gap").false == (
        "3 of 40 continuous clips: 7.5\u00a0% (95\u00a0% interval 2.6 to 19.9\u00a0%)",
        "5 findings in 7.5 minutes",
    )


def test_none_is_a_bound_that_is_rounded_up() -> None:
    assert row("stream-join").false == (
        "none in 36 continuous clips; with 95\u00a0% confidence the true rate is at most 3/36 (8.4\u00a0%, rounded up)",
        "no finding in 1.2 hours",
        "could not run in 4 further continuous clips",
    )
    assert (
        row("hidden-footage").false[0]
        == "none in 40 continuous clips; with 95\u00a0% confidence the true rate is at most 3/40 (7.5\u00a0%, rounded up)"
    )


@pytest.mark.parametrize(
    ("continuous", "words"),
    [
        (0, "no continuous clips of this kind"),
        (1, "none in 1 continuous clip: too few for a bound"),
        (3, "none in 3 continuous clips: too few for a bound"),
        (
            4,
            "none in 4 continuous clips; with 95\u00a0% confidence the true rate is at most 3/4 (75.0\u00a0%, rounded up)",
        ),
        (
            2500,
            "none in 2,500 continuous clips; with 95\u00a0% confidence the true rate is at most 3/2,500 (0.2\u00a0%, rounded up)",
        ),
    ],
)
def test_few_and_many_clips_without_a_false_finding(continuous: int, words: str) -> None:
    few = performance("timestamp-gap", continuous=continuous, false=0, false_clips=0, hours=0.0)
    assert told(few, WORDS).startswith(
        f"Findings of this check in clips of this kind to which nothing had been done: {words} (section 9)."
    )


def test_the_line_under_a_finding_leaves_breaks_by_the_device_out() -> None:
    said = told(performance("timestamp-gap"), WORDS)
    assert said.endswith(
        "Found, of changed clips in which it could run: part removed by stream copy, 9 of 12. "
        "Section 9 says how this was counted, and what it did not find. "
        "These numbers are not the chance that this clip was edited."
    )
    bare = performance("timestamp-gap", found=(Found("device", 1, 1, 4, 0),))
    assert "changed clip" not in told(bare, WORDS)
    assert told(None, WORDS) == f"Error rate of this check: {NONE}."


def test_the_set_and_what_the_numbers_do_not_mean() -> None:
    lead = " ".join(rates(ordinary()[0], WORDS).lead)
    for part in (
        "Kind of this file: H.264, steady rate, written by software that left its name.",
        "Counted in 64 clips of this kind, out of a test set of 4,210",
        "2026-02-14; version 0.1.0, commit 0123456789ab)",
        "half of the set on which no threshold was set",
        "made by us and does not represent clips in court",
        "must not be read as the chance that this clip was edited",
    ):
        assert part in lead


def test_without_numbers_there_is_no_table() -> None:
    bare = rates(quiet(), WORDS)
    assert bare.rows == ()
    assert f"There is {NONE}." in bare.lead[0]
    assert bare.lead[1] == "Kind of this file: VP9, variable rate, no software named as its writer."
    assert len(rates(replace(quiet(), kind=""), WORDS).lead) == 1


def test_numbers_of_checks_that_did_not_run_are_not_printed() -> None:
    audit = ordinary()[0]
    skipped = tuple(replace(check, outcome=Outcome.SKIPPED) for check in audit.checks)
    assert rates(replace(audit, checks=skipped), WORDS).rows == ()


def test_only_broken_off_or_continuous_clips() -> None:
    audit = replace(ordinary()[0], performance=(performance("timestamp-gap", found=()),))
    assert rates(audit, WORDS).rows[1].found == ("no edited clips of this kind",)


def test_a_group_of_a_newer_program_is_another_change() -> None:
    audit = replace(ordinary()[0], performance=(performance("timestamp-gap", found=(Found("mirror", 1, 0, 2, 1),)),))
    said = rates(audit, WORDS).rows[1].found
    assert said == ("other changes: 1 of 2 (0 within one frame; could not run in 1; 9 to 91\u00a0%)",)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("hevc low-rate unnamed", "H.265 (HEVC), steady low rate, no software named as its writer"),
        ("cinepak steady software", "cinepak, steady rate, written by software that left its name"),
        ("of another\u202e make", "of another<U+202E> make"),
        ("h264 steady", "h264 steady"),
    ],
)
def test_kinds_in_words(kind: str, words: str) -> None:
    assert kind_of(kind, WORDS) == words

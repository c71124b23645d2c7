"""The decision rule, row by row."""

from dataclasses import replace
from fractions import Fraction

import pytest

from entirety.judge.answer import ANSWERS, BY_COMPARISON, RULE, judge
from entirety.model.audit import UNPLACED, Answer, CheckResult, Unexamined
from entirety.model.finding import Confidence, Finding, Outcome, Question, Sentence, Span, Weight

SAID = Sentence("x.y", "words")
CHECKS = (
    CheckResult("hidden-footage", 1, Question.WHOLE, Outcome.CLEAR, None, 0),
    CheckResult("writer-trace", 1, Question.ORIGINAL, Outcome.CLEAR, None, 0),
    CheckResult("hard-cut", 1, Question.CONTINUOUS, Outcome.CLEAR, None, 0),
    CheckResult("frozen-picture", 1, Question.CONTINUOUS, Outcome.CLEAR, None, 0),
)


def finding(check: str, weight: Weight, start: float = 1, end: float | None = None, code: str = "code") -> Finding:
    span = Span(Fraction(start), Fraction(start if end is None else end))
    return Finding(check, code, SAID, SAID, span, weight, Confidence.HIGH, (), (), "ffmpeg")


def answer(
    *findings: Finding, checks: tuple[CheckResult, ...] = CHECKS, lost: tuple[Unexamined, ...] = (), missing: int = 0
) -> Answer:
    return judge(findings, checks, lost, frames=100, missing=missing).answer


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), Answer.NONE_FOUND),
        ((finding("hard-cut", Weight.NEUTRAL),), Answer.NONE_FOUND),
        ((finding("hidden-footage", Weight.DIRECT), finding("writer-trace", Weight.STRONG)), Answer.DIRECT),
        ((finding("hard-cut", Weight.STRONG), finding("writer-trace", Weight.STRONG)), Answer.INDICATIONS),
        ((finding("writer-trace", Weight.STRONG),), Answer.RE_SAVED),
        ((finding("writer-trace", Weight.STRONG), finding("hard-cut", Weight.SUPPORTING)), Answer.RE_SAVED),
        ((finding("hard-cut", Weight.SUPPORTING),), Answer.INCONCLUSIVE),
    ],
)
def test_rows_are_tried_from_the_top(findings: tuple[Finding, ...], expected: Answer) -> None:
    assert answer(*findings) is expected


def test_two_supporting_signs_count_together_only_at_one_place() -> None:
    cut = finding("hard-cut", Weight.SUPPORTING, 3)
    assert answer(cut, finding("frozen-picture", Weight.SUPPORTING, 2, 2.6)) is Answer.INDICATIONS
    assert answer(cut, finding("frozen-picture", Weight.SUPPORTING, 3.4)) is Answer.INDICATIONS
    assert answer(cut, finding("frozen-picture", Weight.SUPPORTING, 3.6)) is Answer.INCONCLUSIVE
    assert answer(cut, finding("frozen-picture", Weight.NEUTRAL, 3)) is Answer.INCONCLUSIVE


def test_of_a_stretch_its_ends_are_its_places() -> None:
    overlay = finding("added-overlay", Weight.SUPPORTING, 2, 3600)
    assert answer(overlay, finding("jump-cut", Weight.SUPPORTING, 2000)) is Answer.INCONCLUSIVE
    assert answer(overlay, finding("jump-cut", Weight.SUPPORTING, 2.4)) is Answer.INDICATIONS
    assert answer(overlay, finding("jump-cut", Weight.SUPPORTING, 3600.5)) is Answer.INDICATIONS


def test_where_no_time_is_stated_nothing_is_at_one_place() -> None:
    def timeless(check: str, frame: int) -> Finding:
        plain = finding(check, Weight.SUPPORTING, 0)
        return replace(plain, span=replace(plain.span, first=frame - 1, last=frame))

    assert answer(timeless("hard-cut", 10), timeless("source-change", 5000)) is Answer.INCONCLUSIVE


def test_bytes_of_the_file_lie_at_no_time_of_the_clip() -> None:
    cut = finding("hard-cut", Weight.SUPPORTING, 1)
    left = replace(
        finding("hidden-footage", Weight.SUPPORTING, 1), span=Span(Fraction(1), Fraction(1), -1, -1, ((9, 99),))
    )
    assert answer(cut, left) is Answer.INCONCLUSIVE
    assert answer(cut, replace(left, span=replace(left.span, first=25, last=25))) is Answer.INDICATIONS


def test_two_signs_of_one_check_do_not_bear_each_other_out() -> None:
    assert (
        answer(finding("hard-cut", Weight.SUPPORTING, 3), finding("hard-cut", Weight.SUPPORTING, 3))
        is Answer.INCONCLUSIVE
    )


def test_a_broken_check_stands_before_re_saved_and_behind_a_trace() -> None:
    broken = (*CHECKS[:3], CheckResult("frozen-picture", 1, Question.CONTINUOUS, Outcome.FAILED, SAID, 0))
    assert answer(finding("writer-trace", Weight.STRONG), checks=broken) is Answer.INCONCLUSIVE
    assert answer(finding("hard-cut", Weight.STRONG), checks=broken) is Answer.INDICATIONS


def test_what_could_not_be_examined_forbids_nothing_found() -> None:
    def lost(last: int) -> tuple[Unexamined, ...]:
        return (Unexamined(Fraction(0), Fraction(1), 0, last, SAID),)

    assert answer(lost=lost(9)) is Answer.NONE_FOUND
    assert answer(lost=lost(10)) is Answer.INCONCLUSIVE
    assert judge((), CHECKS, (), frames=0, missing=0).answer is Answer.INCONCLUSIVE


def test_pictures_in_two_parts_count_once() -> None:
    def part(first: int, last: int) -> Unexamined:
        return Unexamined(Fraction(0), Fraction(1), first, last, SAID)

    assert answer(lost=(part(0, 8), part(2, 9), part(0, 8))) is Answer.NONE_FOUND
    assert answer(lost=(part(0, 8), part(2, 10))) is Answer.INCONCLUSIVE
    assert answer(lost=(part(95, 10**12),)) is Answer.NONE_FOUND


def test_errors_without_a_place_forbid_nothing_found() -> None:
    """Any picture may be meant, and breaks in the picture were not looked for."""
    part = Unexamined(Fraction(0), Fraction(0), -1, -1, Sentence(UNPLACED, "somewhere"))
    assert answer(lost=(part,), missing=1) is Answer.INCONCLUSIVE
    assert answer(finding("hard-cut", Weight.STRONG), lost=(part,), missing=1) is Answer.INDICATIONS


def test_each_question_is_answered_from_its_own_checks() -> None:
    said = (finding("writer-trace", Weight.STRONG), finding("hard-cut", Weight.STRONG))
    assert dict(judge(said, CHECKS, (), frames=100, missing=0).questions) == {
        Question.WHOLE: Answer.INCONCLUSIVE,  # what lay between is unknown where the recording may break off
        Question.ORIGINAL: Answer.RE_SAVED,
        Question.CONTINUOUS: Answer.INDICATIONS,
    }


def test_an_unknown_writer_leaves_the_question_of_origin_open() -> None:
    unknown = finding("writer-trace", Weight.NEUTRAL, code="unknown")
    verdict = judge((unknown,), CHECKS, (), frames=100, missing=0)
    assert verdict.answer is Answer.NONE_FOUND
    assert dict(verdict.questions)[Question.ORIGINAL] is Answer.INCONCLUSIVE


def test_the_list_of_answers_is_closed() -> None:
    assert {row.answer for row in RULE} == set(Answer)
    assert [row.number for row in RULE] == list(range(1, len(RULE) + 1))
    assert all(
        str(row.sentence).startswith(ANSWERS.get(row.answer, "The analysis does not allow a conclusion ("))
        for row in RULE
        if row.sentence != BY_COMPARISON
    )
    assert [row.answer for row in RULE if row.sentence == BY_COMPARISON] == [Answer.DIRECT]


def test_pictures_that_never_came_out_count_as_lost() -> None:
    assert answer(missing=11) is Answer.NONE_FOUND  # 11 of 111
    assert answer(missing=12) is Answer.INCONCLUSIVE
    assert answer(finding("hard-cut", Weight.STRONG), missing=500) is Answer.INDICATIONS


def test_a_finding_bears_on_further_questions() -> None:
    between = replace(finding("hidden-footage", Weight.DIRECT), also=(Question.CONTINUOUS,))
    answers = dict(judge((between,), CHECKS, (), frames=100, missing=0).questions)
    assert answers[Question.CONTINUOUS] is Answer.DIRECT
    assert answers[Question.WHOLE] is Answer.DIRECT


def test_a_question_stays_open_where_half_its_checks_could_not_run() -> None:
    skipped = (*CHECKS[:3], CheckResult("frozen-picture", 1, Question.CONTINUOUS, Outcome.SKIPPED, SAID, 0))
    assert dict(judge((), skipped, (), frames=100, missing=0).questions)[Question.CONTINUOUS] is Answer.INCONCLUSIVE
    assert dict(judge((), CHECKS, (), frames=100, missing=0).questions)[Question.CONTINUOUS] is Answer.NONE_FOUND

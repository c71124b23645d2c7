"""From findings to one answer out of five, by a rule that is written down and printed in every report.

The rule reads nothing but the weight of each finding, the question it belongs to, where it lies, and what could be examined. Its rows are
tried from the top; the first one that holds gives the answer. Each of the three questions is answered by the same rows over its own
checks; it stays open where no more than half of them could run. No answer says that a recording is whole: the last row says only that nothing was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from entirety.judge.recording_innocent import ID as COMPARED
from entirety.model.audit import Answer, CheckResult, Unexamined, covered, has_place
from entirety.model.finding import Finding, Outcome, Question, Sentence, Span, Weight

NEAR = Fraction(1, 2)
"""Seconds. Two signs of one event lie at most this far apart: the tolerance at which error rates are to be counted."""

STRETCH = Fraction(2)
"""Seconds. A longer span is a stretch, of which only the ends are events: what is laid over the picture for an hour is no sign at its middle. Chosen."""

UNEXAMINED_SHARE = Fraction(1, 10)
"""Chosen, not measured: with more than a tenth of the pictures unreadable, "nothing found" would say too little to be an answer."""

ANSWERS = {
    Answer.DIRECT: "The file itself contains material showing that it is not displayed as stored / was assembled from parts. (Direct trace.)",
    Answer.INDICATIONS: "Indications found that the recording is not continuous or was processed after recording; other explanations are not all excluded.",
    Answer.RE_SAVED: (
        "The file was re-saved by software other than a camera (e.g. messenger, converter). This says nothing in itself on whether content "
        "was removed; the original is needed."
    ),
    Answer.NONE_FOUND: "No indications found by the checks made. This does not show that the recording is whole or unedited.",
}


BY_COMPARISON = Sentence(
    "answer.compared",
    "Held against another recording, equal data in both files show that footage of it is not in the clip, or stands there otherwise. Which of "
    "the two files is the older one they do not show. (Direct trace, by comparison.)",
)
"""The sentence for a direct trace that takes a second file to see: the clip's own file then need not hold any."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the decision table."""

    number: int
    answer: Answer
    condition: Sentence
    sentence: Sentence
    """The answer in words, from the closed list."""


def _row(number: int, answer: Answer, condition: str) -> Rule:
    return Rule(
        number, answer, Sentence(f"rule.{number}", condition), Sentence(f"answer.{answer.value}", ANSWERS[answer])
    )


def _inconclusive(number: int, condition: str, reason: str) -> Rule:
    text = f"The analysis does not allow a conclusion ({reason})."
    return Rule(
        number,
        Answer.INCONCLUSIVE,
        Sentence(f"rule.{number}", condition),
        Sentence(f"answer.inconclusive.{number}", text),
    )


RULE: tuple[Rule, ...] = (
    _row(1, Answer.DIRECT, "At least one finding is a direct trace in the file itself."),
    Rule(
        2,
        Answer.DIRECT,
        Sentence(
            "rule.2", "At least one finding is a direct trace in the file and in a recording that it was held against."
        ),
        BY_COMPARISON,
    ),
    _row(
        3,
        Answer.INDICATIONS,
        "At least one finding about completeness or continuity is strong, or two different checks have a supporting finding at "
        "the same place, at most half a second apart; of a stretch longer than two seconds its beginning and its end are its places.",
    ),
    _inconclusive(
        4,
        "A check broke down, or fewer than nine tenths of the pictures that should be shown could be examined.",
        "too much of the clip could not be examined",
    ),
    _row(5, Answer.RE_SAVED, "A strong finding says that software other than a camera wrote the file."),
    _inconclusive(
        6,
        "There are supporting findings, and none that another check bears out at the same place.",
        "there are single signs only, which no second sign bears out",
    ),
    _row(
        7,
        Answer.NONE_FOUND,
        "No direct trace, no strong or supporting sign and no trace of re-saving was found, and enough could be examined.",
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The page-one answer with the row that gave it, and an answer to each question."""

    answer: Answer
    sentence: Sentence
    reason: Sentence
    """The condition of the row that held."""
    questions: tuple[tuple[Question, Answer], ...]


def judge(
    findings: Sequence[Finding],
    checks: Sequence[CheckResult],
    unexamined: Sequence[Unexamined],
    *,
    frames: int,
    missing: int,
) -> Verdict:
    """Answer for the whole clip and for each question. `frames` pictures were decoded, `missing` more should have been."""
    lost = _too_little(unexamined, frames, missing)
    row = _first_row(findings, checks, lost=lost)
    answers = {question: _question(question, findings, checks, lost=lost) for question in Question}
    if answers[Question.WHOLE] is Answer.NONE_FOUND and answers[Question.CONTINUOUS] in {
        Answer.DIRECT,
        Answer.INDICATIONS,
    }:
        # Where the recording may break off and go on, nobody can say that nothing in between is missing.
        answers[Question.WHOLE] = Answer.INCONCLUSIVE
    return Verdict(row.answer, row.sentence, row.condition, tuple(answers.items()))


def by_comparison(question: Question, findings: Sequence[Finding], checks: Sequence[CheckResult]) -> bool:
    """Whether all direct traces that bear on a question take a second file to see, so that the other sentence for them holds."""
    said = _about(question, findings, checks)
    return {finding.check for finding in said if finding.weight is Weight.DIRECT} == {COMPARED}


def _about(question: Question, findings: Sequence[Finding], checks: Sequence[CheckResult]) -> list[Finding]:
    ids = {check.id for check in checks if check.question is question}
    return [finding for finding in findings if finding.check in ids or question in finding.also]


def _question(question: Question, findings: Sequence[Finding], checks: Sequence[CheckResult], *, lost: bool) -> Answer:
    """The same rule over the findings and checks of one question alone."""
    mine = [check for check in checks if check.question is question]
    said = _about(question, findings, checks)
    answer = _first_row(said, mine, lost=lost).answer
    # A writer that no table entry knows is no sign of a camera, and none of software.
    unknown = question is Question.ORIGINAL and any(finding.code == "unknown" for finding in said)
    ran = sum(check.outcome in {Outcome.FOUND, Outcome.CLEAR} for check in mine)
    if answer is Answer.NONE_FOUND and (unknown or 2 * ran <= len(mine)):
        return Answer.INCONCLUSIVE
    return answer


def _first_row(findings: Sequence[Finding], checks: Sequence[CheckResult], *, lost: bool) -> Rule:
    origin = {check.id for check in checks if check.question is Question.ORIGINAL}
    content = [finding for finding in findings if finding.check not in origin]
    held = (
        any(finding.weight is Weight.DIRECT and finding.check != COMPARED for finding in findings),
        any(finding.weight is Weight.DIRECT for finding in findings),
        any(finding.weight is Weight.STRONG for finding in content) or _agree(content),
        lost or any(check.outcome is Outcome.FAILED for check in checks),
        any(finding.weight is Weight.STRONG for finding in findings),
        any(finding.weight is Weight.SUPPORTING for finding in findings),
        True,
    )
    return RULE[held.index(True)]


def _agree(findings: Sequence[Finding]) -> bool:
    """Two checks have a supporting finding at the same place."""
    supporting = (f for f in findings if f.weight is Weight.SUPPORTING and _has_place(f.span))
    places = sorted((place, finding.check) for finding in supporting for place in _places(finding.span))
    reached: dict[str, Fraction] = {}
    for (start, end), check in places:
        if any(other != check and last + NEAR >= start for other, last in reached.items()):
            return True
        reached[check] = max(end, reached.get(check, end))
    return False


def _places(span: Span) -> tuple[tuple[Fraction, Fraction], ...]:
    """Where the event of a finding may lie: a short span as a whole; of a stretch its ends, where what it reports begins and ends."""
    if span.end - span.start <= STRETCH:
        return ((span.start, span.end),)
    return (span.start, span.start), (span.end, span.end)


def _has_place(span: Span) -> bool:
    """What names bytes and no shown frame lies somewhere in the file and at no time of the clip, nor has a time what lies between two frames without one."""
    timeless = span.start == span.end and 0 <= span.first < span.last
    return not timeless and (span.first >= 0 or not span.byte_ranges)


def _too_little(unexamined: Sequence[Unexamined], frames: int, missing: int) -> bool:
    """More than the bearable share of the pictures that should be shown is damaged or did not come out."""
    if not all(has_place(part) for part in unexamined):
        return True  # any picture may be meant, and the checks of the picture looked at none
    named = (part for part in unexamined if part.first >= 0)
    damaged = covered((Fraction(part.first), Fraction(min(part.last + 1, frames))) for part in named)
    return frames == 0 or damaged + missing > UNEXAMINED_SHARE * (frames + missing)

"""The three questions with their answers in words."""

from entirety.judge.answer import by_comparison
from entirety.model.audit import Answer, Audit
from entirety.model.finding import Question
from entirety.report.view import QuestionView
from entirety.report.wording import Catalogue


def questions(audit: Audit, words: Catalogue) -> tuple[QuestionView, ...]:
    """One row for each, in their order."""
    return tuple(
        QuestionView(
            words.text(f"question.{question.value}"),
            words.text(f"word.{answer.value}"),
            words.text(_meaning(audit, question, answer)),
        )
        for question, answer in audit.questions
    )


def _meaning(audit: Audit, question: Question, answer: Answer) -> str:
    """Id of the sentence that says an answer to one question in full."""
    if answer is Answer.INCONCLUSIVE:
        # The closed sentence has a gap for its reason, and only the answer for the whole clip has a recorded one.
        return "question.no_conclusion"
    if answer is Answer.DIRECT and by_comparison(question, [one.finding for one in audit.findings], audit.checks):
        return "answer.compared"
    return f"answer.{answer.value}"

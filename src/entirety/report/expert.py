"""Questions that a court or a party may put to an expert: closed, neutral, and drawn from what this report leaves open."""

from collections.abc import Iterator

from entirety.model.audit import Audit, Numbered
from entirety.model.finding import Question, Status, Weight
from entirety.report.findings import cause, frames, when
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

FIXED = ("continuous", "original", "whole", "separable", "clock", "sound")
"""Questions for every clip: the three of this report, and which of the five ways in which a jump comes about can be told apart."""

MOST = 20
"""Questions about findings. Chosen: about two pages; an expert who gets more will choose among them."""


def expert_questions(audit: Audit, words: Catalogue) -> tuple[tuple[str, ...], str]:
    """The questions, and what is said of findings without one; the latter empty where there are none."""
    weighty = [one for one in audit.findings if one.finding.weight is not Weight.NEUTRAL]
    fixed = [words.text(f"expert.{name}") for name in FIXED if name != "sound" or _sounds(audit)]
    about = [_about(one, audit, words) for one in weighty[:MOST]]
    left = len(weighty) - MOST
    return (*fixed, *about, *_again(audit, words)), words.text("expert.rest", n=left) if left > 0 else ""


def _sounds(audit: Audit) -> bool:
    return any(stream.kind == "audio" for stream in audit.streams)


def _about(one: Numbered, audit: Audit, words: Catalogue) -> str:
    finding = one.finding
    declared = {declaration.id: declaration for declaration in audit.declarations}.get(finding.check)
    open_ = [i for i in finding.innocent if i.status is not Status.EXCLUDED]
    title = words.own(declared.title if declared else finding.check)
    values = {
        "id": visible(one.id, 20),
        "title": title,
        "when": when(finding.span.start, finding.span.end, words),
        "frames": frames(finding.span.first, finding.span.last, words),
    }
    if not open_:
        return words.text("expert.finding", **values)
    letters = words.text("expert.letters")
    causes = " ".join(
        words.text("expert.cause", letter=letters[at], cause=cause(i.slug, declared, words))
        for at, i in enumerate(open_[: len(letters)])
    )
    return words.text("expert.finding_open", causes=causes, **values)


def _again(audit: Audit, words: Catalogue) -> Iterator[str]:
    """Of a file that software wrote the original is asked for by name."""
    original = {check.id for check in audit.checks if check.question is Question.ORIGINAL}
    if any(one.finding.check in original and one.finding.weight is not Weight.NEUTRAL for one in audit.findings):
        yield words.text("expert.written")

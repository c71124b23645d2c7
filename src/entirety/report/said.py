"""Sentences of a saved document: what was printed, held against the message that a translation would start from."""

from entirety.model.finding import Sentence
from entirety.report.part import Part
from entirety.report.wording import fillable


def sentence_of(part: Part, name: str) -> Sentence:
    """The sentence of members `name` and `name`_message; CannotOpen where the English is not what the message gives."""
    sentence = message_of(part.part(f"{name}_message"))
    if part.text(name) != str(sentence):
        raise part.wrong(name)
    return sentence


def message_of(part: Part) -> Sentence:
    gaps = part.part("values")
    values = tuple((gap, gaps.value(gap)) for gap in gaps.names())
    template = part.text("template")
    if not fillable(template, dict(values)):
        raise part.wrong("template")
    return Sentence(part.text("id"), template, values)


def limits_of(top: Part) -> tuple[Sentence, ...]:
    limits = top.each("limits_message", message_of)
    if top.texts("limits") != tuple(str(limit) for limit in limits):
        raise top.wrong("limits")
    return limits

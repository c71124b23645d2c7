"""A short way to write a check's sentences, so that a check reads as prose and every sentence has its message id."""

from entirety.model.finding import Sentence, Value


def say(identifier: str, text: str, **values: Value) -> Sentence:
    """A sentence behind its message id; gaps are filled in the order given."""
    return Sentence(identifier, text, tuple(values.items()))

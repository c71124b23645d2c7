"""A short way to write a check's sentences, so that a check reads as prose and every sentence has its message id."""

from entirety.model.clip import Clip
from entirety.model.finding import Sentence, Value
from entirety.model.time import UNSET

TWICE = " Times go back in this file, so that they can occur twice; go by the frame number."
"""Added to a claim that names a time in such a file."""


def say(identifier: str, text: str, **values: Value) -> Sentence:
    """A sentence behind its message id; gaps are filled in the order given."""
    return Sentence(identifier, text, tuple(values.items()))


def placed(clip: Clip, identifier: str, text: str) -> tuple[str, str]:
    """Id and text of a claim that names a time, with TWICE where the times of the shown pictures go back."""
    known = clip.frames.pts[clip.frames.pts != UNSET]
    return (f"{identifier}.twice", text + TWICE) if (known[1:] < known[:-1]).any() else (identifier, text)

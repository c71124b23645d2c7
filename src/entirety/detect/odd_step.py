"""One step of a file's clock that its own habit does not explain: what timestamp-gap makes a finding of."""

from dataclasses import dataclass
from fractions import Fraction

from entirety.detect.steps import Steps
from entirety.model.finding import Weight

START_UP = Fraction(1)
"""Seconds. Cameras start before they run smoothly: a phone of the corpus has one long step, 0.18 s, after its first picture, and one of its sound."""


@dataclass(frozen=True, slots=True)
class OddStep:
    """One step, between two packet rows of one stream."""

    code: str
    habit: Steps
    """The stream's steps, against which this one is odd."""
    before: int
    after: int
    size: Fraction
    """Seconds; for a step back how far it goes back."""
    count: int
    """Steps of this kind in the file."""
    weight: Weight
    open: frozenset[str]
    """Innocent causes that this step leaves open."""
    held: Fraction | None = None
    """Seconds of sound between the two rows by the blocks' own headers; None where the step is held against habit alone."""
    off: Fraction = Fraction(0)
    """Seconds by which `size` may differ from `held`."""


def early(stream: Steps, k: int) -> bool:
    """The step begins in the first second, before a camera runs smoothly."""
    return (int(stream.times[k]) - stream.begin) * stream.base < START_UP

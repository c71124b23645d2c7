"""Asks what lies around a stretch with a rhythm: the same rhythm, weaker, repeats of another kind, or a join where the stretch ends."""

import numpy as np

from entirety.detect.cadence import AROUND, Pattern, signals
from entirety.detect.jump_leaps import leaps
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.transitions import transitions
from entirety.model.clip import Frames

REPEATED = -1.2
"""Logarithm against its neighbours from which a picture repeats the one before: 0.3 of their difference."""


def repeated_outside(frames: Frames, one: Pattern) -> float:
    """Share of pictures outside the stretch that repeat the one before while its neighbours move."""
    logs, outside = signals(frames)[0], _outside(frames, one)
    return float((logs[outside] <= REPEATED).mean()) if outside.any() else 0.0


def goes_on(frames: Frames, one: Pattern) -> float:
    """How clearly the marks go on in the same step outside the stretch, in standard errors; the smallest of the three signals, 0 where not."""
    logs, outside = np.stack(signals(frames)), _outside(frames, one)
    mark = np.arange(len(frames)) % one.period == one.last % one.period
    on, between = logs[:, outside & mark], logs[:, outside & ~mark]
    if on.shape[1] < 2 or between.shape[1] < 2:
        return 0.0
    error = np.sqrt(on.var(axis=1) / on.shape[1] + between.var(axis=1) / between.shape[1])
    clear = (on.mean(axis=1) - between.mean(axis=1)) / np.maximum(error, np.finfo(float).tiny)
    return max(0.0, float((clear if one.more else -clear).min()))


def join_beside(frames: Frames, one: Pattern) -> int | None:
    """Frame of a break in the picture, a transition, a leap or an end of the clip at which the stretch begins or ends; None where none is near.

    A stretch is known to the next mark, and the neighbours of a break count for nothing in the rhythm.
    """
    near, end = one.period + AROUND, len(frames) - 1
    joins = [(0, 0), (end, end)]
    joins += [(found.frame, found.frame) for found in picture_breaks(frames)]
    joins += [(found.first, found.last) for found in transitions(frames)]
    joins += [(found.frame, found.frame) for found in leaps(frames) if not found.rhythm]
    for side in (one.first, one.last):
        for first, last in joins:
            if first - near <= side <= last + near:
                return first
    return None


def picture_of_a_mark(frames: Frames, one: Pattern) -> int:
    """The mark that stands most nearly; where marks leap the middle one, for the widest step may be a cut."""
    marks = np.arange(one.last, max(one.first, 1) - 1, -one.period)[::-1]
    return int(marks[len(marks) // 2] if one.more else marks[frames.difference[marks].argmin()])


def _outside(frames: Frames, one: Pattern) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    rows = np.arange(len(frames))
    return np.asarray((rows >= 2) & ((rows < one.first - 1) | (rows > one.last + 1)), np.bool_)

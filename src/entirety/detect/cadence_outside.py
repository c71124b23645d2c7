"""Asks whether the rhythm of one stretch is at work in the rest of the clip too, weaker, or whether the clip repeats pictures anyway."""

import numpy as np

from entirety.detect.cadence import Pattern, signals
from entirety.model.clip import Frames

REPEATED = -1.2
"""Logarithm against its neighbours from which a picture repeats the one before: 0.3 of their difference."""


def repeated_outside(frames: Frames, one: Pattern) -> float:
    """Share of pictures outside the stretch that repeat the one before while its neighbours move."""
    logs, outside = signals(frames)[0], _outside(frames, one)
    return float((logs[outside] <= REPEATED).mean()) if outside.any() else 0.0


def goes_on(frames: Frames, one: Pattern) -> float:
    """How clearly the marks go on in the same step outside the stretch, in standard errors; the smallest of the three signals, 0 where not."""
    logs, outside = signals(frames), _outside(frames, one)
    mark = np.arange(len(frames)) % one.period == one.last % one.period
    on, between = logs[:, outside & mark], logs[:, outside & ~mark]
    if on.shape[1] < 2 or between.shape[1] < 2:
        return 0.0
    error = np.sqrt(on.var(axis=1) / on.shape[1] + between.var(axis=1) / between.shape[1])
    clear = (on.mean(axis=1) - between.mean(axis=1)) / np.maximum(error, np.finfo(float).tiny)
    return max(0.0, float((clear if one.more else -clear).min()))


def _outside(frames: Frames, one: Pattern) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    rows = np.arange(len(frames))
    return np.asarray((rows >= 2) & ((rows < one.first - 1) | (rows > one.last + 1)), np.bool_)

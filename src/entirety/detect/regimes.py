"""Finds places from which a column of numbers keeps another level, held against how far it wanders in the rest of the same file.

Each place is given the median of a stretch before it and of one after it. Most places of a file differ little; a level that shifts for
good stands out from them, and a single odd picture does not move a median.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from entirety.detect.statistics import NORMAL

CHUNK = 4096
"""Places worked on at a time, so that the windows of a long film need little memory."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One place at which the level of a column shifts."""

    at: int
    """First row of the new level."""
    before: float
    after: float
    wander: float
    """How far such medians usually differ in this column (1.4826 x median absolute deviation)."""


def shifts(
    values: NDArray[np.float64], window: int, *, least: float, floor: float, times: float, most: int
) -> Iterator[Shift]:
    """At most `most` places, the largest first: medians of `window` rows on both sides differ by `least` and by `times` the column's wander.

    The wander counts as at least `floor`: a column in whole numbers that stays at one of them says nothing finer about what is usual. Two places lie at least `window` rows apart.
    """
    if len(values) < 2 * window:
        return
    medians = _medians(values, window)
    steps = medians[window:] - medians[:-window]  # step k lies before row k + window
    # Windows overlap: neighbours differ by little, and a shift fills two windows. Three in four places must lie outside one.
    wander = max(floor, NORMAL * float(np.median(np.abs(steps - np.median(steps)))))
    left = np.abs(steps)
    for _ in range(most):
        top = int(left.argmax())
        if left[top] < max(least, times * wander):
            return
        plateau = np.flatnonzero(np.abs(steps - steps[top]) <= abs(steps[top]) / 5)
        near = plateau[np.abs(plateau - top) <= window]
        at = _sharpest(values, near + window, window)
        yield Shift(at, float(medians[at - window]), float(medians[at]), wander)
        left[max(0, top - window) : top + window + 1] = 0.0


def _medians(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Median of rows k to k + window - 1, for every k."""
    views = sliding_window_view(values, window)
    return np.concatenate([np.median(views[k : k + CHUNK], axis=1) for k in range(0, len(views), CHUNK)])


def _sharpest(values: NDArray[np.float64], places: NDArray[np.int64], window: int) -> int:
    """Of the places the one at which the rows on both sides lie nearest to the median of their side."""

    def spread(at: int) -> float:
        before, after = values[at - window : at], values[at : at + window]
        return float(np.abs(before - np.median(before)).sum() + np.abs(after - np.median(after)).sum())

    return min((int(at) for at in places), key=spread)

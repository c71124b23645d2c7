"""How far one picture stands out from the pictures around it.

A number that is high for one file is ordinary for the next, so every picture is held against its own neighbours: how many
times the usual scatter of the neighbours is it away from their middle. Middle and scatter are the median and the median
absolute deviation, which one outlier cannot move.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

NORMAL = 1.4826
"""Median absolute deviation to standard deviation for a normal distribution (1 over the 75 % quantile, 0.6745)."""
HALF_WINDOW, GUARD = 15, 1
"""Rows on either side that are neighbours, and those beside the row itself that are none: the window of the first trials."""
FEWEST = 8
"""Neighbours needed for a statement; nearer than 8 frames to an end the signal was measured to be unreliable (first trials, five clips)."""
CHUNK = 4096
"""Rows worked on at a time: 4096 x 31 numbers is 1 MB, however long the film is."""

Numbers = TypeVar("Numbers", NDArray[np.float32], NDArray[np.float64])


def robust_z(
    values: NDArray[np.floating],
    half_window: int = HALF_WINDOW,
    guard: int = GUARD,
    *,
    floor: float,
) -> NDArray[np.float64]:
    """Hold every value against its neighbours: (value - median) / (1.4826 x median absolute deviation).

    Neighbours are the rows within `half_window` on both sides, without the row itself and the `guard` rows on either side of it,
    because what happens between two pictures often shows in the next one too. The scale is never below `floor` (in the unit of
    `values`): neighbours that scatter less, as in a still scene, say nothing finer about what is usual, and dividing by less would
    turn rounding into alarms. 0, "nothing stands out", where the value or all but a few neighbours are not finite.
    Takes any length; returns as many rows.
    """
    if half_window <= guard or guard < 0 or floor <= 0:
        raise ValueError("the window must be wider than its guard, and the floor above zero")
    column = np.asarray(values, dtype=np.float64)
    out = np.zeros(len(column), dtype=np.float64)
    usable = np.where(np.isfinite(column), column, np.nan)
    edge = np.full(half_window, np.nan)
    padded = np.concatenate([edge, usable, edge])
    offsets = np.array([k for k in range(-half_window, half_window + 1) if abs(k) > guard]) + half_window
    for first in range(0, len(column), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(column)))
        out[rows] = _z(usable[rows], padded[rows[:, None] + offsets[None, :]], floor)
    return out


def _z(centre: NDArray[np.float64], neighbours: NDArray[np.float64], floor: float) -> NDArray[np.float64]:
    """One chunk: n values against n x k neighbours, NaN where there is none."""
    count = np.isfinite(neighbours).sum(axis=1)
    z = robust(centre, neighbours, count, floor)
    return np.where(np.isfinite(z) & (count >= FEWEST), z, 0.0)


def robust(centre: Numbers, neighbours: Numbers, count: NDArray[np.intp], floor: float) -> Numbers:
    """Each value, or row of values, against its own k neighbours, of which `count` are known and the others NaN; NaN where none is."""
    middle = _median(neighbours, count)
    scale = NORMAL * _median(np.abs(neighbours - middle[:, None]), count)
    return np.asarray((centre - middle) / np.maximum(scale, floor), centre.dtype)


def _median(table: Numbers, count: NDArray[np.intp]) -> Numbers:
    """Median of each row's first `count` sorted values; sorting puts NaN last. NaN where the row has none."""
    ordered, row = np.sort(table, axis=1), np.arange(len(table))
    last = np.maximum(count - 1, 0)
    lower, upper = ordered[row, last // 2], ordered[row, np.minimum(count // 2, last)]
    return np.asarray((lower + upper) / 2, table.dtype)

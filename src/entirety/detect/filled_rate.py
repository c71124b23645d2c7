"""Finds stretches in which most pictures repeat the one before, as where a slow recorder fills up to a higher rate.

There every new picture leaps by several pictures' motion, and beside repeats that stand still each of them would look like a break. New
pictures are therefore held against the other new pictures: repeats are left out, or passed over on either side.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Frames

HALF, SIDE = 15, 7
"""Rows on either side in which repeats are counted, and in which a difference counts as large: a second and half a second at 30 a second."""
RANK = 80
"""Percentile of the differences around that stands for a new picture: at 8 pictures a second filled to 30, 27 in 100 are new."""
REPEATED = 0.25
"""Share of it up to which a picture repeats: repeats that were encoded again reach 0.15 (hard-cut's first trials)."""
LEAST = 1.0
"""Grey levels: below, new pictures differ by noise alone and nothing can be told from repeats."""
FILLED, NEW = 1 / 3, 1 / 6
"""Shares of repeats and of new pictures between which a rate was filled. A film turned from 25 to 30 a second repeats 1 in 6; in a scene
that stands still hardly any picture is new."""


def beside(values: NDArray[np.int64], new: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The value of the picture before and after each one; in a filled stretch, of the new picture before and after."""
    before, after = np.roll(values, 1), np.roll(values, -1)
    rows = np.flatnonzero(new & _filled(new))
    fresh = np.flatnonzero(new)
    at = np.searchsorted(fresh, rows)
    before[rows] = values[fresh[np.maximum(at - 1, 0)]]
    after[rows] = values[fresh[np.minimum(at + 1, len(fresh) - 1)]]
    return before, after


def new_pictures(frames: Frames) -> NDArray[np.bool_]:
    """Where a picture does not repeat the one before; everywhere, where pictures differ too little to tell."""
    difference = frames.difference.astype(np.float64)
    edge = np.full(SIDE, np.nan)
    around = np.lib.stride_tricks.sliding_window_view(np.concatenate([edge, difference, edge]), 2 * SIDE + 1)
    # Only the windows at the ends have gaps; all others are ranked at once, which is much faster.
    whole = around[SIDE:-SIDE] if len(difference) > 2 * SIDE else around[:0]
    ends = np.r_[: min(SIDE, len(difference)), max(SIDE, len(difference) - SIDE) : len(difference)]
    large = np.empty(len(difference))
    large[SIDE : SIDE + len(whole)] = np.percentile(whole, RANK, axis=1)
    large[ends] = np.nanpercentile(around[ends], RANK, axis=1)
    return np.asarray((difference > REPEATED * large) | (large < LEAST), np.bool_)


def shown_anew(frames: Frames) -> NDArray[np.int64]:
    """Rows of all pictures but those that repeat the one before where a rate was filled."""
    new = new_pictures(frames)
    return np.flatnonzero(new | ~_filled(new)).astype(np.int64)


def _filled(new: NDArray[np.bool_]) -> NDArray[np.bool_]:
    share = _around(new) / _around(np.ones(len(new)))
    return np.asarray((share <= 1 - FILLED) & (share >= NEW), np.bool_)


def _around(values: NDArray[np.floating] | NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sums over HALF rows on either side; fewer at the ends."""
    total = np.concatenate([np.zeros(1), np.cumsum(values, dtype=np.float64)])
    rows = np.arange(len(values))
    return np.asarray(total[np.minimum(rows + HALF + 1, len(values))] - total[np.maximum(rows - HALF, 0)], np.float64)

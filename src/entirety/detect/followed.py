"""Follows a likeness picture by picture, forwards and backwards in time, as far as the pictures fit."""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.recurrence import MOVING, STEP, Likeness
from entirety.model.clip import Frames

PICTURE_FITS = 0.5
"""Share of the difference at three pictures more or less that a single picture may leave where a sequence is followed to its ends: more than
the sequence as a whole, for single pictures scatter. Chosen."""
MISSES = 2
"""Pictures in a row that may fit badly within a sequence: a key frame and its neighbour."""
BLOCK = 256
"""Pictures compared at a time."""


def differences(
    frames: Frames, blocks: NDArray[np.int64], rows: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Grey levels between pictures that belong together, and between those three off, on the side that fits better."""
    now = frames.view[np.ix_(rows, blocks)].astype(np.float64) / FINE

    def levels(shift: int) -> NDArray[np.float64]:
        moved = np.clip(others + shift, 0, len(frames) - 1)
        return np.asarray(np.abs(now - frames.view[np.ix_(moved, blocks)] / FINE).mean(axis=1), np.float64)

    return levels(0), np.minimum(levels(STEP), levels(-STEP))


def reach(frames: Frames, blocks: NDArray[np.int64], start: Likeness, way: int, most: int) -> int:
    """Pictures from the likeness on in one direction that fit."""
    row, seed, sign = start.row, start.like, -1 if start.backwards else 1
    reached, missed = 0, 0
    while reached < most:
        steps = np.arange(reached + missed + 1, reached + missed + 1 + BLOCK) * way
        rows, others = row + steps, seed + sign * steps
        inside = (rows >= 0) & (rows < len(frames)) & (others >= 0) & (others < len(frames))
        # What comes back backwards meets itself in the middle; beyond, the two change places.
        inside &= rows > others
        if not inside.any():
            return reached
        rows, others = rows[inside], others[inside]
        here, aside = differences(frames, blocks, rows, others)
        for step, fits in zip(np.abs(rows - row), here <= PICTURE_FITS * np.maximum(aside, MOVING), strict=True):
            if fits:
                reached, missed = min(int(step), most), 0
            else:
                missed += 1
            if missed > MISSES:
                return reached
        if not inside.all():
            return reached
    return reached

"""Whether a leap is all of the view displaced at once, as where somebody knocks against a camera that stands.

Time left out displaces what moves, against a background that stays, or it displaces the view of a camera that was moving before. A knock
displaces all of the view of a camera that stood, or the view comes back.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import QUARTERS
from entirety.detect.jump_blocks import apart_from_all, views
from entirety.detect.jump_explained import RETURN
from entirety.model.clip import Frames

SHIFT, SHARED = 2.0, 0.4
"""Samples of 160 by which most of the view is displaced, and the share of the blocks that agree to within one. In a film of a street that was
shaken on purpose 9 samples and 0.44, as plain walls tell no direction; of 293 leaps at cuts before a camera that stood (tuning half and drawn clips)
none reaches the first."""
STOOD = 0.15
"""Share of the leap up to which the view has changed over the half second before: where a camera was knocked 0.04, at 64 cuts from one that
moved 0.25 and more (same clips)."""
BEFORE, COMES_BACK = 12, 25
"""Pictures: half a second before, and a second in which the view may come back, as near as after a flash."""


def knocked(frames: Frames, row: int, before: int) -> bool:
    """Whether all of the view is displaced between these two pictures, and the camera stood before, or comes back within a second."""
    motion = frames.motion[row].astype(np.float64) / QUARTERS
    shift = np.median(motion, axis=0)
    shared = float((np.hypot(*(motion - shift).T) <= 1).mean())
    if np.hypot(*shift) < SHIFT or shared < SHARED:
        return False
    step = _changed(frames, before, np.array([row], np.int64))[0]
    drift = _changed(frames, before, np.array([max(0, before - BEFORE)], np.int64))[0]
    later = np.arange(row + 1, min(len(frames), row + 1 + COMES_BACK), dtype=np.int64)
    return bool(drift <= STOOD * step or _changed(frames, before, later).min(initial=np.inf) <= RETURN * step)


def _changed(frames: Frames, before: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Grey levels by which half of the blocks differ from those of the picture `before`, and more."""
    every = np.arange(len(frames), dtype=np.int64)
    change = views(frames, every, rows) - views(frames, every, np.full(len(rows), before))
    return np.asarray(np.median(apart_from_all(change), axis=1), np.float64)

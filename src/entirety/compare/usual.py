"""What the clip's own pictures usually show, shot by shot: what they are held against before any recording is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.strip import Strip

SAMPLED = 300
"""Pictures of a shot from which the usual is taken."""
LEAST_NOISE = 0.6
"""Grey levels: rounding of both thumbnails, and of the codec at its best."""
NEW_SHOT, NEW_SHOT_TIMES, AROUND = 6.0, 5.0, 12
"""Grey levels of mean difference, and times the median of the pictures around, from which a new shot begins. Only what is usual depends on it."""


@dataclass(frozen=True)
class Usual:
    """What the clip's pictures usually show, shot by shot."""

    shot: NDArray[np.intp]
    """Which shot each picture belongs to."""
    standing: NDArray[np.float32]
    """Shots x samples: median over the shot."""
    spread: NDArray[np.float32]
    """Shots x samples: robust standard deviation over the shot, at least LEAST_NOISE."""


@dataclass(frozen=True)
class Way:
    """The clip as it could have been put in: backwards, mirrored, both or neither."""

    strip: Strip
    usual: Usual


def usual(clip: Strip) -> Usual:
    """Of a clip of two pictures or more, whatever it may come from."""
    flat = clip.grey.reshape(len(clip), -1)
    step = np.abs(np.diff(flat.astype(np.int16), axis=0)).mean(1)
    around = _median_around(step)
    shot = np.concatenate(([0], np.cumsum((step > NEW_SHOT) & (step > NEW_SHOT_TIMES * around)))).astype(np.intp)
    standing, spread = [], []
    for number in range(int(shot[-1]) + 1):
        rows = np.flatnonzero(shot == number)
        some = flat[rows[np.unique(np.linspace(0, len(rows) - 1, SAMPLED).astype(int))]].astype(np.float32)
        standing.append(np.median(some, 0))
        spread.append(np.maximum(1.4826 * np.median(np.abs(some - standing[-1]), 0), LEAST_NOISE))
    return Usual(shot, np.stack(standing).astype(np.float32), np.stack(spread).astype(np.float32))


def _median_around(step: NDArray[np.float64]) -> NDArray[np.float64]:
    wide = np.pad(step, AROUND, mode="edge")
    return np.median(np.lib.stride_tricks.sliding_window_view(wide, 2 * AROUND + 1), axis=1)

"""How loud the sound of a file is from its begin to its end: one number for each block that the decoder gives.

Nothing can be heard from it. It is drawn beneath the picture's signals, so that a reader sees where the sound is.
"""

from array import array
from dataclasses import dataclass
from itertools import islice
from math import log10
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from entirety.read.sound import sound_frames

FLOOR = -90.0
"""Decibels of silence: the rounding of 16-bit samples lies there."""
MOST = 4_000_000
"""Blocks that are kept: a day of the usual 1,024 samples at 48,000 a second, and 96 MB."""


@dataclass(frozen=True)
class Loudness:
    """Blocks of decoded sound, one row each, in the order of the file."""

    start: NDArray[np.float64]
    """Presentation time, seconds; a block without one stands behind the block before."""
    length: NDArray[np.float64]
    """Seconds."""
    level: NDArray[np.float64]
    """Root mean square over all channels, decibels: 0 is the most that a sample can hold. In steps of a half, never below FLOOR."""

    def __len__(self) -> int:
        return len(self.start)


def loudness(path: Path) -> Loudness:
    """Of the first sound stream that can be decoded; no rows where there is none."""
    rows, end = array("d"), 0.0
    for frame in islice(sound_frames(path), MOST):
        start = end if frame.time is None else frame.time
        length = frame.samples / frame.sample_rate
        rows.extend((start, length, _level(frame)))
        end = start + length
    table = np.array(rows).reshape(-1, 3)
    return Loudness(table[:, 0], table[:, 1], table[:, 2])


def _level(frame: AudioFrame) -> float:
    samples = frame.to_ndarray()
    if samples.dtype.kind == "u":
        # Eight bits are stored without a sign, silence in the middle.
        values, full = samples.reshape(-1).astype(np.float32) - 128, 128.0
    elif samples.dtype.kind == "i":
        values, full = samples.reshape(-1).astype(np.float32), float(1 << (8 * samples.dtype.itemsize - 1))
    else:
        values, full = samples.reshape(-1).astype(np.float32), 1.0
    power = float(np.dot(values, values)) / full**2 / max(1, len(values))
    if not power > 0:  # nothing, or no number
        return FLOOR
    return max(FLOOR, round(20 * log10(min(power, 1.0))) / 2)

"""What moves in a picture, in 64 bits: the same for a re-encoded copy, and another one at another time before the same standing background.

A thumbnail is held against the one four tenths of a second earlier. Each is first brought to the same mean and contrast, so that a lamp or
an exposure that changes the whole picture at once cancels out, and so does everything that stands. What is left is projected on 64
smooth patterns; the signs are the hash. Where next to nothing is left there is no hash: a standing picture can be placed nowhere.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from entirety.model.signature import ACROSS, DOWN

BACK = 0.4
"""Seconds between the two thumbnails: long enough for a walker at 20 m to leave his place, short against a stretch of two seconds.
By time and not by pictures, so that a copy at another frame rate has the same hashes."""
MOVES = 1.0
"""Grey levels, root mean square over the thumbnail, from which something moves. Measured on re-encoded corpus clips (CRF 28): of 64 bits
6.1 differ from 1 to 1.5 levels, 3.4 from 3 to 5, 0.7 beyond."""
CLOSE = 1e-4
"""Seconds by which a stated time may miss another and still be the same: half a tick of the coarser time bases is rounded away."""
FLAT = 4.0
"""Least contrast, grey levels, that is brought up: below it is noise of an empty picture. Chosen."""
SPREAD = 27
"""Order in which the patterns take their bits, so that bits side by side are not of patterns side by side: any odd number does."""
BATCH = 4096
"""Pictures computed at once: 20 MB."""


@dataclass(frozen=True)
class MotionHashes:
    """One row per shown picture of a clip."""

    times: NDArray[np.float64]
    """Seconds from the clip's start at which each picture appears, rising."""
    bits: NDArray[np.uint64]
    moves: NDArray[np.bool_]
    """Where something moves, and the hash is one."""

    def __len__(self) -> int:
        return len(self.bits)


def motion_hashes(grey: NDArray[np.uint8], times: NDArray[np.float64]) -> MotionHashes:
    """Hashes of n thumbnails that appear at n rising times."""
    before = earlier(times)
    bits, moves = np.zeros(len(grey), np.uint64), np.zeros(len(grey), np.bool_)
    for first in range(0, len(grey), BATCH):
        rows = np.arange(first, min(first + BATCH, len(grey)))
        now, contrast = levelled(grey[rows])
        change = now - levelled(grey[before[rows]])[0]
        strength = np.sqrt((change * change).mean(axis=1)) * contrast
        bits[rows] = np.packbits(change @ patterns().T > 0, axis=1, bitorder="little").view(np.uint64)[:, 0]
        moves[rows] = (times[rows] - times[before[rows]] >= BACK - CLOSE) & (strength >= MOVES)
    return MotionHashes(times, bits, moves)


def earlier(times: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each picture the one that is shown BACK seconds before it, the first where there is none."""
    return np.maximum(np.searchsorted(times, times - (BACK - CLOSE), side="right") - 1, 0)


def levelled(grey: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Thumbnails as rows of mean 0 and contrast 1, and the contrast that each had, grey levels."""
    flat = grey.reshape(len(grey), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    contrast = np.maximum(np.sqrt((flat * flat).mean(axis=1)), FLAT)
    return flat / contrast[:, None], contrast


@cache
def patterns() -> NDArray[np.float32]:
    """64 x (27 x 48): the lowest waves that fit the picture, both ways, without the one that is flat."""
    waves = [(across, down) for across in range(16) for down in range(9) if across or down]
    lowest = sorted(waves, key=lambda wave: ((wave[0] * 9) ** 2 + (wave[1] * 16) ** 2, wave))[:64]
    x, y = (np.arange(ACROSS) + 0.5) / ACROSS, (np.arange(DOWN) + 0.5) / DOWN
    drawn = [np.outer(np.cos(np.pi * down * y), np.cos(np.pi * across * x)).ravel() for across, down in lowest]
    spread = np.array(drawn)[np.arange(64) * SPREAD % 64]
    return np.asarray(spread / np.linalg.norm(spread, axis=1, keepdims=True), np.float32)


def differing(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """In how many of 64 bits the hashes of each row differ."""
    return np.asarray(np.bitwise_count(one ^ other), np.uint8)

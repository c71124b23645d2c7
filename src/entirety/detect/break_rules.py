"""What is asked of a step from one picture to another view before it counts as a break, and how two pictures are compared by their hashes.

A camera that is swung round shows other views too, and so does a thing that comes before the lens. They take several pictures, or leave a
part of the picture as it was. Where shots meet, nearly everything in the picture changes in one step and goes on quietly on both sides.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.steps import GAP
from entirety.model.clip import Frames

FINE = 256
"""Parts of a grey level in which `Frames.view` is kept."""
QUARTERS = 4
"""Parts of a grey level in which `Frames.rest` and `Looks.detail` are kept, and of a sample in which `Frames.motion` is."""
DARK = 8
"""Grey levels up to which a block that is dark in both pictures is left out: bars above and below a picture are no likeness of two scenes."""
AROUND = 15
"""Rows on either side that tell what is usual: the window of the first trials."""
RESTS, REST_FLOOR = 2.0, 4
"""A block is made anew where motion leaves more than twice what it usually leaves there, and a grey level (4 quarters) on top."""
STANDS = 2 * FINE
"""256ths of a grey level, two levels, within which a block has kept its brightness."""
EVEN = 6 * FINE
"""Grey levels within which blocks form one even area. Chosen: a wall in even light, or a page."""
LIGHT = 8.0
"""Grey levels from which the light has changed in a step: cuts within one scene moved the mean by up to 15, flashes and lamps by 50 to 99
(hard-cut's first trials), so that hashes that hardly differ, or views that may be one, are asked for besides."""
ALIKE = 20
"""Bits of 128 (phash and dhash) up to which neighbouring pictures are alike."""
REPEATED = 0.25
"""Share of the usual difference up to which a picture repeats the one before: repeats that were encoded again reach 0.15 (hard-cut's first
trials)."""


def distances(frames: Frames, lag: int) -> NDArray[np.int64]:
    """Bits in which the perceptual hashes (phash and dhash, 128 in all) differ from those `lag` frames before; 0 in the first rows."""
    out = np.zeros(len(frames), np.int64)
    for column in (frames.phash, frames.dhash):
        out[lag:] += np.bitwise_count(column[lag:] ^ column[:-lag])
    return out


def bits(frames: Frames, one: int, other: int) -> int:
    """Bits of 128 in which the perceptual hashes of two pictures differ."""
    return sum((int(column[one]) ^ int(column[other])).bit_count() for column in (frames.phash, frames.dhash))


def renewed(frames: Frames, row: int) -> float:
    """Share of the 144 blocks of which motion explains much less than it does in the pictures around: 0.9 and more at joins."""
    around = frames.rest[max(1, row - AROUND) : row + AROUND + 1].astype(np.float64)
    return float(np.mean(frames.rest[row] > RESTS * np.median(around, axis=0) + REST_FLOOR))


def standing(frames: Frames, before: int, after: int) -> float:
    """Share of the 144 blocks that are as bright as before: up to 0.24 at joins of drawn scenes of one pattern, below 0.1 at others."""
    change = frames.view[after].astype(np.int64) - frames.view[before]
    return float(np.mean(np.abs(change) < STANDS))


def plain(frames: Frames, before: int, after: int) -> float:
    """Share of the blocks within EVEN of each other, in the picture where they are more; bars that are dark in both pictures left out."""
    kept = np.maximum(frames.view[before], frames.view[after]) >= DARK * FINE
    sides = [np.sort(frames.view[k][kept]).astype(np.int64) for k in (before, after)]
    runs = [np.searchsorted(levels, levels + EVEN, "right") - np.arange(len(levels)) for levels in sides]
    return max(float(run.max(initial=0)) for run in runs) / max(int(kept.sum()), 1)


def repeats(frames: Frames, row: int) -> bool:
    """The picture before the break repeats the one before it, in a film whose pictures otherwise differ."""
    usual = float(np.median(frames.difference[max(1, row - AROUND) : row + AROUND + 1]))
    return row >= 2 and float(frames.difference[row - 1]) <= REPEATED * usual


def missing_time(frames: Frames, row: int) -> float:
    """Seconds by which the step in time to this picture is longer than usual, where it leaves room for another picture; else 0."""
    steps = np.diff(frames.times[max(0, row - AROUND) : row + AROUND + 1])
    usual, here = float(np.median(steps)), float(frames.times[row] - frames.times[row - 1])
    return here - usual if here > GAP * usual > 0 else 0.0


def mixture(frames: Frames, before: int, after: int) -> tuple[float, float]:
    """Of the picture between two others: its share of the later one, and how far it lies off the way between them, as a share of that way."""
    start, middle, end = (frames.view[k].astype(np.float64) for k in (before, before + 1, after))
    way = end - start
    length = float(way @ way)
    if length <= 0:
        return 0.0, 0.0
    share = float((middle - start) @ way) / length
    off = middle - start - share * way
    return share, float(np.sqrt((off @ off) / length))

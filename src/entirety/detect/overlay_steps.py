"""Finds where a small part of the picture changes from one picture to the next and at no other time, as where something is laid over it.

What moves into a part of the picture changes it for several pictures in a row; what is drawn over it changes it once.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.kept import kept
from entirety.model.clip import Frames

LOW = 16
"""Quarters of a grey level that a block must change by, motion compensated: noise and coding leave 1 to 10 in still scenes."""
TIMES = 2
"""How far it must stand above the two pictures on either side: captions and outlines reach 2 to 20 times that even in a walker's film. At
1.5 flashes and things before the lens were reported in two of 431 clips of the tuning half without an edit, at 2 in none."""
ROUNDING = 2
"""Quarters of a grey level added to it, so that blocks of no change at all do not stand out by one unit."""
FEWEST, MOST = 2, 72
"""Blocks of 144 that change together: one may be a lamp or a digit; more than half is a cut, a flash or a key frame."""
HABIT, HABIT_SHARE = 4, 100
"""Times that a block may change so, or once in 100 pictures in a longer clip: digits of a running clock change once a second, all through."""
FASTEST = 6
"""Pictures: what changes more often blinks or moves, and is no clock. Chosen."""
EVEN, EVEN_SHARE = 1, 0.7
"""Pictures by which distances between changes may differ, and the share of them that may not differ by more: a clock that is redrawn each
second keeps to it but for the pictures that its encoder mends; cuts do not come at equal distances. Chosen."""
MOST_STEPS = 400
"""Places that are looked at further, those with most blocks first: a flickering film of an hour has thousands. Chosen."""
CHUNK = 4096


def local_steps(frames: Frames) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Pictures at which a part changes at once, in order, and for each which of the 144 blocks do."""
    count = np.zeros(frames.rest.shape[1], np.int64)
    rows, blocks = [np.zeros(0, np.int64)], [np.zeros((0, len(count)), np.bool_)]
    for first, changed in _changed(frames):
        count += changed.sum(axis=0)
        some = changed.sum(axis=1) >= FEWEST
        rows.append(np.flatnonzero(some) + first)
        blocks.append(changed[some])
    at, which = np.concatenate(rows), np.concatenate(blocks)
    which[:, count > max(HABIT, len(frames) // HABIT_SHARE)] = False
    number = which.sum(axis=1)
    kept = np.flatnonzero((number >= FEWEST) & (number <= MOST))
    kept = np.sort(kept[np.argsort(-number[kept], kind="stable")][:MOST_STEPS])
    return at[kept], which[kept]


def running_blocks(frames: Frames) -> NDArray[np.bool_]:
    """Which of the 144 blocks change at once again and again at equal distances, as under a running clock or a recording sign."""
    count = sum((changed.sum(axis=0) for _, changed in _changed(frames)), np.zeros(frames.rest.shape[1], np.int64))
    often = np.flatnonzero((count > HABIT) & (count <= len(frames) // FASTEST))
    running = np.zeros(len(count), np.bool_)
    if len(often):
        changes = np.concatenate(
            [np.argwhere(changed[:, often]) + np.array([first, 0]) for first, changed in _changed(frames)]
        )
        for k, block in enumerate(often):
            steps = np.diff(changes[changes[:, 1] == k, 0])
            running[block] = np.mean(np.abs(steps - np.median(steps)) <= EVEN) >= EVEN_SHARE
    return running


@kept
def _changed(frames: Frames) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """First row of a chunk, and which blocks change in each row by far more than two rows before and after."""
    rest = frames.rest
    padded = np.concatenate([rest[:1], rest[:1], rest, rest[-1:], rest[-1:]])
    for first in range(0, len(rest), CHUNK):
        part = padded[first : first + CHUNK + 4].astype(np.int16)
        beside = np.maximum(np.maximum(part[:-4], part[1:-3]), np.maximum(part[3:-1], part[4:]))
        yield first, (part[2:-2] >= LOW) & (part[2:-2] >= TIMES * beside + ROUNDING)

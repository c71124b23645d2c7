"""Numbers of the 144 blocks at a place where the picture may have leapt, each block held against itself in the pictures around.

Where a camera stands, only the people leap and the background stays. A few blocks tell that, whatever the rest of the picture does.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.overlay_steps import running_blocks
from entirety.detect.same_scene import DOWN
from entirety.detect.statistics import GUARD, HALF_WINDOW, Numbers, robust
from entirety.model.clip import Frames

LARGEST, LARGER = 8, 24
"""Blocks whose mean is taken: a person at 20 m fills about one, and a sixth of the picture moves where somebody is near."""
SAMPLE = 4
"""Parts of a grey level in which `rest` is kept."""
REST_FLOOR, VIEW_FLOOR, STEP_FLOOR = 0.5, 0.25, 0.1
"""Least usual spread, grey levels: twice and once the step in which the first is kept; the last is for the whole picture."""
MOVED, STRIP = 6.0, 2
"""z from which a block has moved, and lines of blocks that are a strip along an edge."""
THIRD = 3
"""Which of the changes around stands for all: another leap and a key frame may be larger. A film turned from 30 to 25 pictures a second
leaps at every fifth picture."""
BACK = 4
"""Pictures within which a flash is over: 0.16 s at 25 a second."""
FEW = 256
"""Candidates worked on at a time: 256 x 28 x 144 numbers are 4 MB."""

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BlockNumbers:
    """One row for each candidate in every column; z is a robust z of one block against the same block around."""

    view: Floats
    """z of the change of brightness, mean of the eight largest blocks."""
    rest: Floats
    """z of what motion leaves unexplained, mean of the 24 largest blocks."""
    half: Floats
    """The same, median of all blocks: high where the whole picture is made anew."""
    back: Floats
    """How far from the old view the nearest of the four next pictures lies, or from the new view one of the last; shares of the step."""
    moved: Floats
    """Blocks whose change of brightness stands out by MOVED."""
    strip: NDArray[np.bool_]
    """Where all of them lie in the two upper or the two lower of nine lines of blocks, where recorders write their clock."""
    display: NDArray[np.bool_]
    """Where a block that changes at once at equal distances changes here too."""
    lively: Floats
    """In the blocks that moved: the third largest change around, as a share of the change here; median. On a screen that shows another text, 0."""


def block_numbers(frames: Frames, kept: Rows, at: Rows) -> BlockNumbers:
    """The numbers at the kept pictures `at`; `kept` are the rows of the pictures that repeat nothing.

    Blocks that change at once at equal distances say nothing: a clock runs there, or a recording sign blinks.
    """
    silent = running_blocks(frames)
    parts = [_close(frames, kept, at[first : first + FEW], silent) for first in range(0, max(1, len(at)), FEW)]
    return BlockNumbers(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def block_steps(frames: Frames, kept: Rows, at: Rows) -> Singles:
    """Change of brightness of each block to the kept picture before, without the change of the whole; absolute grey levels."""
    return apart_from_all(views(frames, kept, at) - views(frames, kept, at - 1))


def apart_from_all(change: Singles) -> Singles:
    """Changes of 144 blocks without that of most of them, which a large caption does not move as it would the mean."""
    return np.asarray(np.abs(change - np.median(change, axis=1, keepdims=True)), np.float32)


def views(frames: Frames, kept: Rows, at: Rows) -> Singles:
    """The blocks of the kept pictures `at`, grey levels."""
    return np.asarray(frames.view[kept[at]].astype(np.float32) / FINE, np.float32)


def largest(table: Singles, most: int) -> Floats:
    """Mean of the `most` largest numbers of each row."""
    return np.asarray(np.partition(table, table.shape[1] - most, axis=1)[:, -most:].mean(axis=1), np.float64)


def block_z(here: Singles, around: Singles, known: NDArray[np.bool_], floor: float) -> Singles:
    """Robust z of n x 144 numbers against n x k x 144 around them, of which only the known count; 0 where none is."""
    count = known.sum(axis=1)
    z = robust(here, np.where(known[:, :, None], around, np.float32(np.nan)), count, floor)
    return np.asarray(np.where(count[:, None] > 0, z, 0), np.float32)


def third(around: Numbers, known: NDArray[np.bool_]) -> Numbers:
    """The third largest of the known numbers around each place; they are never below 0."""
    return np.asarray(np.sort(np.where(known, around, 0), axis=1)[:, -THIRD], around.dtype)


def neighbours(count: int, at: Rows) -> tuple[Rows, NDArray[np.bool_]]:
    """Rows around each of `at`, n x 28, and which of them there are; the first picture has no step before it."""
    offsets = np.array([k for k in range(-HALF_WINDOW, HALF_WINDOW + 1) if abs(k) > GUARD])
    around = at[:, None] + offsets
    return np.clip(around, 1, count - 1), (around >= 1) & (around < count)


def _close(frames: Frames, kept: Rows, at: Rows, silent: NDArray[np.bool_]) -> tuple[NDArray[Any], ...]:
    around, known = neighbours(len(kept), at)
    rests = np.asarray(frames.rest[kept[around]] / np.float32(SAMPLE), np.float32)
    steps = block_steps(frames, kept, around.ravel()).reshape(rests.shape)
    rest = block_z(np.asarray(frames.rest[kept[at]] / np.float32(SAMPLE), np.float32), rests, known, REST_FLOOR)
    here = block_steps(frames, kept, at)
    view = block_z(here, steps, known, VIEW_FLOOR)
    display = (view[:, silent] >= MOVED).any(axis=1)
    view[:, silent], rest[:, silent] = 0, 0
    half = np.asarray(np.median(rest, axis=1), np.float64)
    moved = view >= MOVED
    lines = np.asarray(moved.reshape(len(at), DOWN, view.shape[1] // DOWN).any(axis=2), np.bool_)
    inside = lines[:, STRIP:].any(axis=1) & lines[:, :-STRIP].any(axis=1)
    strip = moved.any(axis=1) & ~inside
    usual = third(steps, known[:, :, None])
    lively = [np.median(u[m] / h[m]) if m.any() else 0.0 for u, h, m in zip(usual, here, moved, strict=True)]
    return (
        largest(view, LARGEST),
        largest(rest, LARGER),
        half,
        _back(frames, kept, at),
        np.asarray(moved.sum(axis=1), np.float64),
        np.asarray(strip, np.bool_),
        np.asarray(display, np.bool_),
        np.asarray(lively, np.float64),
    )


def _back(frames: Frames, kept: Rows, at: Rows) -> Floats:
    old, new = views(frames, kept, at - 1), views(frames, kept, at)
    later = [_apart(views(frames, kept, np.minimum(at + k, len(kept) - 1)), old) for k in range(1, BACK + 1)]
    earlier = [_apart(views(frames, kept, np.maximum(at - 1 - k, 0)), new) for k in range(1, BACK + 1)]
    return np.asarray(np.min([*later, *earlier], axis=0) / (_apart(old, new) + STEP_FLOOR), np.float64)


def _apart(one: Singles, other: Singles) -> Floats:
    return np.asarray(np.sqrt(np.square(one - other).mean(axis=1)), np.float64)

"""Follows a likeness picture by picture: how far a sequence came back, how exactly, and whether it does so again and again.

What comes back must fit in time to the picture: the same pictures, moved by three, must fit far worse. A still scene fits as well at any
time, and is no sign of anything.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.detect.recurrence import BUSIEST, MOVING, STEP, Likeness, likenesses, movement, spacing
from entirety.model.clip import Frames

FITS = 0.36
"""Share of the difference at three pictures more or less that may be left. Tuning half: repeats and mirrored repeats of 50 clips leave 0.00 to
0.31, copies sent by a messenger included; of 390 untouched and innocent clips none goes below 0.40 where something moves."""
PICTURE_FITS = 0.5
"""The same for a single picture, when a sequence is followed to its ends."""
HIGHEST = 4.0
"""Times the middle difference that a single picture counts at most. Chosen."""
CLOSE, REACH = 3, 6
"""Pictures by which a likeness may be off, and pictures on either side that are compared at first."""
SHORTEST_S = 0.6
"""Seconds that must come back. Chosen: below, a gesture may do so by chance; the target is a second and more."""
MISSES = 2
"""Pictures in a row that may fit badly within a sequence: a key frame and its neighbour."""
BLOCK = 256
LONGER = 1.15
"""Times its distance in time that a sequence may be long; what is longer overlaps itself, so it came back more than once."""
ENDS = 3
"""Pictures from the clip's ends within which a sequence reaches them."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Frames `first` to `last` show what `earlier` to `earlier_last` show, in the same order or backwards."""

    first: int
    last: int
    earlier: int
    earlier_last: int
    backwards: bool
    left: float
    """Middle difference to the earlier pictures, over that at three pictures more or less."""
    difference: float
    """Grey levels, in the blocks that move."""
    aside: float
    """Grey levels, at three pictures more or less."""
    identical: int
    """Pictures that equal the earlier one in every byte."""
    again: bool
    """It overlaps itself, fills the clip, or comes back a third time: as periodic motion does."""

    @property
    def distance(self) -> int:
        """Pictures from the earlier sequence to this one."""
        return self.first - self.earlier


def repeated_sequences(frames: Frames) -> list[Repeat]:
    """Every sequence that comes back, in the order of showing; of those that overlap, the most exact one."""
    if len(frames) < 2 * (REACH + STEP):
        return []
    every, reach = list[Repeat](), min(REACH, 2 * spacing(frames)[0])
    for likeness in likenesses(frames):
        if not any(_holds(one, likeness) for one in every) and (found := _followed(frames, likeness, reach)):
            every.append(found)
    kept: list[Repeat] = []
    for one in sorted(every, key=lambda one: (one.left, one.first)):
        if all(one.last < other.first or one.first > other.last for other in kept):
            kept.append(one)
    return [_counted(one, every, len(frames)) for one in sorted(kept, key=lambda one: one.first)]


def _holds(one: Repeat, likeness: Likeness) -> bool:
    """This likeness belongs to a sequence that is known already."""
    if one.backwards is not likeness.backwards or not one.first <= likeness.row <= one.last:
        return False
    if one.backwards:
        return abs(one.first + one.earlier_last - likeness.row - likeness.like) <= CLOSE
    return abs(one.distance - likeness.row + likeness.like) <= CLOSE


def _followed(frames: Frames, likeness: Likeness, reach: int) -> Repeat | None:
    seed = _seed(frames, likeness, reach)
    if seed is None:
        return None
    sign = -1 if likeness.backwards else 1
    blocks = _busiest(frames, likeness.row)
    exact = replace(likeness, like=seed)
    before, after = _reach(frames, blocks, exact, -1), _reach(frames, blocks, exact, 1)
    first, last = likeness.row - before, likeness.row + after
    times = frames.times
    if not float(times[last] - times[first]) >= SHORTEST_S:
        return None
    rows = np.arange(first, last + 1)
    others = seed + sign * (rows - likeness.row)
    here, aside = _differences(frames, blocks, rows, others)
    difference, beside = _levels(np.stack([here, aside])).tolist()
    if beside < MOVING or difference > FITS * beside:
        return None
    same = int((frames.sha256[rows] == frames.sha256[others]).all(axis=1).sum())
    low, high = int(others.min()), int(others.max())
    return Repeat(
        first, last, low, high, likeness.backwards, difference / beside, difference, beside, same, again=False
    )


def _busiest(frames: Frames, row: int) -> NDArray[np.int64]:
    rows = np.arange(max(STEP, row - REACH), min(len(frames) - STEP, row + REACH + 1))
    moved = np.median(movement(frames.view, rows), axis=0)
    return np.asarray(np.argsort(-moved, kind="stable")[:BUSIEST], np.int64)


def _seed(frames: Frames, likeness: Likeness, reach: int) -> int | None:
    """The earlier picture that fits best, where its neighbours, `reach` on either side, fit too and three pictures further off they do not."""
    rows, sign = np.arange(likeness.row - reach, likeness.row + reach + 1), -1 if likeness.backwards else 1
    likes = np.arange(likeness.like - CLOSE, likeness.like + CLOSE + 1)
    likes = likes[(likes - reach >= STEP) & (likes + reach < len(frames) - STEP)]
    if rows[0] < 0 or rows[-1] >= len(frames) or not len(likes):
        return None
    blocks = _busiest(frames, likeness.row)
    now = frames.view[np.ix_(rows, blocks)].astype(np.float64) / 256
    shifted = np.arange(likes[0] - STEP, likes[-1] + STEP + 1)
    others = frames.view[(shifted[:, None] + sign * (rows - likeness.row))[:, :, None], blocks] / 256
    apart = np.abs(now - others).mean(axis=2)
    left = _levels(apart[STEP:-STEP])
    beside = _levels(np.minimum(apart[: -2 * STEP], apart[2 * STEP :]))
    fits = np.flatnonzero((beside >= MOVING) & (left <= FITS * beside))
    return int(likes[fits[(left[fits] / beside[fits]).argmin()]]) if len(fits) else None


def _levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row the mean, of which a flash or a cut makes no more than a few usual pictures would."""
    return np.asarray(np.minimum(values, HIGHEST * np.median(values, axis=1, keepdims=True)).mean(axis=1), np.float64)


def _differences(
    frames: Frames, blocks: NDArray[np.int64], rows: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Grey levels between pictures that belong together, and between those three off, on the side that fits better."""
    now = frames.view[np.ix_(rows, blocks)].astype(np.float64) / 256

    def levels(shift: int) -> NDArray[np.float64]:
        moved = np.clip(others + shift, 0, len(frames) - 1)
        return np.asarray(np.abs(now - frames.view[np.ix_(moved, blocks)] / 256).mean(axis=1), np.float64)

    return levels(0), np.minimum(levels(STEP), levels(-STEP))


def _reach(frames: Frames, blocks: NDArray[np.int64], start: Likeness, way: int) -> int:
    """Pictures from the likeness on in one direction that fit."""
    row, seed, sign = start.row, start.like, -1 if start.backwards else 1
    reached, missed = 0, 0
    while True:
        steps = np.arange(reached + missed + 1, reached + missed + 1 + BLOCK) * way
        rows, others = row + steps, seed + sign * steps
        inside = (rows >= 0) & (rows < len(frames)) & (others >= 0) & (others < len(frames))
        # What comes back backwards meets itself in the middle; beyond, the two change places.
        inside &= rows > others
        if not inside.any():
            return reached
        rows, others = rows[inside], others[inside]
        here, aside = _differences(frames, blocks, rows, others)
        for step, fits in zip(np.abs(rows - row), here <= PICTURE_FITS * np.maximum(aside, MOVING), strict=True):
            if fits:
                reached, missed = int(step), 0
            else:
                missed += 1
            if missed > MISSES:
                return reached
        if not inside.all():
            return reached


def _counted(one: Repeat, every: list[Repeat], count: int) -> Repeat:
    """With the answer to whether it comes back again and again."""
    length = one.last - one.first + 1
    overlaps = not one.backwards and length > LONGER * one.distance
    fills = not one.backwards and one.earlier < ENDS and one.last >= count - ENDS
    third = any(
        other is not one and other.first <= one.last and other.last >= one.first and not _same(one, other)
        for other in every
    )
    return replace(one, again=overlaps or fills or third)


def _same(one: Repeat, other: Repeat) -> bool:
    """Both look at the same earlier pictures."""
    return one.earlier <= other.earlier_last and one.earlier_last >= other.earlier and one.backwards is other.backwards

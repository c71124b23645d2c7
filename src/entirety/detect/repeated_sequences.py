"""Follows a likeness picture by picture: how far a sequence came back, how exactly, and whether it does so again and again.

What comes back must fit in time to the picture: the same pictures, moved by three, must fit far worse. A still scene fits as well at any
time, and is no sign of anything.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.busiest_blocks import BUSIEST
from entirety.detect.followed import differences, reach
from entirety.detect.recurrence import MOVING, STEP, Likeness, likenesses, movement, spacing
from entirety.detect.spans import without_overlap
from entirety.model.clip import Frames

FITS = 0.36
"""Share of the difference at three pictures more or less that may be left. Tuning half: repeats and mirrored repeats of 50 clips leave 0.00 to
0.31, copies sent by a messenger included; of 390 untouched and innocent clips none goes below 0.40 where something moves."""
HIGHEST = 4.0
"""Times the middle difference that a single picture counts at most. Chosen."""
CLOSE, REACH = 3, 6
"""Pictures by which a likeness may be off, and pictures on either side that are compared at first."""
SHORTEST = 2 * (REACH + STEP)
"""Pictures of a clip in which something can come back at all."""
SHORTEST_S = 0.6
"""Seconds that must come back. Chosen: below, a gesture may do so by chance; the target is a second and more."""
LONGER = 1.15
"""Times its distance in time that a sequence may be long; what is longer overlaps itself, so it came back more than once."""
FOLLOWED = 500_000
"""Pictures that likenesses are followed over in all: five times those of an hour, some seconds. Chosen."""
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
    if len(frames) < SHORTEST:
        return []
    every, near = list[Repeat](), min(REACH, 2 * spacing(frames)[0])
    # Rows in movement that comes back again and again: whatever else comes back there would be taken for a part of it.
    periodic, left = np.zeros(len(frames), np.bool_), FOLLOWED
    for likeness in likenesses(frames):
        if left <= 0:
            break
        if periodic[likeness.row] or any(_holds(one, likeness) for one in every):
            continue
        blocks = _busiest(frames, likeness.row)
        if (seed := _seed(frames, blocks, likeness, near)) is None:
            continue
        exact = replace(likeness, like=seed)
        # What is longer overlaps itself, and is known for what it is: no need to follow it any further.
        most = len(frames) if exact.backwards else int(LONGER * (exact.row - seed)) + 1
        after = reach(frames, blocks, exact, 1, most)
        before = reach(frames, blocks, exact, -1, most - after)
        left -= before + after + 1
        if found := _repeat(frames, blocks, exact, np.arange(exact.row - before, exact.row + after + 1)):
            every.append(found)
            periodic[found.first : found.last + 1] |= _overlaps(found)
    exactest = without_overlap(sorted(every, key=lambda one: (one.left, one.first)))
    return [_counted(one, every, len(frames)) for one in exactest]


def _holds(one: Repeat, likeness: Likeness) -> bool:
    """This likeness belongs to a sequence that is known already."""
    if one.backwards is not likeness.backwards or not one.first <= likeness.row <= one.last:
        return False
    if one.backwards:
        return abs(one.first + one.earlier_last - likeness.row - likeness.like) <= CLOSE
    return abs(one.distance - likeness.row + likeness.like) <= CLOSE


def _repeat(frames: Frames, blocks: NDArray[np.int64], exact: Likeness, rows: NDArray[np.int64]) -> Repeat | None:
    """What came back in these rows, where it is long and exact enough."""
    first, last = int(rows[0]), int(rows[-1])
    times = frames.times
    if not float(times[last] - times[first]) >= SHORTEST_S:
        return None
    others = exact.like + (-1 if exact.backwards else 1) * (rows - exact.row)
    here, aside = differences(frames, blocks, rows, others)
    difference, beside = _levels(np.stack([here, aside])).tolist()
    if beside < MOVING or difference > FITS * beside:
        return None
    same = int((frames.sha256[rows] == frames.sha256[others]).all(axis=1).sum())
    low, high = int(others.min()), int(others.max())
    return Repeat(first, last, low, high, exact.backwards, difference / beside, difference, beside, same, again=False)


def _busiest(frames: Frames, row: int) -> NDArray[np.int64]:
    rows = np.arange(max(STEP, row - REACH), min(len(frames) - STEP, row + REACH + 1))
    moved = np.median(movement(frames.view, rows), axis=0)
    return np.asarray(np.argsort(-moved, kind="stable")[:BUSIEST], np.int64)


def _seed(frames: Frames, blocks: NDArray[np.int64], likeness: Likeness, near: int) -> int | None:
    """The earlier picture that fits best, where its neighbours, `near` on either side, fit too and three pictures further off they do not."""
    rows, sign = np.arange(likeness.row - near, likeness.row + near + 1), -1 if likeness.backwards else 1
    likes = np.arange(likeness.like - CLOSE, likeness.like + CLOSE + 1)
    likes = likes[(likes - near >= STEP) & (likes + near < len(frames) - STEP)]
    if rows[0] < 0 or rows[-1] >= len(frames) or not len(likes):
        return None
    now = frames.view[np.ix_(rows, blocks)].astype(np.float64) / FINE
    shifted = np.arange(likes[0] - STEP, likes[-1] + STEP + 1)
    others = frames.view[(shifted[:, None] + sign * (rows - likeness.row))[:, :, None], blocks] / FINE
    apart = np.abs(now - others).mean(axis=2)
    aside = np.minimum(apart[: -2 * STEP], apart[2 * STEP :])
    left, beside = _levels(np.concatenate([apart[STEP:-STEP], aside])).reshape(2, -1)
    fits = np.flatnonzero((beside >= MOVING) & (left <= FITS * beside))
    return int(likes[fits[(left[fits] / beside[fits]).argmin()]]) if len(fits) else None


def _levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row the mean, of which a flash or a cut makes no more than a few usual pictures would."""
    return np.asarray(np.minimum(values, HIGHEST * np.median(values, axis=1, keepdims=True)).mean(axis=1), np.float64)


def _overlaps(one: Repeat) -> bool:
    """It is so long that it came back more than once."""
    return not one.backwards and one.last - one.first + 1 > LONGER * one.distance


def _counted(one: Repeat, every: list[Repeat], count: int) -> Repeat:
    """With the answer to whether it comes back again and again."""
    overlaps = _overlaps(one)
    fills = not one.backwards and one.earlier < ENDS and one.last >= count - ENDS
    third = any(
        other is not one and other.first <= one.last and other.last >= one.first and not _same(one, other)
        for other in every
    )
    return replace(one, again=overlaps or fills or third)


def _same(one: Repeat, other: Repeat) -> bool:
    """Both look at the same earlier pictures."""
    return one.earlier <= other.earlier_last and one.earlier_last >= other.earlier and one.backwards is other.backwards

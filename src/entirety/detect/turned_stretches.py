"""Finds stretches that fit the pictures around them only backwards: footage turned round in its place.

Where a stretch was turned, the picture leaps at both of its ends. The picture before the first leap then continues in the picture before the
second one, and the picture after the first leap in the one after the second: each pair is one picture apart, as neighbours are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.busiest_blocks import BUSIEST, busiest_steps
from entirety.detect.spans import without_overlap
from entirety.model.clip import Frames

LEAP, LEVEL = 2.0, 0.2
"""Times the middle step around it, from which a step is a leap, and grey levels that the middle counts at least. Tuning half: 21 of 22 turned
stretches leap by 2.7 and more at both ends, in the blocks that change most."""
CROSSED = 0.3
"""Share of the leaps that may lie between the pictures that fit crosswise: 0.01 to 0.22 in 21 turned stretches; among the untouched and
innocent clips only flashes and flickering light come below 0.45."""
GROWS, FURTHER = 2.0, 5
"""Times that difference which must lie between the pictures five further from each end, over the whole picture (geometric mean of both ends):
in a turned stretch they are eleven pictures apart, 2.5 to 8.6 times. Where a light flashes twice or flickers they are as alike, 1.0 to 1.5."""
LIGHT, ONE_WAY = 8.0, 0.9
"""Grey levels by which a leap changes the mean of the picture, and share of all change that goes the same way, from which it is light that
changes: a flash or a lamp. Tuning half: of 30 turned stretches four reach 8 to 14, and go one way by 0.3 to 0.8, two that go one way reach 5 to 7; drawn
lightning and strobe light reach 98 and more at 1.0."""
AROUND = 8
MOST_LEAPS = 60
"""Leaps of a clip that are held against each other, highest first. A clip with more is edited fast, or flickers."""
LEAST_S, MOST_S = 0.4, 20.0
"""Seconds from one leap to the other. Chosen."""
CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Turned:
    """Frames `first` to `last` fit what is around them backwards."""

    first: int
    last: int
    leap: float
    """The smaller leap at its ends, grey levels in the blocks that leap."""
    crossed: float
    """The larger difference between the pictures that fit crosswise, over the leap there."""


def turned_stretches(frames: Frames) -> list[Turned]:
    """Every such stretch, in the order of showing; of those that overlap, the clearest."""
    leaps, found = _leaps(frames), list[Turned]()
    times = frames.times
    for number, first in enumerate(leaps):
        for after in leaps[number + 1 :]:
            if LEAST_S <= float(times[after] - times[first]) <= MOST_S and (one := _turned(frames.view, first, after)):
                found.append(one)
    return without_overlap(sorted(found, key=lambda one: (one.crossed, one.first)))


def _turned(view: NDArray[np.uint16], first: int, after: int) -> Turned | None:
    rows = [first - 1, first, after - 1, after]
    before, start, end, behind = view[rows].astype(np.float64) / FINE
    if _light(start - before) or _light(behind - end):
        return None
    blocks = np.argsort(-np.maximum(np.abs(start - before), np.abs(behind - end)), kind="stable")[:BUSIEST]

    def apart(one: int, other: int) -> float:
        return float(np.abs(view[one, blocks].astype(np.float64) - view[other, blocks]).mean() / FINE)

    leaps = apart(first - 1, first), apart(after - 1, after)
    pairs = apart(first - 1, after - 1), apart(first, after)
    crossed = max(pair / leap if leap > 0 else np.inf for pair, leap in zip(pairs, leaps, strict=True))
    if crossed > CROSSED or min(first - 1 - FURTHER, len(view) - 1 - after - FURTHER) < 0:
        return None
    grown = [
        _far(view, one + way * FURTHER, other + way * FURTHER) / max(_far(view, one, other), LEVEL)
        for one, other, way in ((first - 1, after - 1, -1), (first, after, 1))
    ]
    if grown[0] * grown[1] < GROWS**2:
        return None
    return Turned(first, after - 1, min(leaps), crossed)


def _light(change: NDArray[np.float64]) -> bool:
    """All of the picture becomes lighter, or all of it darker."""
    mean = abs(float(change.mean()))
    return mean > LIGHT and mean >= ONE_WAY * float(np.abs(change).mean())


def _far(view: NDArray[np.uint16], one: int, other: int) -> float:
    """Mean difference of two pictures, grey levels."""
    return float(np.abs(view[one].astype(np.float64) - view[other]).mean() / FINE)


def _leaps(frames: Frames) -> list[int]:
    """Rows at which the picture leaps, at most MOST_LEAPS, in the order of showing."""
    if len(frames) < 2 * AROUND + 2:
        return []
    (steps,) = busiest_steps(frames)
    windows = np.lib.stride_tricks.sliding_window_view(steps, 2 * AROUND + 1)
    middle = np.concatenate([np.median(windows[k : k + CHUNK], axis=1) for k in range(0, len(windows), CHUNK)])
    height = steps[AROUND : AROUND + len(middle)] / np.maximum(middle, LEVEL)
    highest = np.argsort(-height, kind="stable")[:MOST_LEAPS]
    return sorted(int(row) + AROUND for row in highest if height[row] >= LEAP)

"""Finds stretches in which the picture stands still while everything around it moves or is noisy.

The sensor of a camera never delivers the same picture twice: it is noisy. Compression can make a still scene stand; it cannot stop a
moving one at once and let it go on at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.activity import activity
from entirety.detect.break_rules import FINE
from entirety.detect.same_scene import FLAT
from entirety.detect.spans import runs, without_overlap
from entirety.model.clip import Frames

SMALLEST, DOUBLINGS = 0.01, 10
"""Grey levels at which a picture counts as still for the first search, and how often that is doubled: 0.01 to 5.12. No single bound fits:
freezes that were encoded again differ by 0.001 in one file and 0.5 in another, untouched still scenes by less than either."""
QUIET, LAST = 80, 8.0
"""Percentile of the differences within that stands for all of them (a key frame, a blended picture and the settling afterwards lie above), and
how many times it the pictures on both sides must differ, in their median. Tuning half, 190 untouched and innocent clips: pauses of what moves
in a still scene reach 6.5 and on a screen 7.6 times; 22 of 22 freezes of 1.2 s lie at 8.2 and above, all in moving scenes at 19 and above."""
STEADY = 3.3
"""Times it where besides all around moves and the view STAYS: MPEG-2 paints what stands anew with every picture, in a rhythm. Such freezes lie at
3.5 to 7.4 (tuning half, and clips drawn for this)."""
STAYS = 0.12
"""How far the view goes from the first half of the stretch to the second, as a share of how far it goes on either side in as long: 0.001 to 0.1 in
those freezes; where a moving scene is quieter for a while, 0.16 and more (tuning half, all continuous clips)."""
SETTLES = 3
"""Pictures at the beginning that are left out of that, at most a quarter of the stretch: what is encoded several times mends at first."""
NEAREST = 2.0
"""Times it, for each of the two pictures next to the stretch: compression lets motion die away, a freeze ends at once."""
EDGE = 0.5
"""Share of the difference beside, from which the first or last picture of a stretch belongs to the motion and not to the stretch. Chosen: halfway."""
MOST_ROWS = 100
"""Pictures of a stretch that are looked at block by block. Chosen."""
FEWEST_BLOCKS = 24
"""Of 144 blocks, those that move on both sides, and stand within. A pointer that rests on a screen moves 16 to 27 on one side, 18 to 23 on the
other; the smallest freeze measured 34 and 43."""
SHARE = 0.33
"""Of the blocks that move, those that must stand within. Chosen; 0.38 and more in freezes encoded three times, 1 in others."""
CHANGED, FEWEST_CHANGED = 0.1, 12
"""Grey levels by which a block's brightness changes from picture to picture, and in how many it does on both sides: a pointer on a screen changes
that of 1 or 2, and the flow spreads it to more; freezes have 32 and more (tuning half, and clips drawn for this)."""
LIVE = 0.3
"""Grey levels of change and rest by which a block moves; in a still scene saved by a messenger hardly any does."""
DEAD = 0.5
"""Share of that which a block may keep and still stand: what is encoded three times mends even parts for half a second."""
FLOOR = 0.01
"""Grey levels below which a difference is rounding: one sample of a hundred by one level."""
NOTHING = 0.05
"""Of the difference beside the run, for the middle of the run: measured 0.001 to 0.07 in freezes, 0.3 and more in pauses of screen content."""
MOVING = 0.4
"""Grey levels by which pictures beside the run must differ for a strong sign. Still scenes saved by messengers reach 0.36, moving or noisy ones
begin at 0.5."""
CUT = 4.0
"""Times the differences before, from which the step to the picture that stands is a cut: 0.9 to 1.7 in 22 freezes, 11 into inserted still footage."""
SIDE = 6
"""Pictures on either side that are looked at: the median of six is not moved by a key frame and its neighbour."""
FEWEST_ROWS = 5
"""Repeated pictures: half a second of a recorder with 10 pictures a second; fewer are gaps in time."""
SHORTEST_S = 0.5
"""Seconds (first trials, one clip per kind of footage). Shorter stops are cadence: low-rate recorders repeat each picture two or three times."""
LEAP = 1.5
"""Times the difference of the following pictures, from which the first one counts as a leap: ordinary motion varies by 1.2."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Frames `first` to `last` show what frame `first` shows."""

    first: int
    last: int
    seconds: float
    inside: float
    """Median difference within, grey levels."""
    beside: float
    """The smaller median difference of the two sides; of the one side there is, at an end of the clip."""
    leap: float
    """First difference afterwards over the usual one there; 0 at the end of the clip."""
    identical: int
    """Pictures that equal the one before in every byte."""
    at_end: bool
    """The clip begins or ends with it."""
    empty: bool


def standing_pictures(frames: Frames) -> Iterator[Standing]:
    """Every stretch of at least half a second, in the order of showing; of several that overlap, the one with the clearest ends."""
    if len(frames) < FEWEST_ROWS + SIDE:
        return
    difference = frames.difference.astype(np.float64)
    identical = np.zeros(len(frames), np.bool_)
    identical[1:] = (frames.sha256[1:] == frames.sha256[:-1]).all(axis=1)
    tried: dict[tuple[int, int], tuple[float, Standing]] = {}
    for doubling in range(DOUBLINGS):
        still = identical | (difference <= SMALLEST * 2**doubling)
        still[0] = False
        for first, last in runs(_bridged(still)):
            if (first, last) not in tried and (found := _standing(frames, difference, identical, first, last)):
                tried[first, last] = found
    clearest = sorted(tried.values(), key=lambda pair: (-pair[0], pair[1].first))
    yield from without_overlap(stretch for _, stretch in clearest)


def _bridged(still: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A single picture between still ones counts as still: a key frame renews what stands, and some encoders blend one picture."""
    between = np.zeros_like(still)
    between[1:-1] = still[:-2] & still[2:]
    return np.asarray(still | between, dtype=np.bool_)


def _standing(
    frames: Frames, difference: NDArray[np.float64], identical: NDArray[np.bool_], first: int, last: int
) -> tuple[float, Standing] | None:
    """How clearly the stretch of repeats `first` to `last` ends, and the stretch, if it stands while its sides move."""
    before, after = difference[max(1, first - SIDE) : first], difference[last + 1 : last + 1 + SIDE]
    whole = [side for side in (before, after) if len(side) == SIDE]
    seconds, within = _seconds(frames, first, last), difference[first : last + 1]
    if last - first + 1 < FEWEST_ROWS or not seconds >= SHORTEST_S or not whole:
        return None
    usual = max(float(np.percentile(within, QUIET)), FLOOR)
    beside = min(float(np.median(side)) for side in whole)
    # Where what stands begins with a cut, it is another view that stands: hard-cut has the place.
    cut = len(before) == SIDE and float(before[-1]) > CUT * float(np.median(before[:-1]))
    ends = [float(before[-2:].min())] if len(before) == SIDE else []
    ends += [float(after[:2].min())] if len(after) == SIDE else []
    if max(within[0], within[-1]) > EDGE * beside:
        return None
    if beside < STEADY * usual or min(ends) < NEAREST * usual or cut or not _everywhere(frames, first, last):
        return None
    if beside < LAST * usual and not (beside >= MOVING and _stays(frames, first, last)):
        return None
    return min(ends) / usual, Standing(
        first=first - 1,
        last=last,
        seconds=seconds,
        inside=float(np.median(within)),
        beside=beside,
        leap=float(after[0] / np.median(after[1:])) if len(after) == SIDE and np.median(after[1:]) > 0 else 0.0,
        identical=int(identical[first : last + 1].sum()),
        at_end=len(whole) < 2,
        empty=bool(np.median(frames.contrast[first - 1 : last + 1]) < FLAT),
    )


def _everywhere(frames: Frames, first: int, last: int) -> bool:
    """On each side enough blocks move, and most of those that do stand within."""
    # Of a long stretch a hundred pictures say enough, and memory stays bounded.
    within = activity(frames, np.unique(np.linspace(first, last, min(last - first + 1, MOST_ROWS)).astype(int)))
    kept = np.median(within, axis=0)
    for start in (first - SIDE, last + 1):
        if start >= 1 and start + SIDE <= len(frames):
            side = np.median(activity(frames, np.arange(start, start + SIDE)), axis=0)
            moving = side >= LIVE
            stands = (moving & (kept <= np.maximum(DEAD * side, FLOOR))).sum()
            steps = np.abs(np.diff(frames.view[start - 1 : start + SIDE].astype(np.float64), axis=0)).mean(axis=0)
            changed = (steps >= CHANGED * FINE).sum()
            if stands < max(FEWEST_BLOCKS, SHARE * moving.sum()) or changed < FEWEST_CHANGED:
                return False
    return True


def _stays(frames: Frames, first: int, last: int) -> bool:
    """Its second half shows what its first shows, beside how far the view goes on either side."""
    count = last - first + 1
    half = min((count - min(SETTLES, count // 4)) // 2, MOST_ROWS // 2)
    before, after = min(half, (first - 1) // 2), min(half, (len(frames) - 1 - last) // 2)
    sides = [(first - 1 - 2 * before, before), (last + 1, after)]
    known = [_way(frames, *side) for side in sides if side[1]]
    return bool(known) and _way(frames, last + 1 - 2 * half, half) <= STAYS * min(known)


def _way(frames: Frames, start: int, half: int) -> float:
    """How far the mean view of so many pictures is from that of as many after them, grey levels."""
    before, after = (frames.view[k : k + half].mean(axis=0) for k in (start, start + half))
    return float(np.abs(after - before).mean()) / FINE


def _seconds(frames: Frames, first: int, last: int) -> float:
    """From the picture that is repeated to the first new one, or to the last repeat at the end of the clip."""
    times = frames.times
    return float(times[min(last + 1, len(frames) - 1)] - times[first - 1])

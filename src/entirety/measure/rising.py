"""Gives every shown picture a time and a length, whatever the file states.

Most files state both for each picture. Where a time is missing, or is at odds with the order of showing, the picture stands where its
neighbours put it; two pictures never share a time.
"""

from bisect import bisect_right
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

LATEST = 2**53
"""Ticks; a time beyond is no time of a film, and sums with it would not be exact."""
LONGEST = 2**28
"""Ticks for which a picture may stand where no neighbour ends it: 14 minutes at the finest common clock of about 1/300,000 s. Below
2**53 even twenty million of them add up without error."""
USUAL_RATE = 25
"""Pictures a second where nothing in the file says how many."""

Ticks = NDArray[np.int64]


def usual_step(rate: Fraction | None, time_base: Fraction) -> int:
    """Ticks between two pictures by what the stream declares."""
    ticks = 1 / ((rate or USUAL_RATE) * time_base) if time_base > 0 and (rate is None or rate > 0) else Fraction(1)
    return _possible(round(ticks))


def rising(stated: Ticks, lengths: Ticks, step: int) -> tuple[Ticks, Ticks]:
    """Times and lengths of all pictures, rising and above 0.

    `stated` and `lengths` are what the file says of each picture (UNSET, or 0 where it says no length); `step` is for files that say nothing.
    """
    if not len(stated):
        return stated, lengths
    kept = _kept(stated)
    pts = _filled(stated, lengths, kept, step)
    steps = np.diff(pts)
    last = int(lengths[-1])
    if not 0 < last <= LONGEST:
        last = int(steps[-1]) if len(steps) else step
    return pts, np.append(steps, max(last, 1))


def _kept(stated: Ticks) -> NDArray[np.intp]:
    """Rows whose stated times are taken: as many as agree with the order of showing, with a tick of room for every picture between."""
    rows = np.flatnonzero(np.abs(stated // 2) < LATEST // 2)
    if (np.diff(stated[rows]) >= np.diff(rows)).all():
        return rows
    return rows[_longest_not_falling((stated[rows] - rows).tolist())]


def _longest_not_falling(numbers: list[int]) -> list[int]:
    """Places of a longest subsequence that never falls."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_right(ends, number)
        before.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            places.append(place)
        else:
            ends[length], places[length] = number, place
    chain = []
    place = places[-1] if places else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def _filled(stated: Ticks, lengths: Ticks, kept: NDArray[np.intp], step: int) -> Ticks:
    """Between two stated times evenly; outside them one typical length apart."""
    count = len(stated)
    if len(kept) == count:
        return stated.copy()
    step = _typical(stated, lengths, kept, step)
    if not len(kept):
        return np.arange(count, dtype=np.int64) * step
    pts = np.empty(count, np.int64)
    first, last = int(kept[0]), int(kept[-1])
    pts[: first + 1] = stated[first] - np.arange(first, -1, -1, dtype=np.int64) * step
    pts[last:] = stated[last] + np.arange(count - last, dtype=np.int64) * step
    for start, end in zip(kept[:-1].tolist(), kept[1:].tolist(), strict=True):
        # Whole numbers: at least one tick from each to the next, since that much room was asked for.
        way = int(stated[end]) - int(stated[start])
        pts[start:end] = [int(stated[start]) + way * k // (end - start) for k in range(end - start)]
    return pts


def _typical(stated: Ticks, lengths: Ticks, kept: NDArray[np.intp], step: int) -> int:
    """The middle of the steps between stated neighbours, else of the stated lengths, else `step`."""
    near = np.diff(kept) == 1
    steps = np.diff(stated[kept])[near]
    if not len(steps):
        steps = lengths[(lengths > 0) & (lengths <= LONGEST)]
    return _possible(int(np.sort(steps)[len(steps) // 2]) if len(steps) else step)


def _possible(ticks: int) -> int:
    return min(max(ticks, 1), LONGEST)

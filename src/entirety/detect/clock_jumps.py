"""Finds where a clock inside the footage and the file's own time cease to go side by side.

A clock that counts whole units pins the true difference down to an interval, the narrower the more readings there are. Where the interval
of the readings before a place and that of the readings after it have nothing in common, the difference has changed there.
"""

import math
from dataclasses import dataclass

import numpy as np

from entirety.detect.clock_readings import EXACT, Aligned, Floats
from entirety.detect.spans import runs

UNITS = 2.5
"""Units of the clock that the readings on each side must span: two of its ticks lie in any such stretch."""
FEWEST, MOST = 4, 2_000
"""Readings on each side: four outweigh a damaged one, 2,000 bound the work."""
LEAST = 2
"""Readings that a side must have near the ends: one alone may be damaged."""


@dataclass(frozen=True, slots=True)
class Jump:
    """One place at which the difference changes."""

    before: int
    """Number of the last reading that surely belongs to what came before."""
    after: int
    """Number of the first reading that surely belongs to what follows."""
    at: int
    """Number of the reading with which the new difference shows most clearly."""
    size: float
    """Seconds by which the clock is ahead from here on; negative where it is behind."""
    doubt: float
    """Half the width within which the size is known, seconds."""


def jumps(readings: Aligned) -> list[Jump]:
    """Every such place, in the order of showing."""
    offsets = readings.offsets
    reach, least = _reach(readings), 1 if readings.clock.source == EXACT else LEAST
    if len(offsets) < 2 * least:
        return []
    margin = readings.tolerance
    low, high = offsets - margin, offsets + readings.unit + margin
    # Row k of the windows ends with reading k, row k + 1 of the ones turned round begins with it.
    low_before, high_before = _latest(low, reach), -_latest(-high, reach)
    low_after, high_after = _latest(low[::-1], reach)[::-1], -_latest(-high[::-1], reach)[::-1]
    place = np.arange(least, len(offsets) - least + 1)
    a, b = low_before[place - 1], high_before[place - 1]
    c, d = low_after[place], high_after[place]
    agreed = (a <= b) & (c <= d)
    apart = np.where(agreed, np.maximum(c - b, a - d), -1.0)
    size, doubt = (c + d - a - b) / 2, (d - c + b - a) / 2
    found = []
    # Neighbouring places show one change as long as its sign stays.
    for first, last in sorted(runs((apart > 0) & (size > 0)) + runs((apart > 0) & ~(size > 0))):
        best = first + int(np.argmax(apart[first : last + 1]))
        start, end = int(place[first]), int(place[last])
        found.append(Jump(start - 1, end, int(place[best]), float(size[best]), float(doubt[best])))
    return found


def _reach(readings: Aligned) -> int:
    """Readings on each side that are looked at."""
    if readings.usual <= 0:
        return FEWEST
    return min(MOST, max(FEWEST, math.ceil(UNITS * readings.unit / readings.usual)))


def _latest(values: Floats, reach: int) -> Floats:
    """For each value the largest of it and the `reach` - 1 before it."""
    largest = np.concatenate([np.full(reach - 1, -np.inf), values])
    width = 1
    while width < reach:
        step = min(width, reach - width)
        largest = np.maximum(largest[:-step], largest[step:])
        width += step
    return largest

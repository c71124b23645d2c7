"""Lays the readings of a clock inside the footage beside the file's own times, so that the two can be compared step by step.

A camera runs both clocks side by side, so their difference stays the same. The difference is taken between neighbouring readings in the
order of showing; where the file's own count starts anew, it is taken to have gone on by one usual step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.steps import ROUNDING, clock_of, restarts
from entirety.model.clip import Clip
from entirety.model.headers import EmbeddedClock
from entirety.model.time import UNSET

Floats = NDArray[np.float64]

EXACT = "tmcd"
"""A time code track states one exact number for each clip that it lists: no scatter, and one reading is enough on each side."""
SATELLITE = ("gpmf", "nmea", "camm")
SATELLITE_S = 0.25
"""Seconds by which satellite times may scatter: twice the 0.12 s of the one such camera in the corpus, which stamps whole payloads."""
SCATTER = 4
"""Times the usual deviation from step to step: chosen, as wide as four deviations of a normal scatter."""
BLURRED_S = 1.0
"""Seconds of scatter from which a clock is of little use here: chosen, a cut of two seconds would hide in it."""
DAY_S = 86_400.0
DAYS_S = (DAY_S, DAY_S * 1.001)
"""A day as clocks count it; at 29.97 pictures a second, 24 hours of a code without left-out numbers take a thousandth longer."""
PACE = 0.005
"""Share by which a clock's speed may differ from the file's: above the thousandth between 30 and 29.97 pictures a second; chosen."""
PARTS = (16, 4)
"""Parts of the file in which the speed is measured: short ones, of which few hold a jump, then longer ones for clocks that count coarsely."""
FEWEST = 6
"""Steps from which a speed may be told of the whole: chosen."""
LEAST = 4
"""Steps in such a part: chosen."""
LATE = 0.1
"""Part of a unit by which a date of whole seconds may be written late: chosen, two pictures and a half at 25 a second."""
FARTHEST_S = 1e12
"""Seconds; farther readings are damage."""


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """The usable readings of one clock in the order of showing."""

    clock: EmbeddedClock
    rows: NDArray[np.int64]
    """Packets of `Clip.stored[clock.stream]`."""
    stated: NDArray[np.int64]
    """As read, units of the clock."""
    presented: Floats
    """Steps of the file's own time between neighbours, seconds; one fewer than readings."""
    counted: Floats
    """Steps of the clock, seconds, the turn of the day taken out."""
    pace: float
    """Seconds of the clock in a second of the file; 1 unless it clearly runs at another speed."""
    usual: float
    """Median of `presented`."""
    tolerance: float
    """Seconds by which rounding and scatter alone can move a reading, one unit of the clock aside."""

    @property
    def unit(self) -> float:
        """Seconds of the file in one unit of the clock."""
        return float(self.clock.base) / abs(self.pace)

    @property
    def offsets(self) -> Floats:
        """How far the clock is ahead of the file's time, seconds, from 0 at the first reading."""
        return np.concatenate([[0.0], np.cumsum(self.counted / self.pace - self.presented)])

    @property
    def stands(self) -> bool:
        """It shows one reading for longer than two of its units."""
        return not self.counted.any() and self.presented.sum() > 2 * float(self.clock.base)

    @property
    def blurred(self) -> bool:
        """It scatters so much that leaps of seconds would go unseen."""
        return self.tolerance > max(BLURRED_S, 2 * self.unit)


def aligned(clip: Clip, clock: EmbeddedClock) -> Aligned | None:
    """The readings whose packets have a time; None where fewer than two have one."""
    packets, tick = clip.stored[clock.stream], clip.streams[clock.stream].time_base
    times = clock_of(packets)
    known = (clock.packet >= 0) & (clock.packet < len(packets))
    rows, stated = clock.packet[known], clock.stated[known]
    far = np.abs(stated.astype(np.float64)) * float(clock.base) > FARTHEST_S
    known = (times[rows] != UNSET) & ~far
    rows, stated = rows[known], stated[known]
    if len(rows) < 2 or clock.base <= 0 or tick <= 0:
        return None
    part = np.searchsorted(restarts(packets, clip.container), rows, side="right")
    order = np.lexsort((times[rows], part))
    rows, stated, part = rows[order], stated[order], part[order]
    presented = np.diff(times[rows]).astype(np.float64) * float(tick)
    within = np.diff(part) == 0
    usual = float(np.median(presented[within])) if within.any() else 0.0
    presented = np.where(within, presented, usual)
    counted = np.diff(stated).astype(np.float64) * float(clock.base)
    if clock.daily:
        counted = _within_a_day(counted, presented)
    pace = 1.0 if _by_leaps(counted, presented, float(clock.base)) else _pace(counted, presented, float(clock.base))
    deviation = float(np.median(np.abs(counted / pace - presented)))
    scatter = 0.0 if clock.source == EXACT else max(0.0, deviation - min(usual, float(clock.base)))
    rounding = min(float(max(tick, ROUNDING)), usual / 4) if usual > 0 else float(tick)
    own = SATELLITE_S if clock.source in SATELLITE else LATE * float(clock.base) if clock.base > usual else 0.0
    tolerance = rounding + SCATTER * scatter + own
    return Aligned(clock, rows, stated, presented, counted, pace, usual, tolerance)


def _within_a_day(counted: Floats, presented: Floats) -> Floats:
    """Steps of a clock that starts anew each day, taken as the nearest to the file's own step."""
    nearest = counted
    for day in DAYS_S:
        for turned in (counted + day, counted - day):
            nearest = np.where(np.abs(turned - presented) < np.abs(nearest - presented), turned, nearest)
    return nearest


def _pace(counted: Floats, presented: Floats, unit: float) -> float:
    """The clock's speed as nearly all stretches of the file agree on it; 1 where they do not, or where it is near 1; never 0."""
    clock, file = (np.concatenate([[0.0], np.cumsum(steps)]) for steps in (counted, presented))
    for part in PARTS:
        lag = len(counted) // part
        if lag < LEAST:
            continue
        gone, passed = clock[lag:] - clock[:-lag], file[lag:] - file[:-lag]
        long = passed > 0
        if not long.any():
            continue
        low, middle, high = (float(q) for q in np.quantile(gone[long] / passed[long], (0.1, 0.5, 0.9)))
        # Reading a clock of whole units at both ends of a stretch leaves its length open by two units.
        bound = max(PACE, 2 * unit / float(np.median(passed[long])))
        if (low > 1 + bound or high < 1 - bound) and abs(middle) > PACE and high - low <= 2 * bound:
            return middle
    return _even(clock, file, unit)


def _by_leaps(counted: Floats, presented: Floats, unit: float) -> bool:
    """Without its leaps of more than a unit and a half, the clock runs at the file's speed."""
    calm = np.abs(counted - presented) <= 1.5 * unit
    passed = float(presented[calm].sum())
    return passed > 0 and abs(float(counted[calm].sum()) / passed - 1) <= max(PACE, 2 * unit / passed)


def _even(clock: Floats, file: Floats, unit: float) -> float:
    """One other speed at which a coarse clock never leaves its own rounding, where the file's speed does not do; else 1."""
    if file[-1] <= 0 or len(file) <= FEWEST:
        return 1.0
    pace = float(np.polyfit(file / file[-1], clock / file[-1], 1)[0])
    allowed = unit * (1 + 2 * LATE)
    if pace <= PACE or abs(pace - 1) <= PACE or np.ptp(clock - file) <= allowed:
        return 1.0
    return pace if np.ptp(clock - file * pace) <= allowed else 1.0

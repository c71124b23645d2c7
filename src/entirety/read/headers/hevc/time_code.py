"""Keeps the time code that the pictures of an HEVC stream carry, as a clock beside their presentation times."""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import EmbeddedClock
from entirety.read.headers.hevc.sei import DROPPING_TWO, Stamp

SOURCE = "hevc-time-code"
TICK = Fraction(1)
"""Without a stated rate the numbers within a second say nothing, and whole seconds are kept."""


class TimeCodes:
    """The readings so far; a stamp that leaves hours, minutes or seconds out goes on from the one before."""

    def __init__(self) -> None:
        self._rows, self._stated = array("q"), array("q")
        self._time = (-1, -1, -1)
        self._base = Fraction(0)

    def take(self, stamp: Stamp, rate: tuple[int, int], row: int) -> None:
        """Take in one stamp; `rate` is num_units_in_tick and time_scale, -1 where not stated."""
        hours, minutes, seconds = self._time
        self._time = (
            stamp.hours if stamp.hours >= 0 else hours,
            stamp.minutes if stamp.minutes >= 0 else minutes,
            stamp.seconds if stamp.seconds >= 0 else seconds,
        )
        if min(self._time) < 0 or row < 0:
            return
        base = _base(rate, stamp.units_field_based_flag)
        # One clock has one unit: that of its first reading.
        self._base = self._base or base
        if base == self._base:
            self._rows.append(row)
            self._stated.append(self._number(stamp))

    def _number(self, stamp: Stamp) -> int:
        """Pictures since midnight (D.3.27), those numbers not counted that the counting leaves out."""
        hours, minutes, seconds = self._time
        whole = 3600 * hours + 60 * minutes + seconds
        if self._base == TICK:
            return whole
        a_second = -(-self._base.denominator // self._base.numerator)
        left_out = 0
        if stamp.counting_type == DROPPING_TWO:
            minute = 60 * hours + minutes
            left_out = 2 * (minute - minute // 10)
        return whole * a_second + stamp.n_frames - left_out

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The clock as that of stream number `stream`; none where no picture carries one."""
        if not self._rows:
            return ()
        rows, stated = (np.array(column, np.int64) for column in (self._rows, self._stated))
        return (EmbeddedClock(SOURCE, stream, rows, stated, self._base, daily=True),)


def _base(rate: tuple[int, int], field_based: int) -> Fraction:
    """Seconds of one number: n_frames counts units of num_units_in_tick x (1 + units_field_based_flag) (D-8)."""
    units, scale = rate
    base = Fraction(units * (1 + field_based), scale) if units > 0 and scale > 0 else TICK
    return base if base < 1 else TICK

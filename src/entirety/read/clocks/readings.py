"""Keeps the readings of one clock as they come, in flat arrays, and hands them out as one EmbeddedClock."""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import EmbeddedClock

MOST = 4_000_000
"""Readings kept of one clock: 22 hours at 50 a second. A clock is not followed further."""
FARTHEST = 2**62
"""Larger numbers are no time in any unit used here, and differences of such would not fit into 64 bits."""
DECIMAL = tuple(10**digits for digits in range(1, 7))
"""Units of a second in which recordings write fractions: tenths to millionths."""


class Readings:
    """Rows of packets and what is read there."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._stated = array("q")

    def take(self, row: int, stated: int) -> None:
        """Keep one reading, unless it is no time at all."""
        if len(self._rows) < MOST and -FARTHEST < stated < FARTHEST:
            self._rows.append(row)
            self._stated.append(stated)

    def __len__(self) -> int:
        return len(self._rows)

    def clock(self, source: str, stream: int, base: Fraction, *, daily: bool) -> EmbeddedClock:
        """All readings so far, in units of `base`; of a coarser decimal one where every reading is a whole number of those.

        A receiver that writes thousandths of a second, all of them zero, counts whole seconds.
        """
        stated = np.array(self._stated, np.int64)
        while base.numerator == 1 and base.denominator in DECIMAL and len(stated) and not (stated % 10).any():
            stated, base = stated // 10, base * 10
        return EmbeddedClock(source, stream, np.array(self._rows, np.int64), stated, base, daily)

"""Reads the time code that an AV1 stream can carry beside each picture (metadata_timecode, clause 5.8.7)."""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import EmbeddedClock
from entirety.read.headers.av1.obu import leb128
from entirety.read.headers.av1.sequence import Sequence
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.stamps import read_time

TIMECODE = 4
"""metadata_type (6.7.1)."""
RATE_MOST = 512
"""n_frames has nine bits; a rate above it cannot be counted by the time code."""


class Timecodes:
    """The readings of one stream."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._stated = array("q")
        self._rate = 0

    def take(self, content: bytes, row: int, sequence: Sequence | None) -> None:
        """Read a metadata unit; one of another type, or without all of hours, minutes and seconds, leaves nothing."""
        kind, at = leb128(content, 0)
        if kind != TIMECODE or (self._rows and self._rows[-1] == row):
            return
        bits = Bits(content[at:])
        try:
            bits.u(5)  # counting_type
            full = bits.flag()
            bits.u(2)  # discontinuity_flag, cnt_dropped_flag
            frames = bits.u(9)
            if not full:
                return
            seconds, minutes, hours = read_time(bits, full=full)
        except Unreadable:
            return
        if seconds > 59 or minutes > 59 or hours > 23:
            return
        if not self._rows:
            # The first header decides for the whole stream, so that all readings are in one unit.
            self._rate = _rate(sequence)
        whole = (hours * 60 + minutes) * 60 + seconds
        self._rows.append(row)
        self._stated.append(whole * self._rate + frames if self._rate else whole)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """One clock where any reading was found: in pictures where the stream states its rate, in seconds otherwise."""
        if not self._rows:
            return ()
        rows, stated = np.array(self._rows, dtype=np.int64), np.array(self._stated, dtype=np.int64)
        return (EmbeddedClock("av1-time-code", stream, rows, stated, Fraction(1, self._rate or 1), daily=True),)


def _rate(sequence: Sequence | None) -> int:
    """Pictures a second as a time code counts them, 30 for 29.97; 0 where the stream does not state them."""
    scale, units = sequence.rate if sequence else (0, 0)
    rate = round(scale / units) if units > 0 else 0
    return rate if rate <= RATE_MOST else 0

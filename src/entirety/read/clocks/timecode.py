"""Turns time codes (hours, minutes, seconds, pictures) into a count of pictures, which is what really passes at an even pace.

At 29.97 pictures a second, the seconds of a time code are a thousandth longer than real ones; drop-frame counting leaves out numbers
to catch up with the clock on the wall (SMPTE ST 12-1). The count of pictures is free of both.
"""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import EmbeddedClock
from entirety.read.clocks.readings import MOST

FASTEST = 1_000
"""Pictures a second; faster ones do not fit a time code (H.264: nFrames has eight bits)."""


class Timecodes:
    """Time codes of one stream, one for each packet that carries one."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._seconds = array("i")
        self._frames = array("h")
        self._drops = array("b")

    def __len__(self) -> int:
        return len(self._rows)

    def take(self, row: int, seconds: int, frames: int, *, drops: bool) -> None:
        """Keep one time code: whole seconds since midnight by its own count, and the picture within the second."""
        if len(self._rows) < MOST:
            self._rows.append(row)
            self._seconds.append(seconds)
            self._frames.append(frames)
            self._drops.append(drops)

    def clock(self, source: str, stream: int, rate: Fraction) -> EmbeddedClock:
        """All of them as one clock; `rate` is pictures a second, 0 where the stream does not state it."""
        rows, frames = np.array(self._rows, np.int64), np.array(self._frames, np.int64)
        seconds = np.array(self._seconds, np.int64)
        top = int(frames.max(initial=0))
        if top == 0 or not 1 <= rate <= FASTEST:
            return EmbeddedClock(source, stream, rows, seconds, Fraction(1), daily=True)
        if round(rate / 2) - 1 <= top < round(rate / 2):  # above 30 a second, pictures are counted in pairs (ST 12-1)
            rate /= 2
        nominal = max(round(rate), top + 1)
        count = seconds * nominal + frames
        if nominal % 30 == 0:
            minutes = seconds // 60
            left_out = (minutes - minutes // 10) * (2 * nominal // 30)
            count -= np.where(np.array(self._drops, np.bool_), left_out, 0)
        return EmbeddedClock(source, stream, rows, count, 1 / rate, daily=True)

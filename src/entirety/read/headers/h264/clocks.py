"""Reads the clocks that an H.264 stream carries beside its pictures: clock time stamps, and the recording date of AVCHD cameras.

Clock time stamps (picture timing message, clause D.1.3) are a time code in hours, minutes, seconds and pictures. Most encoders
leave them out and write only how a picture is shown.
"""

from fractions import Fraction

from entirety.model.headers import EmbeddedClock
from entirety.read.clocks.avchd import recording_date
from entirety.read.clocks.readings import Readings
from entirety.read.clocks.timecode import Timecodes
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.parameter_sets import ParameterSets
from entirety.read.headers.h264.sps import Sps
from entirety.read.headers.h264.stamps import read_time

STAMPS = (1, 1, 1, 2, 2, 3, 3, 2, 3)
"""Clock time stamps by pic_struct (Table D-1); only the first one that is there is read."""
DROPPING = (2, 3, 4, 5, 6)
"""counting_type with numbers left out (Table D-3); 4 is the drop-frame counting of 29.97 pictures a second."""
SHORTEST = 24
"""Bits of pic_struct, the flag of one stamp, and that stamp without seconds, minutes and hours."""
PAYLOAD_BYTES = 64
"""Three stamps at full length, after two delays of 32 bits, have 38."""


class H264Clocks:
    """Clocks of one stream; a message waits until the picture that it belongs to names its parameter sets."""

    def __init__(self) -> None:
        self._held = b""
        self._rate = Fraction(0)
        self._parts = (-1, -1, -1)
        self._codes = Timecodes()
        self._dates = Readings()

    def hold(self, pic_timing: bytes) -> None:
        """Keep the picture timing message of the picture that follows."""
        self._held = pic_timing or self._held

    def note(self, user_data: bytes, row: int) -> None:
        """Look for a recording date in a note (user_data_unregistered)."""
        stated = recording_date(user_data)
        if stated is not None:
            self._dates.take(row, stated)

    def end(self, row: int, pps: int, sets: ParameterSets) -> None:
        """Read what was held for this packet, by the parameter sets of its picture."""
        if not self._held:
            return
        held, self._held = self._held, b""
        sps = sets.sps.get(sets.pps[pps].sps) if pps in sets.pps else None
        if sps is None or sps.pic_struct_present_flag != 1:
            return
        # Most messages are too short for a stamp: reading none of their bits keeps this free of cost.
        if 8 * len(held) < sps.delays.cpb_removal_delay + sps.delays.dpb_output_delay + SHORTEST:
            return
        try:
            self._stamp(Bits(held[:PAYLOAD_BYTES]), sps, row)
        except Unreadable:
            return

    def _stamp(self, bits: Bits, sps: Sps, row: int) -> None:
        bits.u(sps.delays.cpb_removal_delay + sps.delays.dpb_output_delay)
        structure = bits.u(4)
        stamps = STAMPS[structure] if structure < len(STAMPS) else 0
        if not any(bits.flag() for _ in range(stamps)):  # a stamp that is not there is this one bit
            return
        bits.u(2)  # ct_type
        by_fields, counting = bits.flag(), bits.u(5)
        full = bits.flag()
        bits.u(2)  # discontinuity_flag, cnt_dropped_flag
        frames = bits.u(8)
        # What is left out is as in the stamp before (clause D.2.3).
        stated = zip(read_time(bits, full=full), self._parts, strict=True)
        second, minute, hour = (now if now >= 0 else before for now, before in stated)
        if min(second, minute, hour) < 0 or second > 59 or minute > 59 or hour > 23:
            return
        self._parts = (second, minute, hour)
        units, scale = sps.clock_tick
        self._rate = Fraction(scale, units * (1 + by_fields)) if units > 0 and scale > 0 else Fraction(0)
        self._codes.take(row, (hour * 60 + minute) * 60 + second, frames, drops=counting in DROPPING)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time code and the recording date, each where the stream carries it."""
        read = []
        if len(self._codes):
            read.append(self._codes.clock("h264-pic-timing", stream, self._rate))
        if len(self._dates):
            read.append(self._dates.clock("avchd-date", stream, Fraction(1), daily=False))
        return tuple(read)

"""Reads the two clocks of a DV picture: the time code of the tape, and the date and time at which the camera recorded it.

Every picture consists of blocks of 80 bytes at fixed places, 150 to a sequence. Two blocks of each sequence hold six packs of subcode,
three hold fifteen packs about the picture; a pack is one byte for its kind and four of content (IEC 61834-2 and -4).
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.model.headers import EmbeddedClock
from entirety.read.clocks.moments import bcd, moment, of_day
from entirety.read.clocks.readings import Readings
from entirety.read.clocks.timecode import Timecodes

BLOCK, SEQUENCE = 80, 12_000
SEQUENCES = 12
"""Of one channel in 625-line video; 525 lines have ten."""
TIME_CODE, DATE, TIME = 0x13, 0x62, 0x63
PAL, NTSC = Fraction(25), Fraction(30_000, 1_001)
PACKS = (
    *(BLOCK * block + 6 + 8 * number for block in (1, 2) for number in range(6)),
    *(BLOCK * block + 3 + 5 * number for block in (3, 4, 5) for number in range(15)),
)
"""Where the packs of a sequence begin."""
UNUSED = 0xFF
"""Fills a pack without content."""


class DvClock:
    """Reads the pictures of one DV stream."""

    def __init__(self) -> None:
        self._row = 0
        self._pal = True
        self._codes = Timecodes()
        self._dates = Readings()

    def add(self, packet: bytes) -> None:
        """Read one picture; whatever its bytes, it raises nothing."""
        row, self._row = self._row, self._row + 1
        if len(packet) < SEQUENCE or packet[0] >> 5:
            return
        self._pal = bool(packet[3] & 0x80)
        found: dict[int, bytes] = {}
        for kind, content in _packs(packet):
            if kind in (TIME_CODE, DATE, TIME):
                found.setdefault(kind, content)
                if len(found) == 3:
                    break
        self._take_code(row, found.get(TIME_CODE, b""))
        self._take_date(row, found.get(DATE, b""), found.get(TIME, b""))

    def _take_code(self, row: int, pack: bytes) -> None:
        if not pack:
            return
        hour, minute, second = bcd(pack[3], 0x3F), bcd(pack[2], 0x7F), bcd(pack[1], 0x7F)
        frame, seconds = bcd(pack[0], 0x3F), of_day(hour, minute, second)
        if seconds is not None and frame >= 0:
            self._codes.take(row, seconds, frame, drops=bool(pack[0] & 0x40) and not self._pal)

    def _take_date(self, row: int, date: bytes, time: bytes) -> None:
        if not date or not time:
            return
        year = bcd(date[3])
        # Two digits; DV came in 1995.
        century = 1900 if year >= 95 else 2000
        day = (century + year if year >= 0 else -1, bcd(date[2], 0x1F), bcd(date[1], 0x3F))
        stated = moment(day, (bcd(time[3], 0x3F), bcd(time[2], 0x7F), bcd(time[1], 0x7F)))
        if stated is not None:
            self._dates.take(row, stated)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time code and the recording date, each where the pictures carry it."""
        read = []
        if len(self._codes):
            read.append(self._codes.clock("dv-time-code", stream, PAL if self._pal else NTSC))
        if len(self._dates):
            read.append(self._dates.clock("dv-date", stream, Fraction(1), daily=False))
        return tuple(read)


def _packs(packet: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each pack that has some, sequence by sequence."""
    for start in range(0, min(len(packet) // SEQUENCE, SEQUENCES) * SEQUENCE, SEQUENCE):
        for place in PACKS:
            at = start + place
            if packet[at] != UNUSED:
                yield packet[at], packet[at + 1 : at + 5]

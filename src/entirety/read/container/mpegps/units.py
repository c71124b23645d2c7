"""The blocks a programme stream is made of: pack headers with the clock, system headers, and packets of the streams.

Every block begins with 00 00 01 and a code from 0xB9 on (ISO/IEC 13818-1, 2.5.3 and ISO/IEC 11172-1, 2.4.3). The streams inside use lower codes
only, so a code from 0xB9 on found anywhere begins a block, except by chance in sound.
"""

from dataclasses import dataclass

from entirety.read.container.isobmff.source import Source
from entirety.read.container.multiplex import WRAP

PREFIX = b"\x00\x00\x01"
FIRST_CODE = b"\xb9"
END, PACK, SYSTEM, MAP, PADDING = 0xB9, 0xBA, 0xBB, 0xBC, 0xBE
NO_TIMES = (SYSTEM, MAP, PADDING, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF)
"""Blocks whose body does not begin with a PES header that has times (table 2-21)."""
VIDEO = range(0xE0, 0xF0)
LONGEST_HEAD = 32
"""16 bytes of stuffing, two of buffer size and ten of times after the six of an MPEG-1 packet are 34; the PTS ends before."""
WINDOW = 2**20
MAX_TRIES = 200_000
"""Places in one file that look like the begin of a block and are none; real files have a few per loss."""

MARKERS_2 = ((4, 0x04), (6, 0x04), (8, 0x04), (9, 0x01), (12, 0x03))
MARKERS_1 = ((4, 0x01), (6, 0x01), (8, 0x01), (9, 0x80), (11, 0x01))
"""Byte and bits that are always set in a pack header of MPEG-2 and MPEG-1."""
SECTOR = 2_352
"""Video CDs fill their sectors of this size with zeros; zeros between blocks, fewer than that, are no loss."""
MAX_MAP = 1_024
"""Bytes of a stream map, the most that the standard allows (2.5.4.1)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One block."""

    code: int
    size: int
    """As the block states it, header included; 0 for a video packet that states no length."""


@dataclass(slots=True)
class Window:
    """A piece of the file in memory, so that short blocks cost no reading each; and how many doubtful places may still be looked at."""

    source: Source
    start: int = 0
    data: bytes = b""
    tries: int = MAX_TRIES

    def get(self, position: int, size: int) -> bytes:
        """The bytes [position, position + size), fewer at the end of the file."""
        at = position - self.start
        if at < 0 or at + size > len(self.data):
            self.data, self.start, at = self.source.read(position, max(size, WINDOW)), position, 0
        return self.data[at : at + size]


def read_unit(head: bytes) -> Unit | None:
    """The block that `head` begins; None where there is none."""
    if len(head) < 4 or not head.startswith(PREFIX) or head[3] < END:
        return None
    code = head[3]
    if code == END:
        return Unit(code, 4)
    if code == PACK:
        return _pack(head)
    if len(head) < 6:
        return None
    stated = head[4] << 8 | head[5]
    return Unit(code, 6 + stated if stated or code not in VIDEO else 0)


def _pack(head: bytes) -> Unit | None:
    if len(head) >= 14 and head[4] >> 6 == 1 and all(head[at] & bits == bits for at, bits in MARKERS_2):
        return Unit(PACK, 14 + (head[13] & 7))
    if len(head) >= 12 and head[4] >> 4 == 2 and all(head[at] & bits == bits for at, bits in MARKERS_1):
        return Unit(PACK, 12)
    return None


def read_clock(head: bytes) -> int:
    """The SCR of a pack header, in ticks of 27 MHz."""
    if head[4] >> 6 == 1:
        bits = int.from_bytes(head[4:10])
        base = (bits >> 43 & 7) << 30 | (bits >> 27 & 0x7FFF) << 15 | (bits >> 11 & 0x7FFF)
        return (base * 300 + (bits >> 1 & 0x1FF)) % WRAP
    return _stamp(head[4:9]) * 300


def read_pts(head: bytes) -> int:
    """The PTS of a packet in ticks of 90 kHz, -1 where it has none."""
    if len(head) < 9 or head[3] in NO_TIMES:
        return -1
    if head[6] >> 6 == 2:
        return _stamp(head[9:14]) if head[7] & 0x80 and len(head) >= 14 else -1
    at = 6
    while at < len(head) - 1 and head[at] == 0xFF:
        at += 1
    if head[at] >> 6 == 1:
        at += 2
    return _stamp(head[at : at + 5]) if at + 5 <= len(head) and head[at] >> 4 in {2, 3} else -1


def _stamp(raw: bytes) -> int:
    """33 bits in five bytes, markers between them."""
    bits = int.from_bytes(raw)
    return (bits >> 33 & 7) << 30 | (bits >> 17 & 0x7FFF) << 15 | (bits >> 1 & 0x7FFF)


def find_unit(window: Window, position: int) -> int:
    """Where the next block begins from `position` on; the end of the file where none does."""
    length = window.source.length
    while position < length:
        window.get(position, LONGEST_HEAD)
        data, start = window.data, window.start
        at = data.find(PREFIX, position - start)
        while at >= 0:
            if window.tries <= 0:
                return length
            if data[at + 3 : at + 4] >= FIRST_CODE:
                if _begins(window.source, start + at, data[at : at + LONGEST_HEAD]):
                    return start + at
                window.tries -= 1
            at = data.find(PREFIX, at + 3)
        if start + len(data) >= length:
            return length
        position = max(position + 1, start + len(data) - LONGEST_HEAD)
    return length


def _begins(source: Source, position: int, head: bytes) -> bool:
    """True for a whole pack header, and for another block that ends where one more begins, or with the file."""
    unit = read_unit(head if len(head) >= LONGEST_HEAD else source.read(position, LONGEST_HEAD))
    if unit is None or unit.code in {PACK, END}:
        return unit is not None
    after = position + unit.size
    return unit.size == 0 or after == source.length or source.read(after, 4)[:3] == PREFIX

"""Reads the satellite time in the data track of a GoPro camera (GPMF), about one reading a second.

A payload is a tree of entries: four letters, a type, the size of an item, the number of items, and the items. `GPSU` states the time
as text; newer cameras state days and seconds in each position (`GPS9`). Readings without a fix are left out: they are the camera's own clock.
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.read.clocks.moments import DAY_S, moment

SOURCE, BASE = "gpmf", Fraction(1, 1000)
FIRST = b"DEVC"
STREAM = b"STRM"
ENTRIES_MOST = 2_000
"""Entries looked at in one payload; a Hero 7 writes about 100."""
SINCE_2000 = 10_957 * DAY_S
"""Seconds from 1970 to 2000."""
POSITION = 32
"""Bytes of one GPS9 position: seven numbers of 32 bits, two of 16; days are the sixth, milliseconds of the day the seventh, the fix the last."""


def read(packet: bytes) -> int | None:
    """Milliseconds since 1970 in UTC of the first position; None where the payload states none, or had no fix."""
    if not packet.startswith(FIRST):
        return None
    for key, content in _entries(packet, 8, min(len(packet), 8 + _size(packet, 0))):
        if key == STREAM and (stated := _stream(content)) is not None:
            return stated
    return None


def _stream(content: bytes) -> int | None:
    """The time of one stream of measurements."""
    text, fixed = b"", True
    for key, items in _entries(content, 0, len(content)):
        if key == b"GPSF":
            fixed = any(items[:4])
        elif key == b"GPSU":
            text = items
        elif key == b"GPS9" and len(items) >= POSITION:
            days, milliseconds = int.from_bytes(items[20:24]), int.from_bytes(items[24:28])
            if not any(items[30:32]) or milliseconds > (DAY_S + 1) * 1000:
                return None
            return (SINCE_2000 + days * DAY_S) * 1000 + milliseconds
    return _written(text) if fixed and text else None


def _written(text: bytes) -> int | None:
    """`yymmddhhmmss.sss` as milliseconds."""
    digits = text[:12] + text[13:16]
    if len(digits) != 15 or not digits.isdigit():
        return None
    year, month, day, hour, minute, second = (int(digits[k : k + 2]) for k in range(0, 12, 2))
    stated = moment((2000 + year, month, day), (hour, minute, second))
    return None if stated is None else stated * 1000 + int(digits[12:])


def _size(data: bytes, at: int) -> int:
    return data[at + 5] * int.from_bytes(data[at + 6 : at + 8]) if at + 8 <= len(data) else 0


def _entries(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Key and items of each entry in [at, end); each begins at a multiple of four bytes."""
    for _ in range(ENTRIES_MOST):
        if at + 8 > end:
            return
        size = _size(data, at)
        yield data[at : at + 4], data[at + 8 : min(at + 8 + size, end)]
        at += 8 + (size + 3) // 4 * 4

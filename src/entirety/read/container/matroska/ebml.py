"""Numbers, texts and times as EBML stores them (RFC 8794): each element has an id, a size of one to eight bytes, and its data."""

import struct
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from entirety.read.container.facts import words_of

LONGEST_HEADER = 12
"""Four bytes of id, eight of size."""
UNKNOWN = -1
"""Size of an element whose writer did not know it: all bits are one. Live recordings have it."""
EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
"""Dates are nanoseconds from here."""
LONGEST_HEX = 32
"""Bytes of a value that are printed; ids have 16."""
MAX_TEXT = 2_004
"""Bytes of a text that are read: 500 characters of four bytes, and a rest."""


_WIDTHS = tuple(9 - first.bit_length() for first in range(256))
"""Length of a number by its first byte: one more than the zeros that it begins with."""
_RESERVED = frozenset((1 << 7 * wide) + rest for wide in range(1, 5) for rest in (0, (1 << 7 * wide) - 1))
"""Ids of zeros only or ones only, which RFC 8794 keeps for nothing."""


class Header(NamedTuple):
    """Id, length of id and size together, and length of the data after them (-1: not stated)."""

    id: int
    length: int
    data: int


def read_header(raw: bytes) -> Header | None:
    """The header that these bytes begin with; None where they begin none."""
    room = len(raw)
    wide = _WIDTHS[raw[0]] if room else 9
    if wide > 4 or room <= wide:
        return None
    number = int.from_bytes(raw[:wide])
    if number in _RESERVED:
        return None
    end = wide + _WIDTHS[raw[wide]]
    if room < end or not raw[wide]:
        return None
    length = end - wide
    full = (1 << 7 * length) - 1
    size = int.from_bytes(raw[wide:end]) & full
    return Header(number, end, UNKNOWN if size == full else size)


def read_value(form: str, raw: bytes, length: int) -> str:
    """A value as words; `raw` are the first bytes of its `length`. Empty where it cannot be what its type says."""
    if form in {"s", "8"}:
        return words_of(raw)
    if form == "b":
        return f"0x{raw.hex()}" if 0 < length == len(raw) <= LONGEST_HEX else f"{length} bytes"
    if length > 8 or len(raw) < length:
        return ""
    if form == "f":
        return str(struct.unpack({4: ">f", 8: ">d"}[length], raw)[0]) if length in {4, 8} else "0"[length:]
    number = int.from_bytes(raw, signed=form in {"i", "d"})
    return read_date(number) if form == "d" else str(number)


def read_date(nanoseconds: int) -> str:
    """Time in words of ISO 8601; the bare number where no calendar holds it."""
    try:
        moment = EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return str(nanoseconds)
    return moment.isoformat().replace("+00:00", "Z")

"""Numbers, texts and times as EBML stores them (RFC 8794): each element has an id, a size of one to eight bytes, and its data."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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


@dataclass(frozen=True, slots=True)
class Header:
    """Id, length of id and size together, and length of the data after them (-1: not stated)."""

    id: int
    length: int
    data: int


def read_header(raw: bytes) -> Header | None:
    """The header that these bytes begin with; None where they begin none."""
    if not raw:
        return None
    wide = 9 - raw[0].bit_length()
    if wide > 4 or len(raw) <= wide:
        return None
    number = int.from_bytes(raw[:wide])
    meant = number & ((1 << 7 * wide) - 1)
    if not meant or meant == (1 << 7 * wide) - 1:
        return None  # RFC 8794 keeps both for nothing
    length = 9 - raw[wide].bit_length()
    if length > 8 or len(raw) < wide + length:
        return None
    return Header(number, wide + length, read_size(raw[wide : wide + length]))


def read_size(raw: bytes) -> int:
    """A size without its marker bit; -1 where all others are one."""
    full = (1 << 7 * len(raw)) - 1
    value = int.from_bytes(raw) & full
    return UNKNOWN if value == full else value


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

"""Decodes the small boxes of fixed layout: brands, times, sizes, handler names, edit lists.

A box too short for its own layout gives zeros and a recorded problem.
"""

import struct
from dataclasses import dataclass
from fractions import Fraction

from entirety.model.container import Box, Edit
from entirety.read.container.isobmff.kinds import kind_text
from entirety.read.container.isobmff.source import Source
from entirety.read.container.isobmff.text import read_text

MAX_FIELD_BYTES = 4096
"""None of these boxes is longer in the standard, long names and brand lists included."""
MAX_EDITS = 10_000
"""A hand-made cut list has dozens; 10,000 is one edit every second for almost three hours."""
ROTATIONS = {(1, 0, 0, 1): 0, (0, 1, -1, 0): 90, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 270}
"""Signs of the matrix entries a, b, c, d (ISO/IEC 14496-12, 6.2.2) and the clockwise turn they ask for."""


@dataclass(frozen=True, slots=True)
class Times:
    """What `mvhd` and `mdhd` have in common; times in seconds since 1904-01-01 UTC, 0 where unset."""

    created: int
    modified: int
    timescale: int
    duration: int


@dataclass(frozen=True, slots=True)
class TrackHeader:
    track_id: int
    enabled: bool
    presented: int
    width: int
    height: int
    rotation: int
    flags: int
    alternate_group: int


def find(box: Box | None, path: str) -> Box | None:
    """The first box at `path` below `box`, such as `mdia/minf/stbl`; None where a step is missing."""
    for kind in path.split("/"):
        box = next((child for child in box.children if child.kind == kind), None) if box else None
    return box


def body(source: Source, box: Box, limit: int = MAX_FIELD_BYTES) -> bytes:
    """What follows the header, version and flags included; at most `limit` bytes."""
    return source.read(box.offset + box.header, min(box.size - box.header, limit))


def unpack(source: Source, box: Box, layout: str, data: bytes, start: int = 0) -> tuple[int, ...]:
    """Integers of a struct layout at `start`; zeros and a problem where the box is too short."""
    if len(data) < start + struct.calcsize(layout):
        source.problem(box.offset, f"`{box.kind}` is too short for what it should state")
        return struct.unpack(layout, bytes(struct.calcsize(layout)))
    return struct.unpack_from(layout, data, start)


def read_brands(source: Source, box: Box) -> tuple[str, int, tuple[str, ...]]:
    """Major brand, minor version and compatible brands of `ftyp`."""
    data = body(source, box)
    (minor,) = unpack(source, box, ">4xI", data)
    brands = tuple(kind_text(data[start : start + 4]) for start in range(8, len(data) - 3, 4))
    return kind_text(data[:4]), minor, brands


def read_times(source: Source, box: Box) -> Times:
    """`mvhd` or `mdhd`, version 0 or 1; a duration of all ones means unknown and gives 0."""
    data = body(source, box)
    long = data[:1] == b"\x01"
    created, modified, timescale, duration = unpack(source, box, ">4xQQIQ" if long else ">4xIIII", data)
    return Times(created, modified, timescale, _known(duration, long=long))


def _known(duration: int, *, long: bool) -> int:
    return 0 if duration == (2**64 - 1 if long else 2**32 - 1) else duration


def read_track_header(source: Source, box: Box) -> TrackHeader:
    """`tkhd`, version 0 or 1."""
    data = body(source, box)
    long = data[:1] == b"\x01"
    track_id, duration = unpack(source, box, ">20xI4xQ" if long else ">12xI4xI", data)
    alternate, *rest = unpack(source, box, ">10xh4x9iII", data, 36 if long else 24)
    a, b, _, c, d, *_ = rest
    return TrackHeader(
        track_id=track_id,
        enabled=bool(data[3:4] and data[3] & 1),
        presented=_known(duration, long=long),
        width=rest[9] >> 16,
        height=rest[10] >> 16,
        rotation=ROTATIONS.get((_sign(a), _sign(b), _sign(c), _sign(d)), -1),
        flags=int.from_bytes(data[1:4]),
        alternate_group=alternate,
    )


def read_extended_type(source: Source, box: Box) -> str:
    """The 16 bytes that name a `uuid` box, which end its header, as hexadecimal digits."""
    return source.read(box.offset + box.header - 16, 16).hex() if box.header >= 24 else ""


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def read_handler(source: Source, box: Box) -> tuple[str, str]:
    """Handler type and name of `hdlr`."""
    data = body(source, box)
    return kind_text(data[8:12]), _handler_name(data[24:], quicktime=any(data[4:8]))


def _handler_name(raw: bytes, *, quicktime: bool) -> str:
    """QuickTime counts the characters in a first byte, ISO ends with a zero; some ISO writers count all the same."""
    counted = raw[:1] and raw[0] < len(raw) and (quicktime or raw[0] < 0x20 or raw[0] == len(raw.rstrip(b"\0")) - 1)
    return read_text(raw[1 : 1 + raw[0]] if counted else raw.split(b"\0")[0])


def read_edits(source: Source, box: Box) -> tuple[Edit, ...]:
    """`elst`, version 0 or 1."""
    head = body(source, box, 8)
    (count,) = unpack(source, box, ">4xI", head)
    layout = ">QqI" if head[:1] == b"\x01" else ">IiI"
    step = struct.calcsize(layout)
    room = max(0, box.size - box.header - 8) // step
    if count > min(room, MAX_EDITS):
        source.problem(box.offset, f"`elst` states {count} edits; {min(room, MAX_EDITS)} are read")
    data = body(source, box, 8 + min(count, room, MAX_EDITS) * step)[8:]
    whole = data[: len(data) // step * step]
    return tuple(Edit(duration, start, _rate(rate)) for duration, start, rate in struct.iter_unpack(layout, whole))


def _rate(fixed: int) -> Fraction:
    """A 16.16 signed number, as an exact fraction."""
    return Fraction(fixed - 2**32 if fixed >= 2**31 else fixed, 65536)

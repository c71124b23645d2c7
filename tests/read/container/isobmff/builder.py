"""Boxes by hand: the smallest byte builder that the reader's tests need."""

import io
import struct
from collections.abc import Sequence

from entirety.model.container import Movie
from entirety.read.container.isobmff import read_movie


def box(kind: bytes | str, *parts: bytes) -> bytes:
    """A box with a 32-bit size."""
    name = kind if isinstance(kind, bytes) else kind.encode("latin-1")
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def full(kind: bytes | str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def words(*values: int) -> bytes:
    """32-bit numbers, negative ones in two's complement."""
    return b"".join(struct.pack(">I", value & 0xFFFFFFFF) for value in values)


def counted(kind: str, *rows: Sequence[int], version: int = 0) -> bytes:
    """A table: version and flags, number of rows, rows of 32-bit fields."""
    return full(kind, words(len(rows)), *(words(*row) for row in rows), version=version)


def matrix(a: int, b: int, c: int, d: int) -> bytes:
    return words(a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)


def tkhd(track_id: int = 1, *, turn: bytes = matrix(1, 0, 0, 1), flags: int = 3, duration: int = 900) -> bytes:
    times = words(10, 20, track_id, 0, duration)
    return full("tkhd", times, bytes(16), turn, words(640 << 16, 360 << 16), flags=flags)


def hdlr(handler: bytes, name: bytes, component: bytes = bytes(4)) -> bytes:
    return full("hdlr", component, handler, bytes(12), name)


def mdhd(timescale: int = 30, duration: int = 4) -> bytes:
    return full("mdhd", words(100, 200, timescale, duration), bytes(4))


def trak(*stbl: bytes, edts: bytes = b"", head: bytes | None = None, handler: bytes = b"vide") -> bytes:
    """A track with the given boxes in its sample table."""
    media = box("mdia", mdhd(), hdlr(handler, b"Camera\0"), box("minf", box("stbl", *stbl)))
    return box("trak", tkhd() if head is None else head, edts, media)


def mvhd(timescale: int = 600, duration: int = 900) -> bytes:
    return full("mvhd", words(1000, 2000, timescale, duration), bytes(80))


def moov(*parts: bytes) -> bytes:
    return box("moov", mvhd(), *parts)


FTYP = box("ftyp", b"isom", words(512), b"isom", b"avc1")


def read(data: bytes) -> Movie:
    return read_movie(io.BytesIO(data), len(data))

"""Chunks by hand: the smallest byte builder that the tests of the AVI reader need."""

import struct


def chunk(kind: str, body: bytes = b"", *, fill: bool = True) -> bytes:
    return kind.encode("latin-1") + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1 and fill)


def listed(kind: str, *parts: bytes) -> bytes:
    return chunk("LIST", kind.encode() + b"".join(parts))


def riff(*parts: bytes, form: str = "AVI ") -> bytes:
    return chunk("RIFF", form.encode() + b"".join(parts))


def avih(frames: int, flags: int = 0x10) -> bytes:
    return chunk("avih", struct.pack("<10I16x", 40_000, 0, 0, flags, frames, 0, 1, 0, 320, 240))


def strl(frames: int, *parts: bytes, kind: bytes = b"vids", handler: bytes = b"MJPG") -> bytes:
    head = struct.pack("<4s4sIHH8I8x", kind, handler, 0, 0, 0, 0, 1, 25, 0, frames, 0, 0, 0)
    picture = struct.pack("<IiiHH4sI16x", 40, 320, 240, 1, 24, b"MJPG", 0)
    sound = struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16)
    return listed("strl", chunk("strh", head), chunk("strf", picture if kind == b"vids" else sound), *parts)


def hdrl(frames: int, *parts: bytes, flags: int = 0x10) -> bytes:
    return listed("hdrl", avih(frames, flags), strl(frames), *parts)


def frames_of(count: int, kind: str = "00dc", body: bytes = b"picture!") -> bytes:
    return chunk(kind, body) * count


def idx1(*entries: tuple[str, int, int]) -> bytes:
    """Kind, place counted from the word `movi`, length of the data."""
    rows = (kind.encode() + struct.pack("<III", 0x10, place, size) for kind, place, size in entries)
    return chunk("idx1", b"".join(rows))


def standard_index(base: int, *entries: tuple[int, int]) -> bytes:
    """OpenDML index of chunks: place of the data counted from `base`, length."""
    head = struct.pack("<HBBI4sQI", 2, 0, 1, len(entries), b"00dc", base, 0)
    return chunk("ix00", head + b"".join(struct.pack("<II", *entry) for entry in entries))


def super_index(*places: int) -> bytes:
    """OpenDML index of indexes."""
    head = struct.pack("<HBBI4s12x", 4, 0, 0, len(places), b"00dc")
    return chunk("indx", head + b"".join(struct.pack("<QII", place, 32, 1) for place in places))

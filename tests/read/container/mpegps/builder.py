"""Packs by hand: the smallest byte builder that the reader's tests need."""

import io

from entirety.model.container import Structure
from entirety.read.container.mpegps import read_mpegps


def pack(ticks: int, *, stuffing: int = 0) -> bytes:
    """A pack header of MPEG-2 with its clock in ticks of 27 MHz."""
    base, rest = divmod(ticks, 300)
    bits = 1 << 46 | (base >> 30) << 43 | 1 << 42 | (base >> 15 & 0x7FFF) << 27 | 1 << 26 | (base & 0x7FFF) << 11
    bits |= 1 << 10 | rest << 1 | 1
    return b"\x00\x00\x01\xba" + bits.to_bytes(6) + b"\x01\x89\xc3" + bytes([0xF8 | stuffing]) + b"\xff" * stuffing


def pack1(ticks: int) -> bytes:
    """A pack header of MPEG-1."""
    return b"\x00\x00\x01\xba" + stamp(2, ticks // 300) + b"\x80\x00\x01"


def stamp(mark: int, value: int) -> bytes:
    bits = (
        mark << 36 | (value >> 30) << 33 | 1 << 32 | (value >> 15 & 0x7FFF) << 17 | 1 << 16 | (value & 0x7FFF) << 1 | 1
    )
    return bits.to_bytes(5)


def unit(code: int, body: bytes) -> bytes:
    return b"\x00\x00\x01" + bytes([code]) + len(body).to_bytes(2) + body


def pes(code: int, pts: int, media: bytes = b"media" * 10) -> bytes:
    return unit(code, b"\x81\x80\x05" + stamp(2, pts) + media)


def pes1(code: int, pts: int) -> bytes:
    """A packet of MPEG-1 with stuffing and the size of a buffer before its time."""
    return unit(code, b"\xff\xff\x60\x20" + stamp(2, pts) + b"media")


def system(rate: int = 1_000) -> bytes:
    return unit(0xBB, (1 << 23 | rate << 1 | 1).to_bytes(3) + b"\x04\x21\xff\xe0\xe0\xe6")


def stream(packs: int, start: int = 0, step: int = 1_080_000) -> bytes:
    """A system header in the first pack, then a packet of pictures and one of sound in each."""
    made = b""
    for place in range(packs):
        ticks = start + place * step
        made += pack(ticks, stuffing=place % 3) + (b"" if place else system())
        made += pes(0xE0, ticks // 300 + 9_000) + pes(0xC0, ticks // 300 + 9_100)
    return made


def read(data: bytes) -> Structure:
    return read_mpegps(io.BytesIO(data), len(data))

"""Matroska without end, RIFF in RIFF in RIFF, and endless rows of nothing in the other forms."""

import struct
from typing import TYPE_CHECKING

from case.bytes_of import chunk, element, number
from case.crafted_pictures import jpeg

if TYPE_CHECKING:
    from case.crafted import Content

EBML = element(0x1A45DFA3, element(0x4282, b"matroska"), element(0x4287, b"\4"), element(0x4285, b"\2"))
SEGMENT, UNKNOWN = b"\x18\x53\x80\x67", b"\xff"
"""An id, and the size that states nothing."""
ENDLESS = 2**56 - 2
FEW = 1_000


def _entry(at: int, kind: bytes = b"\1", codec: bytes = b"V_MJPEG") -> bytes:
    video = element(0xE0, element(0xB0, b"\x40"), element(0xBA, b"\x30"))
    return element(
        0xAE,
        element(0xD7, number(at, 2)),
        element(0x73C5, number(at, 2)),
        element(0x83, kind),
        element(0x86, codec),
        video,
    )


def playable(*more: bytes, entries: bytes = b"") -> bytes:
    """A film of five pictures with something in front of its pictures."""
    blocks = [element(0xA3, b"\x81" + number(1000 * at, 2) + b"\x80" + jpeg(64, 48)) for at in range(5)]
    tracks = element(0x1654AE6B, _entry(1), entries)
    return EBML + element(0x18538067, tracks, *more, element(0x1F43B675, element(0xE7, b"\0"), *blocks))


def nested_tags(depth: int) -> bytes:
    """SimpleTag may hold SimpleTag, without a limit."""
    tags = b"\x67\xc8" + (1 << 56 | 0x0FFFFFFF).to_bytes(8)
    return element(0x1254C367, element(0x7373, tags * depth, element(0x45A3, b"NAME"), element(0x4487, b"x")))


def nested_lists(depth: int) -> bytes:
    """LIST in LIST, each with its true length."""
    body = b"".join(
        b"LIST" + (12 * (depth - level) + 4).to_bytes(4, "little") + b"hdrl" for level in range(depth)
    ) + bytes(16)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"AVI " + body


def flash(body: bytes) -> bytes:
    """A Flash file that begins with one script tag."""
    return b"FLV\1\5\0\0\0\x09\0\0\0\0" + b"\x12" + number(len(body), 3) + bytes(7) + body + number(len(body) + 11)


def nested_script(depth: int) -> bytes:
    """AMF arrays within arrays."""
    return flash(b"\2\0\x0aonMetaData" + b"\x0a\0\0\0\1" * depth + b"\5")


def many_streams(count: int) -> bytes:
    """An AVI that declares streams by the thousand."""
    stream = chunk(
        b"LIST",
        b"strl",
        chunk(b"strh", b"vidsMJPG" + bytes(48)),
        chunk(b"strf", struct.pack("<IiiHH4s5I", 40, 64, 48, 1, 24, b"MJPG", 0, 0, 0, 0, 0)),
    )
    head = chunk(b"avih", struct.pack("<14I", 40_000, 0, 0, 16, 5, 0, count, 0, 64, 48, 0, 0, 0, 0))
    body = chunk(b"LIST", b"movi", *([chunk(b"00dc", jpeg(64, 48))] * 5))
    return chunk(b"RIFF", b"AVI ", chunk(b"LIST", b"hdrl", head, *([stream] * count)), body)


def pages(count: int, *, begins: bool) -> bytes:
    """Ogg pages that hold nothing, each of a stream of its own where they begin one."""
    flags = b"\2" if begins else b"\0"
    return b"".join(
        b"OggS\0" + flags + bytes(8) + (at if begins else 1).to_bytes(4, "little") + bytes(8) + b"\1\0"
        for at in range(count)
    )


def map_of_programmes(count: int) -> bytes:
    """A transport stream of packets that all begin a map, and hold one that is cut short."""
    packet = b"\x47\x40\x00\x10\x00\x00\xb0\xff\x00\x01\xc1\x00\x00" + b"\x00\x01\xe0\x20" * 40
    return (packet + b"\xff" * (188 - len(packet)))[:188] * count


ELEMENTS: dict[str, "Content"] = {
    "unknown-in-unknown.mkv": lambda *_: EBML + (SEGMENT + UNKNOWN) * 10_000,
    "clusters-without-end.mkv": lambda *_: EBML + SEGMENT + UNKNOWN + (b"\x1f\x43\xb6\x75" + UNKNOWN) * 50_000,
    "endless-segment.mkv": lambda *_: (
        EBML + element(0x18538067, element(0x1549A966, bytes(100), size=ENDLESS), size=ENDLESS)
    ),
    "endless-head.mkv": lambda *_: element(0x1A45DFA3, bytes(1000), size=ENDLESS),
    "endless-codec.mkv": lambda *_: (
        EBML + element(0x18538067, element(0x1654AE6B, element(0xAE, element(0x63A2, bytes(9), size=2**31))))
    ),
    "endless-inside.mkv": lambda *_: playable(element(0x1254C367, bytes(64), size=ENDLESS)),
    "voids.mkv": lambda *_: playable(b"\xec\x80" * 300_000),
    "nested-tags-1000.mkv": lambda *_: playable(nested_tags(FEW)),
    "nested-tags-100000.mkv": lambda *_: playable(nested_tags(100 * FEW)),
    "nested-1000.avi": lambda *_: nested_lists(FEW),
    "nested-100000.avi": lambda *_: nested_lists(100 * FEW),
    "many-streams.avi": lambda *_: many_streams(10_000),
    "nested-1000.flv": lambda *_: nested_script(FEW),
    "nested-100000.flv": lambda *_: nested_script(100 * FEW),
    "claims.flv": lambda *_: flash(b"\2\0\x0aonMetaData\x08" + number(2**32 - 1) + b"\0\1x\2\xff\xff" + bytes(50)),
    "pages.ogg": lambda *_: pages(20_000, begins=False),
    "streams.ogg": lambda *_: pages(10_000, begins=True),
    "maps.ts": lambda *_: map_of_programmes(5_000),
    "nothing.ts": lambda *_: (b"\x47\x1f\xff\x10" + b"\xff" * 184) * 10_000,
    "empty.mp4": lambda *_: b"",
    "zeros.mp4": lambda *_: bytes(100_000),
    "one-byte.mkv": lambda *_: b"\x1a",
}
MANY_ELEMENTS: dict[str, "Content"] = {
    "many-tracks.mkv": lambda *_: playable(entries=b"".join(_entry(at) for at in range(2, 10_001))),
}

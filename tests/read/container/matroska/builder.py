"""Elements by hand: the smallest byte builder that the tests of the Matroska reader need."""

import struct

from entirety.read.container.matroska.elements import BY_KIND

NO_SIZE = b"\x01" + b"\xff" * 7


def raw_id(kind: str) -> bytes:
    number = BY_KIND[kind].id
    return number.to_bytes((number.bit_length() + 7) // 8)


def element(kind: str, *parts: bytes | int | str, width: int = 0) -> bytes:
    """An element; numbers in one byte or as many as they need, texts in UTF-8."""
    body = b"".join(_bytes(part) for part in parts)
    length = width or next(wide for wide in range(1, 9) if len(body) < (1 << 7 * wide) - 1)
    return raw_id(kind) + ((1 << 7 * length) | len(body)).to_bytes(length) + body


def _bytes(part: bytes | int | str) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return part.encode()
    return part.to_bytes(max((part.bit_length() + 7) // 8, 1))


def open_ended(kind: str, *parts: bytes) -> bytes:
    """An element whose writer did not know its size."""
    return raw_id(kind) + NO_SIZE + b"".join(parts)


def block(track: int = 1, time: int = 0, data: bytes = b"picture") -> bytes:
    return bytes((0x80 | track,)) + struct.pack(">hB", time, 0x80) + data


def simple_block(track: int = 1, time: int = 0, data: bytes = b"picture") -> bytes:
    return element("SimpleBlock", block(track, time, data))


def cluster(time: int, *parts: bytes) -> bytes:
    return element("Cluster", element("Timestamp", time), *(parts or (simple_block(),)))


def tracks(*numbers: int) -> bytes:
    entries = (
        element("TrackEntry", element("TrackNumber", number), element("TrackType", 1), element("CodecID", "V_VP8"))
        for number in numbers or (1,)
    )
    return element("Tracks", *entries)


HEAD = element("EBML", element("EBMLVersion", 1), element("DocType", "matroska"))
INFO = element(
    "Info", element("TimestampScale", 1_000_000), element("MuxingApp", "hand"), element("WritingApp", "hand")
)


def segment(*parts: bytes) -> bytes:
    return element("Segment", *parts, width=8)


def cues(*places: int) -> bytes:
    """A cue point for each place, counted from the segment's data."""
    points = (
        element(
            "CuePoint",
            element("CueTime", 0),
            element("CueTrackPositions", element("CueTrack", 1), element("CueClusterPosition", place)),
        )
        for place in places
    )
    return element("Cues", *points)

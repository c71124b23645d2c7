"""Objects by hand: the smallest byte builder that the reader's tests need."""

import io
import struct
from datetime import UTC, datetime

from entirety.model.container import Structure
from entirety.read.container.asf import read_asf

HEADER = "75B22630-668E-11CF-A6D9-00AA0062CE6C"
DATA = "75B22636-668E-11CF-A6D9-00AA0062CE6C"
FILE = "8CABDCA1-A947-11CF-8EE4-00C00C205365"
STREAM = "B7DC0791-A9B7-11CF-8EE6-00C00C205365"
EXTENSION = "5FBF03B5-A92E-11CF-8EE3-00C00C205365"
CODECS = "86D15240-311D-11D0-A3A4-00A0C90348F6"
CONTENT = "75B22633-668E-11CF-A6D9-00AA0062CE6C"
EXTENDED = "D2D0A440-E307-11D2-97F0-00A0C95EA850"
METADATA = "C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA"
VIDEO = "BC19EFC0-5B4D-11CF-A8FD-00805F5C442B"
INDEX = "33000890-E5B1-11CF-89F4-00A0C90349CB"
PACKET = 100


def guid(text: str) -> bytes:
    first, second, third, *rest = text.split("-")
    low = bytes.fromhex(first)[::-1] + bytes.fromhex(second)[::-1] + bytes.fromhex(third)[::-1]
    return low + bytes.fromhex("".join(rest))


def item(kind: str, body: bytes) -> bytes:
    return guid(kind) + struct.pack("<Q", 24 + len(body)) + body


def wide(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


def properties(size: int, packets: int, *, created: datetime | None = None, flags: int = 2) -> bytes:
    past = (created or datetime(2020, 2, 29, 12, 30, 15, tzinfo=UTC)) - datetime(1601, 1, 1, tzinfo=UTC)
    ticks = round(past.total_seconds()) * 10**7
    body = bytes(range(16)) + struct.pack("<6Q", size, ticks, packets, 50_000_000, 40_000_000, 3_000)
    return item(FILE, body + struct.pack("<4I", flags, PACKET, PACKET, 300_000))


def stream_properties(number: int = 1) -> bytes:
    return item(STREAM, guid(VIDEO) + bytes(16) + bytes(16) + struct.pack("<H", number) + bytes(4))


def codecs() -> bytes:
    name, words = wide("Windows Media Video 9"), wide("Professional")
    entry = struct.pack("<HH", 1, len(name) // 2) + name + struct.pack("<H", len(words) // 2) + words
    return item(CODECS, bytes(16) + struct.pack("<I", 1) + entry + struct.pack("<H", 4) + b"WMV3")


def content() -> bytes:
    texts = [wide(text) for text in ("Title", "Author", "", "Words", "")]
    return item(CONTENT, struct.pack("<5H", *(len(text) for text in texts)) + b"".join(texts))


def extended(*pairs: tuple[str, int, bytes]) -> bytes:
    body = struct.pack("<H", len(pairs))
    for name, kind, value in pairs:
        body += struct.pack("<H", len(wide(name))) + wide(name) + struct.pack("<HH", kind, len(value)) + value
    return item(EXTENDED, body)


def extension(*children: bytes) -> bytes:
    inside = b"".join(children)
    return item(EXTENSION, bytes(16) + struct.pack("<HI", 6, len(inside)) + inside)


def metadata(stream: int, name: str, value: str) -> bytes:
    head = struct.pack("<HHHHHI", 1, 0, stream, len(wide(name)), 0, len(wide(value)))
    return item(METADATA, head + wide(name) + wide(value))


def header(*children: bytes, count: int | None = None) -> bytes:
    stated = len(children) if count is None else count
    return item(HEADER, struct.pack("<I", stated) + b"\x01\x02" + b"".join(children))


def media(packets: int, stated: int | None = None) -> bytes:
    count = packets if stated is None else stated
    return item(DATA, bytes(range(16)) + struct.pack("<Q", count) + b"\x01\x01" + bytes(PACKET) * packets)


def asf(packets: int = 3, *, created: datetime | None = None, flags: int = 2) -> bytes:
    """A whole small file whose numbers agree."""
    rest = (
        stream_properties(),
        codecs(),
        content(),
        extended(("WM/ToolName", 0, wide("Recorder 7")), ("IsVBR", 2, b"\x01\x00\x00\x00")),
        extension(metadata(1, "DeviceModel", "Model 5")),
    )
    tail = media(packets) + item(INDEX, bytes(32))
    size = len(header(properties(0, packets), *rest) + tail)
    return header(properties(size, packets, created=created, flags=flags), *rest) + tail


def read(data: bytes) -> Structure:
    return read_asf(io.BytesIO(data), len(data))

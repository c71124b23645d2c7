"""Boxes of the MP4 files that this validation itself writes: where they lie, and how one is replaced.

The movie header lies behind the pictures, and the first track holds them.
"""

import struct
from collections.abc import Iterator

CONTAINERS = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl", b"udta"}


def walk(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Type and content offset of every box, containers before what they hold."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8
        if kind in CONTAINERS:
            yield from walk(data, start + 8, start + size)
        start += max(8, size)


def find(data: bytes | bytearray, wanted: bytes) -> int:
    return next(at for kind, at in walk(data, 0, len(data)) if kind == wanted)


def number(data: bytes | bytearray, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])


def numbers(data: bytes | bytearray, kind: bytes) -> list[int]:
    """The rows of a table of the first track, flat; none where it has no such table."""
    at = next((at for name, at in walk(data, 0, len(data)) if name == kind), None)
    return [] if at is None else list(struct.unpack_from(f">{(number(data, at - 8) - 16) // 4}I", data, at + 8))


def samples(data: bytes | bytearray) -> list[tuple[int, int]]:
    """Offset and size of every stored picture of the first track."""
    table = find(data, b"stsz")
    count = number(data, table + 8)
    sizes = struct.unpack_from(f">{count}I", data, table + 12)
    runs, places = numbers(data, b"stsc"), list[tuple[int, int]]()
    begins = dict(zip(runs[::3], runs[1::3], strict=True))
    held = 0
    for chunk, offset in enumerate(numbers(data, b"stco"), 1):
        held, at = begins.get(chunk, held), offset
        for size in sizes[len(places) : len(places) + held]:
            places.append((at, size))
            at += size
    return places


def box(kind: bytes, body: bytes) -> bytes:
    """One box."""
    return struct.pack(">I4s", 8 + len(body), kind) + body


def settle(data: bytearray, path: tuple[bytes, ...], body: bytes) -> None:
    """Another content for the first box at this path behind the pictures; the boxes around it grow with it."""
    starts, start, end = list[int](), 0, len(data)
    for wanted in path:
        at = next(at for name, at in _row(data, start, end) if name == wanted)
        start, end = at, at - 8 + number(data, at - 8)
        starts.append(at)
    old = end - start
    for at in starts:
        struct.pack_into(">I", data, at - 8, number(data, at - 8) + len(body) - old)
    data[start:end] = body


def _row(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Type and content offset of the boxes of one level."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8
        start += max(8, size)

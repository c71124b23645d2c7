"""Changes of single bytes in a finished file, as devices, carriers and accidents make them: edit lists, switched-off tracks, damage, lost ends.

They work on the files that this validation itself writes: one movie header at a known place, one track of pictures without sound.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

CONTAINERS = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl"}
SPOILED = 0x55
"""Written over coded data: neither a start code nor an end of anything."""


def edits(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, then `first-end` pairs: the pictures that are shown, in this order, each of equal length. Everything stays stored."""
    source, target, *ranges = given
    data = bytearray((folder / source).read_bytes())
    movie, media = _one(data, b"mvhd"), _one(data, b"mdhd")
    movie_scale, media_scale = _number(data, movie + 12), _number(data, media + 12)
    step = _number(data, _one(data, b"stts") + 12)
    pairs = [tuple(int(number) for number in one.split("-")) for one in ranges]
    delay = struct.unpack_from(">i", data, _one(data, b"elst") + 12)[0]
    lines = [((end - first) * step * movie_scale // media_scale, first * step + delay) for first, end in pairs]
    shown = sum(length for length, _ in lines)
    struct.pack_into(">I", data, movie + 16, shown)
    struct.pack_into(">I", data, _one(data, b"tkhd") + 20, shown)
    body = struct.pack(">II", 0, len(lines)) + b"".join(struct.pack(">Iihh", *line, 1, 0) for line in lines)
    _replaced(data, b"elst", body)
    (folder / target).write_bytes(data)


def spoil(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, first, end: the second half of the coded data of these pictures is written over."""
    source, target, first, end = given
    data = bytearray((folder / source).read_bytes())
    places = _samples(data)
    for at, size in places[int(first) : int(end)]:
        data[at + size // 2 : at + size] = bytes([SPOILED]) * (size - size // 2)
    (folder / target).write_bytes(data)


def shorten(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, pictures: the file ends after that many pictures; its header, in front, still declares all."""
    source, target, count = given
    data = (folder / source).read_bytes()
    at, _ = _samples(data)[int(count)]
    (folder / target).write_bytes(data[:at])


def handler(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, kind, flags: the second track is declared to be of another kind, and switched on (7) or off (6)."""
    source, target, kind, flags = given
    data = bytearray((folder / source).read_bytes())
    headers = [at for name, at in _walk(data, 0, len(data)) if name == b"tkhd"]
    kinds = [at for name, at in _walk(data, 0, len(data)) if name == b"hdlr"]
    data[headers[1] + 3] = int(flags)
    data[kinds[1] + 8 : kinds[1] + 12] = kind.encode()
    (folder / target).write_bytes(data)


def declare(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, more: the header of an AVI file declares that many pictures more than are stored."""
    source, target, more = given
    data = bytearray((folder / source).read_bytes())
    for mark, offset in ((b"avih", 24), (b"strh", 40)):
        at = data.index(mark) + offset
        struct.pack_into("<I", data, at, struct.unpack_from("<I", data, at)[0] + int(more))
    (folder / target).write_bytes(data)


def dates(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, then creation and last change of the movie header, and of every track: seconds since 1904."""
    source, target, *times = given
    data = bytearray((folder / source).read_bytes())
    places = [(name, at) for name, at in _walk(data, 0, len(data)) if name in (b"mvhd", b"mdhd")]
    for name, at in places:
        pair = times[:2] if name == b"mvhd" else times[2:]
        struct.pack_into(">II", data, at + 4, *(int(time) for time in pair))
    (folder / target).write_bytes(data)


def append(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, bytes as hexadecimal digits: they are added behind the end of the file."""
    source, target, added = given
    (folder / target).write_bytes((folder / source).read_bytes() + bytes.fromhex(added))


PATCHES: dict[str, Callable[[Path, tuple[str, ...]], None]] = {
    "edits": edits,
    "spoil": spoil,
    "shorten": shorten,
    "handler": handler,
    "declare": declare,
    "dates": dates,
    "append": append,
}


def _walk(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Type and content offset of every box, containers before what they hold."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8
        if kind in CONTAINERS:
            yield from _walk(data, start + 8, start + size)
        start += max(8, size)


def _one(data: bytes | bytearray, wanted: bytes) -> int:
    return next(at for kind, at in _walk(data, 0, len(data)) if kind == wanted)


def _number(data: bytes | bytearray, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])


def _samples(data: bytes | bytearray) -> list[tuple[int, int]]:
    """Offset and size of every stored picture of a file whose pictures follow one another without anything between."""
    table, chunks = _one(data, b"stsz"), _one(data, b"stco")
    count, at = _number(data, table + 8), _number(data, chunks + 8)
    sizes = struct.unpack_from(f">{count}I", data, table + 12)
    places = []
    for size in sizes:
        places.append((at, size))
        at += size
    return places


def _replaced(data: bytearray, wanted: bytes, body: bytes) -> None:
    """Another content for a box behind the pictures; the boxes around it grow with it."""
    at = _one(data, wanted)
    old = _number(data, at - 8) - 8
    grown = len(body) - old
    for kind in (b"moov", b"trak", b"edts", wanted):
        start = _one(data, kind) - 8
        struct.pack_into(">I", data, start, _number(data, start) + grown)
    data[at : at + old] = body

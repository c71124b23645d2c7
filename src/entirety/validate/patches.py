"""Changes of single bytes in a finished file, as devices, carriers and accidents make them: edit lists, switched-off tracks, damage, lost ends.

They work on the files that this validation itself writes: one movie header at a known place, one track of pictures without sound.
"""

import struct
from collections.abc import Callable
from pathlib import Path

from entirety.validate import unlisted
from entirety.validate.mp4 import find, number, samples, settle, walk

SPOILED = 0x55
"""Written over coded data: neither a start code nor an end of anything."""


def edits(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, then `first-end` pairs: the pictures that are shown, in this order, each of equal length. Everything stays stored."""
    source, target, *ranges = given
    data = bytearray((folder / source).read_bytes())
    movie, media = find(data, b"mvhd"), find(data, b"mdhd")
    movie_scale, media_scale = number(data, movie + 12), number(data, media + 12)
    step = number(data, find(data, b"stts") + 12)
    pairs = [tuple(int(part) for part in pair.split("-")) for pair in ranges]
    delay = struct.unpack_from(">i", data, find(data, b"elst") + 12)[0]
    lines = [((end - first) * step * movie_scale // media_scale, first * step + delay) for first, end in pairs]
    shown = sum(length for length, _ in lines)
    struct.pack_into(">I", data, movie + 16, shown)
    struct.pack_into(">I", data, find(data, b"tkhd") + 20, shown)
    body = struct.pack(">II", 0, len(lines)) + b"".join(struct.pack(">Iihh", *line, 1, 0) for line in lines)
    settle(data, (b"moov", b"trak", b"edts", b"elst"), body)
    (folder / target).write_bytes(data)


def spoil(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, first, end: the second half of the coded data of these pictures is written over."""
    source, target, first, end = given
    data = bytearray((folder / source).read_bytes())
    places = samples(data)
    for at, size in places[int(first) : int(end)]:
        data[at + size // 2 : at + size] = bytes([SPOILED]) * (size - size // 2)
    (folder / target).write_bytes(data)


def shorten(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, pictures: the file ends after that many pictures; its header, in front, still declares all."""
    source, target, count = given
    data = (folder / source).read_bytes()
    at, _ = samples(data)[int(count)]
    (folder / target).write_bytes(data[:at])


def handler(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, kind, flags: the second track is declared to be of another kind, and switched on (7) or off (6)."""
    source, target, kind, flags = given
    data = bytearray((folder / source).read_bytes())
    headers = [at for name, at in walk(data, 0, len(data)) if name == b"tkhd"]
    kinds = [at for name, at in walk(data, 0, len(data)) if name == b"hdlr"]
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


def minor(folder: Path, given: tuple[str, ...]) -> None:
    """file, number: the minor version that the file's first box states."""
    name, stated = given
    data = bytearray((folder / name).read_bytes())
    struct.pack_into(">I", data, find(data, b"ftyp") + 4, int(stated))
    (folder / name).write_bytes(data)


def sound_header(folder: Path, given: tuple[str, ...]) -> None:
    """file: the header of every sound track states flags 7 and no alternate group, as phones write it, where ffmpeg states 3 and group 1."""
    (name,) = given
    data = bytearray((folder / name).read_bytes())
    header = 0
    for kind, at in walk(data, 0, len(data)):
        header = at if kind == b"tkhd" else header
        if kind == b"hdlr" and data[at + 8 : at + 12] == b"soun":
            data[header + 3] = 7
            # Version 1 has three times and lengths of eight bytes in place of four.
            group = header + (46 if data[header] else 34)
            data[group : group + 2] = bytes(2)
    (folder / name).write_bytes(data)


def dates(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, then creation and last change of the movie header, and of every track: seconds since 1904."""
    source, target, *times = given
    data = bytearray((folder / source).read_bytes())
    places = [(name, at) for name, at in walk(data, 0, len(data)) if name in (b"mvhd", b"mdhd")]
    for name, at in places:
        pair = times[:2] if name == b"mvhd" else times[2:]
        struct.pack_into(">II", data, at + 4, *(int(time) for time in pair))
    (folder / target).write_bytes(data)


def trailing(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, bytes as hexadecimal digits: they are added behind the end of the file."""
    source, target, added = given
    (folder / target).write_bytes((folder / source).read_bytes() + bytes.fromhex(added))


def cat(folder: Path, given: tuple[str, ...]) -> None:
    """target, then files: their bytes one after another."""
    target, *files = given
    (folder / target).write_bytes(b"".join((folder / file).read_bytes() for file in files))


PATCHES: dict[str, Callable[[Path, tuple[str, ...]], None]] = {
    "edits": edits,
    "spoil": spoil,
    "shorten": shorten,
    "handler": handler,
    "declare": declare,
    "minor": minor,
    "unlist": unlisted.unlist,
    "again": unlisted.again,
    "append": unlisted.append,
    "thumbnail": unlisted.thumbnail,
    "switch-off": unlisted.switch_off,
    "dates": dates,
    "sound-header": sound_header,
    "trailing": trailing,
    "cat": cat,
}

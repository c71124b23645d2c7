"""Changes of a finished MP4 file that leave media data in it to which no table refers, as editors, repairs and recorders make them."""

import struct
from pathlib import Path

from entirety.validate.mp4 import box, find, number, numbers, samples, settle, walk

PATH = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def unlist(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, first, end: the tables of the first track leave these pictures out, the times close up; the pictures stay in the file."""
    source, target, first, end = given
    data = bytearray((folder / source).read_bytes())
    left_out = range(int(first), int(end))
    _rewrite(data, [place for place in range(len(samples(data))) if place not in left_out], samples(data))
    (folder / target).write_bytes(data)


def again(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, first, end: these pictures are written once more behind the others, and the tables refer to the second copy."""
    source, target, first, end = given
    data = bytearray((folder / source).read_bytes())
    places = samples(data)
    at = find(data, b"moov") - 8
    copies = bytearray()
    for place in range(int(first), int(end)):
        offset, size = places[place]
        places[place] = (at + len(copies), size)
        copies += data[offset : offset + size]
    _insert(data, bytes(copies))
    _rewrite(data, list(range(len(places))), places)
    (folder / target).write_bytes(data)


def append(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, other: behind the pictures stands the media data of another file, as in space that a recorder uses again.

    `other` may be `motion`: numbers as a device keeps of its motion.
    """
    source, target, other = given
    data = bytearray((folder / source).read_bytes())
    _insert(data, _motion() if other == "motion" else _media((folder / other).read_bytes()))
    (folder / target).write_bytes(data)


def thumbnail(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, picture: a camera's own preview, in the user data of the movie header."""
    source, target, picture = given
    data = bytearray((folder / source).read_bytes())
    data += box(b"udta", box(b"thmb", (folder / picture).read_bytes()))
    moov = find(data, b"moov") - 8
    struct.pack_into(">I", data, moov, len(data) - moov)
    (folder / target).write_bytes(data)


def switch_off(folder: Path, given: tuple[str, ...]) -> None:
    """source, target, track: this track, counted from 1, is marked as not enabled."""
    source, target, track = given
    data = bytearray((folder / source).read_bytes())
    headers = [at for kind, at in walk(data, 0, len(data)) if kind == b"tkhd"]
    data[headers[int(track) - 1] + 3] &= 0xFE
    (folder / target).write_bytes(data)


def _motion() -> bytes:
    """Three columns of numbers, none of which looks like the beginning of a picture."""
    return b"".join(struct.pack(">hhh", 1000 + n % 97, -2000 - n % 89, 3000 + n % 83) for n in range(4_000))


def _media(data: bytes) -> bytes:
    at = find(data, b"mdat")
    return data[at : at - 8 + number(data, at - 8)]


def _insert(data: bytearray, more: bytes) -> None:
    """Lengthen the media data, behind which the movie header lies."""
    moov, media = find(data, b"moov") - 8, find(data, b"mdat") - 8
    if media + number(data, media) != moov:
        raise ValueError("the movie header does not follow the media data")
    data[moov:moov] = more
    struct.pack_into(">I", data, media, number(data, media) + len(more))


def _rewrite(data: bytearray, kept: list[int], places: list[tuple[int, int]]) -> None:
    """Tables of the first track for the pictures `kept`, one chunk each."""
    times = numbers(data, b"stts")
    steps = [step for count, step in zip(times[::2], times[1::2], strict=True) for _ in range(count)]
    kept_steps = [steps[place] for place in kept]
    keys = {key - 1 for key in numbers(data, b"stss")}
    offsets = numbers(data, b"ctts")
    tables = {
        b"stsz": [0, len(kept), *(places[place][1] for place in kept)],
        b"stco": [len(kept), *(places[place][0] for place in kept)],
        b"stsc": [1, 1, 1, 1],
        b"stts": [len(kept), *(value for step in kept_steps for value in (1, step))],
    }
    if keys:
        found = [number for number, place in enumerate(kept, 1) if place in keys]
        tables[b"stss"] = [len(found), *found]
    if offsets:
        each = [shift for count, shift in zip(offsets[::2], offsets[1::2], strict=True) for _ in range(count)]
        tables[b"ctts"] = [len(kept), *(value for place in kept for value in (1, each[place]))]
    for kind, values in tables.items():
        settle(data, (*PATH, kind), bytes(4) + struct.pack(f">{len(values)}I", *values))
    _shorten(data, sum(kept_steps))


def _shorten(data: bytearray, ticks: int) -> None:
    """State the new length wherever the header states one."""
    movie, media = find(data, b"mvhd"), find(data, b"mdhd")
    length = ticks * number(data, movie + 12) // number(data, media + 12)
    struct.pack_into(">I", data, media + 16, ticks)
    struct.pack_into(">I", data, movie + 16, length)
    struct.pack_into(">I", data, find(data, b"tkhd") + 20, length)
    if any(kind == b"elst" for kind, _ in walk(data, 0, len(data))):
        struct.pack_into(">I", data, find(data, b"elst") + 8, length)

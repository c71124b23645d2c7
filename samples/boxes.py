"""Change single fields inside an MP4 file without touching a stored picture, as a phone's gallery does.

A gallery that "trims" a clip in an instant rewrites the edit list only: the pictures outside stay in the file and are
no longer shown. A phone held upright stores pictures on their side and turns them by the display matrix.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

CONTAINERS = {b"moov", b"trak", b"edts", b"mdia"}
PHONE_FLAGS = 7
"""Track enabled, in the movie and in its preview (ISO/IEC 14496-12, 8.3.2): what phones write; ffmpeg writes 3 and an alternate group of 1 for sound."""
QUARTER_TURN = (0, 0x10000, 0, -0x10000, 0, 0, 360 << 16, 0, 0x40000000)
"""Display matrix (ISO/IEC 14496-12, 8.3.2) that turns a picture 360 high by 90 degrees clockwise."""


def _walk(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Yield type and offset of the content of every box, containers before what they contain."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8
        if kind in CONTAINERS:
            yield from _walk(data, start + 8, start + size)
        start += size


def _boxes(data: bytes | bytearray, wanted: bytes) -> list[int]:
    return [offset for kind, offset in _walk(data, 0, len(data)) if kind == wanted]


def _timescale(data: bytes | bytearray, box: int) -> int:
    """The timescale in a version 0 movie or media header."""
    return int(struct.unpack_from(">I", data, box + 12)[0])


def trim(source: Path, target: Path, start_s: float, shown_s: float) -> None:
    """Show only `shown_s` seconds from `start_s` on: every stored byte stays, edit lists and durations change."""
    data = bytearray(source.read_bytes())
    (movie,) = _boxes(data, b"mvhd")
    shown = round(shown_s * _timescale(data, movie))
    struct.pack_into(">I", data, movie + 16, shown)
    tracks = zip(_boxes(data, b"tkhd"), _boxes(data, b"elst"), _boxes(data, b"mdhd"), strict=True)
    for header, edits, media in tracks:
        struct.pack_into(">I", data, header + 20, shown)
        version_flags, count, _, begins = struct.unpack_from(">IIIi", data, edits)
        if (version_flags, count) != (0, 1):
            raise ValueError(f"{source}: one version 0 edit was expected in each track")
        begins += round(start_s * _timescale(data, media))
        struct.pack_into(">Ii", data, edits + 8, shown, begins)
    target.write_bytes(data)


def turn(source: Path, target: Path) -> None:
    """Write the same file with a display matrix of a quarter turn on its first track."""
    data = bytearray(source.read_bytes())
    struct.pack_into(">9i", data, _boxes(data, b"tkhd")[0] + 40, *QUARTER_TURN)
    target.write_bytes(data)


def head_sound_as_phones_do(file: Path) -> None:
    """Give the header of the sound track the flags and the alternate group that recording devices write, in place of ffmpeg's."""
    data = bytearray(file.read_bytes())
    for header, handler in zip(_boxes(data, b"tkhd"), _boxes(data, b"hdlr"), strict=True):
        if data[handler + 8 : handler + 12] == b"soun":
            data[header + 3] = PHONE_FLAGS
            data[header + 34 : header + 36] = bytes(2)
    file.write_bytes(data)

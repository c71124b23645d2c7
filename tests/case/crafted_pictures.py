"""Pictures of 100,000 x 100,000 samples, declared wherever a size is declared, and small files that decode into very much."""

import struct
import zlib
from typing import TYPE_CHECKING

from case.bytes_of import Bits, box, chunk, edit, element, full, number

if TYPE_CHECKING:
    from case.crafted import Bait, Content

STBL = ("moov", "trak", "mdia", "minf", "stbl")
ENTRY = (*STBL, "stsd", "avc1")
HUGE, WIDEST = 100_000, 65_535
"""What was asked for, and the most that fields of 16 bits can hold."""
LARGEST = (16_384, 8_192)
"""The largest picture that is not refused: 16K video."""


def sps(width: int, height: int) -> bytes:
    bits = Bits().put(66, 8).put(0xC0, 8).put(62, 8).golomb(0, 0, 2, 1).put(0, 1)
    return bits.golomb(width // 16 - 1, height // 16 - 1).put(0b1100, 4).unit(b"\x67")


def pps() -> bytes:
    return Bits().golomb(0, 0).put(0, 2).golomb(0, 0, 0).put(0, 3).golomb(0, 0, 0).put(0, 3).unit(b"\x68")


def grey(width: int, height: int) -> bytes:
    """A key picture of one grey: every macroblock predicted, none with a rest; a byte each."""
    bits = Bits().golomb(0, 7, 0).put(0, 4).golomb(0).put(0, 2).golomb(0)
    for _ in range(width * height // 256):
        bits.put(0b00100111, 8)
    return bits.unit(b"\x65")


def skipped(picture: int, width: int, height: int) -> bytes:
    """A picture equal to the one before it, in a dozen bytes at any size."""
    bits = Bits().golomb(0, 5, 0).put(picture % 16, 4).put(0, 3).golomb(0)
    return bits.golomb(width * height // 256).unit(b"\x41")


def h264(width: int, height: int, pictures: int, key: bytes | None = None) -> bytes:
    units = [sps(width, height), pps(), grey(width, height) if key is None else key]
    return b"".join(b"\0\0\0\1" + unit for unit in [*units, *(skipped(k, width, height) for k in range(1, pictures))])


def huge_stream(bait: "Bait", film: bytes) -> bytes:
    return h264(HUGE, HUGE, 20, grey(160, 160))


def huge_entry(bait: "Bait", film: bytes) -> bytes:
    """The largest size that a sample entry and a track header can state, before a film of 64 x 48."""

    def track(whole: bytes) -> bytes:
        return whole[:-8] + number(WIDEST << 16) * 2

    film = edit(film, ("moov", "trak", "tkhd"), track)
    return edit(film, ENTRY, lambda whole: whole[:32] + number(WIDEST, 2) * 2 + whole[36:])


def huge_parameters(bait: "Bait", film: bytes) -> bytes:
    """100,000 x 100,000 in the parameter set, where the sample entry says 64 x 48."""
    first, second = sps(HUGE, HUGE), pps()
    record = b"\1\x42\xc0\x3e\xff\xe1" + number(len(first), 2) + first + b"\1" + number(len(second), 2) + second
    return edit(film, (*ENTRY, "avcC"), lambda _: box("avcC", record))


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG picture of a stated size, and a little of its body."""
    quant = b"\xff\xdb\0\x43\0" + b"\1" * 64
    frame = b"\xff\xc0\0\x11\x08" + number(height, 2) + number(width, 2) + b"\3\1\x22\0\2\x11\0\3\x11\0"
    scan = b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0"
    return b"\xff\xd8" + quant + frame + scan + b"\x28" * 500 + b"\xff\xd9"


def png(width: int, height: int, body: bytes) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return number(len(data)) + kind + data + number(zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


def huge_png(bait: "Bait", film: bytes) -> bytes:
    return png(HUGE, HUGE, zlib.compress(bytes(100_000)))


def quicktime(fourcc: str, width: int, height: int, pictures: list[bytes]) -> bytes:
    """A film of whole pictures, a second each."""
    head = box("ftyp", b"qt  \0\0\2\0qt  ")
    media = box("mdat", *pictures)
    count = number(len(pictures))
    entry = box(
        fourcc,
        bytes(6) + number(1, 2) + bytes(16) + number(width, 2) + number(height, 2) + bytes(42) + b"\0\x18\xff\xff",
    )
    table = box(
        "stbl",
        full("stsd", number(1), entry),
        full("stts", number(1), count, number(1000)),
        full("stsc", number(1), number(1), count, number(1)),
        full("stsz", number(0), count, *(number(len(picture)) for picture in pictures)),
        full("stco", number(1), number(len(head) + 8)),
    )
    information = box(
        "minf", full("vmhd", bytes(8), flags=1), box("dinf", full("dref", number(1), full("url ", flags=1))), table
    )
    duration = number(1000 * len(pictures))
    media_box = box(
        "mdia",
        full("mdhd", bytes(8), number(1000), duration, bytes(4)),
        full("hdlr", bytes(4), b"vide", bytes(13)),
        information,
    )
    matrix = b"".join(number(value) for value in (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30))
    track = full(
        "tkhd",
        bytes(8),
        number(1),
        bytes(4),
        duration,
        bytes(16),
        matrix,
        number(width << 16),
        number(height << 16),
        flags=3,
    )
    movie = full("mvhd", bytes(8), number(1000), duration, number(65536), bytes(12), matrix, bytes(24), number(2))
    return head + media + box("moov", movie, box("trak", track, media_box))


def matroska(codec: str, width: int, height: int, pictures: list[bytes], *, more: bytes = b"") -> bytes:
    """A film of whole pictures, a second each; `more` is added to the description of its track."""
    video = element(0xE0, element(0xB0, number(width)), element(0xBA, number(height)))
    entry = element(
        0xAE,
        element(0xD7, b"\1"),
        element(0x73C5, b"\1"),
        element(0x83, b"\1"),
        element(0x86, codec.encode()),
        video,
        more,
    )
    blocks = [element(0xA3, b"\x81" + number(1000 * at, 2) + b"\x80" + data) for at, data in enumerate(pictures)]
    head = element(0x1A45DFA3, element(0x4282, b"matroska"), element(0x4287, b"\4"), element(0x4285, b"\2"))
    info = element(0x1549A966, element(0x2AD7B1, number(1_000_000)))
    return head + element(
        0x18538067, info, element(0x1654AE6B, entry), element(0x1F43B675, element(0xE7, b"\0"), *blocks)
    )


def avi(
    fourcc: bytes, width: int, height: int, pictures: list[bytes], *, info: bytes = b"", name: bytes = b""
) -> bytes:
    """A film of whole pictures, a second each."""
    count = len(pictures)
    main = struct.pack("<14I", 1_000_000, 0, 0, 16, count, 0, 1, 0, width, height, 0, 0, 0, 0)
    stream = (
        b"vids"
        + fourcc
        + struct.pack("<10I4H", 0, 0, 0, 1, 1, 0, count, 0, 0, 0, 0, 0, width & 0xFFFF, height & 0xFFFF)
    )
    form = struct.pack("<IiiHH4s5I", 40, width, height, 1, 24, fourcc, 0, 0, 0, 0, 0)
    line = chunk(b"LIST", b"strl", chunk(b"strh", stream), chunk(b"strf", form), chunk(b"strn", name) if name else b"")
    head = chunk(b"LIST", b"hdrl", chunk(b"avih", main), line)
    body = chunk(b"LIST", b"movi", *(chunk(b"00dc", picture) for picture in pictures))
    return chunk(b"RIFF", b"AVI ", head, info, body)


def compressed(mode: int, more: bytes = b"") -> bytes:
    """Matroska's statement that each block is compressed with zlib."""
    compression = element(0x5034, element(0x4254, bytes([mode])), more)
    return element(0x6D80, element(0x6240, element(0x5032, b"\1"), element(0x5033, b"\0"), compression))


def zipped_track(bait: "Bait", film: bytes) -> bytes:
    """Blocks of some 100 kB that unpack to 100 MB."""
    squeezed = zlib.compress(bytes(100_000_000), 9)
    return matroska("V_MJPEG", 64, 48, [squeezed] * 3, more=compressed(0))


def png_bomb(bait: "Bait", film: bytes) -> bytes:
    """The largest pictures that are not refused, in half a megabyte each."""
    width, height = LARGEST
    row = zlib.compressobj(9)
    body = b"".join(row.compress(bytes(1 + 3 * width)) for _ in range(height)) + row.flush()
    return quicktime("png ", width, height, [png(width, height, body)] * 3)


PICTURES: dict[str, "Content"] = {
    "huge-stream.h264": huge_stream,
    "huge-entry.mp4": huge_entry,
    "huge-parameters.mp4": huge_parameters,
    "huge-picture.mp4": huge_png,
    "huge.mkv": lambda *_: matroska("V_MJPEG", HUGE, HUGE, [jpeg(64, 48)] * 5),
    "huge-inside.mkv": lambda *_: matroska("V_MJPEG", 64, 48, [jpeg(WIDEST, WIDEST)] * 5),
    "huge.avi": lambda *_: avi(b"MJPG", HUGE, HUGE, [jpeg(64, 48)] * 5),
    "huge-inside.avi": lambda *_: avi(b"MJPG", 64, 48, [jpeg(WIDEST, WIDEST)] * 5),
    "huge-negative.avi": lambda *_: avi(b"MJPG", 2**31 - 1, -(2**31) + 2**32 - 1, [jpeg(64, 48)] * 5),
    "huge-inside.mov": lambda *_: quicktime("png ", 64, 48, [png(HUGE, HUGE, zlib.compress(bytes(100_000)))] * 3),
    "wide-one-line.mov": lambda *_: quicktime("png ", 64, 48, [png(2**31 - 1, 1, zlib.compress(bytes(100_000)))] * 3),
    "zipped-track.mkv": zipped_track,
}
BOMBS: dict[str, "Content"] = {
    "largest-skipped.h264": lambda *_: h264(*LARGEST, 60),
    "largest-png.mov": png_bomb,
}

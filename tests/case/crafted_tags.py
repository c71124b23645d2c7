"""Real films in every form, with markup and commands in every text that the form can hold."""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import imageio_ffmpeg

from case.bytes_of import beside, box, chunk, edit, element, full, number

if TYPE_CHECKING:
    from case.crafted import Bait

MARK = "entirety-live"
"""Name of an element and an attribute that no page of ours has: a reader of markup that finds one has found markup let through."""
PLACES = (
    "title",
    "artist",
    "comment",
    "description",
    "encoder",
    "copyright",
    "date",
    "creation_time",
    "make",
    "model",
    "location",
    "service_name",
    "handler_name",
    "language",
)


def payloads(bait: "Bait") -> tuple[str, ...]:
    """What should be shown and never obeyed."""
    address = bait.address
    return (
        f"</script></style></title></textarea><{MARK} onclick=1><script>{MARK}()</script>",
        f'" {MARK}="1" onload="x',
        f"' {MARK}='1' onload='x",
        f"]]></text></svg><{MARK}>--><!--",
        f"<img src={address}i onerror=x><link rel=stylesheet href={address}s><base href={address}>",
        f"javascript:{MARK}",
        f"\x1b[2J\x1b]8;;{address}\x07link\x1b]8;;\x07\x9b31m\x08\x0d",
        "\u202egpj\u2066\u200f\u2028\ufeff",
        f'=HYPERLINK("{address}","x")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "\t=1+1",
        f'#read("{bait.file}") #image("{bait.file}") #link("{address}")[x] #eval("1") $x^2$ *b* _i_ @x <x> \\ ` // /*',
        "{{7*7}}{% include 'x' %}${7*7}",
        "%s%n\\x1b[31m\\u003cscript\\u003e",
    )


def payload(bait: "Bait") -> str:
    """All of them in one text; a formula first."""
    return " ".join(reversed(payloads(bait)))


def _ffmpeg(target: Path, bait: "Bait", *options: str) -> None:
    """A second of moving picture, coded and tagged by the packaged ffmpeg: every key that its writers know, for the file and for the stream."""
    texts = payloads(bait)
    tags: list[str] = []
    for place, key in enumerate(PLACES):
        text = texts[place % len(texts)].replace("\x00", "")
        tags += ["-metadata", f"{key}={text}", "-metadata:s:v:0", f"{key}={text}"]
    source = ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10", "-t", "1"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *source, *tags, *options, str(target)]
    subprocess.run(command, check=True, capture_output=True)


H264 = ("-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p")


def _mp4(target: Path, bait: "Bait", film: bytes) -> None:
    """udta, ilst with free-form names, mdta keys, handler and compressor names, XMP and a stored text of the encoder."""
    text = payload(bait).encode()
    short = text[:60]
    user = [
        box(kind, number(len(some), 2) + b"\x55\xc4" + some)
        for kind, some in _by_kind(("\xa9nam", "\xa9swr", "\xa9mak", "\xa9mod", "\xa9xyz", "\xa9day", "\xa9cmt"), bait)
    ]
    assets = [full(kind, b"\x55\xc4", text + b"\0") for kind in ("titl", "auth", "dscp", "cprt", "perf", "gnre")]
    bare = [box("FIRM", text), box("CAME", text), box("<b>x", text), box("name", text)]
    items = [
        box(kind, box("data", number(1), bytes(4), some))
        for kind, some in _by_kind(("\xa9too", "\xa9ART", "desc", "\xa9alb"), bait)
    ]
    items.append(box("----", full("mean", text), full("name", text), box("data", number(1), bytes(4), text)))
    itunes = full("meta", full("hdlr", bytes(4), b"mdirappl", bytes(9)), box("ilst", *items))
    keys = [text, b"com.apple.quicktime.software", b"com.apple.quicktime.location.ISO6709", b"com.android.version"]
    named = [
        box(number(at).decode("latin-1"), box("data", number(1), bytes(4), text)) for at in range(1, len(keys) + 1)
    ]
    phone = box(
        "meta",
        full("hdlr", bytes(4), b"mdta", bytes(13)),
        full("keys", number(len(keys)), *(box("mdta", key) for key in keys)),
        box("ilst", *named),
    )
    film = edit(film, ("moov", "udta"), lambda _: b"")
    film = beside(film, ("moov",), box("udta", *user, *assets, *bare, itunes), phone)
    film = edit(film, ("moov", "trak", "mdia", "hdlr"), lambda whole: box("hdlr", whole[8:32], text + b"\0"))
    film = edit(
        film,
        ("moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1"),
        lambda whole: whole[:50] + bytes([len(short[:31])]) + short[:31].ljust(31) + whole[82:],
    )
    film = beside(film, ("moov", "trak"), box("udta", *user, *bare, itunes))
    note = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><xmp:CreatorTool>{payload(bait)}</xmp:CreatorTool></x:xmpmeta>"
    xmp = box("uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), note.encode())
    target.write_bytes(film + xmp + box("<u>!", text) + text)


def _by_kind(kinds: tuple[str, ...], bait: "Bait") -> list[tuple[str, bytes]]:
    texts = payloads(bait)
    return [(kind, texts[at % len(texts)].encode()) for at, kind in enumerate(kinds)]


def _settings(target: Path, bait: "Bait", film: bytes) -> None:
    """H.264 whose stored settings, in which x264 describes itself, are markup."""
    text = payload(bait).encode()
    size = bytes([255] * (len(text) // 255) + [(len(text) + 16) % 255])
    length = 16 + len(text)
    size = b"\xff" * (length // 255) + bytes([length % 255])
    unit = b"\x06\x05" + size + bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef") + text + b"\x80"
    _ffmpeg(target, bait, *H264, "-x264-params", "log-level=none", "-f", "h264")
    target.write_bytes(b"\0\0\0\1" + unit.replace(b"\0\0", b"\0\1") + target.read_bytes())


def _matroska(target: Path, bait: "Bait", film: bytes) -> None:
    """Title, programs, track name, codec name, tags with markup as names, chapters and attachments."""
    text = payload(bait).encode()
    tag = element(0x67C8, element(0x45A3, text), element(0x4487, text))
    plain = element(0x67C8, element(0x45A3, b"ENCODER"), element(0x4487, text))
    tags = element(0x1254C367, element(0x7373, element(0x63C0, element(0x63CA, text)), tag, plain))
    info = element(
        0x1549A966,
        element(0x2AD7B1, number(1_000_000)),
        element(0x7BA9, text),
        element(0x4D80, text),
        element(0x5741, text),
        element(0x7384, text),
    )
    atom = element(
        0xB6,
        element(0x73C4, b"\1"),
        element(0x91, b"\0"),
        element(0x80, element(0x85, text), element(0x437C, text[:60])),
    )
    chapters = element(0x1043A770, element(0x45B9, atom))
    attached = element(
        0x1941A469,
        element(
            0x61A7,
            element(0x467E, text),
            element(0x466E, text),
            element(0x4660, text),
            element(0x46AE, b"\1"),
            element(0x465C, text),
        ),
    )
    from case.crafted_pictures import matroska

    pictures = _jpegs(target, bait)
    names = element(0x536E, text) + element(0x258688, text) + element(0x22B59C, text[:80])
    whole = matroska("V_MJPEG", 96, 64, pictures, more=names)
    target.write_bytes(whole + info + tags + chapters + attached)
    # What was added stands behind the segment's stated end: state the new one.
    at = whole.index(b"\x18\x53\x80\x67") + 4
    length = (len(whole) - at - 8 + len(info + tags + chapters + attached)) | 1 << 56
    target.write_bytes(whole[:at] + length.to_bytes(8) + whole[at + 8 :] + info + tags + chapters + attached)


def _jpegs(target: Path, bait: "Bait") -> list[bytes]:
    """Ten real pictures, each with markup in a comment and in a note of its maker."""
    held = target.with_name(f"{target.name}.mjpeg")
    _ffmpeg(held, bait, "-c:v", "mjpeg", "-f", "mjpeg")
    data = held.read_bytes()
    held.unlink()
    text = payload(bait).encode()[:60_000]
    exif = (
        b"Exif\0\0II*\0\x08\0\0\0\2\0"
        + struct.pack("<HHIIHHIII", 0x10F, 2, len(text), 38, 0x131, 2, len(text), 38, 0)
        + text
    )
    notes = b"".join(
        mark + number(len(some) + 2, 2) + some for mark, some in ((b"\xff\xfe", text), (b"\xff\xe1", exif))
    )
    return [b"\xff\xd8" + notes + piece for piece in data.split(b"\xff\xd8")[1:]]


def _avi(target: Path, bait: "Bait", film: bytes) -> None:
    from case.crafted_pictures import avi

    text = payload(bait).encode()
    info = chunk(
        b"LIST",
        b"INFO",
        *(
            chunk(kind, some + b"\0")
            for kind, some in (
                (kind.encode(), some)
                for kind, some in _by_kind(("ISFT", "INAM", "IART", "ICMT", "ICRD", "ICOP", "ISRC", "ITCH"), bait)
            )
        ),
    )
    info += chunk(b"IDIT", text) + chunk(b"JUNK", text) + chunk(b"<b>!", text)
    target.write_bytes(avi(b"MJPG", 96, 64, _jpegs(target, bait), info=info, name=text + b"\0") + text)


def _flash(target: Path, bait: "Bait", film: bytes) -> None:
    """Script data with markup as names and as values, in front of a real film."""
    _ffmpeg(target, bait, "-c:v", "flv1")
    text = payload(bait).encode()
    members = [
        (key, some)
        for key, some in zip(
            (b"encoder", b"creator", b"metadatacreator", b"creationdate", text[:200]), [text] * 5, strict=True
        )
    ]
    body = b"\2\0\x0aonMetaData\x08" + number(len(members))
    body += (
        b"".join(number(len(key), 2) + key + b"\2" + number(len(some), 2) + some for key, some in members) + b"\0\0\x09"
    )
    tag = b"\x12" + number(len(body), 3) + bytes(7) + body + number(len(body) + 11)
    data = target.read_bytes()
    target.write_bytes(data[:13] + tag + data[13:])


def _by_ffmpeg(*options: str) -> Callable[[Path, "Bait", bytes], None]:
    return lambda target, bait, _: _ffmpeg(target, bait, *options)


TAGGED: dict[str, Callable[[Path, "Bait", bytes], None]] = {
    "tags.mp4": _mp4,
    "tags-written.mp4": _by_ffmpeg(*H264, "-movflags", "+use_metadata_tags"),
    "tags.mov": _by_ffmpeg(*H264),
    "tags.3gp": _by_ffmpeg("-c:v", "h263", "-s", "128x96"),
    "tags.mkv": _matroska,
    "tags-written.mkv": _by_ffmpeg(*H264),
    "tags.webm": _by_ffmpeg("-c:v", "libvpx", "-b:v", "200k"),
    "tags.avi": _avi,
    "tags.ogv": _by_ffmpeg("-c:v", "libtheora"),
    "tags.flv": _flash,
    "tags.asf": _by_ffmpeg("-c:v", "wmv2"),
    "tags.ts": _by_ffmpeg(*H264),
    "tags.nut": _by_ffmpeg("-c:v", "mpeg4"),
    "tags.mxf": _by_ffmpeg("-c:v", "mpeg2video", "-r", "25"),
    "settings.h264": _settings,
}

"""Reads the fixed headers and the texts of an AVI file: what it says about its length, its streams, and who wrote it.

Field names are those of Microsoft's AVI RIFF reference and of the OpenDML file format extensions. Cameras often leave their name in the
list of information (`INFO`), in a date (`IDIT`), or in chunks meant for filling (`JUNK`).
"""

import struct
from collections.abc import Sequence

from entirety.model.container import Box
from entirety.read.container.avi.state import Walk
from entirety.read.container.facts import Facts, text_within, words_of
from entirety.read.container.isobmff.kinds import kind_text

Fields = tuple[tuple[str, str], ...]

AVIH: Fields = (
    ("dwMicroSecPerFrame", "I"),
    ("dwMaxBytesPerSec", "I"),
    ("dwPaddingGranularity", "I"),
    ("dwFlags", "I"),
    ("dwTotalFrames", "I"),
    ("dwInitialFrames", "I"),
    ("dwStreams", "I"),
    ("dwSuggestedBufferSize", "I"),
    ("dwWidth", "I"),
    ("dwHeight", "I"),
)
STRH: Fields = (
    ("fccType", "4s"),
    ("fccHandler", "4s"),
    ("dwFlags", "I"),
    ("wPriority", "H"),
    ("wLanguage", "H"),
    ("dwInitialFrames", "I"),
    ("dwScale", "I"),
    ("dwRate", "I"),
    ("dwStart", "I"),
    ("dwLength", "I"),
    ("dwSuggestedBufferSize", "I"),
    ("dwQuality", "I"),
    ("dwSampleSize", "I"),
)
BITMAP: Fields = (
    ("biSize", "I"),
    ("biWidth", "i"),
    ("biHeight", "i"),
    ("biPlanes", "H"),
    ("biBitCount", "H"),
    ("biCompression", "4s"),
    ("biSizeImage", "I"),
)
WAVE: Fields = (
    ("wFormatTag", "H"),
    ("nChannels", "H"),
    ("nSamplesPerSec", "I"),
    ("nAvgBytesPerSec", "I"),
    ("nBlockAlign", "H"),
    ("wBitsPerSample", "H"),
)
DMLH: Fields = (("dwTotalFrames", "I"),)
FLAGS = {0x10: "AVIF_HASINDEX", 0x20: "AVIF_MUSTUSEINDEX", 0x100: "AVIF_ISINTERLEAVED", 0x800: "AVIF_TRUSTCKTYPE"}
FLAGS |= {0x10000: "AVIF_WASCAPTUREFILE", 0x20000: "AVIF_COPYRIGHTED"}
LAYOUTS = {"avih": AVIH, "strh": STRH, "dmlh": DMLH}
NOT_TEXT = frozenset(("avih", "strh", "strf", "dmlh", "indx", "vprp", "idx1"))
"""Numbers, which random chance may make look like letters."""
MAX_TEXT = 4_096
"""Bytes looked at for a text."""

Values = dict[str, int | bytes]


def read_fields(walk: Walk, box: Box, layout: Fields) -> Values:
    """Fields of a header by name, as many as the chunk holds."""
    length = struct.calcsize("<" + "".join(form for _, form in layout))
    raw = walk.source.read(box.offset + box.header, min(box.size - box.header, length))
    found: Values = {}
    position = 0
    for name, form in layout:
        size = struct.calcsize("<" + form)
        if position + size > len(raw):
            break
        (found[name],) = struct.unpack("<" + form, raw[position : position + size])
        position += size
    return found


def list_facts(walk: Walk, facts: Facts, boxes: Sequence[Box], stream: str = "") -> None:
    """Every field and every text, file order."""
    for box in boxes:
        if facts.full:
            return
        if box.kind in LAYOUTS or box.kind == "strf":
            layout = LAYOUTS.get(box.kind) or {"vids": BITMAP, "auds": WAVE}.get(stream, ())
            values = read_fields(walk, box, layout)
            if box.kind == "strh":
                stream = _word(values.get("fccType", b""))
            for name, value in values.items():
                facts.add(
                    f"{box.path}/{name}", _flags(value) if name == "dwFlags" and box.kind == "avih" else _word(value)
                )
        elif box.kind == "LIST-movi":
            continue
        elif box.children:
            list_facts(walk, facts, box.children)
        elif box.kind == "nctg":
            _nikon(walk, facts, box)
        elif box.kind not in NOT_TEXT and not box.kind.startswith("LIST-"):
            raw = walk.source.read(box.offset + box.header, min(box.size - box.header, MAX_TEXT))
            within = "LIST-INFO" in box.path or box.kind == "strn"
            facts.add(box.path, words_of(raw) if within else text_within(raw))


def _nikon(walk: Walk, facts: Facts, box: Box) -> None:
    """Nikon's items, each with two bytes of number and two of length before it: maker (3), model (4), program (5), times (19, 20)."""
    raw = walk.source.read(box.offset + box.header, min(box.size - box.header, MAX_TEXT))
    position = 0
    while position + 4 <= len(raw):
        number, length = struct.unpack_from("<HH", raw, position)
        facts.add(f"{box.path}/{number}", text_within(raw[position + 4 : position + 4 + length]))
        position += 4 + length


def _word(value: int | bytes) -> str:
    if isinstance(value, int):
        return str(value)
    # Uncompressed pictures and some handlers have a small number in place of four letters.
    return "0" if not any(value) else kind_text(value)


def _flags(value: int | bytes) -> str:
    number = value if isinstance(value, int) else 0
    names = [name for bit, name in FLAGS.items() if number & bit]
    return f"0x{number:X} ({', '.join(names)})" if names else f"0x{number:X}"


def list_counts(walk: Walk, facts: Facts) -> None:
    """How many chunks of each stream are there."""
    for number, stream in sorted(walk.streams.items()):
        empty = f", {stream.empty} of them without data" if stream.empty else ""
        words = f"stream {number:02}: {stream.chunks} chunks{empty}"
        facts.add("LIST-movi", words if walk.complete else f"{words}; not all were visited")

"""Looks into the parts of a file that no player reads: free space, blocks of unknown kind, bytes that belong to no block.

Cameras and programs leave room for tables that may grow, and write over what they no longer need by calling it free. What lay
there before can still be there. Only its form is told here, from a bounded number of bytes; nothing is decoded.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from entirety.model.container import Box, Content, Space, Structure
from entirety.read.container.isobmff.kinds import TOP_LEVEL

FREE = frozenset(("free", "skip", "wide", "junk", "junq", "void", "padding", "fill", "kfil"))
"""Kinds that only keep room, in small letters: ISO/IEC 14496-12 8.1.2, RIFF, Matroska (Void), MXF (fill item)."""
MAX_SPACES = 200
"""The longest list that anybody reads; real files have below ten."""
MAX_LOOK = 2**20
"""Bytes looked at in one space, half of them from its end."""
MAX_LOOKS = 16 * 2**20
"""Bytes looked at in all spaces together: a tenth of a second."""
EXCERPT = 80
"""Characters kept of a text."""
MOSTLY_TEXT = 0.95
"""Share of printable bytes, zeros aside. Chosen: coded pictures and tables have about a third."""
SHORTEST_TEXT = 8
"""Bytes; fewer are printable by chance (once in 2,000 times for 8 random bytes)."""

ROOM = frozenset((b"free", b"skip", b"wide"))
_BLOCKS = (
    "moov trak edts mdia minf stbl mvex moof traf mfra mvhd tkhd mdhd hdlr elst stsd stts ctts stss stsz stsc stco co64 "
    "trex mfhd tfhd tfdt trun udta mdat ftyp free skip wide"
)
BLOCK = re.compile("|".join(_BLOCKS.split()).encode())
"""Kind of a block of an ISO-BMFF file; its size stands before it, highest byte first."""
CHUNK = re.compile(rb"idx1|indx|strh|strf|avih|ix\d\d")
"""Kind of a block of tables of an AVI file; its size stands after it, lowest byte first."""
PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\r\n"


def look_into(file: BinaryIO, length: int, structure: Structure) -> tuple[Space, ...]:
    """What lies in the spaces of a file of `length` bytes, file order, at most MAX_SPACES. Any bytes give an answer."""
    left = MAX_LOOKS
    found = []
    for start, end, path in islice(sorted(_spaces(structure)), MAX_SPACES):
        look = min(MAX_LOOK, end - start, left)
        left -= look
        if look > 0:
            head, tail = _read(file, start, end, look)
            content, words = content_of(head, tail, length)
            found.append(Space(start, end, path, content, words, len(head) + len(tail)))
    return tuple(found)


def _spaces(structure: Structure) -> Iterator[tuple[int, int, str]]:
    for start, end in structure.leftovers:
        yield start, end, ""
    for box in structure.walk():
        if _unread(box, structure) and box.size > box.header:
            yield box.offset + box.header, box.end, box.path


def _unread(box: Box, structure: Structure) -> bool:
    if box.kind.lower() in FREE:
        return True
    top = "/" not in box.path
    return top and structure.form == "isobmff" and box.kind not in TOP_LEVEL


def _read(file: BinaryIO, start: int, end: int, look: int) -> tuple[bytes, bytes]:
    """The first and the last bytes of a space; the last are empty where the first are all."""
    whole = look == end - start
    first = look if whole else look // 2
    file.seek(start)
    head = file.read(first)
    if whole:
        return head, b""
    file.seek(end - (look - first))
    return head, file.read(look - first)


def content_of(head: bytes, tail: bytes, length: int) -> tuple[Content, tuple[str, ...]]:
    """What the bytes look like, and what was recognised in them; `length` of the file bounds sizes that are believed."""
    data = head + tail
    known = {
        Content.ZEROS: not any(data),
        Content.FILLING: len(set(data[:1])) == 1 and data.count(data[:1]) == len(data),
        Content.SAMSUNG: data.endswith(b"SEFT"),
        Content.PICTURE: head[:3] == b"\xff\xd8\xff",
        Content.MOVIE: head[4:8] == b"ftyp",
    }
    simple = next((content for content, holds in known.items() if holds), None)
    return _searched(data, length) if simple is None else (simple, ())


def _searched(data: bytes, length: int) -> tuple[Content, tuple[str, ...]]:
    """By what stands anywhere in the bytes."""
    kinds = _kinds(data, length)
    if set(kinds) - ROOM:
        return Content.BLOCKS, tuple(sorted({kind.decode("ascii") for kind in kinds} - {"free", "skip", "wide"}))
    if len(data) - data.count(0) <= 8 * len(kinds):
        return Content.PADDING, ()
    return _text_or_data(data)


def _kinds(data: bytes, length: int) -> list[bytes]:
    """Kinds of what looks like a header with a size that fits into the file, as often as they come."""
    blocks = [(hit[0], int.from_bytes(data[hit.start() - 4 : hit.start()])) for hit in BLOCK.finditer(data, 4)]
    chunks = [
        (hit[0], int.from_bytes(data[hit.end() : hit.end() + 4], "little"))
        for hit in CHUNK.finditer(data, 0, max(0, len(data) - 4))
    ]
    return [kind for kind, size in (*blocks, *chunks) if 8 <= size <= length]


def _text_or_data(data: bytes) -> tuple[Content, tuple[str, ...]]:
    said = data.replace(b"\0", b"")
    if len(said) < SHORTEST_TEXT or len(said.translate(None, PRINTABLE)) > (1 - MOSTLY_TEXT) * len(said):
        return Content.DATA, ()
    text = "".join(chr(byte) if 0x20 <= byte < 0x7F else " " for byte in said[: 4 * EXCERPT])
    return Content.TEXT, (" ".join(text.split())[:EXCERPT].strip(),)

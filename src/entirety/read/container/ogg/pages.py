"""Goes through the pages of an Ogg file (RFC 3533): where each lies, which stream it is of, its number, and its checksum.

Pages of one stream are numbered without gaps, so a page that was taken out leaves its trace.
"""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from entirety.read.container.blocks import UNREAD, Block, Row, tell_end
from entirety.read.container.isobmff.source import Source
from entirety.read.container.search import Search

SIGN = b"OggS"
HEADER = 27
LONGEST_HEADER = HEADER + 255
CONTINUED, FIRST, LAST = 1, 2, 4
"""Bits of `header_type_flag`."""
MAX_CHECKED = 24 * 2**20
"""Bytes of pages whose checksum is computed: 0.1 s."""
NO_GRANULE = -1
"""Position of a page on which no packet ends."""
_SIGNS = re.compile(SIGN + b"\0")
_FIELDS = struct.Struct("<BqII4xB")
MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class Page(NamedTuple):
    """One page; fields as in RFC 3533, section 6."""

    offset: int
    size: int
    """Bytes, header included, as the page states them."""
    header: int
    flags: int
    granule: int
    serial: int
    sequence: int
    lacing: bytes


@dataclass(slots=True)
class Pages:
    """The file, what may still be visited in it, and what was met."""

    source: Source
    search: Search
    row: Row
    units: int
    complete: bool = True
    """False once something was not visited for lack of share."""
    count: int = 0
    checked: int = 0
    """Bytes of the pages whose checksum was computed."""
    checked_pages: int = 0
    wrong: list[int] = field(default_factory=list)
    """Where pages lie whose checksum does not fit."""


def checksum(raw: bytes) -> int:
    """The checksum of a page, its own field taken as zero: CRC-32 of the common polynomial, bits the other way round.

    The library computes it on mirrored bits and inverts before and after, which both calls below undo.
    """
    zeroed = raw[:22] + bytes(4) + raw[26:]
    mirrored = zlib.crc32(zeroed.translate(MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(MIRRORED))


def read_page(source: Source, offset: int) -> Page | None:
    """The page at `offset`; None where there is none."""
    raw = source.read(offset, LONGEST_HEADER)
    if len(raw) < HEADER or raw[:4] != SIGN or raw[4]:
        return None
    flags, granule, serial, sequence, count = _FIELDS.unpack_from(raw, 5)
    header = HEADER + count
    lacing = raw[HEADER:header]
    return Page(offset, header + sum(lacing), header, flags, granule, serial, sequence, lacing)


def walk_pages(pages: Pages, visit: Callable[[Page], None]) -> None:
    """Every page in file order; runs of neighbours become blocks, named after their place in the stream."""
    position, length = 0, pages.source.length
    while position < length:
        page = read_page(pages.source, position)
        if page is None:
            behind = _recover(pages, position)
            if behind is None:
                return
            position = behind
            continue
        pages.units -= 1
        room = min(page.size, length - position)
        if pages.units < 0 or not pages.row.extend(
            _kind(page.flags), position, room, min(page.header, room), page.size
        ):
            pages.complete = False
            tell_end(pages.source, position, "more pages than are visited; from here on none is")
            # Takes the place of what is not visited, lest it pass for bytes that belong to nothing.
            pages.row.blocks.append(Block(UNREAD, position, length - position, 0, length - position))
            return
        if page.size > room:
            pages.source.problem(position, f"a page states {page.size} bytes, and {room} are there")
        else:
            _check(pages, page)
        pages.count += 1
        visit(page)
        position += room


def _kind(flags: int) -> str:
    """Pages that begin and end streams stand out; all others are alike."""
    if flags & FIRST:
        return "OggS-bos"
    return "OggS-eos" if flags & LAST else "OggS"


def _check(pages: Pages, page: Page) -> None:
    if pages.checked + page.size > MAX_CHECKED:
        return
    pages.checked += page.size
    pages.checked_pages += 1
    raw = pages.source.read(page.offset, page.size)
    if checksum(raw) != int.from_bytes(raw[22:26], "little"):
        pages.wrong.append(page.offset)


def _recover(pages: Pages, position: int) -> int | None:
    """Where the next page begins; None where none follows."""
    behind = pages.search.find(_SIGNS, position + 1, pages.source.length, lambda place: _is_page(pages, place))
    if behind is None:
        words = f"no page begins here; the {pages.source.length - position} bytes from here belong to none"
    else:
        words = f"no page begins here; {behind - position} bytes belong to none, and reading goes on behind them"
    pages.source.problem(position, words)
    return behind


def _is_page(pages: Pages, place: int) -> bool:
    page = read_page(pages.source, place)
    return page is not None and place + page.size <= pages.source.length

"""Goes through the list of an AVI file that holds pictures and sound (`movi`), chunk by chunk, without reading what is in them."""

import re
from functools import lru_cache

from entirety.read.container.avi.state import Walk
from entirety.read.container.blocks import Row
from entirety.read.container.isobmff.kinds import is_plausible, kind_text

DATA = re.compile(rb"[0-9]{2}[A-Za-z_][A-Za-z0-9_]")
"""Two digits of stream number, two characters of what it is: `dc`, `db` pictures, `wb` sound, `pc` palette, `tx` text."""
INDEX = re.compile(rb"ix[0-9]{2}|[0-9]{2}ix")
SIGNS = re.compile(rb"[0-9]{2}(?:dc|db|wb)|LIST|idx1|ix[0-9]{2}")
"""What reading goes on at behind damage."""
OTHERS = frozenset((b"LIST", b"JUNK", b"idx1"))
MAX_NAMES = 8
"""Kinds of chunk named together in one run."""
RUN = "##"


def scan_movi(walk: Walk, start: int, end: int) -> Row:
    """The chunks in [start, end): runs of stream data, named after the chunks in them, and what stands between them."""
    row = Row(walk.source)
    names: list[set[bytes]] = []
    position, odd = start, False
    while end - position >= 8:
        raw = walk.source.read(position, 12)
        if not _class(raw[:4]):
            behind = _recover(walk, row, position, end, odd=odd)
            if behind is None:
                return _name(row, names)
            position, odd = behind, False
            continue
        walk.units -= 1
        size = int.from_bytes(raw[4:8], "little")
        room = min(8 + size + (size & 1), end - position)
        if walk.units < 0 or not _add(walk, row, raw, position, room):
            walk.stop(position, "more chunks than are visited; from here to the end of `movi` none is")
            return _name(row, names)
        if row.blocks[-1].kind == RUN:
            if len(names) < len(row.blocks):
                names.extend(set() for _ in range(len(row.blocks) - len(names)))
            names[-1].add(raw[:4])
        if 8 + size > end - position:
            walk.source.problem(position, f"`{kind_text(raw[:4])}` states {8 + size} bytes, and {room} are there")
        odd = bool(size & 1)
        position += room
    return _name(row, names)


@lru_cache(maxsize=1024)
def _class(kind: bytes) -> str:
    """What a chunk of this kind is; empty where none in `movi` is of this kind."""
    if DATA.fullmatch(kind):
        return "data"
    if INDEX.fullmatch(kind):
        return "index"
    return "other" if kind in OTHERS else ""


def _add(walk: Walk, row: Row, raw: bytes, position: int, room: int) -> bool:
    """List one chunk; False where the file has had its share."""
    kind = raw[:4]
    size = int.from_bytes(raw[4:8], "little")
    what = _class(kind)
    if what == "index":
        walk.indexes.append((position, room))
    elif what == "data":
        walk.note(kind, position, size)
        return row.extend(RUN, position, room, 8, 8 + size)
    elif kind == b"LIST":
        _visit_record(walk, position + 12, position + room)
        return row.extend(f"LIST-{kind_text(raw[8:12]).strip()}", position, room, min(12, room), 8 + size)
    return row.extend(kind_text(kind), position, room, 8, 8 + size)


def _visit_record(walk: Walk, position: int, end: int) -> None:
    """A list in `movi` (`rec `) groups chunks that are to be read at once."""
    while end - position >= 8 and walk.units > 0:
        raw = walk.source.read(position, 8)
        walk.units -= 1
        size = int.from_bytes(raw[4:8], "little")
        if _class(raw[:4]) == "data":
            walk.note(raw[:4], position, size)
        position += 8 + size + (size & 1)
    if end - position >= 8:
        walk.stop(position, "more chunks than are visited; from here on none is")


def _recover(walk: Walk, row: Row, position: int, end: int, *, odd: bool) -> int | None:
    """Where reading goes on behind bytes that begin no chunk; None where nothing follows."""
    walk.units -= 1
    if odd and _class(walk.source.read(position - 1, 4)):
        walk.source.problem(position - 1, "a chunk stands at an odd place, for the one before it was not filled up")
        row.blocks[-1].size -= 1
        return position - 1

    def fits(place: int) -> bool:
        raw = walk.source.read(place, 8)
        return _class(raw[:4]) != "" and int.from_bytes(raw[4:8], "little") + 8 <= end - place

    behind = walk.search.find(SIGNS, position + 1, end, fits)
    if behind is None:
        kind = walk.source.read(position, 4)
        if is_plausible(kind):
            words = f"`{kind_text(kind)}` is no kind of chunk that stands in `movi`"
        else:
            words = "these bytes begin no chunk"
        walk.source.problem(
            position, f"{words}; the {end - position} bytes from here to the end of `movi` belong to none"
        )
        return None
    words = f"these bytes begin no chunk; {behind - position} bytes belong to none, and reading goes on behind them"
    walk.source.problem(position, words)
    return behind


def _name(row: Row, names: list[set[bytes]]) -> Row:
    """Call each run after the chunks that are in it: `00dc+01wb`."""
    for block, kinds in zip(row.blocks, names, strict=False):
        if block.kind == RUN:
            block.kind = "+".join(sorted(kind_text(kind) for kind in kinds)[:MAX_NAMES])
    return row

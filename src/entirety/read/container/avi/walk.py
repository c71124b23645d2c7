"""Walks the chunks and lists of an AVI file and notes where each one lies.

An AVI file is one `RIFF` list, or several where it is longer than about one gigabyte (OpenDML: `AVI `, then `AVIX`). Bytes that
belong to no chunk are reported.
"""

import re

from entirety.read.container.avi.movi import scan_movi
from entirety.read.container.avi.state import Walk
from entirety.read.container.blocks import Block, Row
from entirety.read.container.isobmff.kinds import is_plausible, kind_text
from entirety.read.container.isobmff.source import MAX_DEPTH

LISTS = frozenset((b"RIFF", b"LIST"))
OUTSIDE = frozenset((b"RIFF", b"LIST", b"JUNK", b"idx1"))
"""What is believed to be a chunk at the top: a second list, or what a first one of wrong length has left outside."""
OPEN = frozenset((0, 2**32 - 1))
"""What writers put in place of a size that they fill in when the recording is closed."""
SIGNS = re.compile(rb"RIFF")
FORMS = frozenset((b"AVI ", b"AVIX"))


def walk_chunks(walk: Walk) -> list[Block]:
    """The chunks of the whole file with all that they hold; what lies between them belongs to none."""
    return _scan(walk, 0, walk.source.length, "", 0).blocks


def _scan(walk: Walk, start: int, end: int, parent: str, depth: int) -> Row:
    row = Row(walk.source)
    position = start
    while position < end:
        raw = walk.source.read(position, min(12, end - position))
        reason = _refuse(raw, parent, end - position)
        if reason:
            behind = _recover(walk, row, (position, end), parent, reason)
            if behind is None:
                break
            position = behind
            continue
        block = _read(walk, raw, position, end)
        if not row.add(block):
            walk.stop(position, "more chunks than are listed; some of those from here on are not")
            break
        if raw[:4] in LISTS and block.size >= 12:
            _fill(walk, block, raw, depth)
        position = block.end
    return row


def _refuse(raw: bytes, parent: str, room: int) -> str:
    """Why these bytes are not taken for a chunk; empty where they are."""
    if len(raw) < 8:
        return f"{len(raw)} bytes are too few for a chunk"
    if parent and not is_plausible(raw[:4]):
        return "these bytes begin no chunk"
    if not parent and (raw[:4] not in OUTSIDE or (raw[:4] == b"RIFF" and raw[8:12] not in FORMS)):
        return f"`{kind_text(raw[:4])}` is no kind of chunk that stands at the top"
    if not parent and raw[:4] != b"RIFF" and 8 + int.from_bytes(raw[4:8], "little") > room:
        return f"`{kind_text(raw[:4])}` stands at the top and states a size that does not fit"
    return ""


def _recover(walk: Walk, row: Row, left: tuple[int, int], parent: str, reason: str) -> int | None:
    """Where reading goes on behind bytes that begin no chunk; None where nothing follows."""
    position, end = left
    if parent and end - position < 8 and not any(walk.source.read(position, end - position)):
        return None  # Filling up to an even length; nothing is lost.
    last = row.blocks[-1] if row.blocks else None
    if parent and last is not None and last.declared & 1 and last.size == last.declared + 1:
        again = walk.source.read(position - 1, 12)
        if not _refuse(again, parent, end - position + 1):
            walk.source.problem(position - 1, "a chunk stands at an odd place, for the one before it was not filled up")
            last.size -= 1
            return position - 1
    behind = None if parent else walk.search.find(SIGNS, position + 1, end, lambda place: _is_riff(walk, place))
    if behind is None:
        walk.source.problem(position, f"{reason}; the {end - position} bytes from here belong to none")
    else:
        walk.source.problem(
            position, f"{reason}; {behind - position} bytes belong to none, and reading goes on behind them"
        )
    return behind


def _is_riff(walk: Walk, place: int) -> bool:
    return walk.source.read(place + 8, 4) in FORMS


def _read(walk: Walk, raw: bytes, offset: int, end: int) -> Block:
    """One chunk without what it holds; its size includes the byte that fills it up to an even length."""
    listed = raw[:4] in LISTS and len(raw) == 12
    kind = f"{kind_text(raw[:4])}-{kind_text(raw[8:12]).strip()}" if listed else kind_text(raw[:4])
    size = int.from_bytes(raw[4:8], "little")
    room = end - offset
    if listed and size in OPEN and (raw[:4] == b"RIFF" or raw[8:12] == b"movi"):
        walk.source.problem(
            offset, f"`{kind}` states no size, as in a recording that was not closed; it is taken to reach to the end"
        )
        return Block(kind, offset, room, 12, 0)
    if 8 + size > room:
        walk.source.problem(offset, f"`{kind}` states {8 + size} bytes, and {room} are there")
    kept = min(8 + size + (size & 1), room)
    return Block(kind, offset, kept, min(12, kept) if listed and size >= 4 else 8, 8 + size)


def _fill(walk: Walk, block: Block, raw: bytes, depth: int) -> None:
    if raw[:4] == b"RIFF":
        walk.riffs += 1
        if walk.riffs > 1 and raw[8:12] != b"AVIX":
            walk.source.problem(block.offset, f"another `{block.kind}`; many players show the first one only")
    if raw[8:12] == b"movi":
        walk.movi.append(block)
        block.children = scan_movi(walk, block.offset + block.header, _inside(block)).blocks
    elif depth + 1 >= MAX_DEPTH:
        words = f"lists are nested more than {MAX_DEPTH} deep; what `{block.kind}` holds is not read"
        walk.source.problem(block.offset, words)
    else:
        block.children = _scan(walk, block.offset + block.header, _inside(block), block.kind, depth + 1).blocks


def _inside(block: Block) -> int:
    """Where the chunks in a list end, filling left out."""
    return min(block.offset + block.declared, block.end) if block.declared else block.end

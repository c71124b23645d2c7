"""Walks the elements of a Matroska or WebM file and notes where each one lies.

Blocks of pictures and sound are listed as runs. Bytes that belong to no element are reported, and reading goes on behind them at
the next element that a player would find.
"""

import re
from dataclasses import dataclass

from entirety.read.container.blocks import Block, Row
from entirety.read.container.isobmff.source import MAX_DEPTH
from entirety.read.container.matroska.clusters import scan_cluster
from entirety.read.container.matroska.ebml import LONGEST_HEADER, Header, read_header
from entirety.read.container.matroska.elements import ANYWHERE, BY_ID, BY_KIND, RECURSIVE, ROOTS, RUNS, TOP, Element
from entirety.read.container.matroska.state import Cluster, Walk

_KNOWN = [element.id.to_bytes(4) for element in BY_ID.values() if element.kind in TOP | ROOTS]
_SIGNS = re.compile(b"|".join(re.escape(sign) for sign in _KNOWN))


@dataclass(frozen=True, slots=True)
class Parent:
    """Where a row of elements lies; no kind at the top of the file."""

    kind: str = ""
    segment: int = 0
    """Where the data of the segment begins."""
    depth: int = 0
    open_end: bool = False
    """The segment states no size, and ends where another begins."""


def walk_elements(walk: Walk) -> list[Block]:
    """The elements of the whole file with all that they hold; what lies between them belongs to none."""
    return _scan(walk, 0, walk.source.length, Parent())[0].blocks


def _scan(walk: Walk, start: int, end: int, parent: Parent) -> tuple[Row, int]:
    """Elements that follow each other in [start, end), and where they end."""
    row = Row(walk.source)
    position = start
    while position < end:
        header = read_header(walk.source.read(position, min(LONGEST_HEADER, end - position)))
        reason = _refuse(header, end - position, parent.kind)
        if parent.open_end and header is not None and not reason and _kind(header) in ROOTS:
            break
        if header is None or reason:
            behind = _recover(walk, position, end, parent, reason)
            if behind is None:
                break
            position = behind
            continue
        block = _read(walk, header, position, end, parent)
        if not _visit(walk, block.kind) or not _append(row, block):
            walk.stop(position, "more elements than are visited; some of those from here on are not listed")
            break
        _enter(walk, block, parent)
        position = block.end
    return row, position


def _visit(walk: Walk, kind: str) -> bool:
    """True where one more of the elements of which there are many may be visited."""
    if kind == "CuePoint":
        walk.cues -= 1
        return walk.cues >= 0
    if kind in RUNS:
        walk.units -= 1
        return walk.units >= 0
    return True


def _append(row: Row, block: Block) -> bool:
    if block.kind in RUNS:
        return row.extend(block.kind, block.offset, block.size, block.header, block.declared)
    return row.add(block)


def _kind(header: Header) -> str:
    element = BY_ID.get(header.id)
    return element.kind if element else f"0x{header.id:X}"


def _refuse(header: Header | None, room: int, parent: str) -> str:
    """Why these bytes are not taken for an element; empty where they are."""
    if header is None:
        return "these bytes begin no element"
    element = BY_ID.get(header.id)
    fits = 0 <= header.data <= room - header.length
    if element is None and (not parent or not fits):
        return f"`0x{header.id:X}` is not a known kind of element" + (
            "" if fits else " and states a size that does not fit"
        )
    if element is not None and not parent and element.kind not in ROOTS | TOP and element.parent != ANYWHERE:
        return f"`{element.kind}` cannot stand outside a segment"
    return ""


def _recover(walk: Walk, position: int, end: int, parent: Parent, reason: str) -> int | None:
    """Where reading goes on behind bytes that are no element, at the top or in a segment; None where nothing follows."""
    if parent.kind in {"", "Segment"}:
        behind = walk.search.find(_SIGNS, position + 1, end, lambda place: _fits(walk, place, end))
        if behind is not None:
            walk.source.problem(
                position, f"{reason}; {behind - position} bytes belong to none, and reading goes on behind them"
            )
            return behind
    if not parent.open_end:  # else the bytes lie behind the segment, and are judged there
        walk.source.problem(position, f"{reason}; the {end - position} bytes from here belong to none")
    return None


def _fits(walk: Walk, place: int, end: int) -> bool:
    header = read_header(walk.source.read(place, LONGEST_HEADER))
    return header is not None and header.length + header.data <= end - place


def _read(walk: Walk, header: Header, offset: int, end: int, parent: Parent) -> Block:
    """One element without what it holds."""
    kind = _kind(header)
    _check_place(walk, BY_ID.get(header.id), offset, parent.kind)
    size = header.length + header.data if header.data >= 0 else 0
    room = min(size or end - offset, end - offset)
    if header.data < 0 and kind not in {"Segment", "Cluster"}:
        walk.source.problem(offset, f"`{kind}` states no size, which only a segment and a cluster may")
    if size > room:
        walk.source.problem(offset, f"`{kind}` states {size} bytes, and {room} are there")
    return Block(kind, offset, room, header.length, size)


def _enter(walk: Walk, block: Block, parent: Parent) -> None:
    """Read what an element holds, where it holds others."""
    element = BY_KIND.get(block.kind)
    if block.kind == "Cluster":
        _fill_cluster(walk, block, parent.segment)
    elif element is not None and element.form == "m" and block.kind not in RUNS:
        _fill(walk, block, parent)


def _check_place(walk: Walk, element: Element | None, offset: int, parent: str) -> None:
    if element is None or element.parent in {ANYWHERE, parent}:
        return
    if element.kind == parent and parent in RECURSIVE:
        return
    if parent in BY_KIND or not parent:
        where = f"inside `{parent}`" if parent else "outside a segment"
        home = f"inside `{element.parent}`" if element.parent else "at the top"
        walk.source.problem(offset, f"`{element.kind}` stands {where}; the standard has it {home}")


def _fill_cluster(walk: Walk, block: Block, segment: int) -> None:
    cluster = Cluster(block, segment)
    walk.clusters.append(cluster)
    if walk.units <= 0 and block.declared:
        return
    row, end = scan_cluster(walk, cluster, block.offset + block.header, block.end, open_end=not block.declared)
    cluster.walked = end is not None
    block.children = row.blocks
    if block.declared:
        return
    if end is None:
        here = row.blocks[-1].end if row.blocks else block.offset
        walk.stop(here, "more blocks than are visited; what follows is taken for one cluster and not read")
    else:
        block.size = end - block.offset


def _fill(walk: Walk, block: Block, parent: Parent) -> None:
    if parent.depth + 1 >= MAX_DEPTH:
        words = f"elements are nested more than {MAX_DEPTH} deep; what `{block.kind}` holds is not read"
        walk.source.problem(block.offset, words)
        return
    start = block.offset + block.header
    whole = block.kind == "Segment"
    inside = Parent(block.kind, start if whole else parent.segment, parent.depth + 1, whole and not block.declared)
    row, end = _scan(walk, start, block.end, inside)
    block.children = row.blocks
    if inside.open_end and walk.complete:
        block.size = end - block.offset

"""Walks the labelled blocks ("boxes") of an ISO-BMFF or QuickTime file and notes where each one lies.

Nothing inside media data is read. Bytes that belong to no box are reported, because a player never shows them and they may
say how the file came about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entirety.model.container import Box
from entirety.read.container.isobmff.kinds import (
    COUNTED_CONTAINERS,
    ENTRY_FIELDS,
    PLAIN_CONTAINERS,
    TOP_LEVEL,
    is_plausible,
    kind_text,
)
from entirety.read.container.isobmff.source import MAX_BOXES, MAX_DEPTH, Source
from entirety.read.container.paths import paths

LONGEST_HEADER = 32
"""8 bytes, 8 of a 64-bit size, 16 of a uuid."""


@dataclass(frozen=True, slots=True)
class Header:
    """One box before its children are known; fields as in `Box`."""

    kind: str
    offset: int
    size: int
    length: int
    declared: int

    @property
    def body(self) -> int:
        return self.offset + self.length

    @property
    def end(self) -> int:
        return self.offset + self.size


@dataclass(frozen=True, slots=True)
class Parent:
    """Where a row of boxes lies."""

    kind: str
    path: str
    depth: int
    handler: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands between a box's header and its first child."""

    fields: int
    """Bytes, version and flags included."""
    full: bool = False
    """Begins with version and flags."""
    counted: bool = False
    """States how many children follow."""


TOP = Parent("", "", 0, "")


def walk_boxes(source: Source) -> tuple[tuple[Box, ...], tuple[tuple[int, int], ...]]:
    """Top-level boxes with all their children, and the byte ranges that belong to none; together they cover the file."""
    headers, end = _scan(source, 0, source.length, TOP)
    leftovers = ((end, source.length),) if end < source.length else ()
    return _build(source, headers, TOP), leftovers


def _scan(source: Source, start: int, end: int, parent: Parent) -> tuple[list[Header], int]:
    """Headers of the boxes that follow each other in [start, end), and where the last one ends."""
    headers: list[Header] = []
    position = start
    while position < end:
        header = _read_header(source, position, end, parent)
        if header is None:
            break
        headers.append(header)
        position = header.end
    return headers, position


def _read_header(source: Source, offset: int, end: int, parent: Parent) -> Header | None:
    """The box at `offset`, never past `end`; None where there is none, with the reason recorded."""
    raw = source.read(offset, min(LONGEST_HEADER, end - offset))
    if len(raw) < 8:
        if len(raw) != 4 or any(raw) or not parent.depth:  # QuickTime ends some containers with a zero word
            source.problem(offset, f"{end - offset} bytes belong to no box")
        return None
    if source.budget.boxes <= 0:
        source.problem(offset, f"more than {MAX_BOXES} boxes; from here on none is read")
        return None
    small = int.from_bytes(raw[:4])
    wide = small == 1 and len(raw) >= 16
    length = (16 if wide else 8) + (16 if raw[4:8] == b"uuid" else 0)
    declared = int.from_bytes(raw[8:16]) if wide else small
    kind = kind_text(raw[4:8])
    reason = _refuse(declared, length, raw[4:8], end - offset, top=not parent.depth)
    if reason:
        source.problem(offset, f"{reason}; the {end - offset} bytes from here belong to no box")
        return None
    source.budget.boxes -= 1
    size = declared or end - offset
    if not declared and parent.depth:
        source.problem(
            offset, f"`{kind}` inside another box states no size; it is taken to reach to the end of that box"
        )
    if size > end - offset:
        source.problem(offset, f"`{kind}` states {size} bytes, and {end - offset} are there")
        size = end - offset
    return Header(kind, offset, size, min(length, size), declared)


def _refuse(declared: int, length: int, kind: bytes, room: int, *, top: bool) -> str:
    """Why these bytes are not taken for a box; empty where they are."""
    if 0 < declared < length:
        return f"a size of {declared} is less than the box's own header"
    if not declared and not any(kind):
        return "zeros stand where a box should begin"
    if not top:
        return ""
    name = kind_text(kind)
    if not is_plausible(kind) or kind[0] == 0xA9:
        return f"`{name}` is no kind of box"
    # Text and other trailing bytes read as a box of an unheard-of kind and an absurd size; a cut box has a known kind.
    if name not in TOP_LEVEL and (declared > room or not declared):
        return f"`{name}` is not a known kind of box and states a size that does not fit"
    return ""


def _build(source: Source, headers: Sequence[Header], parent: Parent) -> tuple[Box, ...]:
    """Boxes with their children, for one row of headers."""
    if parent.kind == "mdia":
        handler = next((_handler(source, header) for header in headers if header.kind == "hdlr"), "")
        parent = replace(parent, handler=handler)
    places = paths([header.kind for header in headers], parent.path)
    return tuple(_build_box(source, header, path, parent) for header, path in zip(headers, places, strict=True))


def _build_box(source: Source, header: Header, path: str, parent: Parent) -> Box:
    layout = _layout(source, header, parent)
    children: tuple[Box, ...] = ()
    length = header.length
    if layout is not None and parent.depth + 1 >= MAX_DEPTH:
        words = f"boxes are nested more than {MAX_DEPTH} deep; what `{header.kind}` holds is not read"
        source.problem(header.offset, words)
    elif layout is not None:
        inside = Parent(header.kind, path, parent.depth + 1, parent.handler)
        rows, _ = _scan(source, header.body + layout.fields, header.end, inside)
        children = _build(source, rows, inside)
        if layout.counted:
            _check_count(source, header, len(children))
        length += 4 if layout.full else 0
    return Box(header.kind, header.offset, header.size, length, header.declared, path, children)


def _layout(source: Source, header: Header, parent: Parent) -> Layout | None:
    """How the box holds its children; None where it holds none."""
    room = header.end - header.body
    if parent.kind == "stsd":
        candidates = ENTRY_FIELDS.get(parent.handler, ())
        return next((Layout(skip) for skip in candidates if _begins_box(source, header, skip)), None)
    if parent.kind == "ilst" or header.kind in PLAIN_CONTAINERS:
        return Layout(0)
    if header.kind == "meta":
        # A full box in ISO files, a plain atom in QuickTime: only the plain one begins with a child's header.
        return Layout(0) if room < 4 or _begins_box(source, header, 0) else Layout(4, full=True)
    if header.kind in COUNTED_CONTAINERS and room >= 8:
        return Layout(8, full=True, counted=True)
    return None


def _begins_box(source: Source, header: Header, skip: int) -> bool:
    """True where a box can begin `skip` bytes into the body."""
    start = header.body + skip
    raw = source.read(start, 8) if header.end - start >= 8 else b""
    return is_plausible(raw[4:8]) and 8 <= int.from_bytes(raw[:4]) <= header.end - start


def _check_count(source: Source, header: Header, found: int) -> None:
    count = int.from_bytes(source.read(header.body + 4, 4))
    if count != found:
        source.problem(header.offset, f"`{header.kind}` states {count} entries, and {found} are there")


def _handler(source: Source, header: Header) -> str:
    """The handler type in an `hdlr` box, four characters."""
    return kind_text(source.read(header.body + 8, min(4, max(0, header.end - header.body - 8))))

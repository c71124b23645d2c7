"""Walks the objects of an ASF file: 16 bytes say what each is, 8 bytes how long (ASF Specification, 2.2)."""

from entirety.model.container import Box
from entirety.read.container.asf.guids import DATA, HEADER, HEADER_EXTENSION, is_known, object_name
from entirety.read.container.isobmff.source import MAX_BOXES, MAX_DEPTH, Source
from entirety.read.container.paths import placed

LENGTH = 24
"""Bytes of an object's header."""
FIELDS = {HEADER: 6, HEADER_EXTENSION: 22}
"""Bytes between the header and the first child, by the kinds that have children."""
DATA_FIELDS = 26
"""File ID, number of packets and two reserved bytes."""
_BEGIN = bytes.fromhex("3026B2758E66CF11A6D900AA0062CE6C")


def looks_like_asf(head: bytes) -> bool:
    """True where the file begins with a header object."""
    return head.startswith(_BEGIN)


def walk_objects(source: Source) -> tuple[tuple[Box, ...], tuple[tuple[int, int], ...]]:
    """Top-level objects with what they hold, and the byte ranges that belong to none."""
    boxes, end = _row(source, 0, source.length, "", 0)
    return boxes, ((end, source.length),) if end < source.length else ()


def _row(source: Source, start: int, end: int, path: str, depth: int) -> tuple[tuple[Box, ...], int]:
    """The objects that follow each other in [start, end), and where the last one ends."""
    boxes: list[Box] = []
    while start < end:
        box = _object(source, start, end)
        if box is None:
            break
        boxes.append(box)
        start = box.end
    return tuple(_fill(source, box, depth) for box in placed(boxes, path)), start


def _object(source: Source, offset: int, end: int) -> Box | None:
    """The object at `offset`, its children left out; None where there is none, with the reason recorded."""
    raw, room = source.read(offset, min(LENGTH, end - offset)), end - offset
    size = int.from_bytes(raw[16:24], "little")
    name = object_name(raw[:16])
    if len(raw) < LENGTH:
        source.problem(offset, f"{room} bytes belong to no object")
        return None
    if source.budget.boxes <= 0:
        source.problem(offset, f"more than {MAX_BOXES} objects; from here on none is read")
        return None
    # A live recording that was broken off may leave the size of its data unset.
    unset = name == DATA and size == 0
    if not unset and (size < LENGTH or (not is_known(raw[:16]) and size > room)):
        words = (
            f"{name} is not known or states an impossible size ({size}); the {room} bytes from here belong to no object"
        )
        source.problem(offset, words)
        return None
    source.budget.boxes -= 1
    if size > room:
        source.problem(offset, f"{name} states {size} bytes, and {room} are there")
    there = room if unset else min(size, room)
    length = LENGTH + (DATA_FIELDS if name == DATA else FIELDS.get(name, 0))
    return Box(name, offset, there, min(length, there), size, "")


def _fill(source: Source, box: Box, depth: int) -> Box:
    if box.kind not in FIELDS:
        return box
    if depth + 1 >= MAX_DEPTH:
        source.problem(box.offset, f"objects are nested more than {MAX_DEPTH} deep; what this one holds is not read")
        return box
    children, _ = _row(source, box.offset + box.header, box.end, box.path, depth + 1)
    return Box(box.kind, box.offset, box.size, box.header, box.declared, box.path, children)

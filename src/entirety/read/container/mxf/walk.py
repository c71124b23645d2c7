"""Walks the pieces of an MXF file: each is a key, a length and a value (KLV, SMPTE ST 336).

The pieces of one partition are held together in one block whose header is the partition pack.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from entirety.model.container import Box
from entirety.read.container.isobmff.source import Source
from entirety.read.container.mxf.keys import ESSENCE, FILL, LABEL, PARTITION_NAMES, RANDOM, name, partition
from entirety.read.container.paths import placed

KEY = 16
LONGEST_HEAD = 25
"""Key, and a length in its longest form."""
MAX_PIECES = 5_000_000
"""Ten pieces for each picture of five hours; walking them takes about ten seconds."""
LONGEST_RUN_IN = 65_535
"""Bytes that the standard allows before the first partition (SMPTE ST 377-1, 6.5)."""
MAX_LOSSES = 1_000
"""What follows more losses than this is left unread, and that is said."""
WINDOW = 2**20


_name = lru_cache(maxsize=1_000)(name)
"""A long recording repeats some ten keys hundreds of thousands of times."""


class Piece(NamedTuple):
    """One key with its length and value."""

    kind: str
    offset: int
    head: int
    """Bytes of key and length."""
    declared: int
    """As stated, key and length included."""


@dataclass(slots=True)
class Group:
    """A partition under way: its pack, and what follows it."""

    kind: str
    start: int
    header: int
    declared: int
    end: int
    inside: list[Box] = field(default_factory=list)
    essence: int = -1
    """Where the run of pictures and sound under way begins."""
    stated: int = 0
    """Bytes that its pieces state."""


@dataclass(slots=True)
class Walk:
    groups: list[Group] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    pieces: int = 0


def walk_pieces(source: Source) -> tuple[tuple[Box, ...], tuple[tuple[int, int], ...]]:
    """Top-level blocks with what they hold, and the byte ranges that belong to none."""
    walk = Walk()
    position = _run_in(source, walk)
    inside = False
    while position < source.length:
        piece = None if _is_full(source, walk) else _piece(source, position)
        if piece is None:
            position = _skip(source, walk, position)
            inside = False
            continue
        walk.pieces += 1
        position = _place(source, walk, piece, inside=inside)
        inside = piece.kind != RANDOM
    return tuple(_boxes(walk)), tuple(walk.gaps)


def _is_full(source: Source, walk: Walk) -> bool:
    return walk.pieces >= MAX_PIECES or source.budget.boxes <= 0 or len(walk.gaps) >= MAX_LOSSES


def _run_in(source: Source, walk: Walk) -> int:
    """Bytes before the first partition."""
    if source.length == 0 or _piece(source, 0) is not None:
        return 0
    found = _next_partition(source, 0)
    if not 0 < found <= LONGEST_RUN_IN or found == source.length:
        return 0
    walk.groups.append(Group("RunIn", 0, 0, found, found))
    return found


def _piece(source: Source, offset: int) -> Piece | None:
    """The piece at `offset`; None where no label stands or its length has a form that is not allowed."""
    raw = source.read(offset, LONGEST_HEAD)
    if len(raw) < KEY + 1 or not raw.startswith(LABEL):
        return None
    first = raw[KEY]
    octets = first & 0x7F if first & 0x80 else 0
    if first == 0x80 or octets > 8 or len(raw) < KEY + 1 + octets:
        return None
    value = int.from_bytes(raw[KEY + 1 : KEY + 1 + octets]) if octets else first
    head = KEY + 1 + octets
    return Piece(_name(raw[:KEY]), offset, head, head + value)


def _place(source: Source, walk: Walk, piece: Piece, *, inside: bool) -> int:
    """Put a piece where it belongs; gives where the next should begin."""
    there = min(piece.declared, source.length - piece.offset)
    if piece.declared > there:
        source.problem(piece.offset, f"{piece.kind} states {piece.declared} bytes, and {there} are there")
    end = piece.offset + there
    if piece.kind in PARTITION_NAMES:
        source.budget.boxes -= 1
        walk.groups.append(Group(piece.kind, piece.offset, there, there, end))
    elif piece.kind == RANDOM or not inside:
        source.budget.boxes -= 1
        walk.groups.append(Group(piece.kind, piece.offset, min(piece.head, there), piece.declared, end))
    else:
        _hold(source, walk.groups[-1], piece, there)
    return end


def _hold(source: Source, group: Group, piece: Piece, there: int) -> None:
    """Add a piece to the partition under way; pictures, sound and the filling between them make one block."""
    if piece.kind == ESSENCE or (piece.kind == FILL and group.essence >= 0):
        group.essence = piece.offset if group.essence < 0 else group.essence
        group.stated += piece.declared
        group.end = piece.offset + there
        return
    _close(group)
    group.end = piece.offset + there
    source.budget.boxes -= 1
    group.inside.append(Box(piece.kind, piece.offset, there, min(piece.head, there), piece.declared, ""))


def _close(group: Group) -> None:
    """End the run of pictures and sound under way."""
    if group.essence >= 0:
        group.inside.append(Box(ESSENCE, group.essence, group.end - group.essence, 0, group.stated, ""))
        group.essence, group.stated = -1, 0


def _skip(source: Source, walk: Walk, position: int) -> int:
    over = _is_full(source, walk)
    found = source.length if over else _next_partition(source, position + 1)
    walk.gaps.append((position, found))
    left = found - position
    if over:
        source.problem(position, f"too many pieces or losses of them; the {left} bytes from here are not read")
    elif found == source.length:
        source.problem(position, f"no label stands where one should; the {left} bytes from here belong to no piece")
    else:
        source.problem(position, f"no label stands where one should; the next partition begins at byte {found}")
    return found


def _next_partition(source: Source, position: int) -> int:
    """Where the next partition begins; the end of the file where none does."""
    while position < source.length:
        data = source.read(position, WINDOW)
        at = data.find(LABEL)
        while at >= 0:
            key = data[at : at + KEY]
            if len(key) == KEY and partition(key):
                return position + at
            at = data.find(LABEL, at + 1)
        if len(data) < KEY or position + len(data) >= source.length:
            break
        position += len(data) - KEY + 1
    return source.length


def _boxes(walk: Walk) -> list[Box]:
    for group in walk.groups:
        _close(group)
    tops = [Box(g.kind, g.start, g.end - g.start, g.header, _declared(g), "") for g in walk.groups]
    return [
        Box(b.kind, b.offset, b.size, b.header, b.declared, b.path, tuple(placed(group.inside, b.path)))
        for b, group in zip(placed(tops, ""), walk.groups, strict=True)
    ]


def _declared(group: Group) -> int:
    """A partition states no size of its own: as far as its pieces reach."""
    if not group.inside:
        return max(group.declared, group.end - group.start)
    last = group.inside[-1]
    return max(last.offset + last.declared, group.end) - group.start

"""Goes through one cluster of a Matroska file: its own time and place, and its blocks of pictures and sound, whose bytes stay unread."""

from entirety.read.container.blocks import Row
from entirety.read.container.matroska.ebml import Header, read_header
from entirety.read.container.matroska.elements import BY_ID, ROOTS, TOP
from entirety.read.container.matroska.state import Cluster, Walk

GLANCE = 40
"""Bytes read of each element: the header of a `BlockGroup`, that of the `Block` in it, its track and its time."""
SIMPLE_BLOCK = 0xA3
BLOCK_GROUP = 0xA0
BLOCK = b"\xa1"
TIMESTAMP, POSITION, PREV_SIZE = 0xE7, 0xA7, 0xAB
LARGEST_NUMBER = 8


def scan_cluster(walk: Walk, cluster: Cluster, start: int, end: int, *, open_end: bool) -> tuple[Row, int | None]:
    """Runs of the elements in [start, end), and where they end: with `open_end` before the first that no cluster holds.

    The end is None where the file has had its share of visits.
    """
    row = Row(walk.source)
    position = start
    while position < end:
        raw = walk.source.read(position, min(GLANCE, end - position))
        header = read_header(raw)
        if header is None or (open_end and _ends(header)):
            if header is None and not open_end:
                words = f"the {end - position} bytes from here to the end of the cluster are no element"
                walk.source.problem(position, words)
            return row, position
        walk.units -= 1
        if walk.units < 0:
            return row, None
        left = end - position
        size = header.length + header.data if header.data >= 0 else left
        if size > left or header.data < 0:
            _complain(walk, position, header, end)
        if not row.extend(_kind(header.id), position, min(size, left), header.length, size):
            return row, None
        _note(walk, cluster, header, raw, position)
        position += size
    return row, min(position, end)


def _ends(header: Header) -> bool:
    """True where the element cannot stand in a cluster, by RFC 8794 the end of one that states no size."""
    element = BY_ID.get(header.id)
    return element is not None and (element.kind in TOP or element.kind in ROOTS)


def _kind(number: int) -> str:
    element = BY_ID.get(number)
    return element.kind if element else f"0x{number:X}"


def _complain(walk: Walk, position: int, header: Header, end: int) -> None:
    kind = _kind(header.id)
    if header.data < 0:
        walk.source.problem(position, f"`{kind}` states no size, which only a segment and a cluster may")
    else:
        stated = header.length + header.data
        walk.source.problem(position, f"`{kind}` states {stated} bytes, and {end - position} are there")


def _note(walk: Walk, cluster: Cluster, header: Header, raw: bytes, position: int) -> None:
    """Take over what the element says: a number of the cluster, or the track and time of a block."""
    body = header.length
    if header.id == SIMPLE_BLOCK:
        _count(walk, cluster, raw, body, position)
    elif header.id == BLOCK_GROUP and raw[body : body + 1] == BLOCK:
        inner = read_header(raw[body:])
        if inner is not None:
            _count(walk, cluster, raw, body + inner.length, position)
    elif header.id in {TIMESTAMP, POSITION, PREV_SIZE} and header.data <= LARGEST_NUMBER:
        value = int.from_bytes(raw[body : body + max(header.data, 0)])
        if header.id == TIMESTAMP:
            cluster.timestamp = value
        elif header.id == POSITION:
            cluster.position = value
        else:
            cluster.previous = value


def _count(walk: Walk, cluster: Cluster, raw: bytes, body: int, position: int) -> None:
    """Track number, then a signed 16-bit time from that of the cluster."""
    if body >= len(raw):
        return
    track = raw[body] & 0x7F
    wide = 1 if raw[body] != track else 9 - raw[body].bit_length()
    if wide > 8 or len(raw) < body + wide + 2:
        return
    if wide > 1:
        track = int.from_bytes(raw[body : body + wide]) & ((1 << 7 * wide) - 1)
    time = int.from_bytes(raw[body + wide : body + wide + 2], signed=True)
    walk.count(track, (cluster.timestamp or 0) + time, position)

"""Finds the packets of a transport stream: where they begin, how far apart, and where that order is lost.

Every packet begins with the byte 0x47, which may stand anywhere else too; only several of them at the right distance count
(ISO/IEC 13818-1, 2.4.3.2). Discs put an arrival time of 4 bytes before each packet, broadcast links 16 bytes of parity after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entirety.read.container.isobmff.source import Source

PACKET = 188
SYNC = 0x47
SYNCS = 5
"""Packets in a row that make a stream: by chance, five sync bytes at one distance come once in 10^12 bytes."""
SPACINGS = ((188, 0), (192, 4), (204, 0))
"""Bytes from packet to packet, and how many of them stand before the sync byte."""
BATCH = 16_384
"""Packets measured at a time, 3 MB."""
FIRST_BATCH = 64
"""After a loss of sync the next one may be near; what is read beyond it is read again."""
MAX_LOSSES = 2_000
"""A recording with more losses of sync than this is damaged throughout; what follows is left unread, and that is said."""
WINDOW = 2**20
"""Bytes searched at a time for the next packets."""

Bytes = NDArray[np.uint8]


@dataclass(slots=True)
class Stretches:
    """Where packets follow each other without a gap, and the byte ranges between them."""

    found: list[tuple[int, int, int]] = field(default_factory=list)
    """First byte, byte after the last, bytes from packet to packet."""
    gaps: list[tuple[int, int]] = field(default_factory=list)


def looks_like_mpegts(head: bytes) -> bool:
    """True where several packets stand at the very beginning, or follow each other to the end of the head from wherever a cut stream has its first."""
    found = find_packets(np.frombuffer(head, np.uint8), last=False)
    if found is None:
        return False
    start, (spacing, lead) = found
    inside = range(start + lead, len(head) - 3, spacing)
    return start == 0 or all(head[at] == SYNC for at in inside)


def find_packets(data: Bytes, *, last: bool) -> tuple[int, tuple[int, int]] | None:
    """Where the first packet of several in a row begins, its lead included, and their spacing.

    `last` says that the file ends where `data` does: then as many packets as there is room for are enough, two at least.
    """
    # 01 to 11 say what a packet holds, 00 is reserved: it sorts out long rows of one letter G.
    begins = (data[:-3] == SYNC) & ((data[3:] & 0x30) != 0) if len(data) > 3 else np.zeros(0, np.bool_)
    best: tuple[int, tuple[int, int]] | None = None
    for spacing, lead in SPACINGS:
        at = np.flatnonzero(begins)
        at = at[(at >= lead) & (at + (spacing if last else spacing * (SYNCS - 1)) + PACKET <= len(data))]
        for step in range(1, SYNCS):
            there = at + step * spacing
            beyond = there + PACKET > len(data)
            at = at[beyond | begins[np.minimum(there, len(begins) - 1)]]
        if len(at) and (best is None or at[0] - lead < best[0]):
            best = int(at[0]) - lead, (spacing, lead)
    return best


def packets(source: Source, stretches: Stretches) -> Iterator[tuple[Bytes, NDArray[np.int64]]]:
    """All packets in file order, many at a time: rows of 188 bytes, and the position of each one's sync byte."""
    rows: list[Bytes] = []
    places: list[NDArray[np.int64]] = []
    held = 0
    for row, place in _pieces(source, stretches):
        rows.append(row)
        places.append(place)
        held += len(row)
        if held >= BATCH:
            yield np.concatenate(rows), np.concatenate(places)
            rows, places, held = [], [], 0
    if held:
        yield np.concatenate(rows), np.concatenate(places)


def _pieces(source: Source, stretches: Stretches) -> Iterator[tuple[Bytes, NDArray[np.int64]]]:
    position = 0
    while position < source.length:
        found = _search(source, position) if len(stretches.gaps) < MAX_LOSSES else None
        start, (spacing, lead) = found or (source.length, SPACINGS[0])
        if start > position:
            _lost(source, stretches, position, start)
        if found is None:
            return
        position = start
        for row, place in _unbroken(source, start, spacing, lead):
            position = int(place[-1]) - lead + spacing
            yield row, place
        if position > start:
            stretches.found.append((start, position, spacing))
        else:
            _lost(source, stretches, start, source.length)
            return


def _unbroken(source: Source, start: int, spacing: int, lead: int) -> Iterator[tuple[Bytes, NDArray[np.int64]]]:
    """Packets from `start` until the first that does not begin with the sync byte."""
    size = FIRST_BATCH
    while True:
        data = source.read(start, size * spacing)
        whole = len(data) // spacing
        table = np.frombuffer(data, np.uint8, whole * spacing).reshape(whole, spacing)
        good = table[:, lead] == SYNC
        kept = whole if good.all() else int(good.argmin())
        if kept:
            rows = table[:kept, lead : lead + PACKET]
            # A view would keep all that was read in memory, for each of many short rows.
            yield rows if kept == whole else rows.copy(), start + lead + spacing * np.arange(kept, dtype=np.int64)
        if kept < size:
            return
        start += kept * spacing
        size = min(4 * size, BATCH)


def _search(source: Source, position: int) -> tuple[int, tuple[int, int]] | None:
    """The next packets from `position` on."""
    size = 4_096
    while position < source.length:
        data = source.read(position, size)
        last = position + len(data) >= source.length
        found = find_packets(np.frombuffer(data, np.uint8), last=last)
        if found:
            return position + found[0], found[1]
        if last or not data:
            return None
        # A row of packets that began near the end of this window is found in the next.
        position += max(1, len(data) - SYNCS * max(spacing for spacing, _ in SPACINGS))
        size = min(4 * size, WINDOW)
    return None


def _lost(source: Source, stretches: Stretches, start: int, end: int) -> None:
    stretches.gaps.append((start, end))
    if len(stretches.gaps) > MAX_LOSSES:
        words = f"packets were lost and found again {MAX_LOSSES} times; the {end - start} bytes from here are not read"
    elif end == source.length and end - start < max(spacing for spacing, _ in SPACINGS):
        words = f"the last {end - start} bytes are less than a packet"
    elif end == source.length:
        words = f"no packets follow each other in the last {end - start} bytes"
    else:
        words = f"{end - start} bytes are no packets; packets follow each other again from byte {end} on"
    source.problem(start, words)

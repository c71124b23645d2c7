"""Finds the bytes of an MP4, MOV or 3GP file that no table refers to: media data that no player reads.

A cut can be made by rewriting the tables alone; the coded pictures of the part left out then stay in the file. Padding, free space and
blocks that some device keeps without a table lie in the same places, so what the bytes hold is looked at elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Box, Movie
from entirety.model.further import Ranges
from entirety.read.container.isobmff.fields import find
from entirety.read.container.isobmff.source import MAX_SAMPLES_MOVIE, MAX_SAMPLES_TRACK, Source

SHORTEST = 8
"""Bytes: a length of four, a unit's header and something in it. Shorter gaps hold no picture; devices that align their data leave such gaps."""
MOST_RANGES = 200_000
"""Ranges kept, first in the file first: two hours at 25 pictures a second, sound between any two."""
MOST_BYTES = 1 << 28
"""256 MiB of bytes that nothing refers to are looked at: half a minute of reading from a slow disk."""
PIECE = 1 << 20
FREE = ("free", "skip", "wide")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What the tables leave out."""

    ranges: Ranges
    """In the media data."""
    size: int
    """Bytes of the media data that no sample refers to, padding left out; those beyond a bound are counted and not in `ranges`."""
    others: Ranges
    """In free space and in what belongs to no block."""
    padding: int
    """Bytes in the media data that hold one value repeated."""
    media: int
    """Bytes of all media data."""
    complete: bool
    """False where a bound was reached, or the tables have more rows than are read, so that nothing can be said."""


def unlisted(source: Source, movie: Movie) -> Unlisted:
    """The byte ranges that no sample refers to; those of one repeated value are counted and left out."""
    media = [(box.offset + box.header, box.end) for box in movie.boxes if box.kind == "mdat"]
    other = [(box.offset + box.header, box.end) for box in movie.boxes if box.kind in FREE]
    total = sum(end - start for start, end in media)
    rows = [len(track.samples) for track in movie.tracks]
    if max(rows, default=0) >= MAX_SAMPLES_TRACK or sum(rows) >= MAX_SAMPLES_MOVIE:
        return Unlisted((), 0, (), 0, total, complete=False)
    gaps = _gaps(movie, source.length, _loose_sound(source, movie))
    inside, outside = _Kept(source, MOST_BYTES), _Kept(source, MOST_BYTES)
    for area in media:
        inside.take(_within(*gaps, area))
    for area in (*other, *movie.leftovers):
        outside.take(_within(*gaps, area))
    complete = inside.complete and outside.complete
    ranges, others = tuple(inside.ranges), tuple(sorted(outside.ranges))
    return Unlisted(ranges, inside.size, others, inside.padding, total, complete)


class _Kept:
    """Collects ranges up to the bounds, and counts."""

    def __init__(self, source: Source, most: int) -> None:
        self._source, self._left = source, most
        self.ranges: list[tuple[int, int]] = []
        self.size = self.padding = 0
        self.complete = True

    def take(self, gaps: Iterable[tuple[int, int]]) -> None:
        for start, end in gaps:
            length = min(end - start, self._left) if len(self.ranges) < MOST_RANGES else 0
            if length < end - start:
                self.complete = False
            self._left -= length
            if length == end - start and _is_padding(self._source, start, end):
                self.padding += length
                continue
            self.size += end - start
            if length >= SHORTEST:
                self.ranges.append((start, start + length))


def _gaps(movie: Movie, length: int, loose: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Start and end of everything between samples, from the first byte of the file to the last."""
    tables = [track.samples for track in movie.tracks if len(track.samples)]
    starts = np.concatenate([np.zeros(0, np.int64), *(table.offset for table in tables)])
    ends = np.concatenate([np.zeros(0, np.int64), *(table.offset + table.size for table in tables)])
    places = np.array(sorted(loose), np.int64)
    if len(places):  # a piece of such sound reaches to whatever comes next: another piece, another track, the end
        edges = np.sort(np.concatenate([starts, places, _area_ends(movie)]))
        after = np.searchsorted(edges, places, side="right")
        places = places[after < len(edges)]
        starts = np.concatenate([starts, places])
        ends = np.concatenate([ends, edges[after[after < len(edges)]]])
    order = np.argsort(starts, kind="stable")
    opens = np.concatenate([starts[order], [length]])
    closes = np.maximum.accumulate(np.concatenate([[0], ends[order]]))
    free = opens - closes >= SHORTEST
    return closes[free], opens[free]


def _area_ends(movie: Movie) -> NDArray[np.int64]:
    return np.array([box.end for box in movie.boxes if box.kind == "mdat"], np.int64)


def _within(starts: NDArray[np.int64], ends: NDArray[np.int64], area: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The parts of the gaps that lie in one area, none shorter than SHORTEST."""
    first, last = np.searchsorted(ends, area[0], side="right"), np.searchsorted(starts, area[1], side="left")
    for start, end in zip(starts[first:last].tolist(), ends[first:last].tolist(), strict=True):
        inside = max(start, area[0]), min(end, area[1])
        if inside[1] - inside[0] >= SHORTEST:
            yield inside


def _is_padding(source: Source, start: int, end: int) -> bool:
    """Whether all bytes are equal."""
    value = source.read(start, 1)
    for at in range(start, end, PIECE):
        data = source.read(at, min(PIECE, end - at))
        if data.count(value) != len(data):
            return False
    return True


def _loose_sound(source: Source, movie: Movie) -> Iterator[int]:
    """Where pieces of uncompressed sound begin: it has no row per sample, and how long a piece is stands nowhere in bytes."""
    moov = next((box for box in movie.boxes if box.kind == "moov"), None)
    traks = [box for box in moov.children if box.kind == "trak"] if moov else []
    for trak, track in zip(traks, movie.tracks, strict=False):
        stbl = find(trak, "mdia/minf/stbl")
        if track.handler == "soun" and not len(track.samples) and stbl is not None:
            for kind, width in (("stco", 4), ("co64", 8)):
                box = find(stbl, kind)
                yield from _numbers(source, box, width) if box else ()


def _numbers(source: Source, box: Box, width: int) -> list[int]:
    body = box.offset + box.header
    count = int.from_bytes(source.read(body + 4, 4))
    raw = source.read(body + 8, max(0, min(count * width, box.size - box.header - 8, MOST_BYTES)))
    return [int(number) for number in np.frombuffer(raw, f">u{width}", len(raw) // width)]

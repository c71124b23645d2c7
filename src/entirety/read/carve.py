"""Finds coded pictures in bytes that no table refers to, by the way in which such pictures are framed in this very file.

In MP4 and MOV every unit of an H.264 or HEVC picture is preceded by its length. A picture is believed where such lengths lead from unit
to unit, each unit's first bytes are what the standard allows, and its slices name parameter sets that the file has.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.model.further import Ranges
from entirety.read.container.isobmff.source import Source
from entirety.read.headers.units import GRAMMARS, HEAD, Grammar, Sort, Unit

LENGTH = 4
"""Bytes of the length before each unit; the only size in use by cameras, and the only one searched for."""
MOST_UNIT = (1 << 24) - 1
"""Bytes of one unit: 16 MiB hold a key picture of 8K video many times over."""
WINDOW = 1 << 22
MOST_LEADS = 64
"""Units before a picture's first slice that are followed; real pictures have below ten."""
MOST_LOOKS = 1_000_000
"""Places that are looked at more closely in one file; real files need a few for each picture, and this ends after half a minute."""
FORBIDDEN = (b"\x00\x00\x00", b"\x00\x00\x01", b"\x00\x00\x02")
"""Byte sequences that no unit can hold (H.264, 7.4.1; H.265, 7.4.2)."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded picture as it lies in the file, lengths included."""

    offset: int
    size: int
    key: bool


class Carving:
    """One search; `complete` tells afterwards whether it reached the end."""

    def __init__(self, source: Source, codec: str, header: bytes) -> None:
        """`header` is what the container says of the stream: parameter sets and the size of the lengths."""
        self._source = source
        self._grammar: Grammar | None = GRAMMARS[codec](header) if codec in GRAMMARS and header else None
        self._kinds = np.zeros(256, np.bool_)
        if self._grammar is not None:
            self._kinds[list(self._grammar.KINDS)] = True
        self._looks = MOST_LOOKS

    @property
    def readable(self) -> bool:
        """Whether this coding can be searched for."""
        return self._grammar is not None and self._grammar.length_size == LENGTH

    @property
    def complete(self) -> bool:
        return self._looks > 0

    def pictures(self, ranges: Ranges) -> Iterator[Coded]:
        """Every coded picture in these byte ranges, in file order."""
        if not self.readable:
            return
        for start, end in ranges:
            at = start
            while at + LENGTH < end and self._looks > 0:
                places, reach = self._candidates(at, end)
                at = yield from self._from(places, at, reach, end)

    def _candidates(self, at: int, end: int) -> tuple[NDArray[np.int64], int]:
        """Where in the next window a unit may begin, and how far the window reaches."""
        data = np.frombuffer(self._source.read(at, min(WINDOW, end - at)), np.uint8)
        starts = np.flatnonzero((data[: -LENGTH or None] == 0) & self._kinds[data[LENGTH:]])
        length = data[starts + 1] * np.int64(1 << 16) + data[starts + 2] * np.int64(1 << 8) + data[starts + 3]
        fits = (length > 1) & (at + starts + LENGTH + length <= end)
        reach = end if at + len(data) >= end or len(data) <= LENGTH else at + len(data) - LENGTH
        return starts[fits] + at, reach

    def _from(self, places: NDArray[np.int64], at: int, reach: int, end: int) -> Generator[Coded, None, int]:
        """Pictures that begin in the window; returns where to go on."""
        while True:
            number = int(np.searchsorted(places, at))
            if number >= len(places) or self._looks <= 0:
                return max(at, reach)
            at = int(places[number])
            row = list(self._row(at, end))
            yield from row
            at = row[-1].offset + row[-1].size if row else at + 1

    def _row(self, at: int, end: int) -> Iterator[Coded]:
        """The pictures that follow one another from `at` on; none where none begins here."""
        begun, leads, key, last = at, 0, False, None
        while (found := self._unit(at, end)) is not None:
            unit, after = found
            begins = unit.sort is Sort.LEAD or (unit.first and not _same(last, unit))
            if last is not None and begins:
                yield Coded(begun, at - begun, key)
                begun, leads, key, last = at, 0, False, None
            if unit.sort is Sort.SLICE:
                if last is None and not unit.first:
                    return
                key, last = key or unit.key, unit
            leads += last is None
            if leads > MOST_LEADS:
                return
            at = after
        if last is not None:
            yield Coded(begun, at - begun, key)

    def _unit(self, at: int, end: int) -> tuple[Unit, int] | None:
        """The unit at `at` and where the next one would begin."""
        head = self._source.read(at, LENGTH + HEAD) if at + LENGTH < end and self._looks > 0 else b""
        self._looks -= 1
        length = int.from_bytes(head[:LENGTH])
        after = at + LENGTH + length
        if self._grammar is None or not 1 < length <= MOST_UNIT or after > end:
            return None
        unit = self._grammar.look(head[LENGTH : LENGTH + length], length)
        if unit is None or (unit.sort is Sort.SLICE and not self._is_whole(at + LENGTH, length)):
            return None
        return unit, after

    def _is_whole(self, start: int, length: int) -> bool:
        """A slice holds no sequence that is forbidden in it, and does not end with a zero."""
        data = self._source.read(start, length)
        return len(data) == length and data[-1] != 0 and not any(mark in data for mark in FORBIDDEN)


def _same(last: Unit | None, unit: Unit) -> bool:
    """The second field of a frame belongs to the picture that its first field began."""
    return last is not None and {last.field, unit.field} == {1, 2} and last.number == unit.number

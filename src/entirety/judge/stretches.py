"""The stretches of a clip that show a recording without a break, and what lies between two of them.

Pieces that go on from each other are one stretch, whichever layer found them. So is the last picture of a stream copy, which can be shown
after some that the copy lacks: the order of coding leaves it so at every end of a copy.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from entirety.compare.competing import continues
from entirety.compare.packet_runs import REORDERED
from entirety.model.coverage import Coverage, Foreign, Layer, Piece


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that show one recording in one go."""

    pieces: tuple[Piece, ...]

    @property
    def source(self) -> int:
        return self.pieces[0].source

    @property
    def first(self) -> int:
        """Its first picture in the clip."""
        return self.pieces[0].clip_first

    @property
    def end(self) -> int:
        return self.pieces[-1].clip_end

    @property
    def low(self) -> int:
        """Its lowest picture in the recording."""
        return min(piece.source_first for piece in self.pieces)

    @property
    def high(self) -> int:
        return max(piece.source_end for piece in self.pieces)

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """Seconds of the recording."""
        return min(piece.source_span[0] for piece in self.pieces), max(piece.source_span[1] for piece in self.pieces)

    @property
    def longest(self) -> Piece:
        """Its piece with most pictures: of one or two pictures, neither speed nor direction says much."""
        return max(self.pieces, key=lambda piece: piece.clip_end - piece.clip_first)

    @property
    def layer(self) -> Layer:
        """The weakest layer by which any of it was found."""
        order = list(Layer)
        return max((piece.matched_by for piece in self.pieces), key=order.index)

    @property
    def doubt(self) -> int:
        """Pictures by which an end may lie elsewhere."""
        return max(piece.uncertainty for piece in self.pieces)


def stretches(coverage: Coverage) -> list[Stretch]:
    """In the order of the clip."""
    found: list[list[Piece]] = []
    for piece in coverage.pieces:
        if found and (continues(found[-1][-1], piece) or _tail(found[-1][-1], piece)):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [Stretch(tuple(pieces)) for pieces in found]


def _tail(before: Piece, piece: Piece) -> bool:
    """Whether a piece is the one picture that a stream copy shows after pictures which it lacks."""
    exact = Layer.PICTURES not in (before.matched_by, piece.matched_by) and before.source == piece.source
    single = piece.clip_end - piece.clip_first == 1 and before.clip_end == piece.clip_first and not before.reversed
    return exact and single and 0 < piece.source_first - before.source_end <= REORDERED


@dataclass(frozen=True, slots=True)
class Between:
    """Two stretches that follow each other in the clip, and what the clip shows between them."""

    before: Stretch
    after: Stretch
    foreign: Foreign | None

    @property
    def layer(self) -> Layer:
        """The weaker of the two layers that meet here."""
        order = list(Layer)
        return max(self.before.pieces[-1].matched_by, self.after.pieces[0].matched_by, key=order.index)

    @property
    def doubt(self) -> int:
        return self.before.pieces[-1].uncertainty + self.after.pieces[0].uncertainty

    @property
    def backwards(self) -> bool:
        return self.before.longest.reversed and self.after.longest.reversed

    @property
    def turned(self) -> bool:
        """One of the two runs backwards and the other does not."""
        return self.before.longest.reversed != self.after.longest.reversed

    @property
    def skipped(self) -> tuple[int, int]:
        """Pictures [first, end) of the recording that the clip jumps over; first lies above end where it jumps back."""
        if self.backwards:
            return self.after.high, self.before.low
        return self.before.high, self.after.low


@dataclass(frozen=True, slots=True)
class Course:
    """How the clip runs through the recordings, laid out once so that a clip of thousands of pieces stays cheap to ask about."""

    coverage: Coverage
    found: tuple[Stretch, ...]
    shown: tuple[tuple[int, int], ...]
    """For each stretch: how many of its pictures an earlier one shows already, and which one shows most of them; -1 where none does."""

    def places(self) -> Iterator[Between]:
        """Every place where one stretch ends and another follows."""
        foreign = {part.first: part for part in self.coverage.foreign}
        for before, after in pairwise(self.found):
            yield Between(before, after, foreign.get(before.end))

    def beside(self, part: Foreign) -> tuple[Stretch | None, Stretch | None]:
        """The stretches before and after what no recording has."""
        at = bisect_left(self.found, part.end, key=lambda one: one.first)
        return (self.found[at - 1] if at else None, self.found[at] if at < len(self.found) else None)

    def missing(self, source: int, first: int, end: int) -> tuple[int, Fraction]:
        """Pictures and seconds of a recording that are nowhere in the clip, of those parts that lie within [first, end)."""
        listed = self.coverage.missing
        start = bisect_left(listed, (source, first), key=lambda one: (one.source, one.first))
        stop = bisect_left(listed, (source, end), key=lambda one: (one.source, one.first))
        parts = [part for part in listed[start:stop] if part.end <= end]
        return sum(one.end - one.first for one in parts), sum((one.span[1] - one.span[0] for one in parts), Fraction(0))


def course(coverage: Coverage) -> Course:
    """The stretches of a comparison, in the order of the clip, and what each of them shows again."""
    found = stretches(coverage)
    firsts = [np.full(source.frames, -1, np.int64) for source in coverage.sources]
    shown = []
    for at, stretch in enumerate(found):
        rows = firsts[stretch.source][stretch.low : stretch.high]
        owners = rows[rows >= 0]
        shown.append((len(owners), int(np.bincount(owners).argmax()) if len(owners) else -1))
        rows[rows < 0] = at
    return Course(coverage, tuple(found), tuple(shown))

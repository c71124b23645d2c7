"""Tries the lines along which a clip may lie in a recording, heaviest first, and keeps those that hold.

The clip is put in forwards, mirrored, backwards, and both; what a line certainly explains, no other place needs to be tried for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from entirety.compare.align import Run, align
from entirety.compare.candidates import WORTH_A_LOOK, Candidate, again, distinct, joined, laid, sure, weight_of
from entirety.compare.evidence import APART
from entirety.compare.refine import near
from entirety.compare.search import RATE, Changes, Line, changes, lines
from entirety.compare.strip import Strip, coarse, turned
from entirety.compare.usual import Way, usual

SHORTEST = Fraction(1)
"""Seconds of a piece at least: within less, cars on one lane can pass at two times alike, as they did for 0.8 s in 1 of 50 pairs of one scene."""
LEAST = 60.0
"""Evidence of a piece at least, natural logarithms."""
WAYS = ((False, False), (False, True), (True, False), (True, True))
"""Backwards, mirrored: in the order in which they are tried, each on what the ones before left."""
AT_ONCE = 2
"""Lines tried together, heaviest first; the next ones only on what these left."""
ROUNDS = 2
"""Times that lines are laid anew on what they were given."""
PASSES = 6
"""Times that what is left is asked for lines again, while that finds something: one pass looks at MOST_LINES lines."""


@dataclass(frozen=True)
class _Recording:
    strip: Strip
    outline: Strip
    """Coarse."""
    known: Changes
    """Of the outline."""


def candidates(clip: Strip, source: Strip, gaps: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The candidates that hold somewhere in the gaps."""
    outline = coarse(source)
    recording = _Recording(source, outline, changes(outline, RATE))
    placed: list[Candidate] = []
    left = list(gaps)
    for backwards, mirrored in WAYS:
        if not left:
            break
        turned_clip = turned(clip, reversed_=backwards, mirrored=mirrored)
        way = Way(turned_clip, usual(turned_clip))
        for _ in range(PASSES):
            before = left
            left = _passed(way, recording, gaps, left, placed)
            if not left or left == before:
                break
    return placed


def _passed(
    way: Way,
    recording: _Recording,
    gaps: Sequence[tuple[int, int]],
    left: list[tuple[int, int]],
    placed: list[Candidate],
) -> list[tuple[int, int]]:
    """Adds to `placed` what holds of the lines of what is left; returns what is left then."""
    clip, source = way.strip, recording.strip
    certain = [run for gap in gaps for run in _sure(placed, source, gap)]
    proposed = distinct(_proposed(clip, left, recording), source.step)
    for k in range(0, len(proposed), AT_ONCE):
        rooms = {
            line: [*_touched(line, clip, left), *_beside(line, clip, placed, certain)]
            for line in proposed[k : k + AT_ONCE]
        }
        tried = [one for line in rooms if rooms[line] and (one := laid(way, line, source, WORTH_A_LOOK)) is not None]
        if not tried:
            continue
        for room in sorted({room for some in rooms.values() for room in some}):
            placed += _settled(tried, source, room)
        certain = [run for gap in gaps for run in _sure(placed, source, gap)]
        left = with_room(clip, [rest for gap in gaps for rest in _rest(gap, certain)])
    return left


def with_room(clip: Strip, gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Gaps in which a piece has room, as pictures of the signature."""
    return [(first, end) for first, end in gaps if np.ptp(clip.moments(first, end)) >= SHORTEST]


def heavy(candidates: Sequence[Candidate], gap: tuple[int, int], least: float = LEAST) -> list[Run]:
    """The runs in one gap that have enough evidence."""
    runs = align([one.along for one in candidates], *gap)
    return [run for run in runs if run.weight >= least]


def _proposed(way: Strip, gaps: Iterable[tuple[int, int]], recording: _Recording) -> list[Line]:
    """Lines along which what the gaps hold may lie in the recording; heaviest first."""
    clip = coarse(way)
    asked = _within(changes(clip, RATE / 2), way, gaps)
    found = joined(lines(asked, recording.known))
    return [moved for line in found if (moved := near(line, clip, recording.outline)) is not None]


def _rest(gap: tuple[int, int], runs: Iterable[Run]) -> Iterator[tuple[int, int]]:
    """What the runs leave of a gap."""
    first = gap[0]
    for run in runs:
        if not gap[0] <= run.first < gap[1]:
            continue
        yield first, run.first
        first = run.end
    yield first, gap[1]


def _sure(candidates: Sequence[Candidate], there: Strip, gap: tuple[int, int]) -> list[Run]:
    """The runs in one gap that need no other candidate."""
    return [run for run in heavy(candidates, gap) if sure(candidates[run.line], run, there)]


def _settled(candidates: Sequence[Candidate], there: Strip, gap: tuple[int, int]) -> list[Candidate]:
    """The candidates that hold in one gap: each is laid anew on the pictures that it was given, and these given out once more.

    Pieces of one copy mostly lie over the recording alike, and the heaviest shows best how: each is laid that way too, and the better kept.
    """
    for _ in range(ROUNDS):
        runs = heavy(candidates, gap, LEAST / 2)
        heaviest = max(runs, key=lambda run: run.weight, default=None)
        known = None if heaviest is None else candidates[heaviest.line].warp
        anew = [(candidates[run.line], again(candidates[run.line], run, there, known), run) for run in runs]
        candidates = [_better(old, new, run) for old, new, run in anew if new is not None]
    return list(candidates)


def _better(old: Candidate, new: Candidate, run: Run) -> Candidate:
    """The one that explains the pictures of a run better: laid on a part of a piece, a line may fit that part and no more."""
    return new if weight_of(new, run) >= weight_of(old, run) else old


def _touched(line: Line, way: Strip, gaps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The gaps in which a line was seen."""
    for gap in gaps:
        begin, stop = way.moments(*gap)
        if min(line.last, stop) - max(line.first, begin) >= float(SHORTEST) / 2:
            yield gap


def _beside(line: Line, way: Strip, candidates: Sequence[Candidate], runs: Iterable[Run]) -> Iterator[tuple[int, int]]:
    """The runs that a line was seen in and leads past by less than what tells places apart: it may fit a part of them better."""
    for run in runs:
        other = candidates[run.line]
        if other.way.strip.put_in == way.put_in:
            begin, stop = way.moments(run.first, run.end)
            first, last = max(line.first, begin), min(line.last, stop)
            middle = (first + last) / 2
            if last > first and abs(line.at(middle) - other.line.at(middle)) < APART:
                yield run.first, run.end


def _within(asked: Changes, way: Strip, gaps: Iterable[tuple[int, int]]) -> Changes:
    """Only moments of the gaps."""
    keep = np.zeros(len(asked.moments), bool)
    for gap in gaps:
        begin, stop = way.moments(*gap)
        keep |= (asked.moments >= begin) & (asked.moments < stop)
    return Changes(asked.moments[keep], asked.vectors[keep])

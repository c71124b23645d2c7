"""Finds the pieces of a recording in a clip by what the pictures show, where neither coded nor decoded pictures are equal.

Candidates are found by how the pictures change (search), laid exactly over the recording (geometry, refine), and every picture of the clip
is given to the candidate that explains it best, or to none (evidence, align). A piece counts where enough happens in it that could not
happen elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from entirety.compare.align import Run, align
from entirety.compare.evidence import Evidence, Usual, evidence, usual
from entirety.compare.geometry import Warp
from entirety.compare.refine import clip_rows, refine
from entirety.compare.search import RATE, WINDOW, Changes, Line, changes, lines
from entirety.compare.strip import Strip, strip, turned
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

SHORTEST = 0.4
"""Seconds of a piece at least."""
LEAST = 60.0
"""Evidence of a piece at least, natural logarithms."""
MARGIN = 10.0
"""Seconds to either side of where a line was seen in which it may go on: nothing moves there for a while."""
MOST_LINES = 48
"""Lines weighed at once, heaviest first."""
SLOPE_STEPS = 6
"""Decimal places to which a speed is given."""


@dataclass(frozen=True)
class _Way:
    """The clip as it could have been put in: backwards, mirrored, both or neither."""

    strip: Strip
    usual: Usual


@dataclass(frozen=True)
class _Candidate:
    """A line that was laid exactly, with what it is a line of."""

    line: Line
    warp: Warp
    way: "_Way"
    along: Evidence
    """In the order of the clip, whichever way the strip runs."""


def by_pictures(clip: Signature, source: Signature, gaps: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces of `source` among the pictures [first, end) of the clip that each gap names."""
    if len(clip) < 2 or len(source) < 2:
        return []
    there, here = strip(source), strip(clip)
    known = changes(there, RATE)
    wide = [gap for gap in gaps if here.times[gap[1]] - here.times[gap[0]] >= SHORTEST]
    if not wide:
        return []
    found: list[tuple["_Way", Line]] = []
    for backwards in (False, True):
        for mirrored in (False, True):
            clip_strip = turned(here, reversed_=backwards, mirrored=mirrored)
            asked_moments = _within(changes(clip_strip, RATE / 2), clip_strip, wide)
            way = _Way(clip_strip, usual(clip_strip))
            found += [(way, line) for line in lines(asked_moments, known)]
    asked = [one for way, line in _joined(found) if (one := _laid(way, line, there)) is not None]
    return [piece for gap in wide for piece in _settled(asked, clip, source, there, gap)]


def _settled(
    candidates: Sequence["_Candidate"], clip: Signature, source: Signature, there: Strip, gap: tuple[int, int]
) -> Iterable[Piece]:
    """The pieces in one gap: the lines are laid anew on the pictures that they were given, and the pictures given out once more."""
    runs = align([one.along for one in candidates], *gap)
    again = [one for run in runs if run.weight >= LEAST / 2 and (one := _again(candidates[run.line], run, there)) is not None]
    for run in align([one.along for one in again], *gap):
        seconds = float(clip.end(run.end - 1) - clip.begin(run.first))
        if run.weight >= LEAST and seconds >= SHORTEST:
            yield _piece(again[run.line], run, clip, source, there)


def _again(candidate: "_Candidate", run: Run, there: Strip) -> "_Candidate | None":
    way = candidate.way
    clip = way.strip
    first, end = (len(clip) - run.end, len(clip) - run.first) if clip.reversed else (run.first, run.end)
    line = replace(candidate.line, first=float(clip.times[first]), last=float(clip.times[end - 1]))
    return _laid(way, line, there)


def _within(asked: Changes, way: Strip, gaps: Iterable[tuple[int, int]]) -> Changes:
    """Only moments of the gaps."""
    keep = np.zeros(len(asked.moments), bool)
    for first, end in gaps:
        begin, stop = way.times[first], way.times[end]
        if way.reversed:
            begin, stop = way.times[len(way) - end], way.times[len(way) - first]
        keep |= (asked.moments >= begin) & (asked.moments < stop)
    return Changes(asked.moments[keep], asked.vectors[keep])


def _joined(found: Sequence[tuple[_Way, Line]]) -> list[tuple["_Way", Line]]:
    """Candidates of neighbouring windows that continue each other as one; the heaviest MOST_LINES."""
    chains: list[tuple["_Way", list[Line]]] = []
    for way, line in sorted(found, key=lambda one: (one[0].strip.reversed, one[0].strip.mirrored, one[1].first)):
        for other, chain in chains:
            if other is way and _continues(chain[-1], line):
                chain.append(line)
                break
        else:
            chains.append((way, [line]))
    joined = [(way, _one(chain)) for way, chain in chains]
    return sorted(joined, key=lambda one: -one[1].weight)[:MOST_LINES]


def _continues(before: Line, after: Line) -> bool:
    if after.first - before.last > WINDOW or after.first < before.first:
        return False
    moment = (max(before.first, after.first) + min(before.last, after.last)) / 2
    return abs(before.slope / after.slope - 1) < 0.07 and abs(before.at(moment) - after.at(moment)) < 0.3


def _one(chain: Sequence[Line]) -> Line:
    first, last, weight = chain[0].first, max(one.last for one in chain), sum(one.weight for one in chain)
    if len(chain) < 3:
        heaviest = max(chain, key=lambda one: one.weight)
        return replace(heaviest, first=first, last=last, weight=weight)
    moments = np.array([(one.first + one.last) / 2 for one in chain])
    places = np.array([one.at((one.first + one.last) / 2) for one in chain])
    slope, offset = np.polyfit(moments, places, 1)
    return Line(float(slope), float(offset), first, last, weight)


def _laid(way: "_Way", line: Line, source: Strip) -> "_Candidate | None":
    laid = refine(line, way.strip, source)
    if laid is None:
        return None
    exact, warp = laid
    clip = way.strip
    rows = clip_rows(replace(exact, first=exact.first - MARGIN, last=exact.last + MARGIN), clip, len(clip))
    there = exact.slope * clip.times[rows] + exact.offset
    step = float(np.median(np.diff(source.times)))
    rows = rows[(there >= source.times[0] - step / 2) & (there < source.times[-1])]
    if not len(rows):
        return None
    along = evidence(exact, warp, clip, source, way.usual, int(rows[0]), int(rows[-1]) + 1)
    if clip.reversed:
        along = Evidence(len(clip) - int(rows[-1]) - 1, along.weight[::-1], along.rows[::-1])
    return _Candidate(exact, warp, way, along)


def _piece(candidate: _Candidate, run: Run, clip: Signature, source: Signature, there: Strip) -> Piece:
    line, way = candidate.line, candidate.way.strip
    ends = (run.first, run.end) if not way.reversed else (len(way) - run.end, len(way) - run.first)
    begin, stop = (line.at(float(way.times[row])) for row in ends)
    begins = np.append(there.times[:-1], there.times[-1])
    first = int(np.abs(begins - begin).argmin())
    end = max(first + 1, int(np.abs(begins - stop).argmin()))
    return Piece(
        source=0,
        clip_first=run.first,
        clip_end=run.end,
        source_first=first,
        source_end=end,
        clip_span=(clip.begin(run.first), clip.end(run.end - 1)),
        source_span=(source.begin(first), source.end(end - 1)),
        speed=Fraction(round(line.slope * 10**SLOPE_STEPS), 10**SLOPE_STEPS),
        reversed=way.reversed,
        mirrored=way.mirrored,
        matched_by=Layer.PICTURES,
        uncertainty=run.uncertainty,
    )

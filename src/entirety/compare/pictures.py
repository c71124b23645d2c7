"""Finds the pieces of a recording in a clip by what the pictures show, where neither coded nor decoded pictures are equal.

Candidates are found by how the pictures change (search), laid exactly over the recording (geometry, refine), and every picture of the clip
is given to the candidate that explains it best, or to none (evidence, align). A piece counts where enough happens in it that could not
happen elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from entirety.compare.align import Run, align
from entirety.compare.evidence import Evidence, Way, evidence, explained, rival, usual
from entirety.compare.geometry import Warp
from entirety.compare.refine import clip_rows, refine
from entirety.compare.search import RATE, WINDOW, Changes, Line, changes, lines
from entirety.compare.strip import Strip, strip, turned
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

SHORTEST = Fraction(2, 5)
"""Seconds of a piece at least."""
LEAST = 60.0
"""Evidence of a piece at least, natural logarithms."""
EXPLAINED, OF_PICTURES = 0.8, 0.85
"""Share of what sets a picture of the clip apart that its place in a recording must explain, and share of the pictures of a piece for which it must."""
WORTH_A_LOOK = 0.15
"""Share of the pictures of a candidate that it must explain: it may reach far beyond its piece."""
CLEARLY = 0.5
"""Squared disagreement, in that with the line beside it, below which a piece is another than its neighbour."""
LOOKED_AT = 40
"""Pictures of a candidate for which that is asked."""
WAYS = ((False, False), (False, True), (True, False), (True, True))
"""Backwards, mirrored: in the order in which they are tried, each on what the ones before left."""
ROUNDS = 2
"""Times that lines are laid anew on what they were given."""
SAME_SPEED, SAME_PLACE = 0.02, 1
"""Difference of speed, and pictures of the recording, up to which neighbours continue each other."""
MARGIN = 10.0
"""Seconds to either side of where a line was seen in which it may go on: nothing moves there for a while."""
MOST_LINES = 48
"""Lines weighed at once, heaviest first."""
SLOPE_STEPS = 6
"""Decimal places to which a speed is given."""


@dataclass(frozen=True)
class _Candidate:
    """A line that was laid exactly, with what it is a line of."""

    line: Line
    warp: Warp
    way: Way
    along: Evidence
    """In the order of the clip, whichever way the strip runs."""


def by_pictures(clip: Signature, source: Signature, gaps: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces of `source` among the pictures [first, end) of the clip that each gap names."""
    if len(clip) < 2 or len(source) < 2:
        return []
    there, here = strip(source), strip(clip)
    wide = left = _wide(here, gaps)
    known = changes(there, RATE)
    settled: list[_Candidate] = []
    for backwards, mirrored in WAYS:
        if not left:
            break
        turned_clip = turned(here, reversed_=backwards, mirrored=mirrored)
        way = Way(turned_clip, usual(turned_clip))
        asked = _within(changes(turned_clip, RATE / 2), turned_clip, left)
        laid = [one for line in _joined(lines(asked, known)) if (one := _laid(way, line, there, WORTH_A_LOOK)) is not None]
        for gap in left:
            settled += _settled(laid, there, gap)
        left = _wide(here, [rest for gap in left for rest in _rest(gap, _runs(settled, gap))])
    runs = [run for gap in wide for run in _needed(settled, _runs(settled, gap), there)]
    pieces = [_piece(settled[run.line], run, clip, source, there) for run in runs]
    return _one_after_another([one for one in pieces if one.clip_span[1] - one.clip_span[0] >= SHORTEST])


def _wide(clip: Strip, gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Gaps in which a piece has room."""
    return [gap for gap in gaps if clip.times[gap[1]] - clip.times[gap[0]] >= SHORTEST]


def _rest(gap: tuple[int, int], runs: Iterable[Run]) -> Iterator[tuple[int, int]]:
    """What the runs leave of a gap."""
    first = gap[0]
    for run in runs:
        yield first, run.first
        first = run.end
    yield first, gap[1]


def _runs(candidates: Sequence["_Candidate"], gap: tuple[int, int], least: float | None = None) -> list[Run]:
    """The runs in one gap that have enough evidence."""
    runs = align([one.along for one in candidates], *gap)
    return [run for run in runs if run.weight >= (LEAST if least is None else least)]


def _settled(candidates: Sequence["_Candidate"], there: Strip, gap: tuple[int, int]) -> list["_Candidate"]:
    """The candidates that hold in one gap: each is laid anew on the pictures that it was given, and these given out once more."""
    for _ in range(ROUNDS):
        again = [_again(candidates[run.line], run, there) for run in _runs(candidates, gap, LEAST / 2)]
        candidates = [one for one in again if one is not None]
    return list(candidates)


def _needed(candidates: Sequence["_Candidate"], runs: Sequence[Run], there: Strip) -> list[Run]:
    """The runs without those that a longer one beside them explains about as well: their pictures go to it."""
    kept = list(runs)
    place = 0
    while place + 1 < len(kept):
        before, after = kept[place], kept[place + 1]
        short, long = (before, after) if before.end - before.first < after.end - after.first else (after, before)
        if before.end == after.first and not _better(candidates, short, long, there):
            weight, loose = before.weight + after.weight, max(before.uncertainty, after.uncertainty)
            kept[place : place + 2] = [Run(long.line, before.first, after.end, weight, loose)]
            place = max(0, place - 1)
        else:
            place += 1
    return kept


def _better(candidates: Sequence["_Candidate"], run: Run, other: Run, there: Strip) -> bool:
    """Whether a run explains its pictures clearly better than the line of the run beside it would."""
    mine, theirs = candidates[run.line], candidates[other.line]
    if (mine.way.strip.reversed, mine.way.strip.mirrored) != (theirs.way.strip.reversed, theirs.way.strip.mirrored):
        return True
    clip = mine.way.strip
    rows = np.unique(np.linspace(run.first, run.end - 1, LOOKED_AT).astype(int))
    rows = len(clip) - 1 - rows if clip.reversed else rows
    return rival((mine.line, mine.warp), (theirs.line, theirs.warp), clip, there, rows) < CLEARLY


def _one_after_another(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that continue each other as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and (one := _one_piece(joined[-1], piece)) is not None:
            joined[-1] = one
        else:
            joined.append(piece)
    return joined


def _again(candidate: "_Candidate", run: Run, there: Strip) -> "_Candidate | None":
    """The candidate laid on the pictures of one run; None where it does not explain them."""
    clip = candidate.way.strip
    first, end = (len(clip) - run.end, len(clip) - run.first) if clip.reversed else (run.first, run.end)
    line = replace(candidate.line, first=float(clip.times[first]), last=float(clip.times[end - 1]))
    return _laid(candidate.way, line, there, OF_PICTURES)


def _one_piece(before: Piece, after: Piece) -> Piece | None:
    """Both as one where they follow each other in the clip and in the recording, at one speed; else None."""
    if before.clip_end != after.clip_first or (before.reversed, before.mirrored) != (after.reversed, after.mirrored):
        return None
    if abs(float(before.speed / after.speed) - 1) > SAME_SPEED:
        return None
    first, second = (after, before) if before.reversed else (before, after)
    if abs(second.source_first - first.source_end) > SAME_PLACE:
        return None
    return replace(
        max(before, after, key=lambda one: one.clip_end - one.clip_first),
        clip_first=before.clip_first,
        clip_end=after.clip_end,
        source_first=first.source_first,
        source_end=second.source_end,
        clip_span=(before.clip_span[0], after.clip_span[1]),
        source_span=(first.source_span[0], second.source_span[1]),
        uncertainty=max(before.uncertainty, after.uncertainty),
    )


def _within(asked: Changes, way: Strip, gaps: Iterable[tuple[int, int]]) -> Changes:
    """Only moments of the gaps."""
    keep = np.zeros(len(asked.moments), bool)
    for first, end in gaps:
        begin, stop = way.times[first], way.times[end]
        if way.reversed:
            begin, stop = way.times[len(way) - end], way.times[len(way) - first]
        keep |= (asked.moments >= begin) & (asked.moments < stop)
    return Changes(asked.moments[keep], asked.vectors[keep])


def _joined(found: Sequence[Line]) -> list[Line]:
    """Candidates of neighbouring windows that continue each other as one; the heaviest MOST_LINES."""
    chains: list[list[Line]] = []
    for line in sorted(found, key=lambda one: one.first):
        chain = next((one for one in reversed(chains[-MOST_LINES:]) if _continues(one[-1], line)), None)
        if chain is None:
            chains.append([line])
        else:
            chain.append(line)
    return sorted(map(_one, chains), key=lambda one: -one.weight)[:MOST_LINES]


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


def _laid(way: Way, line: Line, source: Strip, least: float) -> "_Candidate | None":
    """The line laid exactly; None where fewer than `least` of the pictures in which something happens are explained by it."""
    laid = refine(line, way.strip, source)
    if laid is None:
        return None
    exact, warp = laid
    clip = way.strip
    shares = explained(exact, warp, clip, source, clip_rows(exact, clip, LOOKED_AT))
    happens = np.isfinite(shares)
    if not happens.any() or float((shares[happens] >= EXPLAINED).mean()) < least:
        return None
    rows = clip_rows(replace(exact, first=exact.first - MARGIN, last=exact.last + MARGIN), clip, len(clip))
    there = exact.slope * clip.times[rows] + exact.offset
    rows = rows[(there >= source.times[0] - source.step / 2) & (there < source.times[-1])]
    if not len(rows):
        return None
    along = evidence(exact, warp, way, source, int(rows[0]), int(rows[-1]) + 1)
    if clip.reversed:
        along = Evidence(len(clip) - int(rows[-1]) - 1, along.weight[::-1])
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

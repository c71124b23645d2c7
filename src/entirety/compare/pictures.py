"""Finds the pieces of a recording in a clip by what the pictures show, where neither coded nor decoded pictures are equal.

Candidates are found by how the pictures change (search), laid exactly over the recording (geometry, refine), and every picture of the clip
is given to the candidate that explains it best, or to none (evidence, align). A piece counts where enough happens in it that could not
happen elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from entirety.compare.align import Run, align
from entirety.compare.candidates import WORTH_A_LOOK, Candidate, again, joined, laid
from entirety.compare.continuity import bridged, needed
from entirety.compare.search import RATE, Changes, changes, lines
from entirety.compare.strip import Strip, strip, turned
from entirety.compare.usual import Way, usual
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

SHORTEST = Fraction(1)
"""Seconds of a piece at least: within less, cars on one lane can pass at two times alike, as they did for 0.8 s in 1 of 50 pairs of one scene."""
LEAST = 60.0
"""Evidence of a piece at least, natural logarithms."""
WAYS = ((False, False), (False, True), (True, False), (True, True))
"""Backwards, mirrored: in the order in which they are tried, each on what the ones before left."""
ROUNDS = 2
"""Times that lines are laid anew on what they were given."""
SAME_SPEED, SAME_PLACE = 0.02, 1
"""Difference of speed, and pictures of the recording, up to which neighbours continue each other."""
LEAST_UNCERTAIN = 1
"""Pictures by which the end of a piece may lie elsewhere at least: likeness is never exact."""
SLOPE_STEPS = 6
"""Decimal places to which a speed is given."""


def by_pictures(clip: Signature, source: Signature, gaps: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces of `source` among the pictures [first, end) of the clip that each gap names."""
    if len(clip) < 2 or len(source) < 2:
        return []
    there, here = strip(source), strip(clip)
    wide = left = _wide(here, gaps)
    known = changes(there, RATE)
    settled: list[Candidate] = []
    for backwards, mirrored in WAYS:
        if not left:
            break
        turned_clip = turned(here, reversed_=backwards, mirrored=mirrored)
        way = Way(turned_clip, usual(turned_clip))
        asked = _within(changes(turned_clip, RATE / 2), turned_clip, left)
        tried = [
            one for line in joined(lines(asked, known)) if (one := laid(way, line, there, WORTH_A_LOOK)) is not None
        ]
        for gap in left:
            settled += _settled(tried, there, gap)
        left = _wide(here, [rest for gap in left for rest in _rest(gap, _runs(settled, gap))])
    runs = [run for gap in wide for run in bridged(settled, needed(settled, _runs(settled, gap), there), there)]
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


def _runs(candidates: Sequence[Candidate], gap: tuple[int, int], least: float | None = None) -> list[Run]:
    """The runs in one gap that have enough evidence."""
    runs = align([one.along for one in candidates], *gap)
    return [run for run in runs if run.weight >= (LEAST if least is None else least)]


def _settled(candidates: Sequence[Candidate], there: Strip, gap: tuple[int, int]) -> list[Candidate]:
    """The candidates that hold in one gap: each is laid anew on the pictures that it was given, and these given out once more.

    Pieces of one copy mostly lie over the recording alike, and the heaviest shows best how: each is laid that way too, and the better kept.
    """
    for _ in range(ROUNDS):
        runs = _runs(candidates, gap, LEAST / 2)
        heaviest = max(runs, key=lambda run: run.weight, default=None)
        known = None if heaviest is None else candidates[heaviest.line].warp
        anew = [again(candidates[run.line], run, there, known) for run in runs]
        candidates = [one for one in anew if one is not None]
    return list(candidates)


def _one_after_another(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that continue each other as one."""
    whole: list[Piece] = []
    for piece in pieces:
        if whole and (one := _one_piece(whole[-1], piece)) is not None:
            whole[-1] = one
        else:
            whole.append(piece)
    return whole


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


def _piece(candidate: Candidate, run: Run, clip: Signature, source: Signature, there: Strip) -> Piece:
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
        uncertainty=max(LEAST_UNCERTAIN, run.uncertainty),
    )

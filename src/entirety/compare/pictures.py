"""Finds the pieces of a recording in a clip by what the pictures show, where neither coded nor decoded pictures are equal.

Candidates are found by how the pictures change (search), laid exactly over the recording (geometry, refine), and every picture of the clip
is given to the candidate that explains it best, or to none (evidence, align). A piece counts where enough happens in it that could not
happen elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from entirety.compare.align import Run
from entirety.compare.candidates import Candidate, sure
from entirety.compare.continuity import bridged, needed
from entirety.compare.placing import SHORTEST, candidates, heavy, with_room
from entirety.compare.strip import Strip, strip
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

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
    wide = with_room(here, gaps)
    placed = candidates(here, there, wide)
    pieces = [_piece(placed[run.line], run, clip, source, there) for gap in wide for run in _kept(placed, gap, there)]
    return _one_after_another([one for one in pieces if one.clip_span[1] - one.clip_span[0] >= SHORTEST])


def _kept(placed: Sequence[Candidate], gap: tuple[int, int], there: Strip) -> list[Run]:
    """The runs of one gap that are pieces, each whole."""
    whole = bridged(placed, needed(placed, heavy(placed, gap), there), there)
    certain = [run for run in whole if sure(placed[run.line], run, there)]
    # What was not sure by itself may lie between two runs on one line that is.
    return bridged(placed, certain, there)


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


def _piece(candidate: Candidate, run: Run, clip: Signature, source: Signature, there: Strip) -> Piece:
    line, way = candidate.line, candidate.way.strip
    begin, stop = (line.at(moment) for moment in way.moments(run.first, run.end))
    first = int(np.abs(there.times - begin).argmin())
    end = max(first + 1, int(np.abs(there.times - stop).argmin()))
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

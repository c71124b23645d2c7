"""Decides which runs of pictures are pieces of their own, and which belong to one beside them.

A new piece is only claimed where the line of its neighbour does not explain the pictures about as well, and two runs on one line are one
piece where nothing between them speaks against its going on.
"""

from collections.abc import Sequence

import numpy as np

from entirety.compare.align import Run
from entirety.compare.candidates import LOOKED_AT, Candidate
from entirety.compare.evidence import explained, rival
from entirety.compare.strip import Strip

CLEARLY = 0.5
"""Squared disagreement, in that with the line beside it, below which a piece is another than its neighbour."""
LAG, SHORT = 3, 1.0
"""Pictures of the recording, and seconds, up to which a run beside a line is the same piece: codecs that save keep an old picture for a while."""
GOES_ON = 0.3
"""Share of what sets pictures apart that a line must explain, in the median, to go on through them."""
SAME_SPEED = 0.02
"""Difference of speed up to which two lines are one."""


def needed(candidates: Sequence[Candidate], runs: Sequence[Run], there: Strip) -> list[Run]:
    """The runs without those that a longer one beside them explains about as well: their pictures go to it."""
    kept = list(runs)
    place = 0
    while place + 1 < len(kept):
        before, after = kept[place], kept[place + 1]
        short, long = (before, after) if before.end - before.first < after.end - after.first else (after, before)
        spare = _beside(candidates, long, short, there) or not _better(candidates, short, long, there)
        if before.end == after.first and spare:
            kept[place : place + 2] = [_both(before, after)]
            place = max(0, place - 1)
        else:
            place += 1
    return kept


def _both(before: Run, after: Run) -> Run:
    """Two runs, and what lies between them, on the line of the longer."""
    longer = max(before, after, key=lambda run: run.end - run.first)
    return Run(
        longer.line, before.first, after.end, before.weight + after.weight, max(before.uncertainty, after.uncertainty)
    )


def bridged(candidates: Sequence[Candidate], runs: Sequence[Run], there: Strip) -> list[Run]:
    """The runs, those as one that lie on one line where it goes on through what lies between them.

    Between them may lie pictures that speak for no place, or a short run that stays beside the line all the time: a codec that lags.
    """
    joined: list[Run] = []
    for run in runs:
        joined.append(run)
        for back in (2, 3):
            if len(joined) < back:
                break
            before, between = joined[-back], joined[1 - back : -1]
            stay = all(_beside(candidates, before, one, there) for one in between)
            if stay and _goes_on(candidates, before, run, there):
                joined[-back:] = [_both(before, run)]
                break
    return joined


def _beside(candidates: Sequence[Candidate], run: Run, other: Run, there: Strip) -> bool:
    """Whether a short run stays beside the line of another one."""
    one, two = candidates[run.line], candidates[other.line]
    clip = one.way.strip
    if clip.put_in != two.way.strip.put_in:
        return False
    moments = clip.times[clip.row(np.array([other.first, other.end - 1]))]
    apart = np.abs((one.line.slope - two.line.slope) * moments + one.line.offset - two.line.offset)
    return float(apart.max()) <= LAG * there.step and clip.times[other.end] - clip.times[other.first] <= SHORT


def _goes_on(candidates: Sequence[Candidate], before: Run, after: Run, there: Strip) -> bool:
    """Whether two runs lie on one line, and nothing between them speaks against its going on."""
    if before.end == after.first:
        return False
    one, other = candidates[before.line], candidates[after.line]
    clip = one.way.strip
    if clip.put_in != other.way.strip.put_in:
        return False
    rows = clip.evenly(before.end, after.first, LOOKED_AT)
    moments = clip.times[rows]
    apart = np.abs((one.line.slope - other.line.slope) * moments + one.line.offset - other.line.offset)
    if float(apart.max()) > there.step or abs(one.line.slope / other.line.slope - 1) > SAME_SPEED:
        return False
    shares = explained(one.line, one.warp, clip, there, rows)
    seen = shares[np.isfinite(shares)]
    return not len(seen) or float(np.median(seen)) >= GOES_ON


def _better(candidates: Sequence[Candidate], run: Run, other: Run, there: Strip) -> bool:
    """Whether a run explains its pictures clearly better than the line of the run beside it would."""
    mine, theirs = candidates[run.line], candidates[other.line]
    if mine.way.strip.put_in != theirs.way.strip.put_in:
        return True
    clip = mine.way.strip
    rows = clip.evenly(run.first, run.end, LOOKED_AT)
    return rival((mine.line, mine.warp), (theirs.line, theirs.warp), clip, there, rows) < CLEARLY

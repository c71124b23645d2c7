"""Candidates: lines along which the clip may lie in a recording, laid exactly and weighed picture by picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.align import Run
from entirety.compare.evidence import Evidence, evidence, explained, strangeness
from entirety.compare.geometry import Warp
from entirety.compare.refine import clip_rows, refine, settle
from entirety.compare.search import WINDOW, Line
from entirety.compare.strip import Strip
from entirety.compare.usual import Way

EXPLAINED, OF_PICTURES = 0.8, 0.85
"""Share of what sets a picture of the clip apart that its place in a recording must explain, and share of the pictures of a piece for which it must."""
SURE = ((0.05, 0.8), (0.15, 0.87))
"""Share explained of the worst twentieth of a piece's pictures, and of the worst 15 %, at least. Without this bound 300 right pieces of a second and
more came of the tuning half of the partial copies, of which 296 lie above both, and eight wrong ones of its pairs of one standing scene at
other times, of which one does (.80 and .91, with bottles that pass on a belt: see STRANGE)."""
STRANGE = 0.2
"""Strangeness of a copy at most (see evidence). In 253 right pieces of the tuning half it reached .14, a crop laid loosely; in the one wrong piece
among 100 pairs of unlike recordings it was .51, and in those among 28 pairs of one scene .22 and .28, bottles called mirrored."""
MANY, LONG_ENOUGH, FEW = 12, 2.4, 5
"""Pictures of those looked at in which something happens at least, or seconds in which it does with a few: one of the wrong pieces, above both bounds
but for a hundredth, had ten pictures in 1.0 s, and the slowest recorder of the corpus takes two and a half a second."""
WORTH_A_LOOK = 0.15
"""Share of the pictures of a candidate that it must explain: it may reach far beyond its piece."""
LOOKED_AT = 40
"""Pictures of a candidate for which that is asked."""
MARGIN = 10.0
"""Seconds to either side of where a line was seen in which it may go on: nothing moves there for a while."""
PART, MOST_PARTS = 1, 12
"""Windows of a part of a chain at least, and parts of a chain at most."""
SAME_LINE = 0.5
"""Pictures of the recording, to either side, within which two lines are one: coarse strips tell quarters of one."""
MOST_LINES = 48
"""Lines weighed at once, heaviest first."""


@dataclass(frozen=True)
class Candidate:
    """A line that was laid exactly, with what it is a line of."""

    line: Line
    warp: Warp
    way: Way
    along: Evidence
    """In the order of the clip, whichever way the strip runs."""


def joined(found: Sequence[Line]) -> list[Line]:
    """Candidates of neighbouring windows that continue each other as one; the heaviest MOST_LINES."""
    chains: list[list[Line]] = []
    open_: list[list[Line]] = []
    for line in sorted(found, key=lambda one: one.first):
        open_ = [chain for chain in open_ if line.first - chain[-1].last <= WINDOW]
        chain = next((one for one in reversed(open_) if _continues(one[-1], line)), None)
        if chain is None:
            chains.append([line])
            open_.append(chains[-1])
        else:
            chain.append(line)
    whole = [_one(chain) for chain in chains]
    parts = [_one(part) for chain in chains for part in _parts(chain)]
    return sorted([*whole, *parts], key=lambda one: -one.weight)[:MOST_LINES]


def distinct(found: Sequence[Line], step: float) -> list[Line]:
    """The lines without those that a heavier and longer one runs along: `step` is the time between two pictures."""
    kept: list[Line] = []
    for line in found:
        if not any(_runs_along(line, other, step) for other in kept):
            kept.append(line)
    return kept


def _runs_along(line: Line, other: Line, step: float) -> bool:
    ends = (line.first, line.last)
    inside = other.first - WINDOW / 2 <= line.first and line.last <= other.last + WINDOW / 2
    return inside and max(abs(line.at(end) - other.at(end)) for end in ends) <= step * SAME_LINE


def _parts(chain: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Parts of a long chain: where a few pictures are left out, what lies on one line only nearly is two pieces."""
    length = max(PART, -(-len(chain) // MOST_PARTS))
    if len(chain) > length:
        yield from (chain[k : k + length] for k in range(0, len(chain), length))


def _continues(before: Line, after: Line) -> bool:
    if after.first - before.last > WINDOW or after.first < before.first:
        return False
    moment = (max(before.first, after.first) + min(before.last, after.last)) / 2
    return abs(before.slope / after.slope - 1) < 0.07 and abs(before.at(moment) - after.at(moment)) < 0.3


def _one(chain: Sequence[Line]) -> Line:
    first, last, weight = chain[0].first, max(one.last for one in chain), sum(one.weight for one in chain)
    moments = np.array([(one.first + one.last) / 2 for one in chain])
    places = np.array([one.at((one.first + one.last) / 2) for one in chain])
    # Less than a window apart, the moments carry no slope of their own.
    if len(chain) < 3 or np.ptp(moments) < WINDOW / 2:
        heaviest = max(chain, key=lambda one: one.weight)
        return replace(heaviest, first=first, last=last, weight=weight)
    slope, offset = np.polyfit(moments, places, 1)
    return Line(float(slope), float(offset), first, last, weight)


def laid(way: Way, line: Line, source: Strip, least: float) -> Candidate | None:
    """The line laid exactly; None where fewer than `least` of the pictures in which something happens are explained by it."""
    found = refine(line, way.strip, source)
    return None if found is None else weighed(way, *found, source, least)


def weighed(way: Way, exact: Line, warp: Warp, source: Strip, least: float) -> Candidate | None:
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
    along = evidence(exact, warp, way, source, range(int(rows[0]), int(rows[-1]) + 1))
    if clip.reversed:
        along = Evidence(len(clip) - int(rows[-1]) - 1, along.weight[::-1])
    return Candidate(exact, warp, way, along)


def _shares(candidate: Candidate, run: Run, there: Strip) -> NDArray[np.float64]:
    clip = candidate.way.strip
    return explained(candidate.line, candidate.warp, clip, there, clip.evenly(run.first, run.end, LOOKED_AT))


def weight_of(candidate: Candidate, run: Run) -> float:
    """Evidence of a candidate for the pictures of a run."""
    along = candidate.along
    return float(along.weight[max(0, run.first - along.first) : max(0, run.end - along.first)].sum())


def sure(candidate: Candidate, run: Run, there: Strip) -> bool:
    """Whether nearly all pictures of a run, and not only most, are explained: other cars on the same lane pass alike, but not all the time."""
    clip, shares = candidate.way.strip, _shares(candidate, run, there)
    happens = shares[np.isfinite(shares)]
    seconds = len(happens) / len(shares) * (run.end - run.first) * clip.step
    if len(happens) < (FEW if seconds >= LONG_ENOUGH else MANY):
        return False
    if any(float(np.quantile(happens, part)) < bound for part, bound in SURE):
        return False
    return strangeness(candidate.line, candidate.warp, clip, there) <= STRANGE


def again(candidate: Candidate, run: Run, there: Strip, known: Warp | None) -> Candidate | None:
    """The candidate laid on the pictures of one run; None where it does not explain them."""
    clip = candidate.way.strip
    first, end = (len(clip) - run.end, len(clip) - run.first) if clip.reversed else (run.first, run.end)
    line = replace(candidate.line, first=float(clip.times[first]), last=float(clip.times[end - 1]))
    found = settle(line, clip, there, [candidate.warp] if known is None else [candidate.warp, known])
    return None if found is None else weighed(candidate.way, *found, there, OF_PICTURES)

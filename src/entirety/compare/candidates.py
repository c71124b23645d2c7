"""Candidates: lines along which the clip may lie in a recording, laid exactly and weighed picture by picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from entirety.compare.align import Run
from entirety.compare.evidence import Evidence, evidence, explained
from entirety.compare.geometry import Warp
from entirety.compare.refine import clip_rows, refine, settle
from entirety.compare.search import WINDOW, Line
from entirety.compare.strip import Strip
from entirety.compare.usual import Way

EXPLAINED, OF_PICTURES = 0.8, 0.85
"""Share of what sets a picture of the clip apart that its place in a recording must explain, and share of the pictures of a piece for which it must."""
WORTH_A_LOOK = 0.15
"""Share of the pictures of a candidate that it must explain: it may reach far beyond its piece."""
LOOKED_AT = 40
"""Pictures of a candidate for which that is asked."""
MARGIN = 10.0
"""Seconds to either side of where a line was seen in which it may go on: nothing moves there for a while."""
PART, MOST_PARTS = 1, 12
"""Windows of a part of a chain at least, and parts of a chain at most."""
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
    for line in sorted(found, key=lambda one: one.first):
        chain = next((one for one in reversed(chains[-MOST_LINES:]) if _continues(one[-1], line)), None)
        if chain is None:
            chains.append([line])
        else:
            chain.append(line)
    whole = [_one(chain) for chain in chains]
    parts = [_one(part) for chain in chains for part in _parts(chain)]
    return sorted([*whole, *parts], key=lambda one: -one.weight)[:MOST_LINES]


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
    if len(chain) < 3:
        heaviest = max(chain, key=lambda one: one.weight)
        return replace(heaviest, first=first, last=last, weight=weight)
    moments = np.array([(one.first + one.last) / 2 for one in chain])
    places = np.array([one.at((one.first + one.last) / 2) for one in chain])
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


def again(candidate: Candidate, run: Run, there: Strip, known: Warp | None) -> Candidate | None:
    """The candidate laid on the pictures of one run; None where it does not explain them."""
    clip = candidate.way.strip
    first, end = (len(clip) - run.end, len(clip) - run.first) if clip.reversed else (run.first, run.end)
    line = replace(candidate.line, first=float(clip.times[first]), last=float(clip.times[end - 1]))
    found = settle(line, clip, there, [candidate.warp] if known is None else [candidate.warp, known])
    return None if found is None else weighed(candidate.way, *found, there, OF_PICTURES)

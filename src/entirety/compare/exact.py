"""The two exact layers: pieces whose coded pictures, or whose decoded pictures, are those of the recording byte for byte.

Equal hashes say that pictures are equal; they say where footage comes from only if the pictures are not the same everywhere. So a run
counts only if it shows some different pictures that are not blank: a standing or empty picture is placed by what moves before or after it in the same
run, and never on its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.cadence import even_rows
from entirety.compare.lines import Pairs, pieces
from entirety.compare.runs import Rows, Runs, equal_runs, numbered, rare
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature
from entirety.model.time import UNSET

FEWEST = 3
"""Different pictures that a run must show: two differ by chance of a blink or a flash, three in a row follow a movement."""
BLANK = 8
"""Grey levels between the brightest and the darkest part of a thumbnail, below which a picture counts as blank: chosen; black and
single-coloured pictures, coded strongly, stay within 3."""
MOST_RUNS = 20_000
"""Runs that are tried, longest first: an hour in which every fifth picture was cut out has as many."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A run that counts, and how far it would reach if no longer one overlapped it: [first, end) in rows of the clip."""

    pairs: Pairs
    first: int
    end: int
    sampled: bool = False


def by_packets(clip: Signature, source: Signature) -> list[Piece]:
    """Pieces whose coded pictures are equal byte for byte, in the order of the clip, none over another."""
    rows, places = numbered(clip.packets.sha256, source.packets.sha256)
    runs = equal_runs(rows, places)
    if not len(runs):
        return []
    pictures, recorded = numbered(clip.sha256, source.sha256)
    shown, shown_there, lively = _shown(clip), _shown(source), _lively(clip)
    free, taken = np.ones(len(clip), np.bool_), list[_Taken]()
    for at in _longest_first(runs):
        first, length = int(runs.clip[at]), int(runs.length[at])
        place = int(runs.source[at])
        pairs = _in_order(shown[first : first + length], shown_there[place : place + length])
        for part in _steady(pairs):
            rest = _free(part, free)
            equal = rest.clip[(pictures[rest.clip] == recorded[rest.source]) & lively[rest.clip]]
            # Equal bytes under other settings decode to other pictures: what is shown must be equal too, a broken start apart.
            if len(np.unique(pictures[equal])) >= FEWEST:
                taken.append(_take(rest, part, free))
    return _pieces(clip, source, taken, Layer.PACKETS)


def by_frames(clip: Signature, source: Signature, gaps: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces whose decoded pictures are equal, forwards or backwards, within the clip's pictures [first, end) of `gaps`; as above."""
    rows, places = numbered(clip.sha256, source.sha256)
    free = np.zeros(len(clip), np.bool_)
    for first, end in gaps:
        free[first:end] = True
    # Rows outside the gaps equal nothing.
    rows = np.where(free, rows, rows.max(initial=0) + places.max(initial=0) + 1 + np.arange(len(rows)))
    onward = equal_runs(rows, places)
    backward = _without_singles(equal_runs(rows, places, backwards=True)) if len(onward) else onward
    if not len(onward):
        return []
    weight = _weight(rows, places, _lively(clip))
    taken = list[_Taken]()
    for runs in (onward, backward):
        for pairs in even_rows(_apart(runs)):
            rest = _free(pairs, free)
            if _enough(rest, weight):
                taken.append(replace(_take(rest, rest, free), sampled=True))
    for runs, at in _both(onward, backward, weight):
        within = np.arange(int(runs.length[at]))
        pairs = Pairs(int(runs.clip[at]) + within, int(runs.source[at]) + runs.step * within)
        rest = _free(pairs, free)
        if _enough(rest, weight):
            taken.append(_take(rest, pairs, free))
    return _pieces(clip, source, taken, Layer.FRAMES)


def _shown(signature: Signature) -> Rows:
    """For each packet the shown picture that it holds, by its time; -1 where none has this time."""
    packets = signature.packets
    times = np.where(packets.pts == UNSET, packets.dts, packets.pts)
    rows = np.minimum(np.searchsorted(signature.pts, times), max(len(signature) - 1, 0))
    return np.where(signature.pts[rows] == times, rows, -1).astype(np.int64)


def _lively(clip: Signature) -> NDArray[np.bool_]:
    """Which pictures are not blank."""
    flat = clip.grey.reshape(len(clip), -1)
    return flat.max(axis=1) - flat.min(axis=1) >= BLANK


def _weight(rows: Rows, places: Rows, lively: NDArray[np.bool_]) -> Rows:
    """Sum from row 0 of the pictures that say where they come from: rare in the recording, not blank, and another than the one before."""
    changed = np.ones(len(rows), np.bool_)
    changed[1:] = np.diff(rows) != 0
    return np.concatenate([[0], np.cumsum(rare(rows, places) & lively & changed)])


def _enough(pairs: Pairs, weight: Rows) -> bool:
    return len(pairs) > 0 and int(weight[pairs.clip[-1] + 1] - weight[pairs.clip[0]]) >= FEWEST


def _longest_first(runs: Runs) -> list[int]:
    order = np.lexsort((runs.source, runs.clip, -runs.length))[:MOST_RUNS]
    return [int(at) for at in order]


def _both(onward: Runs, backward: Runs, weight: Rows) -> Iterator[tuple[Runs, int]]:
    """Runs of both directions with weight enough, longest first, forwards before backwards."""
    found: list[tuple[int, int, int, int, Runs]] = []
    for rank, runs in enumerate((onward, backward)):
        heavy = np.flatnonzero(weight[runs.clip + runs.length] - weight[runs.clip] >= FEWEST)
        found += [(-int(runs.length[at]), rank, int(runs.clip[at]), int(at), runs) for at in heavy]
    for _, _, _, at, runs in sorted(found, key=lambda one: one[:4])[:MOST_RUNS]:
        yield runs, at


def _without_singles(runs: Runs) -> Runs:
    """One picture has no direction."""
    return _some(runs, runs.length > 1)


def _apart(runs: Runs) -> Runs:
    """Runs, in the order of the clip, that share no picture of it with another."""
    order = np.argsort(runs.clip, kind="stable")
    runs = _some(runs, order)
    end = np.maximum.accumulate(runs.clip + runs.length)
    alone = np.ones(len(runs), np.bool_)
    alone[1:] &= runs.clip[1:] >= end[:-1]
    alone[:-1] &= alone[1:]
    return _some(runs, alone)


def _some(runs: Runs, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Runs:
    return Runs(runs.clip[chosen], runs.source[chosen], runs.length[chosen], runs.step)


def _in_order(clip: Rows, source: Rows) -> Pairs:
    """Pictures in the order of showing, where both files show the packet."""
    both = (clip >= 0) & (source >= 0)
    rows, first = np.unique(clip[both], return_index=True)
    return Pairs(rows, source[both][first])


def _steady(pairs: Pairs) -> list[Pairs]:
    """Parts in which both files go on from picture to picture; pictures absent from the clip's end of a run are passed over."""
    steps, there = np.diff(pairs.clip), np.diff(pairs.source)
    ends = np.flatnonzero((there <= 0) | ((steps > 1) & (there != steps))) + 1
    borders = [0, *ends.tolist(), len(pairs)]
    return [pairs.part(a, b) for a, b in zip(borders, borders[1:], strict=False) if a < b]


def _free(pairs: Pairs, free: NDArray[np.bool_]) -> Pairs:
    """The longest part that no other run has taken."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free[pairs.clip], [False]]).astype(np.int8))).reshape(-1, 2)
    if not len(edges):
        return pairs.part(0, 0)
    first, end = edges[int((edges[:, 1] - edges[:, 0]).argmax())]
    return pairs.part(int(first), int(end))


def _take(rest: Pairs, whole: Pairs, free: NDArray[np.bool_]) -> _Taken:
    free[int(rest.clip[0]) : int(rest.clip[-1]) + 1] = False
    return _Taken(rest, int(whole.clip[0]), int(whole.clip[-1]) + 1)


def _pieces(clip: Signature, source: Signature, taken: Sequence[_Taken], layer: Layer) -> list[Piece]:
    """Pieces in the order of the clip. Where two runs fit the same pictures, as over a picture that stands at a cut, the cut may lie at any of them."""
    done, in_order = list[Piece](), sorted(taken, key=lambda one: int(one.pairs.clip[0]))
    ends = [0, *(one.end for one in in_order)]
    firsts = [*(one.first for one in in_order), len(clip)]
    for at, one in enumerate(in_order):
        made = list(pieces(clip, source, one.pairs, layer, sampled=one.sampled))
        before, after = ends[at] - one.first, one.end - firsts[at + 1]
        made[0] = replace(made[0], uncertainty=max(made[0].uncertainty, before, 0))
        made[-1] = replace(made[-1], uncertainty=max(made[-1].uncertainty, after, 0))
        done += made
    return done

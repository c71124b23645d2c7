"""The two exact layers: pieces whose coded pictures, or whose decoded pictures, are those of the recording byte for byte.

Equal hashes say that pictures are equal; they say where footage comes from only if the pictures are not the same everywhere. So a run
counts only if it shows some different pictures that are not blank: a standing or empty picture is placed by what moves before or after it in the same
run, and never on its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.cadence import even_rows
from entirety.compare.lines import Pairs
from entirety.compare.packet_runs import bridged, chains, in_order, shown_rows, steady
from entirety.compare.runs import Rows, Runs, equal_runs, numbered, rare
from entirety.compare.taken import Taken, as_pieces, longest_free, take
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

FEWEST = 3
"""Different pictures that a run must show: two differ by chance of a blink or a flash, three in a row follow a movement."""
BLANK = 8
"""Grey levels between the brightest and the darkest part of a thumbnail, below which a picture counts as blank: chosen and not measured."""
STEADY = 0.25
"""Share of a picture's time by which pictures of a copy may lie off one line: a copy keeps its times to a rounding, and where one picture was taken out
the times leap by one."""
MOST_RUNS = 20_000
"""Runs that are tried, longest first: an hour in which every fifth picture was cut out has as many."""


def by_packets(clip: Signature, source: Signature) -> list[Piece]:
    """Pieces whose coded pictures are equal byte for byte, in the order of the clip, none over another.

    Software that joins copied pieces adds settings to key pictures, whose bytes then differ: such a picture stays in its piece if it decodes to an equal
    one, and the piece is named after its weakest link.
    """
    rows, places = numbered(clip.packets.sha256, source.packets.sha256)
    runs = equal_runs(rows, places)
    if not len(runs):
        return []
    pictures, recorded = numbered(clip.sha256, source.sha256)
    shown, lively = (shown_rows(clip), shown_rows(source)), _lively(clip)
    free, taken = np.ones(len(clip), np.bool_), list[Taken]()
    for chain in chains(runs):
        equal = in_order(shown, runs, chain, (pictures, recorded))
        rest = longest_free(bridged(equal, pictures, recorded), free)
        alike = rest.clip[(pictures[rest.clip] == recorded[rest.source]) & lively[rest.clip]]
        if len(np.unique(pictures[alike])) >= FEWEST:
            taken += [_coded(take(part, part, free), equal) for part in steady(rest)]
    return as_pieces(clip, source, taken)


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
    taken = list[Taken]()
    for runs in (onward, backward):
        for pairs in even_rows(_apart(runs)):
            rest = longest_free(pairs, free)
            if _enough(rest, weight):
                taken.append(replace(take(rest, rest, free), sampled=True))
    for runs, at in _both(onward, backward, weight):
        within = np.arange(int(runs.length[at]))
        pairs = Pairs(int(runs.clip[at]) + within, int(runs.source[at]) + runs.step * within)
        rest = longest_free(pairs, free)
        if _enough(rest, weight):
            taken.append(take(rest, pairs, free))
    return as_pieces(clip, source, taken)


def _coded(taken: Taken, equal: Pairs) -> Taken:
    """Marked with how many of its pictures are equal as coded."""
    count = int(np.isin(taken.pairs.clip, equal.clip).sum())
    layer = Layer.PACKETS if count == len(taken.pairs) else Layer.FRAMES
    return replace(taken, layer=layer, packets=equal.clip, slack=STEADY)


def _lively(clip: Signature) -> NDArray[np.bool_]:
    """Which pictures are not blank."""
    flat = clip.grey.reshape(len(clip), -1)
    spread: NDArray[np.uint8] = flat.max(axis=1) - flat.min(axis=1)
    return np.greater_equal(spread, BLANK)


def _weight(rows: Rows, places: Rows, lively: NDArray[np.bool_]) -> Rows:
    """Sum from row 0 of the pictures that say where they come from: rare in the recording, not blank, and another than the one before."""
    changed = np.ones(len(rows), np.bool_)
    changed[1:] = np.diff(rows) != 0
    return np.concatenate([[0], np.cumsum(rare(rows, places) & lively & changed)])


def _enough(pairs: Pairs, weight: Rows) -> bool:
    return len(pairs) > 0 and int(weight[pairs.clip[-1] + 1] - weight[pairs.clip[0]]) >= FEWEST


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

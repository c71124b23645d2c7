"""From equal runs of coded pictures, in the order in which they are stored, to shown pictures in the order of showing.

A picture is stored before those that are built on it and shown after some of them. So where a copy begins or ends, it lacks a few pictures near its
ends, and runs that follow each other closely are one copy.
"""

from itertools import pairwise

import numpy as np

from entirety.compare.lines import Pairs
from entirety.compare.runs import Rows, Runs
from entirety.model.signature import Signature
from entirety.model.time import UNSET

BRIDGE = 2
"""Coded pictures of other bytes between two runs of one copy: a key picture, and one more in codings of two fields."""
REORDERED = 16
"""Coded pictures that a copy can lack near its ends: as many as a coding may hold back (H.264 and HEVC: 16)."""
MOST = 20_000
"""Chains of runs that are tried, longest first: an hour in which every fifth picture was cut out has as many."""


def shown_rows(signature: Signature) -> Rows:
    """For each packet the shown picture that it holds, by its time; -1 where none has this time."""
    packets = signature.packets
    times = np.where(packets.pts == UNSET, packets.dts, packets.pts)
    rows = np.minimum(np.searchsorted(signature.pts, times), len(signature) - 1)
    return np.where(signature.pts[rows] == times, rows, -1).astype(np.int64)


def chains(runs: Runs) -> list[Rows]:
    """Runs of one copy each, as rows of `runs`; the longest copy first. `runs` lie in the order of the clip."""
    clip_gap = runs.clip[1:] - (runs.clip + runs.length)[:-1]
    source_gap = runs.source[1:] - (runs.source + runs.length)[:-1]
    linked = (clip_gap >= 0) & (clip_gap <= BRIDGE) & (source_gap >= 0) & (source_gap <= REORDERED)
    parts = np.split(np.arange(len(runs)), np.flatnonzero(~linked) + 1)
    return sorted(parts, key=lambda part: (-int(runs.length[part].sum()), int(part[0])))[:MOST]


def in_order(rows: tuple[Rows, Rows], runs: Runs, chain: Rows, ids: tuple[Rows, Rows]) -> Pairs:
    """Shown pictures of a chain in the order of showing. `rows` are the shown pictures of the packets, `ids` numbers equal for equal pictures.

    What is shown must be equal too: equal bytes under other settings, or at a time that two packets claim, are other pictures. Only before the
    first equal one may they differ: a copy can begin with pictures that are built on some it lacks.
    """
    length = runs.length[chain]
    within = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    clip = rows[0][np.repeat(runs.clip[chain], length) + within]
    source = rows[1][np.repeat(runs.source[chain], length) + within]
    equal = (clip >= 0) & (source >= 0)
    equal[equal] = ids[0][clip[equal]] == ids[1][source[equal]]
    first = int(clip[equal].min()) if equal.any() else 0
    kept = equal | ((clip >= 0) & (source >= 0) & (clip < first))
    order, at = np.unique(clip[kept], return_index=True)
    return Pairs(order, source[kept][at])


def bridged(pairs: Pairs, pictures: Rows, recorded: Rows) -> Pairs:
    """The pairs with those between them that are equal once decoded, counted on from the pair before or back from the one after."""
    steps, there = np.diff(pairs.clip), np.diff(pairs.source)
    holes = np.flatnonzero((steps > 1) & (steps <= BRIDGE + 1) & (there >= steps) & (there <= steps + REORDERED))
    if not len(holes):
        return pairs
    count = steps[holes] - 1
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + 1
    clip = np.repeat(pairs.clip[holes], count) + within
    before = np.repeat(pairs.source[holes], count) + within
    after = before + np.repeat(there[holes] - steps[holes], count)
    source = np.where(pictures[clip] == recorded[before], before, after)
    equal = pictures[clip] == recorded[source]
    clip, source = np.append(pairs.clip, clip[equal]), np.append(pairs.source, source[equal])
    order = np.argsort(clip)
    return Pairs(clip[order], source[order])


def steady(pairs: Pairs) -> list[Pairs]:
    """Parts in which the clip goes on from picture to picture and the recording does not turn back."""
    ends = np.flatnonzero((np.diff(pairs.source) <= 0) | (np.diff(pairs.clip) > 1)) + 1
    return [pairs.part(a, b) for a, b in pairwise([0, *ends.tolist(), len(pairs)]) if a < b]

"""Finds equal runs between two lists of hashes: where row after row of the one equals row after row of the other.

A run is grown in both directions from a row whose hash is rare in the recording, as far as the rows stay equal. Rows that the recording
holds at many places, such as pictures in which nothing moves, lengthen a run and never begin one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]

RARE = 8
"""Places of the recording at which a hash may stand and still begin a run: footage that a recording repeats is found as well, and the
number of pairs that are looked at stays bounded."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Equal runs, one row each; none can be longer at its place."""

    clip: Rows
    """First row in the clip."""
    source: Rows
    """Row of the recording that equals it."""
    length: Rows
    step: int
    """1 where the recording runs forwards as the clip does, -1 where it runs backwards."""

    def __len__(self) -> int:
        return len(self.clip)


def numbered(clip: NDArray[np.uint8], source: NDArray[np.uint8]) -> tuple[Rows, Rows]:
    """Each hash (a row of 32 bytes) as a number, the same for equal hashes of both lists and for those only."""
    both = np.ascontiguousarray(np.concatenate([clip.reshape(-1, 32), source.reshape(-1, 32)]))
    ids = _ranked(both.view(np.uint64)[:, 0])
    some = np.zeros(len(both), np.int64)
    some[ids] = np.arange(len(both))
    # Eight bytes can be made to collide by someone who tries; all 32 cannot.
    if not np.array_equal(both, both[some[ids]]):
        ids = np.unique(both.view("V32")[:, 0], return_inverse=True)[1].reshape(-1).astype(np.int64)
    return ids[: len(clip)], ids[len(clip) :]


def rare(clip: Rows, source: Rows) -> NDArray[np.bool_]:
    """Rows of the clip whose number stands in the recording, and at few places."""
    count = np.bincount(source, minlength=_above(clip, source))[clip]
    return (count > 0) & (count <= RARE)


def equal_runs(clip: Rows, source: Rows, *, backwards: bool = False) -> Runs:
    """Every run of equal numbers that holds a rare one, longest possible, in the order of the clip."""
    if backwards:
        turned = equal_runs(clip[::-1], source)
        first = len(clip) - turned.clip - turned.length
        order = np.argsort(first, kind="stable")
        return Runs(first[order], (turned.source + turned.length - 1)[order], turned.length[order], -1)
    rows, places = _seeds(clip, source)
    if not len(rows):
        return Runs(rows, places, rows, 1)
    tables, moved = _blocks(clip, source), len(clip) + 1
    left = _reach(tables, rows, places + moved, -1) - 1
    right = _reach(tables, rows, places + moved, 1)
    # A run is told by where it begins; seeds further along it found it again.
    _, kept = np.unique((rows - left) * (len(source) + 1) + places - left, return_index=True)
    return Runs((rows - left)[kept], (places - left)[kept], (left + right)[kept], 1)


def _ranked(keys: NDArray[np.int64] | NDArray[np.uint64]) -> Rows:
    """Numbers from 0 in the order of the keys, equal for equal ones."""
    order = np.argsort(keys)
    fresh = np.zeros(len(keys), np.int64)
    fresh[1:] = np.diff(keys[order]) != 0
    ids = np.empty(len(keys), np.int64)
    ids[order] = np.cumsum(fresh)
    return ids


def _above(clip: Rows, source: Rows) -> int:
    return int(max(clip.max(initial=-1), source.max(initial=-1))) + 1


def _seeds(clip: Rows, source: Rows) -> tuple[Rows, Rows]:
    """Pairs of equal rare rows, one for each stretch of such pairs side by side."""
    rows = np.flatnonzero(rare(clip, source))
    order = np.argsort(source, kind="stable")
    first = np.searchsorted(source[order], clip[rows], side="left")
    count = np.searchsorted(source[order], clip[rows], side="right") - first
    pairs = np.repeat(np.arange(len(rows)), count)
    within = np.arange(len(pairs)) - np.repeat(np.cumsum(count) - count, count)
    clip_rows, places = rows[pairs], order[first[pairs] + within]
    line = places - clip_rows
    side = np.lexsort((clip_rows, line))
    clip_rows, places, line = clip_rows[side], places[side], line[side]
    fresh = np.ones(len(side), np.bool_)
    fresh[1:] = (np.diff(line) != 0) | (np.diff(clip_rows) != 1)
    return clip_rows[fresh].astype(np.int64), places[fresh].astype(np.int64)


def _blocks(clip: Rows, source: Rows) -> list[Rows]:
    """Numbers of all stretches of 1, 2, 4, ... rows of both lists one behind the other: equal stretches have equal numbers."""
    above = _above(clip, source)
    row = np.concatenate([clip, [above], source, [above + 1]])
    tables, size = [row], 1
    while 2 * size <= min(len(clip), len(source)):
        row = tables[-1]
        pairs = row[: len(row) - size] * (int(row.max()) + 1) + row[size:]
        numbers, size = _ranked(pairs), 2 * size
        in_source = np.zeros(int(numbers.max()) + 1, np.bool_)
        in_source[numbers[len(clip) + 1 :]] = True
        if not in_source[numbers[: len(clip) - size + 1]].any():
            break
        tables.append(numbers)
    return tables


def _reach(tables: list[Rows], one: Rows, other: Rows, step: int) -> Rows:
    """How many rows from `one` and `other` on are equal, these included, towards `step`."""
    reached = np.zeros(len(one), np.int64)
    for level in reversed(range(len(tables))):
        table, size = tables[level], 1 << level
        # No run is twice as long as the largest block, so each size fits once at most.
        here, there = one + step * reached, other + step * reached
        if step < 0:
            here, there = here - size + 1, there - size + 1
        fits = (here >= 0) & (there >= 0) & (here < len(table)) & (there < len(table))
        same = np.zeros(len(one), np.bool_)
        same[fits] = table[here[fits]] == table[there[fits]]
        reached += size * same
    return reached

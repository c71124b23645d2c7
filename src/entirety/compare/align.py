"""Chooses for every picture of the clip the line on which it lies, or none: the choice that is likeliest as a whole, where changing from one
line to another must be paid for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.evidence import Evidence

CHANGE = 12.0
"""Price of passing from a line to none or back, in natural logarithms; from line to line it is paid once."""
CERTAIN = 3.0
"""Evidence, natural logarithms, that settles where a boundary lies: 20 to 1."""
NONE = -1


@dataclass(frozen=True, slots=True)
class Run:
    """Pictures [first, end) of the clip on one line."""

    line: int
    first: int
    end: int
    weight: float
    uncertainty: int
    """Pictures by which the looser of both ends may lie elsewhere."""


def align(along: Sequence[Evidence], first: int, end: int) -> list[Run]:
    """The runs among the clip's pictures [first, end); `along` holds the evidence of each line."""
    table = np.full((end - first, len(along) + 1), -1e6)
    table[:, NONE] = 0
    for number, one in enumerate(along):
        begin, stop = max(first, one.first), min(end, one.first + len(one.weight))
        if begin < stop:
            table[begin - first : stop - first, number] = one.weight[begin - one.first : stop - one.first]
    path = _best_path(table)
    bounds = np.flatnonzero(np.diff(path)) + 1
    runs = []
    for begin, stop in zip((0, *bounds), (*bounds, len(path)), strict=True):
        line = int(path[begin])
        if line != len(along):
            loose = max(_loose(table, path, int(bound)) for bound in (begin, stop))
            weight = float(table[begin:stop, line].sum())
            runs.append(Run(line, first + int(begin), first + int(stop), weight, loose))
    return runs


def _best_path(table: NDArray[np.float64]) -> NDArray[np.intp]:
    """Viterbi over the columns; every change costs CHANGE."""
    rows, states = table.shape
    came = np.empty((rows, states), np.int32)
    total = table[0].copy()
    total[:NONE] -= CHANGE
    own = np.arange(states, dtype=np.int32)
    for row in range(1, rows):
        best = int(total.argmax())
        change = total[best] - CHANGE
        came[row] = np.where(total >= change, own, best)
        total = np.maximum(total, change) + table[row]
    path = np.empty(rows, np.intp)
    path[-1] = int(total.argmax())
    for row in range(rows - 1, 0, -1):
        path[row - 1] = came[row, path[row]]
    return path


def _loose(table: NDArray[np.float64], path: NDArray[np.intp], bound: int) -> int:
    """Pictures by which a boundary may be moved, whichever way, before the evidence against it is certain."""
    if bound in (0, len(path)):
        return 0
    before, after = table[:, path[bound - 1]], table[:, path[bound]]
    farthest = 0
    for step in (-1, 1):
        total, moved = 0.0, 0
        row = bound - 1 if step < 0 else bound
        while 0 <= row < len(path) and total < CERTAIN and moved <= len(path):
            total += float((after[row] - before[row]) * step)
            moved += 1
            row += step
        farthest = max(farthest, moved - 1)
    return farthest

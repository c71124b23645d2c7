"""Finds runs that follow one another at an even pace, as they do where a frame rate was changed without coding the pictures anew.

Every fifth picture left out, or every fourth shown twice: each run ends after as many pictures as the one before it, and the next begins
as many pictures further on. Such a row of runs is one stretch of footage; a single skipped picture is not.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.compare.lines import Pairs
from entirety.compare.runs import Runs

FEWEST = 6
"""Runs in a row that make an even pace: chosen so that a few cuts of one picture each do not look like a change of the frame rate."""
FARTHEST = 8
"""Pictures of the recording between two runs at most: a clip eight times as fast."""


def even_rows(runs: Runs) -> Iterator[Pairs]:
    """Rows of at least FEWEST runs, side by side in the clip, at an even pace. `runs` lie in the order of the clip."""
    if len(runs) < FEWEST:
        return
    last = runs.source + runs.step * (runs.length - 1)
    jump = runs.source[1:] - last[:-1]
    linked = (runs.clip[1:] == (runs.clip + runs.length)[:-1]) & (np.abs(jump) <= FARTHEST)
    # A run of one picture has no direction: its jumps tell.
    linked &= (jump * runs.step >= 0) | (runs.length[1:] == 1) & (runs.length[:-1] == 1)
    inner = runs.length[1:-1]
    alike = linked[1:] & linked[:-1] & (jump[1:] == jump[:-1]) & (jump[1:] != runs.step)
    alike[1:] &= np.abs(np.diff(inner)) <= 1
    for first, end in _stretches(alike):
        # Joints first to end hold runs first to end + 1, the outer two cut short by what comes before and after.
        if end - first + 2 >= FEWEST and np.ptp(inner[first:end]) <= 1:
            yield _pairs(runs, first, end + 2)


def _stretches(true: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], true, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _pairs(runs: Runs, first: int, end: int) -> Pairs:
    length = runs.length[first:end]
    within = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    return Pairs(
        np.repeat(runs.clip[first:end], length) + within,
        np.repeat(runs.source[first:end], length) + runs.step * within,
    )

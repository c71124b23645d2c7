"""Finds coded pictures that are stored a second time, byte for byte, and take no time of their own.

Where the edit list of a recording shows a part that begins within a group of pictures, a converter reads that group from its key
picture on. Into a container without an edit list it then writes pictures again that it has already written, crowded into one moment.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import Break
from entirety.detect.steps import clock_of
from entirety.model.clip import Clip
from entirety.model.time import UNSET

CODE = "stored-twice"
CROWDED = 0.5
"""Share of the usual step that repeated pictures may take each: chosen; ffmpeg gives them one tick at most, a part that is played
again takes one step for each picture."""
MOST_PLACES = 100
"""Places looked at: chosen; a converter leaves one for each edit, and a file written to harm may hold a break at every picture."""


def repeats(clip: Clip, breaks: Sequence[Break]) -> dict[int, Break]:
    """For the row of each break that lies within such a repetition, or right after it, one break that tells the repetition."""
    told: dict[int, Break] = {}
    end, current = -1, None
    for row in sorted({found.row for found in breaks})[:MOST_PLACES]:
        count = 0 if row <= end else stored_again(clip, row)
        if count:
            end, current = row + count, Break(CODE, row, "", "", regular=count)
        if current is not None and row <= end:
            told[row] = current
    return told


def stored_again(clip: Clip, row: int) -> int:
    """How many packets from `row` on repeat packets that lie before it, in order and byte for byte, and crowd into one moment; else 0."""
    hashes = clip.packets.sha256
    if not 0 < row < len(hashes):
        return 0
    starts = np.flatnonzero((hashes[:row] == hashes[row]).all(axis=1))
    # Equal packets are met many times in a still scene only; the first and the last place are tried.
    count = max((_same(hashes, int(start), row) for start in {*starts[:1].tolist(), *starts[-1:].tolist()}), default=0)
    return count if count and _crowded(clip, row, count) else 0


def _same(hashes: NDArray[np.uint8], start: int, row: int) -> int:
    """Packets from `row` on that equal those from `start` on; only what lies before `row` counts as stored earlier."""
    length = min(row - start, len(hashes) - row)
    other = np.flatnonzero((hashes[start : start + length] != hashes[row : row + length]).any(axis=1))
    return int(other[0]) if len(other) else length


def _crowded(clip: Clip, row: int, count: int) -> bool:
    """The packets, or the only one and one of its neighbours, follow each other much faster than pictures of this clip do."""
    times = clock_of(clip.packets)
    known = np.unique(times[times != UNSET])
    pairs = [(row, row + count)] if count > 1 else [(row - 1, row + 1), (row, row + 2)]
    if len(known) < 2 or (times[max(0, row - 1) : row + count + 1] == UNSET).any():
        return False
    bound = CROWDED * float(np.median(np.diff(known)))
    return any(int(np.ptp(times[first:end])) <= bound * (end - first - 1) for first, end in pairs if end <= len(times))

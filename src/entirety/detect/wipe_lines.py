"""Looks for straight lines that move over the picture at an even pace and along which it is made anew.

The picture is divided into 16 columns and 9 rows of parts. For every start, pace and direction the columns, or the rows, are looked at
at the moment at which such a line would be in the middle of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.activity import activity
from entirety.detect.break_rules import AROUND, QUARTERS, REST_FLOOR, RESTS
from entirety.detect.same_scene import ACROSS, CHUNK, DOWN
from entirety.detect.windows import LONGEST, MOST_PICTURES, Floats, lengths, pictures
from entirety.model.clip import Frames

SHORTEST, FEWEST = 0.25, 4
"""Seconds, and pictures, that the line takes at least to cross the picture: in fewer, its moments cannot be told from one cut."""
AHEAD = 0.4
"""How much larger the share of the parts that are made anew must be along the line than in the window as a whole. A quick search, which what is
measured afterwards decides: wipes reach 0.59 to 0.85 (tuning half, and clips drawn for this), pans 0.55, what passes before the lens 0.75."""
BROAD = 1.5
"""Pictures that a line is in one column or row, from which its neighbours in time are looked at too: pace and start are tried in steps."""
APART = 8
"""Pictures on either side within which only the clearest line is looked at further. Chosen: half the width of the picture in columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that would enter the picture at frame `start` and leave it `length` pictures later."""

    start: int
    length: int
    down: bool
    """It moves up or down; otherwise to a side."""
    back: bool
    """It moves up, or to the left."""


def lines(frames: Frames) -> Iterator[Line]:
    """The clearest line around each moment, in the order of their middles."""
    best = np.zeros(len(frames))
    which = np.zeros(len(frames), np.int64)
    tried: list[tuple[int, bool, bool]] = []
    columns, rows = _anew(frames)
    usual = np.concatenate([[0.0], np.cumsum(columns.mean(axis=1))])
    longest = min(pictures(frames, LONGEST), MOST_PICTURES, len(frames) - 2)
    for length in lengths(longest, max(FEWEST, pictures(frames, SHORTEST))):
        starts = len(frames) - length
        whole = (usual[length + 1 : length + 1 + starts] - usual[1 : 1 + starts]) / length
        for down, shares in ((False, columns), (True, rows)):
            seen = _broadened(shares) if length > BROAD * shares.shape[1] else shares
            for back in (False, True):
                ahead = _along(seen, length, back=back) - whole
                middle = slice(length // 2, length // 2 + starts)
                clearer = ahead > best[middle]
                best[middle][clearer], which[middle][clearer] = ahead[clearer], len(tried)
                tried.append((length, down, back))
    for k in np.flatnonzero(best >= AHEAD):
        if best[k] == best[max(0, k - APART) : k + APART + 1].max():
            length, down, back = tried[which[k]]
            yield Line(int(k) - length // 2, length, down, back)


def _anew(frames: Frames) -> tuple[Floats, Floats]:
    """For each picture the share of the parts in each column, and in each row, in which more happens than usual there."""
    columns, rows = np.zeros((len(frames), ACROSS)), np.zeros((len(frames), DOWN))
    for first in range(0, len(frames), CHUNK):
        last = min(first + CHUNK, len(frames))
        start = max(1, first - AROUND)
        done = activity(frames, np.arange(start, min(last + AROUND, len(frames))))
        for part in range(max(first, 1), last, AROUND):
            end = min(part + AROUND, last)
            around = np.median(done[max(0, part - AROUND - start) : end + AROUND - start], axis=0)
            anew = done[part - start : end - start] > RESTS * around + REST_FLOOR / QUARTERS
            grid = anew.reshape(-1, DOWN, ACROSS)
            columns[part:end], rows[part:end] = grid.mean(axis=1), grid.mean(axis=2)
    return columns, rows


def _broadened(shares: Floats) -> Floats:
    """The largest of each picture and its two neighbours."""
    out = shares.copy()
    np.maximum(out[1:], shares[:-1], out=out[1:])
    np.maximum(out[:-1], shares[1:], out=out[:-1])
    return out


def _along(shares: Floats, length: int, *, back: bool) -> NDArray[np.float64]:
    """For each start the mean share along the line."""
    count = shares.shape[1]
    total = np.zeros(len(shares) - length)
    for place in range(count):
        at = round(length * ((count - place if back else place + 1) - 0.5) / count)
        total += shares[at : at + len(total), place]
    return np.asarray(total / count, np.float64)

"""Recognises dissolves: one view turns into another by being mixed with it, nearly everywhere in the picture at the same pace.

While a picture is a mixture (1 - a) A + a B, the brightness of all its parts goes straight from what it is in A to what it is in B, and in
step. A camera that turns, or a thing that passes, takes each part through other values at its own time. And a mixture of two unlike views
is poorer in contrast than either, which no turn of the camera makes it. All three are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from entirety.detect.same_scene import FLAT
from entirety.detect.windows import PARTS, Floats, Rows, Windows, levels
from entirety.model.clip import Frames

OFF_LINE, OFF_DEEP = 0.12, 0.2
"""How far the pictures between may lie off the straight way from the first to the last, as a share of it; the second where the contrast falls to
DEEP. Dissolves reach 0.11, those of moving cameras, which fall deep, 0.17; what a moving camera sees without begins at 0.14, and at 0.31 where it
falls deep (validation, tuning half, and clips drawn for this)."""
LEFT_OUT = 0.3
"""Share of the parts that is left out of all this, those that lie off most: somebody who walks through the picture takes a few parts his own way.
A camera that turns takes all of them. Chosen: of 0.1 to 0.4 the smallest that left walkers out and kept both kinds apart."""
OFF_PACE = 0.05
"""How far they may be ahead or behind on that way, as a share of it: dissolves reach 0.03, light that goes down 0.08 (same clips)."""
DIP, DEEP = 0.92, 0.75
"""Shares of the square of the mean contrast of the two ends up to which the middle falls. Where all other bounds are met, 427 continuous clips of
the tuning half do not come below 0.96; the clearest window of 36 of its dissolves reaches 0.32 to 0.86, half of them 0.58. One window is enough where it falls to DEEP: a slow recorder's pictures fill no second one."""
BEYOND = 0.6
"""How far, as a share of the way, the picture may go on in half the window's length before or after it: a part of a dissolve goes on for
0.5 at most, light that goes down went on for 0.67."""


@dataclass(frozen=True, slots=True)
class Dissolve:
    """Frame `first` holds more of one view, frame `last` more of the other; the numbers are those of this window."""

    first: int
    last: int
    off_line: float
    off_pace: float
    dip: float
    likeness: float
    distance: int

    @property
    def clearness(self) -> float:
        """Smaller is clearer."""
        return self.off_line + self.off_pace

    @property
    def alone(self) -> bool:
        """One window of this kind is enough."""
        return self.dip <= DEEP


def dissolves(frames: Frames, windows: Windows) -> Iterator[Dissolve]:
    """The windows in which one view is mixed into the other."""
    first, length = windows.first, windows.length
    contrast = frames.contrast.astype(np.float64)
    # Light that falls evenly leaves the mean of both contrasts; the mean of their squares is more, and would call it a dip.
    even = np.maximum((contrast[first] + contrast[first + length]) / 2, FLAT)
    dip = (contrast[first + length // 2] / even) ** 2
    rows = np.flatnonzero(dip <= DIP)
    off_line, off_pace, beyond = _way(frames, first[rows], length)
    most = np.where(dip[rows] <= DEEP, OFF_DEEP, OFF_LINE)
    for k in np.flatnonzero((off_line <= most) & (off_pace <= OFF_PACE) & (beyond <= BEYOND)):
        row = rows[k]
        ends = int(first[row]), int(first[row]) + length
        mixed = float(off_line[k]), float(off_pace[k]), float(dip[row])
        yield Dissolve(*ends, *mixed, float(windows.likeness[row]), int(windows.distance[row]))


def _way(frames: Frames, first: Rows, length: int) -> tuple[Floats, Floats, Floats]:
    """How the pictures go from the first of each window to the last: off the straight way, off the even pace, and on beyond the ends."""
    start = levels(frames, first)
    way = levels(frames, first + length) - start
    own = np.zeros_like(way)
    for _, gone in _between(frames, first, length, start):
        own += np.square(gone - _share(gone, way)[:, None] * way)
    place = round((1 - LEFT_OUT) * own.shape[1])
    kept = own < np.partition(own, place, axis=1)[:, [place]]
    way = np.where(kept, way, 0.0)
    square = np.maximum(np.einsum("ij,ij->i", way, way), 1.0)
    off, pace = np.zeros(len(first)), np.zeros(len(first))
    for step, gone in _between(frames, first, length, start):
        share = _share(gone, way)
        rest = np.where(kept, gone, 0.0) - share[:, None] * way
        off += np.einsum("ij,ij->i", rest, rest) / square
        pace = np.maximum(pace, np.abs(share - step / length))
    half = max(2, length // 2)
    before, after = np.maximum(first - half, 0), np.minimum(first + length + half, len(frames) - 1)
    beyond = np.maximum(
        np.einsum("ij,ij->i", start - levels(frames, before), way),
        np.einsum("ij,ij->i", levels(frames, after) - start - way, way),
    )
    return np.sqrt(off / (PARTS - 1)), pace, beyond / square


def _between(frames: Frames, first: Rows, length: int, start: Floats) -> Iterator[tuple[int, Floats]]:
    """The pictures that divide each window into PARTS, and how far the brightness of each block has gone in them."""
    for part in range(1, PARTS):
        step = round(length * part / PARTS)
        yield step, levels(frames, first + step) - start


def _share(gone: Floats, way: Floats) -> Floats:
    """How much of the way has been gone."""
    square = np.maximum(np.einsum("ij,ij->i", way, way), 1.0)
    return np.asarray(np.einsum("ij,ij->i", gone, way) / square, np.float64)

"""Lays out the thumbnails of a recording so that they can be held against another's: bars cut off, mirrored or backwards where asked.

A copy may have been given black bars, mirrored or turned round in time. What is searched for is therefore always a strip of pictures
that fill their frame and run forwards, in the way that the original would.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.model.signature import ACROSS, DOWN, Signature

SAMPLED = 400
"""Pictures looked at for bars, evenly over the recording."""
BAR_RANGE, OF_A_BAR = 6, 0.7
"""Grey levels within which a sample of a bar stays over the whole recording, since codecs ring by 2 to 4 beside an edge; and share of the samples of
a line of the bar for which that holds: a logo may stand in it."""
CELL = 3
"""Samples of the thumbnail in one cell each way: coarse enough that a picture cut by 5 % still changes in the same cells."""
BAR_LEVEL = 40
"""Grey level up to which a bar counts: black is 16 where the range is limited. A sky that is white all over is no bar."""
MOST_BAR = 0.4
"""Of the picture's height or width that bars on one side may take: pictures of 4:3 in a phone held upright leave .29."""

_Rows = TypeVar("_Rows", int, NDArray[np.intp])


@dataclass(frozen=True)
class Strip:
    """Pictures to be placed in time."""

    grey: NDArray[np.uint8] | NDArray[np.float32]
    """n x DOWN x ACROSS; or means of cells, CELL times fewer each way."""
    times: NDArray[np.float64]
    """n + 1 seconds, rising: when each picture appears, and when the last ends."""
    reversed: bool = False
    mirrored: bool = False

    def __len__(self) -> int:
        return len(self.grey)

    @cached_property
    def step(self) -> float:
        """Median seconds between two pictures."""
        return float(np.median(np.diff(self.times)))

    def moments(self, first: int, end: int) -> tuple[float, float]:
        """When the signature's pictures [first, end) begin and end here."""
        if self.reversed:
            first, end = len(self) - end, len(self) - first
        return float(self.times[first]), float(self.times[end])

    @property
    def put_in(self) -> tuple[bool, bool]:
        """Whether backwards, and whether mirrored."""
        return self.reversed, self.mirrored

    def row(self, picture: _Rows) -> _Rows:
        """Row in the signature of the picture at a place of the strip, and the other way round."""
        return len(self) - 1 - picture if self.reversed else picture

    def evenly(self, first: int, end: int, most: int) -> NDArray[np.intp]:
        """Places of at most `most` of the signature's pictures [first, end), evenly."""
        return self.row(np.unique(np.linspace(first, end - 1, most).astype(np.intp)))


def strip(signature: Signature) -> Strip:
    """The recording as it runs, without bars."""
    return Strip(without_bars(signature.grey), signature.times)


def turned(one: Strip, *, reversed_: bool, mirrored: bool) -> Strip:
    """The strip backwards, mirrored or both."""
    grey, times = one.grey, one.times
    if reversed_:
        grey, times = grey[::-1], times[-1] - times[::-1]
    if mirrored:
        grey = grey[:, :, ::-1]
    return Strip(grey, times, reversed_, mirrored)


def coarse(one: Strip) -> Strip:
    """The strip in cells."""
    parts = one.grey.reshape(len(one), DOWN // CELL, CELL, ACROSS // CELL, CELL)
    return replace(one, grey=parts.mean((2, 4), dtype=np.float32))


def without_bars(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What bars that never change enclose, enlarged to the whole picture; the pictures themselves where there are none."""
    top, bottom, left, right = inner_area(grey)
    if (top, bottom, left, right) == (0, DOWN, 0, ACROSS):
        return grey
    return np.stack([cv2.resize(one[top:bottom, left:right], (ACROSS, DOWN)) for one in grey]).astype(np.uint8)


def inner_area(grey: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Top, bottom, left, right of what bars enclose, in samples; a sample that is part bar is left out."""
    some = grey[:: max(1, len(grey) // SAMPLED)]
    top, bottom = _inner(some)
    left, right = _inner(some.transpose(0, 2, 1))
    return top, bottom, left, right


def _inner(some: NDArray[np.uint8]) -> tuple[int, int]:
    """First and end line that is no bar; bars stay as they are, are dark, and as broad on one side as on the other."""
    lines = some.shape[1]
    most, least = some.max(0).astype(int), some.min(0)
    still = ((most - least <= BAR_RANGE) & (most <= BAR_LEVEL)).mean(1)
    inner = np.flatnonzero(still < OF_A_BAR)
    if not len(inner):
        return 0, lines
    first, end = int(inner[0]), int(inner[-1]) + 1
    broad = min(first, lines - end)
    if broad == 0 or abs(first - (lines - end)) > 1 or broad > MOST_BAR * lines:
        return 0, lines
    # The line beside a bar is part bar and part picture.
    return first + 1, end - 1

"""Holds a preview against other pictures: does it show the same?

A preview may be turned as a viewer sees it, have black bars, or be cut to another shape. It is compared in all four turns, without its bars;
where its shape is still another one, or where it is flat, nothing is said.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.grey import HEIGHT, WIDTH
from entirety.measure.luma import luma
from entirety.measure.perceptual import phash
from entirety.model.clip import Clip

BAR = 24
"""Grey levels up to which a line counts as part of a black bar: black is coded as 16, and compression adds a few levels."""
SAME_SHAPE = 0.06
"""Part by which the ratio of the sides may differ: a bar found two lines too high or too low in a thumbnail of 120 lines makes 0.03."""
FLAT = 4.0
"""Grey levels of contrast below which a picture is empty and its perceptual hash noise: the bound of hard-cut."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Perceptual hashes of a preview in the turns in which its shape is that of the video; none where it is never, or where it is flat."""

    hashes: NDArray[np.uint64]

    def nearest(self, others: NDArray[np.uint64]) -> tuple[int, int]:
        """Least number of differing bits and the place of the picture concerned; -1 and -1 where nothing can be compared."""
        if not len(self.hashes) or not len(others):
            return -1, -1
        bits = np.array([np.bitwise_count(others ^ one) for one in self.hashes])
        best = bits.min(axis=0)
        return int(best.min()), int(best.argmin())


def compared(frame: VideoFrame, clip: Clip) -> Compared:
    """The hashes of a preview, to be compared with those of the pictures of `clip`, which are not turned."""
    if not len(clip.frames):
        return Compared(np.zeros(0, np.uint64))
    shape = int(clip.frames.width[0]) * float(clip.stream.aspect or 1) / max(1, int(clip.frames.height[0]))
    grey = _without_bars(np.asarray(frame.to_ndarray(format="gray"), np.uint8))
    greys = []
    for turn in range(4):
        picture = np.ascontiguousarray(np.rot90(grey, turn))
        lines, columns = picture.shape
        if abs(columns / lines / shape - 1) <= SAME_SHAPE:
            small = np.asarray(cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
            if luma(small[np.newaxis])[1, 0] >= FLAT:
                greys.append(small)
    return Compared(phash(np.array(greys, np.uint8)) if greys else np.zeros(0, np.uint64))


def _without_bars(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture without black lines at its edges; the whole picture where nothing else is in it."""
    bright = grey > BAR
    lines, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    if not len(lines) or not len(columns):
        return grey
    return grey[lines[0] : lines[-1] + 1, columns[0] : columns[-1] + 1]

"""Looks closer at every eighth picture: noise, sharpness, bars, colour, and what in it stands still or is rich in detail.

These traits belong to a camera and its settings, or to something laid over the footage. They change slowly, or they change where a
recording ends, so a few looks a second tell as much as all pictures would.
"""

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.bars import bars
from entirety.measure.grain import grain
from entirety.measure.grey import BLOCKS, Small
from entirety.measure.renewal import depth, samples
from entirety.measure.view import Standing, details
from entirety.model.looks import LOOK, Looks
from entirety.read.cropping import Crop

BLANK = (float("nan"), float("nan"))


class Closer:
    """Takes pictures in the order of showing; one row for every eighth of them, the first one first."""

    def __init__(self) -> None:
        self._standing = Standing()
        self._before: NDArray[np.uint8] | None = None
        self._seen = 0
        self._levels: list[tuple[float, ...]] = []
        self._bars: list[tuple[int, int, int, int]] = []
        self._blocks: list[NDArray[np.uint8]] = []

    def add(self, frame: VideoFrame, small: Small, crop: Crop) -> None:
        """Take one picture with its small version."""
        # The scaler gives every picture memory of its own, so the one before can be kept as it is.
        if self._before is not None:
            self._standing.add(self._before, small.grey)
        self._before = small.grey
        if self._seen % LOOK == 0:
            fine = samples(frame, crop)
            grained = BLANK if fine is None else grain(fine, depth(frame.format.name))
            self._levels.append((*grained, *(cv2.sumElems(plane)[0] / plane.size for plane in small.colour)))
            self._bars.append(bars(small.grey))
            self._blocks.append(np.stack([self._standing.counts(small.grey), details(small.grey)]))
        self._seen += 1

    def columns(self) -> Looks:
        """All rows."""
        levels = np.array(self._levels, np.float32).reshape(-1, 4)
        blocks = np.stack(self._blocks) if self._blocks else np.zeros((0, 2, BLOCKS), np.uint8)
        return Looks(
            noise=levels[:, 0].copy(),
            sharpness=levels[:, 1].copy(),
            bars=np.array(self._bars, np.uint8).reshape(-1, 4),
            standing=blocks[:, 0].copy(),
            detail=blocks[:, 1].copy(),
            chroma=levels[:, 2:].copy(),
        )

"""Measures the small pictures in batches: hashes that survive another encoding, brightness, differences and motion.

A batch begins with the last picture of the batch before, since most signals compare a picture with its predecessor.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.measure.difference import coarse, differences
from entirety.measure.grey import BLOCKS, COLOUR_HEIGHT, COLOUR_WIDTH, HEIGHT, WIDTH, Small
from entirety.measure.luma import luma
from entirety.measure.motion import accelerations, flow_finder, motion
from entirety.measure.perceptual import dhash, phash
from entirety.measure.thumbnail import Thumbnails
from entirety.measure.view import views

FINE = 4
"""Parts of a sample in which motion is kept, and of a grey level in which each block's rest is: below that the flow itself is not exact."""
BATCH = 16
"""Pictures measured together. What the hashes compute with is 1.8 MB then and stays in the processor's cache; batches of 64 cost a fifth more."""


@dataclass(frozen=True, slots=True)
class SignalColumns:
    """One row per picture, as in `entirety.model.clip.Frames`."""

    phash: NDArray[np.uint64]
    dhash: NDArray[np.uint64]
    luma: NDArray[np.float32]
    contrast: NDArray[np.float32]
    difference: NDArray[np.float32]
    residual: NDArray[np.float32]
    acceleration: NDArray[np.float32]
    colour: NDArray[np.float32]
    view: NDArray[np.uint16]
    motion: NDArray[np.int8]
    rest: NDArray[np.uint8]


class Signals:
    """Collects small pictures and turns every full batch into rows; row 0 of each array is the picture before the batch."""

    def __init__(self, thumbnails: Thumbnails | None = None) -> None:
        """`thumbnails` takes every small picture too."""
        self._thumbnails = thumbnails
        self._greys = np.zeros((BATCH + 1, HEIGHT, WIDTH), np.uint8)
        self._colours = np.zeros((BATCH + 1, 2, COLOUR_HEIGHT, COLOUR_WIDTH), np.uint8)
        self._motion = np.zeros((1, BLOCKS, 2), np.float32)
        self._finder = flow_finder()
        self._filled = 0
        self._hashes: list[NDArray[np.uint64]] = []
        self._levels: list[NDArray[np.float32]] = []
        # 78 MB an hour: these grow in place and become columns as they are, where joining pieces at the end would need twice as much.
        self._views, self._motions, self._rests = bytearray(), bytearray(), bytearray()

    def add(self, small: Small) -> None:
        """Take the next picture."""
        if self._filled == BATCH:
            self._measure()
        self._filled += 1
        self._greys[self._filled] = small.grey
        self._colours[self._filled, 0], self._colours[self._filled, 1] = small.colour

    def columns(self) -> SignalColumns:
        """Measure what is left and return all rows. The first picture has no predecessor, the second no motion to compare with."""
        self._measure()
        phashes, dhashes = np.concatenate([np.empty((2, 0), np.uint64), *self._hashes], axis=1)
        levels = np.concatenate([np.empty((6, 0), np.float32), *self._levels], axis=1)
        levels[2:, :1] = 0
        levels[4, :2] = 0
        mean, contrast, difference, residual, acceleration, colour = levels
        view = np.frombuffer(self._views, np.uint16).reshape(-1, BLOCKS)
        moved = np.frombuffer(self._motions, np.int8).reshape(-1, BLOCKS, 2)
        rest = np.frombuffer(self._rests, np.uint8).reshape(-1, BLOCKS)
        moved[:1], rest[:1] = 0, 0
        return SignalColumns(
            phashes, dhashes, mean, contrast, difference, residual, acceleration, colour, view, moved, rest
        )

    def _measure(self) -> None:
        if not self._filled:
            return
        greys, colours = self._greys[: self._filled + 1], self._colours[: self._filled + 1]
        rests, centres = motion(self._finder, greys)
        tints = coarse(colours.reshape(-1, COLOUR_HEIGHT, COLOUR_WIDTH)).reshape(len(greys), -1)
        motions = np.concatenate([self._motion, centres])
        self._hashes.append(np.stack([phash(greys[1:]), dhash(greys[1:])]))
        brightness, contrast = luma(greys[1:])
        self._levels.append(
            np.stack(
                [
                    brightness,
                    contrast,
                    differences(greys),
                    rests.mean(axis=1),
                    accelerations(motions),
                    differences(tints),
                ]
            )
        )
        self._views += views(greys[1:]).data
        self._motions += np.clip(np.rint(centres * FINE), -127, 127).astype(np.int8).data
        self._rests += np.minimum(np.rint(rests * FINE), 255).astype(np.uint8).data
        if self._thumbnails is not None:
            self._thumbnails.add(greys[1:])
        self._greys[0], self._colours[0], self._motion = greys[-1], colours[-1], motions[-1:]
        self._filled = 0

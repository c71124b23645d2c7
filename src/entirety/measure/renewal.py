"""How much of the fine picture is made anew from one picture to the next, at full resolution and in all parts of it alike.

An encoder describes most pictures by what changed since the one before; noise and fine texture then stay as they were, or are mended a
little. A key frame draws everything anew, and its texture differs from the one before it everywhere, in parts where nothing moved too.
That survives a later encoding. Movement, a blinking light or a running clock changes some parts and leaves the others, so what counts
is the middle over all parts.
"""

from array import array
from functools import lru_cache

import cv2
import numpy as np
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.digest import shown, windows
from entirety.read.cropping import Crop

DOWN, ACROSS = 6, 10
"""Parts of the picture: a walking person or a clock in a corner lies in one to three of the 60."""
LINES = 4
WIDEST = 64
"""In each part so many lines are looked at, and of each so many elements at most: 256 samples a part, 15,360 a picture. The error of
their mean is far below what a key frame changes; the first trials had 192 (pictures 480 wide)."""
OUTER = 6
"""Parts left out that changed most, and as many that changed least: a running clock, a blinking light, a black bar."""
LEAST = 0.05
"""Grey levels added to each part's difference, so that a part that stands quite still counts as little and not as nothing:
one sample in twenty differing by one level."""

BATCH = 64
"""Pictures whose sums are turned into numbers together."""
NOTHING = np.zeros(DOWN * LINES * ACROSS, np.float32)

Samples = NDArray[np.uint8] | NDArray[np.uint16]


class Renewal:
    """Takes pictures in the order of showing; one number for each."""

    def __init__(self) -> None:
        self._before: Samples | None = None
        self._sums: list[NDArray[np.float32]] = []
        self._samples: list[int] = []
        self._values = array("f")

    def add(self, frame: VideoFrame, crop: Crop) -> None:
        """Compare with the picture before."""
        if len(self._sums) == BATCH:
            self._measure()
        now, before = samples(frame, crop), self._before
        self._before = now
        if now is None or before is None or now.shape != before.shape or now.dtype != before.dtype:
            self._sums.append(NOTHING)
            self._samples.append(0)
        else:
            self._sums.append(line_sums(before, now))
            self._samples.append(LINES * now.shape[1] << (depth(frame.format.name) - 8))

    def column(self) -> NDArray[np.float32]:
        """One row per picture, as in `entirety.model.clip.Frames`; 0 where there was nothing to compare."""
        self._measure()
        return np.array(self._values, np.float32)

    def _measure(self) -> None:
        if self._sums:
            counts = np.array(self._samples)
            values = renewals(np.stack(self._sums), np.maximum(counts, 1))
            self._values.extend(np.where(counts > 0, values, 0).tolist())
            self._sums, self._samples = [], []


def line_sums(before: Samples, now: Samples) -> NDArray[np.float32]:
    """Two samples of one size to the sums of absolute differences in each line of each part, line by line."""
    # Whole numbers below 2**24 but for 16 bits in wide pictures, so exact; sums in double precision cost ten times as much.
    return np.asarray(cv2.reduce(cv2.absdiff(before, now), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)[:, 0], np.float32)


def renewals(sums: NDArray[np.float32], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """N x 240 line sums, and how many samples (in levels of 8 bits) each part has, to the geometric mean of the middle 48 parts."""
    parts = sums.astype(np.float64).reshape(-1, DOWN, LINES, ACROSS).sum(axis=2).reshape(len(sums), -1)
    levels = np.sort(np.log(parts / counts[:, None] + LEAST), axis=1)
    return np.asarray(np.exp(levels[:, OUTER:-OUTER].mean(axis=1)), np.float64)


def samples(frame: VideoFrame, crop: Crop) -> Samples | None:
    """Pieces of lines from all parts of the shown brightness, 240 rows, line by line; None where it has no plane of its own or is too small."""
    name = frame.format.name
    bits = depth(name)
    if not bits or not frame.planes:
        return None
    plane = shown(frame.planes[0], windows(name, frame.width, frame.height, crop)[0])
    lines: Samples = plane if bits == 8 else plane[:, : plane.shape[1] // 2 * 2].view(np.uint16)
    height, width = lines.shape
    if height < DOWN * LINES or width < ACROSS:
        return None
    step = height // (DOWN * LINES)
    parts = lines[step // 2 :: step][: DOWN * LINES, : width // ACROSS * ACROSS].reshape(DOWN * LINES, ACROSS, -1)
    return parts[:, :, :WIDEST].reshape(DOWN * LINES * ACROSS, -1)


@lru_cache(maxsize=64)
def depth(name: str) -> int:
    """Bits of a brightness sample where the first plane holds brightness and nothing else, low byte first; else 0."""
    picture = VideoFormat(name, 64, 64)
    first = [part for part in picture.components if part.plane == 0]
    plain = (
        len(first) == 1 and first[0].is_luma and not (picture.is_rgb or picture.has_palette or picture.is_bit_stream)
    )
    # These forms keep fewer bits in the upper part of 16.
    bits = (16 if name.startswith(("p0", "p2", "p4")) else first[0].bits) if plain else 0
    return bits if bits == 8 or (8 < bits <= 16 and not picture.is_big_endian) else 0

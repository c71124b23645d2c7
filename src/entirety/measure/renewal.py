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
"""Lines looked at in each row of parts: 24 lines of 1280 elements cost 0.03 ms; noise is the same in all lines of a part."""
OUTER = 6
"""Parts left out that changed most, and as many that changed least: a running clock, a blinking light, a black bar."""
LEAST = 0.05
"""Grey levels added to each part's difference, so that a part that stands quite still counts as little and not as nothing:
one sample in twenty differing by one level."""

Samples = NDArray[np.uint8] | NDArray[np.uint16]


class Renewal:
    """Takes pictures in the order of showing; one number for each."""

    def __init__(self) -> None:
        self._before: Samples | None = None
        self._values = array("f")

    def add(self, frame: VideoFrame, crop: Crop) -> None:
        """Compare with the picture before."""
        now, before = samples(frame, crop), self._before
        self._before = now
        if now is None or before is None or now.shape != before.shape or now.dtype != before.dtype:
            self._values.append(0.0)
        else:
            self._values.append(renewal(before, now, depth(frame.format.name)))

    def column(self) -> NDArray[np.float32]:
        """One row per picture, as in `entirety.model.clip.Frames`; 0 where there was nothing to compare."""
        return np.array(self._values, np.float32)


def renewal(before: Samples, now: Samples, bits: int) -> float:
    """Two samples of one size to the geometric mean, over the middle 48 parts, of (mean absolute difference + LEAST), levels of 8 bits."""
    across = now.shape[1] // ACROSS
    sums = cv2.reduce(cv2.absdiff(before, now).reshape(-1, across), 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)
    parts = sums.reshape(DOWN, LINES, ACROSS).sum(axis=1)
    levels = np.sort(np.log(parts.ravel() / (LINES * across * 2.0 ** (bits - 8)) + LEAST))
    return float(np.exp(levels[OUTER:-OUTER].mean()))


def samples(frame: VideoFrame, crop: Crop) -> Samples | None:
    """Lines spread over the shown part of the brightness; None where it has no plane of its own or is too small."""
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
    return lines[step // 2 :: step][: DOWN * LINES, : width // ACROSS * ACROSS].copy()


@lru_cache(maxsize=64)
def depth(name: str) -> int:
    """Bits of a brightness sample where the first plane holds brightness and nothing else, low byte first; else 0."""
    picture = VideoFormat(name, 64, 64)
    first = [part for part in picture.components if part.plane == 0]
    plain = (
        len(first) == 1 and first[0].is_luma and not (picture.is_rgb or picture.has_palette or picture.is_bit_stream)
    )
    bits = first[0].bits if plain else 0
    return bits if bits == 8 or (8 < bits <= 16 and not picture.is_big_endian) else 0

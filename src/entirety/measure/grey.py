"""Shrinks each picture to 160 x 90: a grey picture and two coarse colour planes, on which everything but the hashes is measured.

Each small sample is the average over the area it stands for. Brightness is taken as coded: 16 to 235 where the file says limited
range, 0 to 255 where it says full range or holds RGB; nothing is stretched, and the picture is not turned.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from entirety.read.cropping import Crop

WIDTH, HEIGHT = 160, 90
COLOUR_WIDTH, COLOUR_HEIGHT = 80, 45
ACROSS, DOWN = 16, 9
BLOCKS = ACROSS * DOWN
"""Equal blocks of the picture, each looked at by itself: an area of 80 x 80 in a 720p picture; a person at 20 m fills about one."""
LARGEST_ENLARGEMENT = 4
"""Where less than a quarter of a side is to be shown, which no camera asks for, the whole picture is measured instead."""

# Exact rounding, so that processors with other vector instructions give the same numbers.
_AREA = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
# One matrix for all: it changes nothing but RGB pictures, and what a stream says of its colours cannot stop the scaling.
_MATRIX = Colorspace.ITU601
_FULL, _LIMITED = ("yuvj420p", ColorRange.JPEG), ("yuv420p", ColorRange.MPEG)


@dataclass(frozen=True, slots=True)
class Small:
    """One picture in small: grey 90 x 160, two colour planes 45 x 80 each."""

    grey: NDArray[np.uint8]
    colour: tuple[NDArray[np.uint8], NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class Target:
    """How to shrink a picture: the size of the whole, and where in it the shown part begins (in colour samples)."""

    width: int
    height: int
    x: int
    y: int


class Shrinker:
    """Makes small pictures; keeps the scaler between pictures, since setting it up costs as much as using it."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def shrink(self, frame: VideoFrame, crop: Crop) -> Small:
        """The part of `frame` that `crop` shows, in small."""
        target = _target(frame.width, frame.height, crop)
        name, reach = _FULL if is_full_range(frame.format.name, frame.color_range) else _LIMITED
        small = self._scaler.reformat(
            frame,
            target.width,
            target.height,
            name,
            src_colorspace=_MATRIX,
            dst_colorspace=_MATRIX,
            interpolation=_AREA,
            src_color_range=reach,
            dst_color_range=reach,
            # The library would take one for each processor; to share out so little work costs processor time, a seventh on two of them.
            threads=1,
        )
        grey, blue, red = small.planes
        x, y = target.x, target.y
        part = (slice(y, y + COLOUR_HEIGHT), slice(x, x + COLOUR_WIDTH))
        return Small(
            _samples(grey, target.height)[2 * y : 2 * y + HEIGHT, 2 * x : 2 * x + WIDTH],
            (_samples(blue, target.height // 2)[part], _samples(red, target.height // 2)[part]),
        )


@lru_cache(maxsize=64)
def _target(frame_width: int, frame_height: int, crop: Crop) -> Target:
    left, top, width, height = crop.within(frame_width, frame_height)
    if max(frame_width / width, frame_height / height) > LARGEST_ENLARGEMENT:
        return Target(WIDTH, HEIGHT, 0, 0)
    whole_width = max(WIDTH, round(WIDTH * frame_width / width / 2) * 2)
    whole_height = max(HEIGHT, round(HEIGHT * frame_height / height / 2) * 2)
    x = min(round(left * whole_width / frame_width / 2), (whole_width - WIDTH) // 2)
    y = min(round(top * whole_height / frame_height / 2), (whole_height - HEIGHT) // 2)
    return Target(whole_width, whole_height, x, y)


@lru_cache(maxsize=64)
def is_full_range(name: str, color_range: int) -> bool:
    """Whether brightness reaches from 0 to 255: said by the stream, or by a pixel format that knows nothing else."""
    picture = VideoFormat(name, 16, 16)
    is_yuv = len(picture.components) >= 3 and not picture.is_rgb and not picture.has_palette
    return color_range == ColorRange.JPEG or name.startswith("yuvj") or not is_yuv


def _samples(plane: VideoPlane, lines: int) -> NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(lines, -1)

"""Hashes each decoded picture: one number of 256 bits that changes wherever a single picture element does.

The hash covers the samples in the order in which ffmpeg writes raw video: planes one after the other, each from its top line, without
the padding that decoders keep at the end of lines and without what the container asks to cut off. Anybody can compute it with
`ffmpeg -f framehash -hash sha256` and compare.
"""

import ctypes
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

from entirety.read.cropping import Crop

PALETTE_BYTES = 1024
"""256 colours of four bytes, which ffmpeg writes after a pal8 picture."""

Rows = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Window:
    """The part of one plane that is shown, in lines and bytes."""

    lines: int
    """Lines of the whole plane."""
    top: int
    shown_lines: int
    left: int
    row: int
    """Bytes of one line that are shown."""


def digest(frame: VideoFrame, crop: Crop) -> tuple[bytes, int]:
    """SHA-256 over the shown part of all planes, and the number of bytes covered."""
    sha256, size = hashlib.sha256(), 0
    for plane in shown_planes(frame, crop):
        sha256.update(plane)
        size += plane.nbytes
    return sha256.digest(), size


def shown_planes(frame: VideoFrame, crop: Crop) -> Iterator[memoryview]:
    """The bytes of each plane that is shown, contiguous: the plane itself where nothing has to be left out, else a copy."""
    name = frame.format.name
    planes = frame.planes
    for plane, window in zip(planes, windows(name, frame.width, frame.height, crop), strict=False):
        if plane.line_size == window.row and window.shown_lines == window.lines:
            yield memoryview(plane)
        else:
            yield np.ascontiguousarray(shown(plane, window)).data
    if name == "pal8":
        yield memoryview(planes[1])[:PALETTE_BYTES]


def shown(plane: VideoPlane, window: Window) -> Rows:
    """The shown part of a plane as lines x bytes, a view where the plane is stored from the top."""
    stride = plane.line_size
    if stride > 0:
        rows = np.frombuffer(memoryview(plane), np.uint8, window.lines * stride).reshape(window.lines, stride)
    else:
        # Stored bottom line first: the library points at the top line, which is the last in memory.
        first = plane.buffer_ptr + (window.lines - 1) * stride
        memory = bytearray((ctypes.c_uint8 * (window.lines * -stride)).from_address(first))
        rows = np.frombuffer(memory, np.uint8).reshape(window.lines, -stride)[::-1]
    return rows[window.top : window.top + window.shown_lines, window.left : window.left + window.row]


@lru_cache(maxsize=64)
def windows(name: str, width: int, height: int, crop: Crop) -> tuple[Window, ...]:
    """What to hash of each plane of a picture in pixel format `name`, in the library's order of planes."""
    left, top, shown_width, shown_height = crop.within(width, height)
    picture = VideoFormat(name, 64, 64)
    result = []
    for number in range(1 if name == "pal8" else 1 + max(c.plane for c in picture.components)):
        bits, shift_x, shift_y = _layout(picture, number)
        result.append(
            Window(
                lines=_up(height, shift_y),
                top=top >> shift_y,
                shown_lines=_up(shown_height, shift_y),
                left=(left >> shift_x) * bits // 8,
                row=-(-_up(shown_width, shift_x) * bits // 8),
            )
        )
    return tuple(result)


def _layout(picture: VideoFormat, number: int) -> tuple[int, int, int]:
    """Bits from one sample of a plane to the next, and log2 of the plane's subsampling across and down."""
    parts = [c for c in picture.components if c.plane == number]
    alone = all(c.plane == number for c in picture.components)
    if alone:
        # One plane for everything: the padded size of a picture element says how far it is to the next; formats that share
        # colour between neighbours (yuyv422) go by groups of them.
        group = max(64 // c.width for c in picture.components)
        bits = picture.padded_bits_per_pixel * group
        return (bits if not picture.is_bit_stream else picture.padded_bits_per_pixel), group.bit_length() - 1, 0
    bits = len(parts) * max(-(-c.bits // 8) for c in parts) * 8
    return bits, (64 // parts[0].width).bit_length() - 1, (64 // parts[0].height).bit_length() - 1


def _up(length: int, shift: int) -> int:
    """Length of a subsampled side, rounded up as the library does."""
    return -(-length >> shift)

"""Which part of each coded picture the container wants shown (its clean aperture), as stock ffmpeg cuts it out.

Phones that steady a recording, and some cameras, store a little more than they show. Since version 7.1 ffmpeg applies this
cropping by itself, so the frame hashes here must cover the same part.
"""

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

from entirety.model.container import Box, Movie

CLAP_BYTES = 32
"""Four fractions of two 32-bit numbers each: width, height, horizontal and vertical offset (ISO/IEC 14496-12, 12.1.4)."""


@dataclass(frozen=True, slots=True)
class Crop:
    """Picture elements to leave out on each side."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
    chroma_x: int = 1
    """Horizontal distance of colour samples, picture elements: positions and sizes are rounded down to it, as ffmpeg does."""
    chroma_y: int = 1

    def within(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of the part shown of a picture; all of it where the cropping does not fit."""
        shown_width, shown_height = width - self.left - self.right, height - self.top - self.bottom
        if not (self.left or self.top or self.right or self.bottom) or shown_width <= 0 or shown_height <= 0:
            return 0, 0, width, height
        return (
            self.left // self.chroma_x * self.chroma_x,
            self.top // self.chroma_y * self.chroma_y,
            shown_width // self.chroma_x * self.chroma_x,
            shown_height // self.chroma_y * self.chroma_y,
        )


WHOLE = Crop()


def clean_aperture(
    movie: Movie | None, place: int, file: BinaryIO, size: tuple[int, int], chroma: tuple[int, int]
) -> Crop:
    """Cropping that the `clap` box of the `place`-th video track asks for; WHOLE where there is none or it makes no sense.

    `size` is the coded picture's width and height, `chroma` the distance of its colour samples.
    """
    box = _clap(movie, place)
    if box is None:
        return WHOLE
    file.seek(box.offset + box.header)
    data = file.read(CLAP_BYTES)
    if len(data) < CLAP_BYTES:
        return WHOLE
    return _crop(struct.unpack(">8i", data), size, chroma)


def _clap(movie: Movie | None, place: int) -> Box | None:
    tracks = [box for box in movie.walk() if box.kind == "trak"] if movie else []
    videos = [t for t, track in zip(tracks, movie.tracks if movie else (), strict=False) if track.handler == "vide"]
    if place >= len(videos):
        return None
    return next((box for box in videos[place].walk() if box.kind == "clap" and "/stsd/" in box.path), None)


def _crop(numbers: tuple[int, ...], size: tuple[int, int], chroma: tuple[int, int]) -> Crop:
    """Edges as libavformat computes them: the aperture is centred on the picture's centre plus the offset."""
    if any(numbers[k] <= 0 for k in (1, 3, 5, 7)) or numbers[0] <= 0 or numbers[2] <= 0:
        return WHOLE
    across, down, shift_x, shift_y = (Fraction(numbers[k], numbers[k + 1]) for k in (0, 2, 4, 6))
    left = Fraction(size[0] - 1, 2) + shift_x - (across - 1) / 2
    top = Fraction(size[1] - 1, 2) + shift_y - (down - 1) / 2
    right, bottom = size[0] - across - left, size[1] - down - top
    if min(left, top, right, bottom) < 0:
        return WHOLE
    # Its edges lie on whole elements: half an element belongs to what is cut off on the right and below.
    return Crop(int(left), int(top), math.ceil(right), math.ceil(bottom), *chroma)

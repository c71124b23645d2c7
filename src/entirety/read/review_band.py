"""One picture of a review copy: turned upright, made smaller where it is wide, with a band below it that says which picture this is.

Nothing is ever drawn over the picture itself. The band is the same in every language: capitals, numbers and the begin of the clip's hash.
"""

from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.model.time import clock
from entirety.read.cropping import Crop

Samples = NDArray[np.uint8]

WIDEST, HIGHEST, NARROWEST = 1280, 1920, 320
"""Picture elements. A clip narrower than the last gets black beside it: the words below need the place."""
BLACK, WHITE, GREY = 16, 235, 128
"""Brightness of black and white as television counts it, and no colour."""
TITLE = "REVIEW COPY, NOT EVIDENCE"
DIGITS = 16
"""Of the clip's hash: enough to tell two files apart by eye; all 64 are in the report."""
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
SCALE = 640
"""Width at which letters are drawn at their own size."""
LINE = 30
"""Height of one of three lines at that size."""


class Band:
    """Lays out the pictures of one clip: all alike, whatever size a later one has."""

    def __init__(self, width: int, height: int, *, aspect: Fraction, rotation: int, sha256: str) -> None:
        """`width` and `height` of the first picture, before it is turned clockwise by `rotation`; `aspect` of its elements, 0 where unknown."""
        self._turn = TURNS.get(rotation)
        across = width * float(aspect) if Fraction(1, 8) <= aspect <= 8 else float(width)
        turned = (across, float(height)) if rotation % 180 == 0 else (float(height), across)
        factor = min(1.0, WIDEST / turned[0], HIGHEST / turned[1])
        self._size = tuple(max(2, round(side * factor / 2) * 2) for side in turned)
        self.width = max(NARROWEST, self._size[0])
        self._left = (self.width - self._size[0]) // 4 * 2
        self._scale = max(0.5, min(1.0, self.width / SCALE))
        self._line = round(LINE * self._scale / 2) * 2
        self.height = self._size[1] + 3 * self._line + self._line // 4 * 2
        self._blank = np.full((self.height * 3 // 2, self.width), GREY, np.uint8)
        self._blank[: self.height] = BLACK
        self._write(self._blank, 0, TITLE)
        self._write(self._blank, 2, f"SHA-256 {sha256[:DIGITS]}")

    def laid_out(self, picture: Samples, crop: Crop, number: int, time: Fraction | None) -> Samples:
        """The planes of `picture` (4:2:0, one below the other) as one of the copy, of the same kind."""
        whole = self._blank.copy()
        self._write(whole, 1, f"FRAME {number}  {'-' if time is None else clock(time)}")
        for plane, target in zip(_planes(picture, crop), self._places(whole), strict=True):
            size = target.shape if self._turn in (None, cv2.ROTATE_180) else target.shape[::-1]
            small = cv2.resize(plane, (size[1], size[0]), interpolation=cv2.INTER_AREA)
            target[:] = small if self._turn is None else cv2.rotate(small, self._turn)
        return whole

    def _places(self, whole: Samples) -> list[Samples]:
        """Where brightness and both colours of the picture go."""
        width, height = self._size
        left, pitch = self._left, self.width // 2
        colours = whole[self.height :].reshape(2, self.height // 2, pitch)
        return [
            whole[:height, left : left + width],
            *(colours[at][: height // 2, left // 2 : (left + width) // 2] for at in (0, 1)),
        ]

    def _write(self, whole: Samples, line: int, text: str) -> None:
        base = self._size[1] + round((line + 0.8) * self._line)
        cv2.putText(whole[: self.height], text, (8, base), cv2.FONT_HERSHEY_SIMPLEX, self._scale, WHITE, 1, cv2.LINE_AA)


def _planes(picture: Samples, crop: Crop) -> list[Samples]:
    """Brightness and both colours of the part shown."""
    height, width = picture.shape[0] * 2 // 3, picture.shape[1]
    left, top, across, down = crop.within(width, height)
    colours = picture[height:].reshape(2, height // 2, width // 2)
    half = slice(top // 2, (top + down + 1) // 2), slice(left // 2, (left + across + 1) // 2)
    return [picture[top : top + down, left : left + across], *(colours[at][half] for at in (0, 1))]

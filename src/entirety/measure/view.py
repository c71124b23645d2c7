"""What each picture shows, in 144 numbers, and what in it has stood still: enough to see one view pass into another, or come back.

The view is the brightness of 16 x 9 equal blocks, kept to a fraction of a grey level: the mean of a hundred samples is much steadier than
one of them. What stands is counted along edges, because an even area stands for no reason: a caption or an arrow laid over the footage
keeps its edges to the sample, while behind it the camera's noise, and what moves, goes on.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.measure.grey import ACROSS, BLOCKS, HEIGHT, WIDTH

BLOCK = WIDTH // ACROSS
"""Side of a block, samples of the 160 x 90 picture."""
FINE = 256
"""Parts of a grey level in which the view is kept: 100 samples give steps of a hundredth."""
EDGE = 24
"""Grey levels between samples two apart that make an edge: lettering reaches 60 and more, and smooth shading stays below 10. Chosen."""
STILL = 2
"""Grey levels by which a sample may change and still stand: encoders that mend a still area change it by one or two."""
LONG = 12
"""Pictures for which a sample must have stood: nearly half a second at 25 a second, a second in a recorder's film. Chosen."""

Greys = NDArray[np.uint8]


def views(greys: Greys) -> NDArray[np.uint16]:
    """N x 90 x 160 grey pictures to n x 144 block means in 256ths of a grey level."""
    if not len(greys):
        return np.zeros((0, BLOCKS), np.uint16)
    sums = _sums(greys.reshape(-1, WIDTH)).astype(np.float32)
    return np.asarray(np.rint(sums * (FINE / BLOCK**2)).reshape(len(greys), BLOCKS), np.uint16)


def details(grey: Greys) -> NDArray[np.uint8]:
    """One grey picture to 144 mean differences of samples side by side, in quarters of a grey level: low where a part is blurred.

    The samples at the left border have no neighbour before them, so the first of 16 blocks can reach nine tenths of the others.
    """
    across = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.absdiff(grey[:, 1:], grey[:, :-1], across[:, 1:])
    sums = _sums(across).ravel().astype(np.float32)
    return np.asarray(np.minimum(np.rint(sums * (4 / BLOCK**2)), 255), np.uint8)


class Standing:
    """Counts for every sample of the small picture how many pictures it has stood; a sample that moves starts at 0 again."""

    def __init__(self) -> None:
        self._ages = np.zeros((HEIGHT, WIDTH), np.uint8)
        self._difference = np.empty_like(self._ages)

    def add(self, before: Greys, now: Greys) -> None:
        """Take the next picture, 90 x 160."""
        cv2.absdiff(before, now, self._difference)
        cv2.threshold(self._difference, STILL, 1, cv2.THRESH_BINARY_INV, self._difference)
        cv2.add(self._ages, 1, self._ages)  # type: ignore[call-overload]  # a number is allowed; the sum stops at 255
        cv2.multiply(self._ages, self._difference, self._ages)

    def counts(self, grey: Greys) -> NDArray[np.uint8]:
        """In each of the 144 blocks, how many of its 100 samples lie on an edge and have stood for LONG pictures.

        It is the sample that must have stood: where something appears on a background that stands, the samples just outside of its edge
        count at once, those inside after LONG pictures.
        """
        contrast = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.absdiff(grey[:, 2:], grey[:, :-2], contrast[:, 1:-1])
        inner = contrast[1:-1]
        np.maximum(inner, cv2.absdiff(grey[2:], grey[:-2]), out=inner)
        edges = (contrast >= EDGE) & (self._ages >= LONG)
        return _sums(edges.view(np.uint8)).ravel().astype(np.uint8)


def _sums(samples: Greys) -> NDArray[np.int32]:
    """Samples of 160 columns to the sums of blocks, 16 a line.

    From sums of everything above and to the left: a product of matrices of this size would wake threads that cost more than all signals.
    """
    corners = cv2.integral(samples)[::BLOCK, ::BLOCK]
    return np.asarray(np.diff(np.diff(corners, axis=0), axis=1), np.int32)

"""How many lines at each side of a picture are a bar: even and dark, as players fill up a picture of another shape."""

import numpy as np
from numpy.typing import NDArray

DARK = 40
"""Grey levels: black is 16 in limited range and 0 in full; phones that blur the sides instead leave no bar. Chosen."""
EVEN = 6
"""Grey levels between the darkest and brightest sample of a line in a bar, coded ones included. Chosen."""


def bars(grey: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """One 90 x 160 picture to lines at the top and bottom, samples at the left and right."""
    top, bottom = _ends(grey.max(axis=1), grey.min(axis=1))
    left, right = _ends(grey.max(axis=0), grey.min(axis=0))
    return top, bottom, left, right


def _ends(highest: NDArray[np.uint8], lowest: NDArray[np.uint8]) -> tuple[int, int]:
    filled = np.flatnonzero((highest > DARK) | (highest - lowest > EVEN))
    # A picture that is dark all over has no bars.
    return (int(filled[0]), int(len(highest) - 1 - filled[-1])) if len(filled) else (0, 0)

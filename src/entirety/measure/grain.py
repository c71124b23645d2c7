"""Noise and sharpness of a picture at its full resolution: two traits of a camera and its settings that differ from recording to recording.

Neighbouring samples of one line are compared with each other, in pieces of lines from all parts of the picture. Where a part is even, what
is left is noise, or what compression left of it. Where it is rich in detail, sharp pictures change from one sample to the next; in enlarged,
blurred or out-of-focus ones a change takes several samples.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.measure.renewal import ACROSS, DOWN, LINES, Samples

EVEN = 15
"""Parts of the 60, a quarter, with the least change: they are even wherever a picture has a wall, a road or a sky. Chosen."""
RICH = 15
"""Parts with the most change, likewise."""
NORMAL = 0.6745 * 6**0.5
"""Median of |a - 2b + c| for independent noise of spread 1: the sum of squares of the weights is 6."""
LEAST = 8
"""Samples a piece of a line must have."""


def grain(samples: Samples, bits: int) -> tuple[float, float]:
    """Pieces of lines (240 x k) with `bits` a sample to noise, in grey levels of 8 bits, and sharpness, 0.25 (blurred) to 1; NaN where too small."""
    if samples.shape[1] < LEAST:
        return float("nan"), float("nan")
    # Whole numbers, and sums of them below 2**53: exact in any order, and at any depth.
    parts = samples.reshape(DOWN, LINES, ACROSS, -1).swapaxes(1, 2).astype(np.float64).reshape(DOWN * ACROSS, LINES, -1)
    two = (parts[..., 2:] - parts[..., :-2]).reshape(DOWN * ACROSS, -1)
    power = np.einsum("ij,ij->i", two, two)
    order = np.argsort(power, kind="stable")
    even, rich = order[:EVEN], order[-RICH:]
    bends = np.abs(np.diff(parts[even], 2, axis=2))
    one = np.diff(parts[rich], axis=2)[..., 1:]
    total = float(power[rich].sum()) / one.size
    sharpness = float(np.square(one).sum()) / one.size / total if total else float("nan")
    return _middle(bends.ravel()) / NORMAL / (1 << (bits - 8)), sharpness


def _middle(values: NDArray[np.float64]) -> float:
    """Median of whole numbers, finer than one: within the middle value, as if its cases were spread evenly over it."""
    middle = int(np.partition(values, len(values) // 2)[len(values) // 2])
    below, at = int((values < middle).sum()), int((values == middle).sum())
    return max(0.0, middle - 0.5 + (len(values) / 2 - below) / at)

"""Follows what moves from one picture to the next, and measures what motion does not explain and where motion changes at once.

Things in front of a running camera do not leap, and do not change their speed from one picture to the next; after missing time they
do both. The motion is dense optical flow (DIS, Kroeger et al. 2016, in OpenCV) on the grey picture at 80 x 45, where it told removed
footage from untouched as well as at 160 x 90 and costs half.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.measure.grey import ACROSS, BLOCKS, DOWN, HEIGHT, WIDTH

FLOW_WIDTH, FLOW_HEIGHT = WIDTH // 2, HEIGHT // 2
FINEST_SCALE = 1
"""The flow is computed on halves of these 80 x 45 samples: the same grid of patches as the ULTRAFAST preset has on 160 x 90."""
BLOCK = FLOW_WIDTH // ACROSS
"""Side of a block, samples of the 80 x 45 picture."""
LARGEST = 8
"""Blocks whose change of motion is averaged: a single block may be noise, half the picture would drown a person."""

WARP = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
_COLUMNS = np.repeat(np.eye(ACROSS, dtype=np.float32), BLOCK, axis=0)
"""Multiplied with a picture, adds up the samples of each block along its lines."""

Greys = NDArray[np.uint8]
Floats = NDArray[np.float32]


def flow_finder() -> cv2.DISOpticalFlow:
    """The finder to hand to `motion`; it keeps its buffers between pictures and nothing else."""
    finder: cv2.DISOpticalFlow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
    finder.setFinestScale(FINEST_SCALE)
    return finder


def motion(finder: cv2.DISOpticalFlow, greys: Greys) -> tuple[Floats, Floats]:
    """N + 1 neighbouring 90 x 160 pictures to n residuals of each block, n x 144, and to the motions at their centres, n x 144 x 2.

    Residuals are grey levels; motions lead from the earlier picture to the later, in samples of the 160 x 90 picture.
    """
    halves = cv2.resize(greys.reshape(-1, WIDTH), (FLOW_WIDTH, len(greys) * FLOW_HEIGHT), interpolation=cv2.INTER_AREA)
    halves = halves.reshape(-1, FLOW_HEIGHT, FLOW_WIDTH)
    rests = np.empty((len(greys) - 1, FLOW_HEIGHT, FLOW_WIDTH), np.int16)
    centres = np.empty((len(greys) - 1, DOWN, ACROSS, 2), np.float32)
    for row, rest in enumerate(rests):
        before, now = halves[row], halves[row + 1]
        flow = finder.calc(before, now, None)  # type: ignore[call-overload]  # the stub demands a flow to begin with
        moved = cv2.remap(now, flow, None, WARP, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[call-overload]  # one map is allowed
        cv2.subtract(moved, before, dst=rest, dtype=cv2.CV_16S)
        centres[row] = flow[BLOCK // 2 :: BLOCK, BLOCK // 2 :: BLOCK]
    return residuals(rests), centres.reshape(-1, BLOCKS, 2) * (WIDTH // FLOW_WIDTH)


def residuals(rests: NDArray[np.int16]) -> Floats:
    """N x 45 x 80 differences that motion leaves to n x 144 spreads around the mean of each block.

    Taking each block's mean out leaves changes of light out.
    """
    values = rests.astype(np.float32)
    mean = _block_sums(values) / BLOCK**2
    square = _block_sums(np.square(values, out=values)) / BLOCK**2
    spread: Floats = np.sqrt(np.maximum(square - mean * mean, 0)).reshape(len(rests), -1)
    return spread


def _block_sums(values: Floats) -> Floats:
    """N x 45 x 80 whole numbers to n x 9 x 16 sums; all stay below 2**24, so float32 adds them exactly in any order."""
    sums: Floats = (values @ _COLUMNS).reshape(len(values), DOWN, BLOCK, ACROSS).sum(axis=2)
    return sums


def accelerations(centres: Floats) -> Floats:
    """N + 1 neighbouring motions, each blocks x 2, to n mean changes in the LARGEST blocks, samples per picture and picture."""
    change = np.diff(centres, axis=0)
    lengths = np.sqrt(np.einsum("nij,nij->ni", change, change))
    largest: Floats = np.partition(lengths, lengths.shape[1] - LARGEST, axis=1)[:, -LARGEST:].mean(axis=1)
    return largest

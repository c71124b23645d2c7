"""How much each picture differs from the one before, in brightness and in colour: the plainest sign that the scene changed at once."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.measure.grey import ACROSS, DOWN

Pictures = NDArray[np.uint8]


def coarse(planes: Pictures) -> Pictures:
    """N x 45 x 80 colour planes to n x 9 x 16 means of blocks of 5 x 5 samples, far above noise."""
    tall = planes.reshape(-1, planes.shape[2])
    size = (ACROSS, len(planes) * DOWN)
    means = np.asarray(cv2.resize(tall, size, interpolation=cv2.INTER_AREA), np.uint8)
    return means.reshape(-1, DOWN, ACROSS)


def differences(pictures: Pictures) -> NDArray[np.float32]:
    """N + 1 pictures of one size to the n mean absolute differences of neighbours, levels 0 to 255."""
    sums = [cv2.norm(before, now, cv2.NORM_L1) for before, now in pairwise(pictures)]
    return np.array([total / pictures[0].size for total in sums], np.float32)

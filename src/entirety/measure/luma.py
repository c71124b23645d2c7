"""Brightness of each picture and how much it varies within the picture: lights switched on, night, a covered lens."""

import cv2
import numpy as np
from numpy.typing import NDArray


def luma(greys: NDArray[np.uint8]) -> NDArray[np.float32]:
    """N x 90 x 160 grey pictures to 2 x n: means and standard deviations, grey levels 0 to 255."""
    pairs = [cv2.meanStdDev(grey) for grey in greys]
    return np.array(pairs, np.float32).reshape(-1, 2).T

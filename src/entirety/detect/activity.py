"""How much happens in each part of a picture: the change of its brightness, and what motion does not explain in it."""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE, QUARTERS
from entirety.model.clip import Frames


def activity(frames: Frames, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of these pictures against the ones before them: one row each, 144 parts, grey levels. Row 0 has none before it."""
    now, before = frames.view[rows].astype(np.float64), frames.view[np.maximum(rows - 1, 0)].astype(np.float64)
    return np.asarray(np.abs(now - before) / FINE + frames.rest[rows] / QUARTERS, np.float64)

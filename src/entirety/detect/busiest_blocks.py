"""How much the part of a picture changes that changes most: what moves is often a small part of it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.jump_blocks import largest
from entirety.detect.kept import kept
from entirety.model.clip import Frames

BUSIEST = 24
"""Blocks that are looked at: those of the picture that move most, a sixth of it. Chosen."""
CHUNK = 2048
"""Rows worked on at a time: 2048 x 144 numbers are 1 MB, however long the film is."""


@kept
def busiest_steps(frames: Frames) -> Iterator[NDArray[np.float64]]:
    """One column: change of the busiest blocks from each picture to the next, grey levels; 0 in the first row."""
    out = np.zeros(len(frames))
    for first in range(1, len(frames), CHUNK):
        rows = slice(first, min(first + CHUNK, len(frames)))
        change = np.abs(frames.view[rows].astype(np.float32) - frames.view[first - 1 : rows.stop - 1]) / FINE
        out[rows] = largest(change, BUSIEST)
    yield out

"""Windows in time at whose ends the picture shows unlike views: where one shot may turn into another gradually."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.same_scene import CHUNK, FAR, FLAT, LIKE, correlations
from entirety.model.clip import Frames

SHORTEST, LONGEST, WIDER = 0.17, 2.6, 1.25
"""Seconds, and how much wider each length is than the last: transitions of editing programs last a third of a second to two seconds."""
FEWEST, MOST_PICTURES = 4, 160
"""Pictures that a window spans, whatever the file says of its times: 160 are 2.6 s at 60 a second."""
MOST_STEPS = 1000
"""Pictures that a stretch of seconds is taken for at most: 10 s at 100 a second."""
PARTS = 8
"""Windows begin at every picture, or an eighth of their length apart."""

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of one length, in order, one row each."""

    length: int
    """Steps from the first picture to the last."""
    first: Rows
    likeness: Floats
    """Correlation of the views at both ends."""
    distance: Rows
    """Bits of 128 in which the perceptual hashes at both ends differ."""


def pictures(frames: Frames, seconds: float) -> int:
    """How many steps from picture to picture usually take so long; 0 where the times do not tell."""
    steps = np.diff(frames.times)
    usual = float(np.median(steps[np.isfinite(steps)])) if np.isfinite(steps).any() else 0.0
    return round(min(seconds / usual, MOST_STEPS)) if usual > 0 else 0


def lengths(longest: int, shortest: int) -> Iterator[int]:
    """Window lengths in pictures, rising."""
    length = float(shortest)
    while round(length) <= longest:
        yield round(length)
        length = max(length + 1, length * WIDER)


def windows(frames: Frames) -> Iterator[Windows]:
    """Windows between unlike views, by length; all of one length at a time, a part of the film at a time."""
    longest = min(pictures(frames, LONGEST), MOST_PICTURES, len(frames) - 2)
    for length in lengths(longest, max(FEWEST, pictures(frames, SHORTEST))):
        starts = np.arange(0, len(frames) - length, max(1, length // PARTS))
        distance = np.zeros(len(starts), np.int64)
        for column in (frames.phash, frames.dhash):
            distance += np.bitwise_count(column[starts] ^ column[starts + length])
        filled = np.minimum(frames.contrast[starts], frames.contrast[starts + length]) >= FLAT
        likely = np.flatnonzero((distance >= FAR) & filled)
        for part in range(0, len(likely), CHUNK):
            rows = likely[part : part + CHUNK]
            alike = correlations(frames.view[starts[rows]], frames.view[starts[rows] + length])
            unlike = alike < LIKE
            yield Windows(length, starts[rows[unlike]], alike[unlike], distance[rows[unlike]])


def levels(frames: Frames, rows: Rows) -> Floats:
    """Brightness of the 144 blocks of these pictures, grey levels."""
    return np.asarray(frames.view[rows] / FINE, np.float64)

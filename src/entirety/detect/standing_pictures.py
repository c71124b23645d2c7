"""Finds stretches in which the picture stands still while everything around it moves or is noisy.

A camera never delivers the same picture twice: its sensor is noisy. Compression can make a still scene stand; it cannot stop a
moving one at once and let it go on at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.spans import runs
from entirety.model.clip import Frames

STILL_SHARE = 0.15
"""Of the file's usual difference: repeats that were encoded again reach 0.12; on pauses in moving screen content 0.08 to 0.17."""
NOTHING = 0.05
"""Of the difference beside the run, for the middle of the run: measured 0.001 to 0.002 in 7 freezes, 0.3 and more in such pauses."""
MOVING = 0.4
"""Grey levels by which pictures beside the run must differ. Still scenes saved by messengers reach 0.36, moving or noisy ones begin
at 0.5."""
SIDE = 5
"""Pictures on either side that are looked at: the median of five is not moved by a key frame and its neighbour."""
FEWEST_ROWS = 5
"""Repeated pictures: half a second of a recorder with 10 pictures a second; fewer are gaps in time."""
SHORTEST_S = 0.5
"""Seconds (first trials, one clip per kind of footage). Shorter stops are cadence: low-rate recorders repeat each picture two or three times."""
KEY_SHARE = 0.5
"""A key frame inside the run renews the picture; it may differ by half of what the pictures beside the run do."""
LEAP = 1.5
"""Times the difference of the following pictures, from which the first one counts as a leap: ordinary motion varies by 1.2."""
FLAT = 4.0
"""Grey levels of contrast below which a picture is empty: a covered lens."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Frames `first` to `last` show what frame `first` shows."""

    first: int
    last: int
    seconds: float
    inside: float
    """Median difference within, grey levels."""
    beside: float
    """The smaller median difference of the two sides; of the one side there is, at an end of the clip."""
    leap: float
    """First difference afterwards over the usual one there; 0 at the end of the clip."""
    identical: int
    """Pictures that equal the one before in every byte."""
    at_end: bool
    """The clip begins or ends with it."""
    empty: bool


def standing_pictures(frames: Frames) -> Iterator[Standing]:
    """Every stretch of at least half a second, in the order of showing."""
    if len(frames) < FEWEST_ROWS + SIDE:
        return
    difference = frames.difference.astype(np.float64)
    identical = np.zeros(len(frames), np.bool_)
    identical[1:] = (frames.sha256[1:] == frames.sha256[:-1]).all(axis=1)
    still = identical | (difference <= STILL_SHARE * float(np.median(difference[1:])))
    still[0] = False
    for first, last in runs(_bridged(still, frames.key, difference)):
        found = _standing(frames, difference, identical, first, last)
        if found is not None:
            yield found


def _bridged(still: NDArray[np.bool_], key: NDArray[np.bool_], difference: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Key frames between still pictures count as still."""
    usual = float(np.median(difference[1:]))
    between = np.zeros_like(still)
    between[1:-1] = still[:-2] & still[2:] & key[1:-1] & (difference[1:-1] <= KEY_SHARE * usual)
    return np.asarray(still | between, dtype=np.bool_)


def _standing(
    frames: Frames, difference: NDArray[np.float64], identical: NDArray[np.bool_], first: int, last: int
) -> Standing | None:
    """The stretch of repeats `first` to `last` with the picture they repeat, if it stands while its sides move."""
    before, after = difference[max(1, first - SIDE) : first], difference[last + 1 : last + 1 + SIDE]
    sides = [float(np.median(side)) for side in (before, after) if len(side) == SIDE]
    seconds = _seconds(frames, first, last)
    inside, beside = float(np.median(difference[first : last + 1])), min(sides, default=0.0)
    if last - first + 1 < FEWEST_ROWS or not seconds >= SHORTEST_S or beside < MOVING or inside > NOTHING * beside:
        return None
    return Standing(
        first=first - 1,
        last=last,
        seconds=seconds,
        inside=inside,
        beside=beside,
        leap=float(after[0] / np.median(after[1:])) if len(after) == SIDE and np.median(after[1:]) > 0 else 0.0,
        identical=int(identical[first : last + 1].sum()),
        at_end=len(sides) < 2,
        empty=bool(np.median(frames.contrast[first - 1 : last + 1]) < FLAT),
    )


def _seconds(frames: Frames, first: int, last: int) -> float:
    """From the picture that is repeated to the first new one, or to the last repeat at the end of the clip."""
    times = frames.times
    return float(times[min(last + 1, len(frames) - 1)] - times[first - 1])

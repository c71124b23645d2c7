"""The rules by which a step from one picture to the next counts as a break, each with the bounds that it holds the signals against.

Several rules are needed because scenes differ: in a busy street the residual says little, in a moving frame the change of motion.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Frames

RESIDUAL, ACCELERATION = 6.0, 3.0
"""Starting points of the first trials; untouched clips and their messenger copies reach 5.7 in the first, none both at once."""
CLEAR_RESIDUAL, CLEAR_ACCELERATION, CLEAR_DISTANCE, CLEAR_ALONE = 7.0, 6.0, 10, 12.0
"""From here a break is strong: both signals, and either a changed picture (bits) or a residual that is high by itself. Gestures and text
that appears on a screen stay below 7.5 at 5 bits; cuts of a second or more in moving scenes lie above, but for a busy road."""
LEAP_RESIDUAL, LEAP_ACCELERATION, LEAP_DISTANCE = 4.0, 12.0, 20
"""In a busy scene the residual rises less: a cut of 5 s on a road gave 4.9 and 41 at 34 bits."""
VIEW_RESIDUAL, VIEW_ALONE, VIEW_DISTANCE, VIEW_TIMES = 5.0, 12.0, 12, 3
"""Where the whole frame moves unevenly, its change of motion says nothing. There a changed view is the second signal: bits, and times
the second highest of the neighbourhood (untouched clips reach 1.8), or any view where the residual alone is beyond doubt."""
FEW_KEYS = 6
"""Key frames that make a habit of their own; with fewer, a key frame that stands out needs a changed picture as well."""
KEY_DISTANCE = 10
"""Bits: key frames of messenger copies that pump move at most 4, cuts that an encoder placed on a key frame at least 14."""
CLEAR_RULES = 2
"""Of the rules, those that ask for the clear bounds."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rule that found a break asked of each signal; None where the signal did not decide."""

    residual: float | None = None
    acceleration: float | None = None
    distance: int | None = None


def break_rules(
    frames: Frames, residual: NDArray[np.float64], motion: NDArray[np.float64], distance: NDArray[np.int64]
) -> list[tuple[NDArray[np.bool_], Bounds]]:
    """Where each rule fires, with the bounds it asks for, clearest first; the first CLEAR_RULES of them make a strong sign."""
    few_keys = int(frames.key.sum()) < FEW_KEYS
    far, farther = distance >= CLEAR_DISTANCE, distance >= VIEW_TIMES * _second_highest(distance)
    pumping = frames.key & few_keys
    rises = (residual >= RESIDUAL) & (motion >= ACCELERATION)
    moved = rises & (residual >= CLEAR_RESIDUAL) & (motion >= CLEAR_ACCELERATION)
    leaps = (residual >= LEAP_RESIDUAL) & (motion >= LEAP_ACCELERATION) & (distance >= LEAP_DISTANCE)
    views = (distance >= VIEW_DISTANCE) & (residual >= VIEW_RESIDUAL)
    return [
        (moved & far, Bounds(CLEAR_RESIDUAL, CLEAR_ACCELERATION, CLEAR_DISTANCE)),
        (moved & ~pumping & (residual >= CLEAR_ALONE), Bounds(CLEAR_ALONE, CLEAR_ACCELERATION)),
        (rises & ~pumping, Bounds(RESIDUAL, ACCELERATION)),
        (rises & (distance >= KEY_DISTANCE), Bounds(RESIDUAL, ACCELERATION, KEY_DISTANCE)),
        (leaps, Bounds(LEAP_RESIDUAL, LEAP_ACCELERATION, LEAP_DISTANCE)),
        (views & (residual >= VIEW_ALONE), Bounds(VIEW_ALONE, None, VIEW_DISTANCE)),
        (views & farther, Bounds(VIEW_RESIDUAL, None, VIEW_DISTANCE)),
    ]


def distances(frames: Frames, lag: int) -> NDArray[np.int64]:
    """Bits in which the perceptual hashes (phash and dhash, 128 in all) differ from those `lag` frames before; 0 in the first rows."""
    out = np.zeros(len(frames), np.int64)
    for column in (frames.phash, frames.dhash):
        out[lag:] += np.bitwise_count(column[lag:] ^ column[:-lag])
    return out


def bits(frames: Frames, one: int, other: int) -> int:
    """Bits of 128 in which the perceptual hashes of two pictures differ."""
    return sum((int(column[one]) ^ int(column[other])).bit_count() for column in (frames.phash, frames.dhash))


def _second_highest(column: NDArray[np.int64]) -> NDArray[np.int64]:
    """Second highest value among the neighbours, within 15 rows but not beside; 0 outside the column."""
    padded = np.concatenate([np.zeros(15, np.int64), column, np.zeros(15, np.int64)])
    first, second = np.zeros_like(column), np.zeros_like(column)
    for offset in (k for k in range(31) if abs(k - 15) > 1):
        value = padded[offset : offset + len(column)]
        second = np.maximum(second, np.minimum(first, value))
        first = np.maximum(first, value)
    return second

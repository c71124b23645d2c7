"""What jump-cut weighs at each place where the picture may have leapt: how one step differs from the steps around it.

Every number is held against the 15 pictures on either side. Pictures that repeat the one before, as where a slow recorder fills up to a
higher rate, are left out first, so that each step is one from a new picture to the next. What is costly, the 144 blocks one by one, is
counted only where the cheap numbers of the whole picture stand out a little: see `jump_blocks`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import bits
from entirety.detect.filled_rate import shown_anew
from entirety.detect.jump_blocks import LARGEST, BlockNumbers, block_numbers, block_steps, largest, neighbours, third
from entirety.detect.statistics import FEWEST, HALF_WINDOW, robust_z
from entirety.model.clip import Frames

SHORTEST = 2 * FEWEST + 2
"""Pictures below which none has neighbours enough on both sides."""
SAMPLE = 4
"""Parts of a sample in which motion is kept."""
MOTION_FLOOR, STEP_FLOOR, RESIDUAL_FLOOR = 0.1, 0.1, 0.1
"""Least usual spread: what noise moves the motion field by, samples; and grey levels of the whole picture, finer than the 0.29 by which
single samples are rounded because they are means of thousands. With 0.29 the leaps of people far away drown (tuning half)."""
BESIDE = 2
"""Pictures on either side that a spike is compared with: a pan or a gesture lasts longer."""
SPIKE, SPIKE_RESIDUAL = 0.6, 0.3
"""A leap is one step: natural logarithms of 1.8 and 1.35, times by which the step and what motion leaves of it exceed those within two pictures.
Cuts of the tuning half that can be seen lie at 0.61 and 0.32 and above; a gesture at 10 pictures a second at 0.40 and 0.20."""
BROKEN, CHANGED = 10.0, 4.0
"""z of leap and acceleration from which motion is broken; then it is enough that the residual does not fall. A recorder that takes 10 pictures a
second leaves much unexplained at every picture: 0.04 to 0.26 above the others at five cuts from a moving camera, whose motion breaks by 10 to 25."""
RISES, LEAPS = 1.5, 3.0
"""z: what makes a candidate is that residual or motion stand out a little. Cuts that can be seen lie at 2 and 3.4 and above in one of them."""
USUAL = 75
"""Percentile that stands for a usual step: where a picture stands for a while, half of the steps around are none."""
CHUNK = 4096
"""Rows worked on at a time: 4096 x 288 numbers are 5 MB, however long the film is."""

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places where the picture may have leapt, in the order of showing; one row each in every column. z is a robust z, see `statistics`."""

    rows: Rows
    """Frame after the step."""
    before: Rows
    """The new picture before it: the frame before, or an earlier one that was repeated."""
    leap: Floats
    """z of how much further the eight blocks moved that left most what the motion before and after agrees on."""
    acceleration: Floats
    """z of how much the motion of the eight blocks changed that changed most."""
    residual: Floats
    """z of what motion leaves unexplained; on key frames the smaller of that and of the z among key frames."""
    step: Floats
    """z of how far the 144 block brightnesses went, on key frames as above."""
    spike: Floats
    """Natural logarithm of that over the largest within two pictures."""
    spike_residual: Floats
    """The same of the residual."""
    others: Floats
    """Natural logarithm of the step over the third largest within 15 pictures: low where pictures leap again and again."""
    others_residual: Floats
    """The same of the residual."""
    distance: Floats
    """Bits of 128 in which the perceptual hashes differ."""
    light: Floats
    """Grey levels by which the mean brightness stepped."""
    key: Floats
    """1 on a key frame."""
    size: Floats
    """Grey levels that the blocks stepped, root of the mean square."""
    usual: Floats
    """The upper quartile of that over the neighbourhood."""
    blocks: BlockNumbers


def candidates(frames: Frames) -> Candidates | None:
    """Every place worth a closer look; None where there are too few pictures for a neighbourhood."""
    kept = shown_anew(frames)
    if len(kept) < SHORTEST:
        return None
    leap, change = _motions(frames, kept)
    step, key = _steps(frames, kept), frames.key[kept]
    residual = frames.residual[kept].astype(np.float64)
    leap, change = robust_z(leap, floor=MOTION_FLOOR), robust_z(change, floor=MOTION_FLOOR)
    residual_z, spike = _against_keys(residual, key, RESIDUAL_FLOOR), _spike(step, STEP_FLOOR)
    spike_residual = _spike(residual, 2 * RESIDUAL_FLOOR)
    chosen = (residual_z >= RISES) | (change >= LEAPS) | (leap >= LEAPS)
    broken = (leap >= BROKEN) & (change >= CHANGED)
    chosen &= (spike >= SPIKE) & (spike_residual >= np.where(broken, 0, SPIKE_RESIDUAL))
    chosen[:FEWEST] = chosen[-FEWEST:] = False  # nearer to an end the neighbours on one side are too few
    at = np.flatnonzero(chosen).astype(np.int64)
    return Candidates(
        rows=kept[at],
        before=kept[at - 1],
        leap=leap[at],
        acceleration=change[at],
        residual=residual_z[at],
        step=_against_keys(step, key, STEP_FLOOR)[at],
        spike=spike[at],
        spike_residual=spike_residual[at],
        others=_others(step, at, STEP_FLOOR),
        others_residual=_others(residual, at, 2 * RESIDUAL_FLOOR),
        distance=np.array(
            [bits(frames, one, other) for one, other in zip(kept[at - 1], kept[at], strict=True)], np.float64
        ),
        light=np.abs(frames.luma[kept[at]].astype(np.float64) - frames.luma[kept[at - 1]]),
        key=key[at].astype(np.float64),
        size=step[at],
        usual=np.array([np.percentile(step[max(1, k - HALF_WINDOW) : k + HALF_WINDOW + 1], USUAL) for k in at]),
        blocks=block_numbers(frames, kept, at),
    )


def _motions(frames: Frames, kept: Rows) -> tuple[Floats, Floats]:
    """Of every kept picture: by how much its motion leaves what the steps before and after agree on, and how much it changed."""
    count = len(kept)
    leap, change = np.zeros(count), np.zeros(count)
    for first in range(1, count - 1, CHUNK):
        rows = np.arange(first, min(first + CHUNK, count - 1))
        past, here, coming = (_motion(frames, kept, rows + k) for k in (-1, 0, 1))
        leap[rows] = largest(_lengths(here - (past + coming) * np.float32(0.5)) - _lengths(coming - past), LARGEST)
        change[rows] = largest(_lengths(here - past), LARGEST)
    return leap, change


def _motion(frames: Frames, kept: Rows, at: Rows) -> Singles:
    return np.asarray(frames.motion[kept[at]] / np.float32(SAMPLE), np.float32)


def _steps(frames: Frames, kept: Rows) -> Floats:
    step = np.zeros(len(kept))
    for first in range(1, len(kept), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(kept)))
        step[rows] = np.sqrt(np.square(block_steps(frames, kept, rows)).mean(axis=1))
    return step


def _lengths(vectors: Singles) -> Singles:
    return np.asarray(np.sqrt(np.einsum("nij,nij->ni", vectors, vectors)), np.float32)


def _spike(column: Floats, floor: float) -> Floats:
    edge = np.zeros(BESIDE)
    padded = np.concatenate([edge, column, edge])
    beside = np.max([padded[BESIDE + k : BESIDE + k + len(column)] for k in range(-BESIDE, BESIDE + 1) if k], axis=0)
    return np.asarray(np.log((column + floor) / (beside + floor)), np.float64)


def _others(column: Floats, at: Rows, floor: float) -> Floats:
    around, known = neighbours(len(column), at)
    return np.asarray(np.log((column[at] + floor) / (third(column[around], known) + floor)), np.float64)


def _against_keys(column: Floats, key: NDArray[np.bool_], floor: float) -> Floats:
    z, keys = robust_z(column, floor=floor), np.flatnonzero(key)
    if len(keys) > FEWEST:
        z[keys] = np.minimum(z[keys], robust_z(column[keys], floor=floor))
    return z

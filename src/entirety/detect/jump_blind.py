"""In which stretches of a clip nothing moved, so that jump-cut could not see time missing there.

A check that found nothing must say where it could not have found anything. For each stretch a cut is tried on paper: the picture half a
second and a second later is held against the present one, as if all between them had been taken out. Where the blocks would then change by
no more than the check needs to notice, a cut leaves no trace.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.filled_rate import shown_anew
from entirety.detect.jump_blocks import (
    FEW,
    LARGEST,
    VIEW_FLOOR,
    apart_from_all,
    block_steps,
    block_z,
    largest,
    neighbours,
    views,
)
from entirety.detect.jump_signals import SHORTEST
from entirety.detect.sentences import say
from entirety.model.clip import Clip, Frames
from entirety.model.finding import Sentence

NOTICED = 20.0
"""z of the eight blocks that change most, from which a step is noticed: at 136 cuts of half a second and more that were found it is 25 and more;
of 23 within one view that were missed it is less than 20 at 8 (tuning half, 2026-11-26). The others were missed although much changed."""
OFFSETS = (0.5, 1.0)
"""Seconds taken out on paper."""
EVERY = 0.5
"""Seconds from one trial to the next."""
LEAST = 1.0
"""Seconds: less is not worth a sentence."""
TEXT = (
    "so little moves that this check could not see a cut there: not one of half a second or a second and, where the scene stays the same, none "
    "of any length."
)

Rows = NDArray[np.int64]


def blind_here(clip: Clip) -> Sentence | None:
    """The sentence for the report, or None where something moves throughout, or nothing can be told."""
    total, blind = blind_seconds(clip.frames)
    if blind < LEAST:
        return None
    where, identifier = "In {seconds} of {total} s", "jump-cut.blind.part"
    if total - blind < LEAST:
        where, identifier = "Throughout the clip ({total} s)", "jump-cut.blind.whole"
    values = {"total": round(total, 1)} | ({"seconds": round(blind, 1)} if total - blind >= LEAST else {})
    return say(identifier, f"{where} {TEXT}", **values)


def blind_seconds(frames: Frames) -> tuple[float, float]:
    """Seconds of the clip, and in how many of them a cut of half a second or a second would leave too little to see."""
    kept = shown_anew(frames)
    steps = np.diff(frames.times)
    usual = steps[np.isfinite(steps) & (steps > 0)]
    if len(kept) < SHORTEST or not len(usual):
        return 0.0, 0.0
    # Single pictures without a time, and a clock that begins anew, change nothing about what moves.
    total = float(np.median(usual)) * len(frames)
    step = total / len(kept)
    at = np.arange(1, len(kept), max(1, round(EVERY / step))).astype(np.int64)
    seen = np.zeros(len(at), np.bool_)
    for first in range(0, len(at), FEW):
        rows = slice(first, first + FEW)
        seen[rows] = _noticed(frames, kept, at[rows], [max(1, round(offset / step)) for offset in OFFSETS])
    return total, total * float((~seen).mean())


def _noticed(frames: Frames, kept: Rows, at: Rows, lengths: list[int]) -> NDArray[np.bool_]:
    """Where a cut of any of these lengths, in pictures, would change the blocks enough."""
    around, known = neighbours(len(kept), at)
    steps = block_steps(frames, kept, around.ravel()).reshape(*around.shape, frames.view.shape[1])
    noticed = np.zeros(len(at), np.bool_)
    for length in lengths:
        change = views(frames, kept, np.minimum(at + length, len(kept) - 1)) - views(frames, kept, at - 1)
        noticed |= largest(block_z(apart_from_all(change), steps, known, VIEW_FLOOR), LARGEST) >= NOTICED
    return noticed

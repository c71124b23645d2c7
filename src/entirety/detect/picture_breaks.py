"""Finds where two pictures in a row do not continue each other, and tells flashes, switched light and repeats from real breaks.

What moves in front of a running camera does not leap and does not change its speed at once. Where shots meet, or time is missing,
both happen in one step: the remains after motion compensation and the change of motion rise together (first trials, five clips).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import CLEAR_RULES, Bounds, bits, break_rules, distances
from entirety.detect.filled_rate import against_new, beside, new_pictures
from entirety.detect.odd_steps import LONG
from entirety.detect.statistics import FEWEST, robust_z
from entirety.detect.steps import GAP
from entirety.model.clip import Frames

UNLIKE, ALIKE = 40, 20
"""Bits of 128 (phash and dhash) between unlike and alike pictures: unlike scenes lie at 64 on average and neighbours below 20."""
FLAT = 4.0
"""Grey levels of contrast below which a picture is empty and its perceptual hash noise."""
MOTION_FLOOR = 0.1
"""Pixels of the 160 x 90 picture: what noise moves the motion field of a still scene by (corpus: 0.05 to 0.15)."""
LIGHT = 8.0
"""Grey levels: cuts within one scene moved the mean by up to 15, flashes and lamps by 50 to 99; sums with the next bound."""
SAME_SCENE = 18
"""Bits: pictures on both sides of a switched lamp differ by 3 to 5, of a telephone's still photo taken while filming (`train.mov` of the
corpus) by 15, of a cut with a step in light by 24 and more."""
RETURN, RETURN_SHARE = 4, 0.3
"""A flash is over after at most 4 pictures (0.16 s at 25 per second), and the light is back to within 0.3 of the step."""
BESIDE, SHARE = 2, 0.5
"""A break is one step: within 2 pictures on either side nothing rises half as far. In a whip pan of 0.4 s all ten pictures do."""
OTHERS = 3
"""The third highest picture of the neighbourhood must lie below half the height as well: a film turned from 30 to 25 pictures a second
leaps at every fifth picture, and another cut or key frame may stand beside a true one."""
REPEATED = 0.25
"""Share of the usual difference below which a picture repeats the one before: repeats that were encoded again reach 0.15."""


@dataclass(frozen=True, slots=True)
class PictureBreak:
    """A break between frame `frame - 1` and frame `frame`, with the numbers behind it."""

    frame: int
    residual_z: float
    acceleration_z: float
    colour_z: float
    distance: int
    """Bits of 128 in which the two perceptual hashes differ."""
    light_step: float
    """Grey levels."""
    clear: bool
    light: bool
    """The light changes in the same step."""
    repeats: bool
    """Pictures are repeated just before: the leap may be what they hid."""
    key: bool
    gap: bool
    """The time stamps say that time is missing here, and the view is not another one: the leap follows from the gap."""
    bounds: Bounds


def picture_breaks(frames: Frames) -> Iterator[PictureBreak]:
    """Every break, in the order of showing; flashes and switched lamps left out."""
    if len(frames) < 3:
        return
    new = new_pictures(frames)
    residual = against_new(frames.residual, _residual_z(frames), new)
    motion = against_new(frames.acceleration, robust_z(frames.acceleration, floor=MOTION_FLOOR), new)
    colour, distance = robust_z(frames.colour), distances(frames, 1)
    unlike = _unlike(frames, distance, new)
    inner = np.zeros(len(frames), np.bool_)
    inner[FEWEST:-FEWEST] = True  # nearer to an end the neighbours on one side are too few (first trials, five clips)
    rules = break_rules(frames, residual, motion, distance)
    light = np.abs(np.diff(frames.luma.astype(np.float64), prepend=frames.luma[:1])) >= LIGHT
    for n in np.flatnonzero((inner & np.any([fired for fired, _ in rules], axis=0)) | unlike):
        row = int(n)
        lamp, missing = light[row] and distance[row] <= SAME_SCENE, _missing_time(frames, row)
        # Where time is missing by the time stamps, things leap; of less than a second that is the business of timestamp-gap alone.
        if lamp or _returns(frames, row) or (0 < missing < LONG and distance[row] < ALIKE):
            continue
        if not (unlike[row] or _one_step(frames, row)):
            continue
        yield PictureBreak(
            frame=row,
            residual_z=float(residual[row]),
            acceleration_z=float(motion[row]),
            colour_z=float(colour[row]),
            distance=int(distance[row]),
            light_step=float(frames.luma[row] - frames.luma[row - 1]),
            clear=bool(unlike[row] or any(fired[row] for fired, _ in rules[:CLEAR_RULES])),
            light=bool(light[row] and distance[row] < UNLIKE),
            repeats=_repeats(frames, row),
            key=bool(frames.key[row]),
            gap=bool(missing >= LONG or (missing > 0 and distance[row] < UNLIKE)),
            bounds=Bounds(distance=UNLIKE) if unlike[row] else next(b for fired, b in rules if fired[row]),
        )


def _residual_z(frames: Frames) -> NDArray[np.float64]:
    """Residual against the neighbours, and on key frames against the other key frames too; the smaller counts."""
    z, keys = robust_z(frames.residual), np.flatnonzero(frames.key)
    if len(keys) > FEWEST:
        z[keys] = np.minimum(z[keys], robust_z(frames.residual[keys]))
    return z


def _unlike(frames: Frames, distance: NDArray[np.int64], new: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Two unlike pictures between pictures that are alike on either side."""
    before, after = beside(distance, new)
    filled = (frames.contrast >= FLAT) & (np.roll(frames.contrast, 1) >= FLAT)
    unlike = (distance >= UNLIKE) & (before <= ALIKE) & (after <= ALIKE) & filled
    unlike[:2] = unlike[-1:] = False
    return np.asarray(unlike, dtype=np.bool_)


def _one_step(frames: Frames, row: int) -> bool:
    """The residual rises here alone: in a pan or a gesture the next pictures rise too, in a converted film every fifth or so."""
    first = max(1, row - 15)
    window = frames.residual[first : row + 16].astype(np.float64) - np.median(frames.residual[first : row + 16])
    here = row - first
    height = window[here]
    beside = np.delete(window[max(0, here - BESIDE) : here + BESIDE + 1], min(here, BESIDE))
    others = np.sort(np.delete(window, slice(max(0, here - 1), here + 2)))
    return bool(beside.max() <= SHARE * height and others[-OTHERS] <= SHARE * height)


def _missing_time(frames: Frames, row: int) -> float:
    """Seconds by which the step in time to this picture is longer than usual, where it leaves room for another picture; else 0."""
    steps = np.diff(frames.times[max(0, row - 15) : row + 16])
    usual, here = float(np.median(steps)), float(frames.times[row] - frames.times[row - 1])
    return here - usual if here > GAP * usual > 0 else 0.0


def _returns(frames: Frames, row: int) -> bool:
    """A flash begins or ends here: within a few pictures the light, or the picture, is back where it was."""
    luma = frames.luma.astype(np.float64)
    step = abs(luma[row] - luma[row - 1])
    after = luma[row + 1 : row + 1 + RETURN]
    before = luma[max(0, row - 1 - RETURN) : row - 1]
    back = [*np.abs(after - luma[row - 1]), *np.abs(before - luma[row])]
    if step >= LIGHT and min(back, default=step) <= RETURN_SHARE * step:
        return True
    here = bits(frames, row - 1, row)
    later = [bits(frames, row - 1, k) for k in range(row + 1, min(row + 1 + RETURN, len(frames)))]
    earlier = [bits(frames, k, row) for k in range(max(0, row - 1 - RETURN), row - 1)]
    return here >= ALIKE and min([*later, *earlier], default=here) <= RETURN_SHARE * here


def _repeats(frames: Frames, row: int) -> bool:
    """The picture before the break repeats the one before it, in a film whose pictures otherwise differ."""
    usual = float(np.median(frames.difference[max(1, row - 15) : row + 16]))
    return row >= 2 and float(frames.difference[row - 1]) <= REPEATED * usual

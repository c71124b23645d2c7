"""Looks for the rhythm of key frames that an earlier encoding had, in pictures that were encoded again since.

At a key frame an encoder draws the whole picture anew, so that its fine texture differs from the picture before in every part of it,
moving or not. Encoded again, with key frames elsewhere, the pictures keep some of that: once in every former group of pictures the
texture changes everywhere at once. (The variation of prediction footprint of Vazquez-Padin et al. sees the same event in the blocks that
the second encoder chose; here it is seen in the decoded pictures, so that any codec will do.)

Where things move everywhere, it is the coded size that tells: a picture whose texture is new costs the second encoder more bytes. So both
are looked at, how much of the fine picture is made anew, and how large the coded picture is.

Every period and every beginning is tried. The bound on chance is
Chernoff's: were the values in random order, the mean of m of them would reach a with a probability of at most exp(-m I(a)), I being the
rate function of the values of this very clip; that, times the number of combs tried, bounds the chance of a
false comb.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.detect.former_signals import Floats, deviations, present_period, signals
from entirety.model.clip import Clip, Frames

SHORTEST, LONGEST = 8, 300
"""Pictures. Shorter periods are tried as well, but are those of B pictures and of frame-rate conversion, and no finding; 300 is ten seconds at 30 a second, the longest in use."""
FEWEST_TEETH = 4
"""A comb of fewer teeth is no rhythm; also what the bound needs: the best 4 of 200 values reach it, the best 3 do not."""
KEPT = 0.6
"""Part of the teeth that must be measurable; the others fall on present key frames."""
USUAL = (
    10,
    12,
    15,
    16,
    20,
    24,
    25,
    30,
    32,
    40,
    48,
    50,
    60,
    72,
    75,
    90,
    96,
    100,
    120,
    125,
    150,
    180,
    200,
    240,
    250,
    300,
)
"""Distances of key frames that cameras, recorders and programs come with: 12, 15 and 250 as encoders' defaults, whole seconds and halves at
the usual rates, powers of two. Half of the chance allowed is given to them, half to all others."""
ENOUGH = float(np.log(50))
"""Score from which a comb counts: were the values in random order, at most one clip in fifty would have one like it by chance. None of
the 64 films encoded once of the trials has one (tests/bench/former_periods.py)."""
STANDING = 0.4
"""Part of the mean height that every second and every third tooth must reach as well; else the period is a multiple of this one."""
TILTS = np.linspace(0.02, 3.0, 60)
"""Where the exponential mean of the values is taken to find the rate function; a coarser grid only makes the bound less sharp."""


@dataclass(frozen=True, slots=True)
class Comb:
    """One rhythm: pictures `first`, `first + period`, ... stand out."""

    period: int
    first: int
    teeth: int
    """Those that could be measured."""
    height: float
    """How far they stand out in the mean, in robust deviations, cut off at HIGHEST."""
    score: float
    """Natural logarithm of how many such clips without a rhythm it takes, at least, to find one comb like this by chance."""


def former(clip: Clip) -> tuple[str, Comb] | None:
    """The signal and the comb least likely to be chance; None where the clip is too short for any."""
    present, columns = present_period(clip.frames), signals(clip)
    found = [(name, comb) for name, z in columns.items() if (comb := strongest(z, present)) is not None]
    if not found:
        return None
    name, comb = max(found, key=lambda one: one[1].score)
    # As many chances as there are signals.
    return name, replace(comb, score=comb.score - float(np.log(len(columns))))


def in_the_scene(frames: Frames, period: int) -> bool:
    """Whether brightness or motion of the scene itself goes in this rhythm: flicker, a turning thing, an animation."""
    light = np.abs(np.diff(frames.luma.astype(np.float64), prepend=np.nan))
    for values in (np.nan_to_num(light), frames.acceleration):
        z = deviations(frames, values)
        tilted = growth(z)
        if tilted is not None and gain(tilted, *fold(z, period)).max() - np.log(2.0 * period) >= ENOUGH:
            return True
    return False


def strongest(z: Floats, present: int) -> Comb | None:
    """As `clearest`, but None where the rhythm is too short for key frames, or where only some of the teeth stand out."""
    comb = clearest(z, present)
    # Of a short rhythm the multiples stand out too, but less.
    return comb if comb is not None and comb.period >= SHORTEST and _even(z, comb) else None


def clearest(z: Floats, present: int) -> Comb | None:
    """The comb least likely to be chance, of all periods that the clip holds FEWEST_TEETH times; None where it is too short.

    Multiples of the present period are left out: their teeth would fall where the present encoding works in its own rhythm.
    """
    tilted = growth(z)
    periods = [p for p in range(2, min(LONGEST, len(z) // FEWEST_TEETH) + 1) if not present or p % present]
    if tilted is None:
        return None
    usual = sum(period in USUAL for period in periods)
    found = []
    known = _known(z)
    for period in periods:
        mean, teeth = _folded(*known, period)
        fit = teeth >= max(FEWEST_TEETH - 1, KEPT * (len(z) // period))
        gains = np.where(fit, gain(tilted, mean, teeth), 0.0)
        best = int(gains.argmax())
        if fit[best]:
            kinds = usual if period in USUAL else len(periods) - usual
            chance = np.log(2.0 * kinds * fit.sum())
            found.append(Comb(period, best, int(teeth[best]), float(mean[best]), float(gains[best] - chance)))
    return max(found, key=lambda comb: comb.score, default=None)


def _even(z: Floats, comb: Comb) -> bool:
    teeth = z[comb.first :: comb.period]
    parts = [teeth[start::step] for step in (2, 3) for start in range(step)]
    known = [part[np.isfinite(part)] for part in parts]
    return all(part.mean() >= STANDING * comb.height for part in known if len(part) >= FEWEST_TEETH)


def fold(z: Floats, period: int) -> tuple[Floats, NDArray[np.int64]]:
    """For each beginning 0 .. period-1: the mean over its teeth, and how many of them could be measured; 0 where none."""
    return _folded(*_known(z), period)


def _known(z: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """The values with 0 for those that could not be measured, and 1 for each that could."""
    known = np.isfinite(z)
    return np.where(known, z, 0), known.astype(np.int64)


def _folded(values: Floats, known: NDArray[np.int64], period: int) -> tuple[Floats, NDArray[np.int64]]:
    rows = -(-len(values) // period)
    table, counts = np.zeros(rows * period), np.zeros(rows * period, np.int64)
    table[: len(values)], counts[: len(values)] = values, known
    teeth = counts.reshape(rows, period).sum(axis=0)
    return table.reshape(rows, period).sum(axis=0) / np.maximum(teeth, 1), teeth


def growth(z: Floats) -> Floats | None:
    """Logarithm of the mean of exp(tilt x value), for each of TILTS; None where too few values are known."""
    known = z[np.isfinite(z)]
    if len(known) < SHORTEST * FEWEST_TEETH:
        return None
    # Few different exponents: counting equal values keeps an hour of video as cheap as a minute.
    levels, counts = np.unique(np.round(known, 2), return_counts=True)
    means: Floats = np.log(np.exp(np.outer(TILTS, levels)) @ (counts / len(known)))
    return means


def gain(tilted: Floats, mean: Floats, teeth: NDArray[np.int64]) -> Floats:
    """Chernoff's exponent of a mean over so many teeth; never below 0."""
    exponents = np.outer(TILTS, mean)
    exponents -= tilted[:, None]
    return np.asarray(np.maximum(exponents.max(axis=0), 0) * teeth, np.float64)

"""Looks for the rhythm of key frames that an earlier encoding had, in pictures that were encoded again since.

At a key frame an encoder draws the whole picture anew, so that its fine texture differs from the picture before in every part of it,
moving or not. Encoded again, with key frames elsewhere, the pictures keep some of that: once in every former group of pictures the
texture changes everywhere at once. (The variation of prediction footprint of Vazquez-Padin et al. sees the same event in the blocks that
the second encoder chose; here it is seen in the decoded pictures, so that any codec will do.)

Where things move everywhere, it is the coded size that tells: a picture whose texture is new costs the second encoder more bytes. So both
are looked at, how much of the fine picture is made anew, and how large the coded picture is.

Each value is held against its neighbours, against pictures of its own type and against its own place in the present group, so
that what the present encoding does by itself drops out. Then every period and every beginning is tried. The bound on chance is
Chernoff's: were the values in any order, the mean of m of them would reach a with a probability of at most exp(-m I(a)), I being the
rate function of the values of this very clip; that, times the number of combs tried, bounds the chance of a
false comb.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.detect.statistics import robust_z
from entirety.model.clip import PICTURE_KINDS, Clip, Frames
from entirety.model.time import UNSET

SHORTEST, LONGEST = 8, 300
"""Pictures: shorter periods are those of B pictures and of frame-rate conversion; 300 is ten seconds at 30 a second, the longest in use."""
FEWEST_TEETH = 4
"""A comb of fewer teeth is no rhythm; also what the bound needs: the best 4 of 200 values reach it, the best 3 do not."""
KEPT = 0.6
"""Part of the teeth that must be measurable; the others fall on present key frames."""
LOWEST, HIGHEST = -3.0, 6.0
"""Deviations are cut off here, so that a scene change counts as one tooth and not as all of them."""
FLOOR = 0.03
"""Least scatter assumed, in natural logarithms: values that differ by 3 % are the same."""
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
"""Score from which a comb counts: at most one clip in fifty without a rhythm has one like it by chance. On first generations the best
scores measured lie far below (tests/bench/former_periods.py)."""
ALL_INTRA = 0.5
"""Where more pictures than this stand alone, as in Motion JPEG, standing alone is nothing special."""
STEADY = 0.6
"""Part of the present groups that must have one length to be called the present rhythm."""
TILTS = np.linspace(0.02, 3.0, 60)
"""Where the exponential mean of the values is taken to find the rate function; a coarser grid only makes the bound less sharp."""

Floats = NDArray[np.float64]


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


def signals(clip: Clip) -> dict[str, Floats]:
    """By name: how far each shown picture stands out in one signal; NaN where it was not measured or must not be compared."""
    frames = clip.frames
    after = np.concatenate([[False], intra(frames)[:-1]])
    renewal = np.where(after, 0, frames.renewal)
    return {"renewal": deviations(frames, renewal), "size": deviations(frames, coded_sizes(clip))}


def coded_sizes(clip: Clip) -> Floats:
    """Bytes of the packet that each shown picture comes from; 0 where none has its time."""
    packets, times = clip.shown[clip.video], clip.frames.pts
    order = np.argsort(packets.pts, kind="stable")
    if not len(order):
        return np.zeros(len(times))
    place = order[np.minimum(np.searchsorted(packets.pts[order], times), len(order) - 1)]
    return np.where((packets.pts[place] == times) & (times != UNSET), packets.size[place], 0).astype(np.float64)


def deviations(frames: Frames, values: NDArray[np.floating]) -> Floats:
    """How far each value stands out among its neighbours; NaN where it is 0, and for pictures that are coded alone or damaged."""
    alone = intra(frames)
    usable = (values > 0) & ~alone & ~frames.corrupt
    level = np.full(len(frames), np.nan)
    level[usable] = np.log(values[usable].astype(np.float64))
    _centre(level, _types(frames.kind))
    z = np.where(usable, robust_z(level, floor=FLOOR), np.nan)
    if present_period(frames):
        row = np.arange(len(frames))
        _centre(z, row - np.maximum.accumulate(np.where(alone, row, 0)), fewest=3)
    return np.clip(z, LOWEST, HIGHEST)


def intra(frames: Frames) -> NDArray[np.bool_]:
    """Pictures that are coded without others, key frames or not; none where nearly all are."""
    alone = frames.key | (frames.kind == PICTURE_KINDS.index("I"))
    return alone if alone.mean() <= ALL_INTRA else np.zeros(len(frames), np.bool_)


def present_period(frames: Frames) -> int:
    """The number of pictures from one key frame of the file to the next, where it is nearly always the same; else 0."""
    steps = np.diff(np.flatnonzero(intra(frames)))
    if len(steps) < 2:
        return 0
    usual = int(np.bincount(steps).argmax())
    return usual if (steps == usual).mean() >= STEADY and usual > 1 else 0


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
    """The comb least likely to be chance, of all periods that the clip holds FEWEST_TEETH times; None where it is too short.

    Multiples of the present period are left out: their teeth would fall where the present encoding works in its own rhythm.
    """
    tilted = growth(z)
    periods = [p for p in range(SHORTEST, min(LONGEST, len(z) // FEWEST_TEETH) + 1) if not present or p % present]
    if tilted is None:
        return None
    usual = sum(period in USUAL for period in periods)
    found = []
    for period in periods:
        mean, teeth = fold(z, period)
        fit = teeth >= max(FEWEST_TEETH - 1, KEPT * (len(z) // period))
        gains = np.where(fit, gain(tilted, mean, teeth), 0.0)
        best = int(gains.argmax())
        if fit[best]:
            kinds = usual if period in USUAL else len(periods) - usual
            chance = np.log(2.0 * kinds * fit.sum())
            found.append(Comb(period, best, int(teeth[best]), float(mean[best]), float(gains[best] - chance)))
    return max(found, key=lambda comb: comb.score, default=None)


def fold(z: Floats, period: int) -> tuple[Floats, NDArray[np.int64]]:
    """For each beginning 0 .. period-1: the mean over its teeth, and how many of them could be measured; 0 where none."""
    rows = -(-len(z) // period)
    padded = np.full(rows * period, np.nan)
    padded[: len(z)] = z
    table = padded.reshape(rows, period)
    known = np.isfinite(table)
    teeth = known.sum(axis=0)
    return np.where(known, table, 0).sum(axis=0) / np.maximum(teeth, 1), teeth


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
    gains = np.maximum((np.outer(TILTS, mean) - tilted[:, None]).max(axis=0), 0) * teeth
    return np.asarray(gains, np.float64)


def _types(kind: NDArray[np.int8]) -> NDArray[np.int64]:
    """A number for each picture's type: I, P, ... and for B pictures also which of a row of them it is.

    A picture after B pictures is a type of its own, since its predecessor was coded more coarsely.
    """
    bidirectional = np.isin(kind, [PICTURE_KINDS.index("B"), PICTURE_KINDS.index("b")])
    row = np.arange(len(kind))
    place = np.minimum(row - np.maximum.accumulate(np.where(bidirectional, -1, row)), 15)
    after = np.concatenate([[False], bidirectional[:-1]]) if len(kind) else bidirectional
    return np.where(bidirectional, 16 + place, kind.astype(np.int64) + 32 * after)


def _centre(values: Floats, groups: NDArray[np.int64], fewest: int = 1) -> None:
    """Take each group's median out of its values, in place, where at least `fewest` of them are known."""
    for group in np.unique(groups):
        rows = np.flatnonzero((groups == group) & np.isfinite(values))
        if len(rows) >= fewest:
            values[rows] -= np.median(values[rows])

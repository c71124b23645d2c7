"""Finds stretches in which every so-many-th picture moves less, or more, than its neighbours: the mark that a change of speed or rate leaves.

Where footage is slowed down, or brought to a higher rate, every fifth picture or so is shown twice or blended from two; where it is made
faster, every fifth or so is left out, and the next step is twice as wide. Both come at a fixed distance, which movement in
front of a camera hardly ever keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.busiest_blocks import busiest_steps
from entirety.detect.kept import kept
from entirety.detect.spans import without_overlap
from entirety.model.clip import Frames

LESS_PERIODS, MORE_PERIODS = range(2, 13), range(3, 9)
"""Pictures from one mark to the next that are looked for: 0.5 to 0.92 of the speed, and 1.12 to 1.33 of it."""
WINDOW, STRIDE = 30, 5
"""Pictures looked at together, and from one window to the next: six marks at the usual distance of five."""
FEWEST_MARKS = 4
"""Marks that a stretch must have. Chosen: three at a distance of eleven are met where a camera is dazzled."""
AROUND = 6
"""Pictures on either side whose middle says what is usual."""
LEAST = 0.05
"""Grey levels added before the logarithm, so that a repeat counts as little and not as infinitely little."""
MOST = 1.5
"""Logarithm at which a single picture counts at most: a key frame or a cut is no pattern."""
SPREAD = 0.05
"""Logarithm that the pictures between the marks spread by at least: below, rounding would make anything clear."""
LESS, LESS_CLEAR = -0.7, 5.0
"""Contrast (logarithm) and clearness (standard errors) of marks that move less. Tuning half: 17 of 20 slowed stretches reach -0.8 to -1.5 at 5.1 to
75; of 390 untouched and innocent clips none reaches both (-0.77 at 4.2, -0.54 at 5.6)."""
MORE, MORE_MOST, MORE_CLEAR = 0.3, 0.9, 7.0
"""The same where they move more: 0.31 to 0.49 at 7.2 to 19 in 13 of 20 hastened stretches, 0.47 at 6.2 in untouched ones. One left-out picture at
most doubles a step (0.7); more is a recorder that repeats most pictures."""
STEADY = 0.8
"""Share of the marks in a window that must stand on their own side of the pictures between. Chosen."""
END_LESS, END_MORE = -0.4, 0.2
"""Mean logarithm by which a mark must still stand out for a stretch to reach that far. Chosen."""
CHUNK = 2048
UNEVEN = 1.5
"""Times the usual step in time that a step may be within a window: at an uneven rate movement is uneven too."""
UPPER = 75
"""Percentile of the differences that stands for what moves: half of all pictures may be repeats."""
STILL = 0.3
"""Grey levels of difference below which a window shows nothing that moves: repeats cannot be told there."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Between frames `first` and `last`, every `period`-th picture moves otherwise."""

    first: int
    last: int
    period: int
    more: bool
    """It moves more than its neighbours: pictures are missing. Else less: pictures are repeated or blended."""
    contrast: float
    """Logarithm of how much more or less, the smallest of the three signals."""
    clearness: float
    """Standard errors, the smallest of the three signals."""


@kept
def signals(frames: Frames) -> Iterator[NDArray[np.float64]]:
    """Difference, residual and the change of the busiest blocks, each as the logarithm against its neighbours."""
    (change,) = busiest_steps(frames)
    for column in (frames.difference, frames.residual, change):
        yield _against_neighbours(column)


def _against_neighbours(column: NDArray[np.floating]) -> NDArray[np.float64]:
    values = np.log(np.nan_to_num(column.astype(np.float64)) + LEAST)
    edge = np.full(AROUND, np.nan)
    around = np.lib.stride_tricks.sliding_window_view(np.concatenate([edge, values, edge]), 2 * AROUND + 1)
    # Without the picture itself as many neighbours share its place in any rhythm of two as do not.
    middle = np.concatenate(
        [
            np.nanmedian(around[k : k + CHUNK, np.arange(2 * AROUND + 1) != AROUND], axis=1)
            for k in range(0, len(values), CHUNK)
        ]
    )
    return np.asarray(np.clip(values - middle, -MOST, MOST), np.float64)


def patterns(frames: Frames) -> list[Pattern]:
    """Every stretch with a pattern, in the order of showing; of those that overlap, the clearest."""
    if len(frames) < WINDOW + 1:
        return []
    logs = np.stack(signals(frames))
    starts = np.arange(1, len(frames) - WINDOW + 1, STRIDE)
    even = _usable(frames, starts)
    every: list[Pattern] = []
    for period in LESS_PERIODS:
        marked = [_marked(logs, starts[even], period, phase) for phase in range(period)]
        for more in (False, True):
            if not more or period in MORE_PERIODS:
                every += [found for one in marked for found in _stretches(logs, one, period, more=more)]
    return without_overlap(sorted(every, key=lambda one: (-one.clearness, one.first, one.period)))


def usable_rows(frames: Frames) -> int:
    """Pictures that lie in a window where something moves at an even rate."""
    seen = np.zeros(len(frames), np.bool_)
    starts = np.arange(1, max(1, len(frames) - WINDOW + 1), STRIDE)
    for start in starts[_usable(frames, starts)]:
        seen[start : start + WINDOW] = True
    return int(seen.sum())


def _usable(frames: Frames, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    steps = np.diff(frames.times, prepend=np.nan)
    out = np.zeros(len(starts), np.bool_)
    at = np.arange(WINDOW)
    for begin in range(0, len(starts), CHUNK):
        rows = starts[begin : begin + CHUNK, None] + at
        window = np.sort(steps[rows], axis=1)  # NaN comes last, and is no even step
        even = window[:, -1] <= UNEVEN * window[:, WINDOW // 2]
        moving = np.sort(frames.difference[rows], axis=1)[:, WINDOW * UPPER // 100] >= STILL
        out[begin : begin + CHUNK] = even & moving
    return out


@dataclass(frozen=True, slots=True)
class _Window:
    """Marks of one phase within one window."""

    start: int
    phase: int
    """Row of a mark, modulo the period."""
    contrast: float
    clearness: float
    steady: float


def _marked(logs: NDArray[np.float64], starts: NDArray[np.int64], period: int, phase: int) -> list[_Window]:
    """Windows in which all three signals say that the marks of this phase stand out, to either side."""
    out: list[_Window] = []
    at = np.arange(WINDOW)
    for begin in range(0, len(starts), CHUNK):
        block = starts[begin : begin + CHUNK]
        rows = block[:, None] + at
        mark = rows % period == phase
        values = logs[:, rows]
        number = mark.sum(axis=1)
        on = np.where(mark, values, 0).sum(axis=2) / number
        between = np.where(mark, 0, values).sum(axis=2) / (WINDOW - number)
        contrast = on - between
        agree = (np.sign(contrast) == np.sign(contrast[0])).all(axis=0)
        least = np.abs(contrast).min(axis=0) * np.sign(contrast[0])
        # Few windows stand out, and only of those it matters how clearly, and on which side each mark stands.
        told = np.flatnonzero(agree & ((least <= LESS) | (least >= MORE)))
        values, between, mark, number = values[:, told], between[:, told], mark[told], number[told]
        contrast, least = contrast[:, told], least[told]
        spread = np.sqrt(np.where(mark, 0, (values - between[..., None]) ** 2).sum(axis=2) / (WINDOW - number))
        clear = (np.abs(contrast) / np.maximum(spread, SPREAD) * np.sqrt(number)).min(axis=0)
        sides = np.sign(contrast[0])[:, None] * (values - between[..., None]) > 0
        steady = ((sides & mark).sum(axis=2) / number).min(axis=0)
        found = np.stack([least, clear, steady], axis=1)
        out += [_Window(start, phase, *one) for start, one in zip(block[told].tolist(), found.tolist(), strict=True)]
    return out


def _stretches(logs: NDArray[np.float64], windows: list[_Window], period: int, *, more: bool) -> list[Pattern]:
    """Windows one after another that agree, followed from mark to mark to where the marks end."""
    if more:
        fit = [w for w in windows if MORE <= w.contrast <= MORE_MOST and w.clearness >= MORE_CLEAR]
    else:
        fit = [w for w in windows if w.contrast <= LESS and w.clearness >= LESS_CLEAR]
    found: list[Pattern] = []
    group: list[_Window] = []
    for window in [*(w for w in fit if w.steady >= STEADY), None]:
        if group and (window is None or window.start > group[-1].start + WINDOW):
            found.append(_pattern(logs, group, period, more=more))
            group = []
        if window is not None:
            group.append(window)
    return [one for one in found if one.last - one.first + 1 >= max(WINDOW // 2, FEWEST_MARKS * period)]


def _pattern(logs: NDArray[np.float64], group: list[_Window], period: int, *, more: bool) -> Pattern:
    mean, phase = logs.mean(axis=0), group[0].phase
    marks = np.arange(phase or period, logs.shape[1], period)
    stands = mean[marks] >= END_MORE if more else mean[marks] <= END_LESS
    inner = np.flatnonzero((marks >= group[0].start) & (marks < group[-1].start + WINDOW) & stands)
    low, high = (int(inner[0]), int(inner[-1])) if len(inner) else (0, 0)
    while low > 0 and stands[low - 1]:
        low -= 1
    while high + 1 < len(marks) and stands[high + 1]:
        high += 1
    best = max(group, key=lambda one: one.clearness)
    first = max(0, int(marks[low]) - period + 1)
    return Pattern(first, int(marks[high]), period, more, best.contrast, best.clearness)

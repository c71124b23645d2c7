"""Where in a recording could a stretch of the clip come from? Looks for places at which the two change alike.

Compared is how the pictures change within four tenths of a second, and by how much what they show is more alike than usual: the background
of a standing camera falls out of both, and so do a caption that stays, bars, and the level of brightness. Each sampled moment of the clip
names the few moments of the recording that are most like it; moments that lie on one straight line, whatever its slope, are a candidate.
Nothing is decided here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.strip import Strip

RATE = 8
"""Moments of the recording looked at in a second; twice as many as of the clip."""
BACK = 0.4
"""Seconds over which change is taken: what moves has moved on, and the pictures of a slow camera have changed."""
NAMED = 6
"""Moments of the recording that one moment of the clip may name."""
FEW = 512
"""Moments of the recording from which the usual likeness is taken: a standing background is alike everywhere."""
WINDOW = 4.0
"""Seconds of the clip in which a line must be seen, stepping by half of it."""
SLOPES = np.geomspace(0.72, 1.39, 23)
"""Speeds tried: 3 % apart, 0.2 s over a window at most between two of them."""
TOLERANCE = 0.25
"""Seconds around a line within which a moment lies on it."""
SUPPORT = 4
"""Moments of a window, of 16, that must lie on a line; chance puts 4 of 16 x 6 names on one line of a ten-minute recording rarely."""
CLEAR = 0.4
"""Likeness, in that of the best on the line, from which a moment tells how far the line reaches."""
LINES = 4
"""Candidates kept of each window."""


@dataclass(frozen=True, slots=True)
class Line:
    """Moment `slope * t + offset` of the recording at moment t of the clip, seen from `first` to `last`, seconds of the clip's strip."""

    slope: float
    offset: float
    first: float
    last: float
    weight: float

    def at(self, moment: float) -> float:
        return self.slope * moment + self.offset


@dataclass(frozen=True)
class Changes:
    """How a strip changes at even moments, and what it shows: unit vectors of the change in each cell, and of its brightness."""

    moments: NDArray[np.float64]
    vectors: NDArray[np.float32]


def changes(strip: Strip, rate: float) -> Changes:
    """`rate` moments a second of a coarse strip."""
    begin, end = float(strip.times[0]), float(strip.times[-1])
    moments = np.arange(begin + BACK, end, 1 / rate)
    now, before = _rows(strip, moments), _rows(strip, moments - BACK)
    cells = strip.grey.reshape(len(strip), -1).astype(np.float32)
    change = cells[now] - cells[before]
    return Changes(moments, np.hstack([_unit(change), _unit(cells[now])]))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors of length 1 with mean 0; 0 where all values are equal."""
    rest = vectors - vectors.mean(1, keepdims=True)
    length = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.where(length > 0, rest / np.maximum(length, 1e-6), 0).astype(np.float32)


def lines(clip: Changes, source: Changes) -> list[Line]:
    """Candidates, window by window."""
    if not len(clip.moments) or len(source.moments) < 3:
        return []
    queries, places, scores = _named(clip, source)
    t, u, weight = clip.moments[queries], source.moments[places], scores.astype(np.float64)
    begins = np.arange(clip.moments[0], clip.moments[-1], WINDOW / 2)
    found: list[Line] = []
    for begin, low, high in zip(begins, np.searchsorted(t, begins), np.searchsorted(t, begins + WINDOW), strict=True):
        if high - low >= SUPPORT:
            found += _window(t[low:high], u[low:high], weight[low:high], float(begin) + WINDOW / 2)
    return found


def _rows(strip: Strip, moments: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.clip(np.searchsorted(strip.times, moments + 1e-6, "right") - 1, 0, len(strip) - 1)


def _named(clip: Changes, source: Changes) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """The moments that each moment of the clip names: row of the clip, row of the source, likeness."""
    queries, places, scores = [], [], []
    for begin in range(0, len(clip.moments), 128):
        likeness = clip.vectors[begin : begin + 128] @ source.vectors.T
        likeness -= np.median(likeness[:, :: max(1, likeness.shape[1] // FEW)], axis=1, keepdims=True)
        inner = likeness[:, 1:-1]
        peak = (inner >= likeness[:, :-2]) & (inner >= likeness[:, 2:]) & (inner > 0)
        inner = np.where(peak, inner, 0)
        most = min(NAMED, inner.shape[1])
        best = np.argpartition(-inner, most - 1, axis=1)[:, :most]
        value = np.take_along_axis(inner, best, 1)
        row, column = np.nonzero(value > 0)
        queries.append(row + begin)
        places.append(best[row, column] + 1)
        scores.append(value[row, column])
    return np.concatenate(queries), np.concatenate(places), np.concatenate(scores)


def _window(t: NDArray[np.float64], u: NDArray[np.float64], weight: NDArray[np.float64], middle: float) -> list[Line]:
    """The best lines through the names of one window."""
    # Where each line of each slope through each name crosses the middle; the slopes lie far apart on one axis, so that one sorting serves all.
    apart = float(np.ptp(u)) + 4 * WINDOW
    crossing = u - SLOPES[:, None] * (t - middle)
    axis = (crossing - u.min() + np.arange(len(SLOPES))[:, None] * apart).ravel()
    order = np.argsort(axis)
    axis, name = axis[order], order % len(t)
    reach = np.searchsorted(axis, axis + TOLERANCE, "right")
    found: list[Line] = []
    for _ in range(LINES):
        total = np.concatenate(([0.0], np.cumsum(weight[name])))
        sums = total[reach] - total[:-1]
        top = int(np.argmax(sums))
        slope = float(SLOPES[order[top] // len(t)])
        place = float(crossing.ravel()[order[top]]) + TOLERANCE / 2
        on = (np.abs(u - slope * (t - middle) - place) <= TOLERANCE / 2 + 1e-9) & (weight > 0)
        if len(np.unique(t[on])) < SUPPORT:
            break
        clear = on & (weight >= CLEAR * weight[on].max())
        line = Line(slope, place - slope * middle, float(t[clear].min()), float(t[clear].max()), float(sums[top]))
        found.append(_straight(t, u, weight, on, line))
        weight = np.where(on, 0.0, weight)
    return found


def _straight(
    t: NDArray[np.float64], u: NDArray[np.float64], weight: NDArray[np.float64], on: NDArray[np.bool_], line: Line
) -> Line:
    """The straight line of least squares through the moments on a line; the line itself where they do not carry one."""
    # Squared, so that what lies on the line by chance hardly turns it.
    weight = weight * weight
    mean = float(np.average(t[on], weights=weight[on]))
    away = t[on] - mean
    spread = float((weight[on] * away * away).sum())
    if spread < 1e-6:
        return line
    place = float(np.average(u[on], weights=weight[on]))
    slope = float(np.clip((weight[on] * away * (u[on] - place)).sum() / spread, SLOPES[0], SLOPES[-1]))
    return Line(slope, place - slope * mean, line.first, line.last, line.weight)

"""The whole clip at one glance: signals thinned to a fixed number of bins, so that a report of any length of video stays small."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.judge.timeline_clocks import clock_lines
from entirety.judge.timeline_kinds import LETTERS, kinds, quantisers
from entirety.measure.loudness import FLOOR, Loudness
from entirety.model.clip import Clip, Frames
from entirety.model.time import UNSET
from entirety.model.timeline import Timeline

BINS = 600
"""Columns of the drawn timeline: about one per quarter millimetre across an A4 page, so nothing finer could be seen."""

MOST_KEYS = 2000
"""Key frame marks kept; beyond that they touch on paper and every n-th is kept."""


def thin(clip: Clip, shown: Fraction, sound: Loudness | None = None) -> Timeline:
    """Largest value of each signal per bin over `shown` seconds from the first shown frame; 0 where a bin has no frame. `sound` is that of
    the same file.
    """
    frames, packets = clip.frames, clip.packets
    stated = frames.pts[frames.pts != UNSET]
    origin = int(stated.min()) * frames.time_base if len(stated) else clip.start
    times = frames.times - float(origin)
    coded = np.where(packets.pts == UNSET, np.nan, packets.pts * float(clip.stream.time_base)) - float(origin)
    keys = times[frames.key & (frames.pts != UNSET)]
    # Fewer bins than frames, so that none stays empty where the rate varies a little.
    bins, length = max(1, min(BINS, len(frames) // 2)), float(shown)
    types = kinds(clip)
    usual, steps = _steps(frames, times, length, bins)
    return Timeline(
        bins=bins,
        origin=origin,
        duration=shown,
        keys=tuple(round(float(key), 6) for key in keys[:: 1 + len(keys) // MOST_KEYS]),
        packet_bytes=_largest(coded, packets.size, length, bins),
        change=_largest(times, frames.residual, length, bins),
        luma=_largest(times, frames.luma, length, bins),
        kinds=tuple(
            (letter, _largest(coded[types == code], packets.size[types == code], length, bins))
            for code, letter in LETTERS
            if (types == code).any()
        ),
        quantiser=_middle(coded, quantisers(clip, types), length, bins),
        steps=steps,
        usual_step=usual,
        clocks=clock_lines(clip, float(origin), length, bins),
        sound=_loudest(sound, float(origin), length, bins) if sound else (),
    )


def _largest(times: NDArray[np.float64], values: NDArray[np.generic], length: float, bins: int) -> tuple[float, ...]:
    """Largest of `values` in each of `bins` equal parts of [0, length); rows outside or without a time are left out."""
    inside, place = _places(times, length, bins)
    out = np.zeros(bins)
    np.maximum.at(out, place, values[inside].astype(np.float64))
    return tuple(round(float(value), 3) for value in out)


def _middle(times: NDArray[np.float64], values: NDArray[np.int16], length: float, bins: int) -> tuple[float, ...]:
    """Median of the values from 0 up in each bin, -1 where it has none; empty where there are none at all."""
    known = values >= 0
    inside, place = _places(times[known], length, bins)
    if not inside.any():
        return ()
    chosen, out = values[known][inside].astype(np.float64), np.full(bins, -1.0)
    order = np.lexsort((chosen, place))
    starts = np.searchsorted(place[order], np.arange(bins + 1))
    for at in range(bins):
        if starts[at] < starts[at + 1]:
            out[at] = chosen[order[(starts[at] + starts[at + 1]) // 2]]
    return tuple(round(float(value), 3) for value in out)


def _steps(frames: Frames, times: NDArray[np.float64], length: float, bins: int) -> tuple[float, tuple[float, ...]]:
    """The usual step, and in each bin the step ending there that departs most from it."""
    steps = np.diff(times)
    stated = steps[~np.isnan(steps)]
    usual = float(np.median(stated)) if len(stated) else 0.0
    if usual <= 0 or len(frames) < 2:
        return 0.0, ()
    # A step back ends where it leads to; what is drawn is where the clip has come to by its frames before.
    ends = np.maximum.accumulate(np.where(np.isnan(times), -np.inf, times))[1:]
    known = ~np.isnan(steps)
    inside, place = _places(ends[known], length, bins)
    chosen = steps[known][inside]
    out = np.zeros(bins)
    order = np.argsort(np.abs(chosen - usual), kind="stable")
    out[place[order]] = chosen[order]  # of rows for one bin the last one stays
    return round(usual, 6), tuple(round(float(value), 6) for value in out)


def _loudest(sound: Loudness, origin: float, length: float, bins: int) -> tuple[float, ...]:
    """Level of the loudest block that lies in or reaches into each bin; empty where none lies within the clip."""
    first, last = (
        ((edge - origin) / length * bins for edge in (sound.start, sound.start + sound.length))
        if length > 0
        else (sound.start[:0],) * 2
    )
    out, some = np.full(bins, FLOOR), False
    for begin, end, level in zip(first, last, sound.level, strict=False):
        if begin < bins and end > 0:
            part = slice(max(0, int(begin)), max(int(begin) + 1, int(np.ceil(end))))
            out[part], some = np.maximum(out[part], level), True
    return tuple(float(level) for level in out) if some else ()


def _places(times: NDArray[np.float64], length: float, bins: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which rows lie in [0, length), and in which bin each of these."""
    inside = (times >= 0) & (times < length) if length > 0 else np.zeros(len(times), np.bool_)
    place = (times[inside] / length * bins).astype(np.int64) if length > 0 else np.zeros(0, np.int64)
    return inside, np.minimum(place, bins - 1)

"""The whole clip at one glance: signals thinned to a fixed number of bins, so that a report of any length of video stays small."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.audit import Timeline
from entirety.model.clip import Clip
from entirety.model.time import UNSET

BINS = 600
"""Columns of the drawn timeline: about one per quarter millimetre across an A4 page, so nothing finer could be seen."""

MOST_KEYS = 2000
"""Key frame marks kept; beyond that they touch on paper and every n-th is kept."""


def thin(clip: Clip, shown: Fraction) -> Timeline:
    """Largest value of each signal per bin over `shown` seconds from the first shown frame; 0 where a bin has no frame."""
    frames, packets = clip.frames, clip.packets
    stated = frames.pts[frames.pts != UNSET]
    origin = int(stated.min()) * frames.time_base if len(stated) else clip.start
    times = frames.times - float(origin)
    coded = np.where(packets.pts == UNSET, np.nan, packets.pts * float(clip.stream.time_base)) - float(origin)
    keys = times[frames.key & (frames.pts != UNSET)]
    # Fewer bins than frames, so that none stays empty where the rate varies a little.
    bins = max(1, min(BINS, len(frames) // 2))
    return Timeline(
        bins=bins,
        origin=origin,
        duration=shown,
        keys=tuple(round(float(key), 6) for key in keys[:: 1 + len(keys) // MOST_KEYS]),
        packet_bytes=_largest(coded, packets.size, float(shown), bins),
        change=_largest(times, frames.residual, float(shown), bins),
        luma=_largest(times, frames.luma, float(shown), bins),
    )


def _largest(times: NDArray[np.float64], values: NDArray[np.generic], length: float, bins: int) -> tuple[float, ...]:
    """Largest of `values` in each of `bins` equal parts of [0, length); rows outside or without a time are left out."""
    inside = (times >= 0) & (times < length) if length > 0 else np.zeros(len(times), bool)
    place = (times[inside] / length * bins).astype(np.int64) if length > 0 else np.zeros(0, np.int64)
    out = np.zeros(bins)
    np.maximum.at(out, np.minimum(place, bins - 1), values[inside].astype(np.float64))
    return tuple(round(float(value), 3) for value in out)

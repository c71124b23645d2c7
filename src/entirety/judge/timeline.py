"""The whole clip at one glance: signals thinned to a fixed number of bins, so that a report of any length of video stays small."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.audit import Timeline
from entirety.model.clip import Clip

BINS = 600
"""Columns of the drawn timeline: about one per half millimetre across an A4 page, so nothing finer could be seen."""

MOST_KEYS = 2000
"""Key frame marks kept; beyond that they touch on paper and every n-th is kept."""


def thin(clip: Clip, shown: Fraction) -> Timeline:
    """Largest value of each signal per bin over `shown` seconds from the first shown frame; 0 where a bin has no frame."""
    frames, packets = clip.frames, clip.packets
    first = float(np.nanmin(frames.times)) if len(frames) and not np.isnan(frames.times).all() else 0.0
    bins = max(1, min(BINS, len(frames)))
    keys = frames.times[frames.key]
    keys = keys[~np.isnan(keys)]
    base = float(clip.stream.time_base)
    packet_times = np.where(packets.pts == np.iinfo(np.int64).min, np.nan, packets.pts * base)
    return Timeline(
        bins=bins,
        duration=shown,
        keys=tuple(round(float(key) - first, 6) for key in keys[:: 1 + len(keys) // MOST_KEYS]),
        packet_bytes=_largest(packet_times - first, packets.size, float(shown), bins),
        change=_largest(frames.times - first, frames.residual, float(shown), bins),
        luma=_largest(frames.times - first, frames.luma, float(shown), bins),
    )


def _largest(times: NDArray[np.float64], values: NDArray[np.generic], length: float, bins: int) -> tuple[float, ...]:
    """Largest of `values` in each of `bins` equal parts of [0, length); rows outside or without a time are left out."""
    inside = (times >= 0) & (times < length) if length > 0 else np.zeros(len(times), bool)
    place = (times[inside] / length * bins).astype(np.int64) if length > 0 else np.zeros(0, np.int64)
    out = np.zeros(bins)
    np.maximum.at(out, np.minimum(place, bins - 1), values[inside].astype(np.float64))
    return tuple(round(float(value), 3) for value in out)

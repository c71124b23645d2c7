"""Each clock inside the footage against the presentation times: level where both run alike, a step where one of them jumps."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip
from entirety.model.headers import EmbeddedClock
from entirety.model.time import UNSET
from entirety.model.timeline import ClockLine

MOST = 3
"""Clocks drawn: chosen, what the drawing has room for; the checks look at all of them."""
DAY = 86_400.0


def clock_lines(clip: Clip, origin: float, length: float, bins: int) -> tuple[ClockLine, ...]:
    """The first clocks that have at least two readings at a known time within `length` seconds from `origin`."""
    return tuple(_lines(clip, origin, length, bins))[:MOST]


def _lines(clip: Clip, origin: float, length: float, bins: int) -> Iterator[ClockLine]:
    for clock in clip.clocks:
        times, ahead = _readings(clip, clock, origin)
        inside = (times >= 0) & (times < length)
        if int(inside.sum()) > 1:
            times, ahead = times[inside], ahead[inside] - ahead[inside][0]
            kept = _kept(times, ahead, length, bins)
            yield ClockLine(
                clock.source,
                tuple(round(float(time), 6) for time in times[kept]),
                tuple(round(float(value), 6) for value in ahead[kept]),
            )


def _readings(clip: Clip, clock: EmbeddedClock, origin: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Presentation times from `origin` on and the clock's lead over them, in the order of showing."""
    pts = clip.stored[clock.stream].pts
    rows = clock.packet
    held = (rows >= 0) & (rows < len(pts))
    ticks = pts[rows[held]]
    known = ticks != UNSET
    times = ticks[known] * float(clip.streams[clock.stream].time_base) - origin
    ahead = clock.stated[held][known] * float(clock.base) - times
    order = np.argsort(times, kind="stable")
    times, ahead = times[order], ahead[order]
    if clock.daily and len(ahead):
        ahead = (ahead - ahead[0] + DAY / 2) % DAY - DAY / 2
    return times, ahead


def _kept(times: NDArray[np.float64], ahead: NDArray[np.float64], length: float, bins: int) -> NDArray[np.int64]:
    """One reading for each bin: the one that departs most from the middle of all."""
    place = np.minimum((times / length * bins).astype(np.int64), bins - 1)
    order = np.lexsort((np.abs(ahead - np.median(ahead)), place))
    last = np.flatnonzero(np.diff(place[order], append=bins))
    return np.sort(order[last])

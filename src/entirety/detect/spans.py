"""Where something lies: from rows of tables to exact times, frame numbers and byte ranges."""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip
from entirety.model.finding import Span
from entirety.model.time import UNSET

MOST_RANGES = 64
"""Byte ranges kept in one finding; beyond that the list is no longer readable, and the packet table has them all."""
MOST_STILLS = 8
"""Pictures printed beside a finding (model: Finding.stills)."""


def frame_time(clip: Clip, frame: int) -> Fraction:
    """Exact presentation time of a shown frame; the clip's start where the file does not state it."""
    time = clip.frames.time(frame)
    return clip.start if time is None else time


def frame_end(clip: Clip, frame: int) -> Fraction:
    """Time at which a shown frame ends by its own duration."""
    return frame_time(clip, frame) + max(0, int(clip.frames.duration[frame])) * clip.frames.time_base


def frame_of(clip: Clip, ticks: int) -> int:
    """The shown frame that begins at this presentation time, or the first one after it; the last where none follows."""
    found = int(np.searchsorted(clip.frames.pts, ticks))
    return max(0, min(found, len(clip.frames) - 1))


def frame_of_packet(clip: Clip, row: int) -> int:
    """The shown frame that a stored packet of the main video becomes, or the next one shown where it is never shown."""
    shown = clip.shown[clip.video]
    at = np.flatnonzero((shown.position == clip.packets.position[row]) & (shown.position >= 0))
    ticks = int(shown.pts[at[0]]) if len(at) else int(clip.packets.pts[row])
    return frame_of(clip, ticks) if ticks != UNSET else min(row, max(0, len(clip.frames) - 1))


def frames_span(clip: Clip, first: int, last: int, byte_ranges: tuple[tuple[int, int], ...] = ()) -> Span:
    """From the start of frame `first` to the end of frame `last`."""
    start = frame_time(clip, first)
    return Span(start, max(start, frame_end(clip, last)), first, last, byte_ranges)


def whole_clip(clip: Clip, byte_ranges: tuple[tuple[int, int], ...] = ()) -> Span:
    """The whole of what is shown; of no frame where none could be decoded."""
    if not len(clip.frames):
        return Span(clip.start, clip.start, -1, -1, byte_ranges)
    return frames_span(clip, 0, len(clip.frames) - 1, byte_ranges)


def byte_ranges(clip: Clip, rows: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The bytes of these stored packets of the main video as [start, end), neighbours joined, file order, at most MOST_RANGES.

    Empty for containers that do not keep a packet in one piece (a transport stream cuts it up).
    """
    packets = clip.packets
    whole = [k for k in rows if packets.position[k] >= 0] if clip.container.startswith("mov,") else []
    joined: list[tuple[int, int]] = []
    for start, end in sorted((int(packets.position[k]), int(packets.position[k] + packets.size[k])) for k in whole):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined[:MOST_RANGES])


def spread(rows: NDArray[np.int64], most: int = MOST_STILLS) -> tuple[int, ...]:
    """At most `most` of the rows, evenly spread, first and last among them."""
    if len(rows) <= most:
        return tuple(int(k) for k in rows)
    return tuple(int(rows[k]) for k in np.linspace(0, len(rows) - 1, most).round().astype(int))


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Unbroken stretches of True as (first, last), both included."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]

"""Where something lies: from rows of tables to exact times, frame numbers and byte ranges."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from entirety.detect.steps import clock_of, restarts
from entirety.model.clip import Clip
from entirety.model.finding import Span
from entirety.model.time import UNSET

MOST_RANGES = 64
"""Byte ranges kept in one finding; beyond that the list is no longer readable, and the packet table has them all."""
MOST_STILLS = 8
"""Pictures printed beside a finding (model: Finding.stills)."""
AHEAD = 16
"""Pictures by which decoding may run ahead of showing, so that no more can be hidden for its sake: H.264 and HEVC allow no larger buffer (max_dec_frame_buffering, 16 at most: H.264, A.3.1)."""


def frame_time(clip: Clip, frame: int) -> Fraction:
    """Exact presentation time of a shown frame; the clip's start where the file does not state it."""
    time = clip.frames.time(frame)
    return clip.start if time is None else time


def frame_end(clip: Clip, frame: int) -> Fraction:
    """Time at which a shown frame ends by its own duration."""
    return frame_time(clip, frame) + max(0, int(clip.frames.duration[frame])) * clip.frames.time_base


def frame_of(clip: Clip, ticks: int) -> int:
    """The shown frame that begins at this presentation time, or the first one after it; the last where none follows."""
    exact = np.flatnonzero(clip.frames.pts == ticks)
    found = exact if len(exact) else np.flatnonzero(clip.frames.pts >= ticks)
    return int(found[0]) if len(found) else max(0, len(clip.frames) - 1)


def frame_of_packet(clip: Clip, row: int) -> int:
    """The shown frame that a stored packet of the main video becomes, or the next one shown where it is never shown."""
    shown = clip.shown[clip.video]
    at = np.flatnonzero((shown.position == clip.packets.position[row]) & (shown.position >= 0))
    ticks = int(shown.pts[at[0]]) if len(at) else int(clip.packets.pts[row])
    if in_order(clip) and ticks != UNSET:
        return frame_of(clip, ticks)
    place = _place(clip, int(at[0])) if len(at) else row
    # The same time may be shown once in each part of the clip: the one nearest to the packet's own place is meant.
    same = np.flatnonzero(clip.frames.pts == ticks) if ticks != UNSET else np.zeros(0, np.int64)
    twins = np.flatnonzero((shown.pts == ticks) & ~shown.discard)
    if len(at) and len(same) == len(twins) > 1 and at[0] in twins:
        return int(
            same[np.flatnonzero(twins == at[0])[0]]
        )  # parts overlap in time: the first packet is the first frame
    nearest = int(same[np.abs(same - place).argmin()]) if len(same) else place
    return max(0, min(nearest, len(clip.frames) - 1))


def first_shown(clip: Clip, row: int) -> int:
    """The packet that is shown first among `row` and what is decoded right after it: pictures that lead a key picture are stored behind it."""
    return each_first_shown(clip, [row])[0]


def each_first_shown(clip: Clip, rows: Sequence[int]) -> list[int]:
    """For each of these packets the one that is shown first from there on."""
    times = clock_of(clip.packets)
    windows = [times[row : row + AHEAD + 1] for row in rows]
    known = [len(window) > 0 and bool((window != UNSET).all()) for window in windows]
    return [row + int(w.argmin()) if all_known else row for row, w, all_known in zip(rows, windows, known, strict=True)]


def in_order(clip: Clip) -> bool:
    """Every shown frame has a time, and no time is earlier than the one before."""
    times = clip.frames.pts
    return bool((times != UNSET).all() and (times[1:] >= times[:-1]).all())


def _place(clip: Clip, row: int) -> int:
    """How many pictures are shown before this packet, of `shown`: all of the parts before it, and the earlier ones of its own part.

    A part reaches from one place where the clock goes back to the next; a packet without a time is shown where it is stored.
    """
    shown = clip.shown[clip.video]
    starts = restarts(shown, clip.container)
    first = int(starts[starts <= row].max(initial=0))
    last = int(starts[starts > row].min(initial=len(shown)))
    own, time = clock_of(shown)[first:last], int(clock_of(shown)[row])
    kept = ~shown.discard[first:last]
    earlier = kept & (own < time) if time != UNSET else kept & (np.arange(first, last) < row)
    return int((~shown.discard[:first]).sum() + earlier.sum())


def frames_span(clip: Clip, first: int, last: int, byte_ranges: tuple[tuple[int, int], ...] = ()) -> Span:
    """From the start of frame `first` to the end of frame `last`."""
    start = frame_time(clip, first)
    return Span(start, max(start, frame_end(clip, last)), first, last, byte_ranges)


def stretch_span(clip: Clip, first: int, last: int) -> Span:
    """From the start of frame `first` to when frame `last` stops being shown: to the next frame, or its own end where none follows later."""
    start, own = frame_time(clip, first), frame_end(clip, last)
    after = clip.frames.time(last + 1) if last + 1 < len(clip.frames) else None
    return Span(start, max(start, own if after is None else after), first, last)


def join_span(clip: Clip, before: int, after: int, byte_ranges: tuple[tuple[int, int], ...] = ()) -> Span:
    """From the start of the frame before a join to the start of the one after it; one moment where the clock goes back there."""
    start = frame_time(clip, before)
    return Span(start, max(start, frame_time(clip, after)), before, after, byte_ranges)


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


class Stretch(Protocol):
    """Frames `first` to `last`, both included."""

    @property
    def first(self) -> int:
        """Its first frame."""

    @property
    def last(self) -> int:
        """Its last frame."""


Found = TypeVar("Found", bound=Stretch)


def without_overlap(best_first: Iterable[Found]) -> list[Found]:
    """Of stretches that overlap only the one that comes first, in the order of showing."""
    chosen: list[Found] = []
    for one in best_first:
        if all(one.last < other.first or one.first > other.last for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.first)


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Unbroken stretches of True as (first, last), both included."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]

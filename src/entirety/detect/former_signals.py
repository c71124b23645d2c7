"""What tells of former key frames in each picture: how much of it is made anew, and how many bytes it costs.

Each value is held against its neighbours, against pictures of its own type and against its own place in the present group, so that what
the present encoding does by itself drops out.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.statistics import robust_z
from entirety.model.clip import PICTURE_KINDS, Clip, Frames
from entirety.model.time import UNSET

LOWEST, HIGHEST = -3.0, 6.0
"""Deviations are cut off here, so that a scene change counts as one tooth and not as all of them."""
FLOOR = 0.03
"""Least scatter assumed, in natural logarithms: values that differ by 3 % are the same."""
ALL_INTRA = 0.5
"""Where more pictures than this stand alone, as in Motion JPEG, standing alone is nothing special."""
LONG_GROUP = 128
"""In groups up to this length, about four seconds, the present encoder's habits within a group are taken out, and with them every
former period that divides the group. The longer groups are programs' defaults (250); nothing in them comes back so late."""
STEADY = 0.6
"""Part of the present groups that must have one length to be called the present rhythm."""

Floats = NDArray[np.float64]


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
    if 0 < present_period(frames) <= LONG_GROUP:
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

"""Finds the key picture from which a decoder can make nothing whole any more, though it could with everything before it.

Some programs append a recording to another and keep the settings of the first one only. The coded pictures of the second part are all
there, and are read with settings that do not fit them.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect.encoder_runs import Break
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.time import UNSET

CODE = "unfit-settings"
SAYS = (
    "Up to {at} every picture could be decoded in full; from the key picture at {at} to the end no group of pictures can be, with the "
    "settings that this file holds."
)
FEWEST_GROUPS = 2
"""Whole groups before and groups after that must agree: chosen; damage of one place ends with its group."""
SHARE = 0.9
"""Share of damaged pictures from there on: chosen; of the first trials, joins by mkvmerge of unlike recordings, all had 0.98 and more."""


def first_unfit(clip: Clip) -> int | None:
    """The shown key picture from which to the end no group can be decoded in full; None where there is no such place."""
    damaged, keys = clip.frames.corrupt, np.flatnonzero(clip.frames.key)
    if not damaged.any() or len(keys) * 2 > len(damaged):
        return None
    first = int(np.flatnonzero(damaged)[0])
    before, after = keys[keys < first], keys[keys >= first]
    if first not in after or min(len(before), len(after)) < FEWEST_GROUPS or damaged[first:].mean() < SHARE:
        return None
    # Every group after has damage in it: none of them fits.
    groups = np.split(damaged[first:], after[1:] - first)
    return first if all(group.any() for group in groups) else None


def unfit_settings(clip: Clip) -> Iterator[Break]:
    """The one such place of a clip, or none."""
    first = first_unfit(clip)
    row = None if first is None else _row(clip, first)
    if first is not None and row is not None:
        keys = np.flatnonzero(clip.frames.key)
        before = int((keys < first).sum())
        counts = (f"{before} groups decoded in full", f"{len(keys) - before} groups, none in full")
        details = (("groups before and after", *counts),)
        yield Break(CODE, row, *counts, details=details, regular=before, weight=Weight.STRONG, says=SAYS)


def _row(clip: Clip, frame: int) -> int | None:
    """The stored packet of a shown picture, by its time, or by its place where nothing has a time."""
    ticks = int(clip.frames.pts[frame])
    rows = np.flatnonzero(clip.packets.pts == ticks) if ticks != UNSET else np.zeros(0, np.int64)
    if len(rows):
        return int(rows[0])
    return frame if len(clip.packets) == len(clip.frames) else None

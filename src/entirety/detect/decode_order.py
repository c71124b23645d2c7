"""Finds where the distance between the time of decoding and the time of showing changes its habit.

An encoder that shows pictures in another order than it codes them holds each back for a fixed time, the same at every key picture. Parts
that were put together keep the delays of their own encoders, or are shifted against each other by the program that joined them.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect.odd_step import OddStep
from entirety.detect.spans import each_first_shown
from entirety.detect.steps import FARTHEST, Steps
from entirety.model.clip import Clip
from entirety.model.finding import Weight

FEWEST_KEYS = 3
"""Key pictures on either side that must agree among themselves: chosen; three that agree by chance, twice, are rare where delays vary."""


def delay_changes(clip: Clip, pictures: Steps) -> Iterator[OddStep]:
    """The only place at which the delay of key pictures changes, once and for good; nothing where it varies.

    Matroska stores no times of decoding, so what a reader states there is its own.
    """
    packets = clip.packets
    if clip.container.startswith("matroska"):
        return
    meant = (packets.dts > -FARTHEST) & (packets.dts < FARTHEST)  # UNSET lies beyond
    if not ((packets.pts > -FARTHEST) & (packets.pts < FARTHEST)).all():
        return
    rows = np.flatnonzero(packets.key & meant)
    if len(rows) < 2 * FEWEST_KEYS:
        return
    # Pictures that lead a key picture are shown before it, one more or one less from group to group; the first of all waits equally long.
    delay = packets.pts[each_first_shown(clip, rows.tolist())] - packets.dts[rows]
    changed = np.flatnonzero(np.abs(np.diff(delay)) > pictures.tolerance)
    if len(changed) != 1 or not FEWEST_KEYS <= int(changed[0]) + 1 <= len(rows) - FEWEST_KEYS:
        return
    k = int(changed[0])
    size = abs(int(delay[k + 1]) - int(delay[k])) * pictures.base
    before, after = int(rows[k + 1]) - 1, int(rows[k + 1])
    yield OddStep("delay", pictures, before, after, size, 1, Weight.SUPPORTING, frozenset({"recorder-reconnect"}))

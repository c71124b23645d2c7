"""Tells whether one picture shows the middle of the other enlarged: a telephone that goes over to another of its lenses keeps the centre of the view."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.same_scene import ACROSS, DOWN, PLAIN
from entirety.model.clip import Frames

TIMES = tuple(1.5 + 0.1 * step for step in range(16))
"""How much larger the middle is shown: from one lens of a telephone to the next 1.5 to 3 times."""
LIKE = 0.92
"""Correlation of the middle of the wider view with the narrower one, shrunk: a drawn step from one lens to another reaches 0.94; of 274 clear
breaks between unlike views 2 lie above, both of one walk along a street (validation, tuning half)."""
WHOLE = 0.5
"""Share of a block that must be seen in both."""

Levels = NDArray[np.float64]


def other_lens(frames: Frames, before: int, after: int) -> bool:
    """One of the two pictures is the middle of the other, enlarged."""
    one, other = (frames.view[k].astype(np.float64) / FINE for k in (before, after))
    return any(_alike(one, other, times) or _alike(other, one, times) for times in TIMES)


def _alike(wide: Levels, narrow: Levels, times: float) -> bool:
    seen, shrink = _shrinking(times)
    pair = [levels - levels.mean() for levels in (wide[seen], shrink @ narrow)]
    spreads = [float(levels.std()) for levels in pair]
    return min(spreads) >= PLAIN and float(np.mean(pair[0] * pair[1])) >= LIKE * spreads[0] * spreads[1]


@cache
def _shrinking(times: float) -> tuple[NDArray[np.bool_], Levels]:
    """Which of the 144 blocks of the wider view the narrower one covers, and how their brightness follows from its blocks."""
    whole = np.kron(_overlap(DOWN, times), _overlap(ACROSS, times))
    covered = whole.sum(axis=1)
    seen = np.asarray(covered > WHOLE, np.bool_)
    return seen, np.asarray(whole[seen] / covered[seen, None], np.float64)


def _overlap(count: int, times: float) -> Levels:
    """How much of each block of the wider view, in a line, each block of the narrower one covers."""
    edges = count / 2 + (np.arange(count + 1) - count / 2) / times
    ends = np.minimum(np.arange(1, count + 1)[:, None], edges[1:])
    return np.asarray(np.maximum(ends - np.maximum(np.arange(count)[:, None], edges[:-1]), 0), np.float64)

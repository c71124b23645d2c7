"""Finds where the rhythm of an earlier encoding jumps: from there on its key frames fall on other places of the same period.

Both sides must show the rhythm each for itself, so that neither noise nor a rhythm that fades makes a jump.
"""

from dataclasses import dataclass

import numpy as np

from entirety.detect.former_period import FEWEST_TEETH, SHORTEST, clearest, fold, gain, growth
from entirety.detect.former_signals import Floats

SURE = float(np.log(100))
"""Were the values in random order, the weaker side's comb would come about in at most one clip of a hundred, wherever the jump were: a clip
that was encoded twice and never cut must give none, and Chernoff's bound is wide."""
WEAKER = 0.5
"""On either side the other side's comb stands out at most half as high; else both combs are there throughout, and nothing jumps."""
LEAST_SHIFT = 2
"""Frames. A former key frame that becomes a B picture may show one frame later, so a jump by one says nothing."""
MARGIN = 2
"""Periods left away on either side: of 26 jumps at removals, 24 were placed to within one period, all to within two."""
MOST = 8
"""Jumps looked for in one clip; more are no rhythm."""


@dataclass(frozen=True, slots=True)
class Jump:
    """The rhythm goes on with another beginning."""

    period: int
    before: int
    """Frame up to which the rhythm before shows clearly, MARGIN periods left away."""
    after: int
    """Frame from which the rhythm after shows clearly, MARGIN periods left away."""
    shift: int
    """Frames by which the rhythm comes early afterwards, 1 .. period-1: so many are missing, or `period - shift` too many, or either
    with whole periods more."""
    score: float
    """As in `Comb`, of the weaker side."""


def phase_jumps(z: Floats, present: int) -> list[Jump]:
    """All jumps, in the order of showing, in one signal of `former_signals.signals`."""
    tilted = growth(z)
    if tilted is None:
        return []
    half = len(z) // 2
    combs = [comb for part in (z, z[:half], z[half:]) if (comb := clearest(part, present)) is not None]
    found = [
        _split(z, period, tilted, 0)
        for period in sorted({comb.period for comb in combs if comb.score > 0 and comb.period >= SHORTEST})
    ]
    return max(found, key=lambda jumps: sum(jump.score for jump in jumps), default=[])


def _split(z: Floats, period: int, tilted: Floats, start: int, most: int = MOST) -> list[Jump]:
    """The best jump in `z`, whose first value is frame `start`, and those before and after it."""
    jump = _jump(z, period, tilted) if most > 0 else None
    if jump is None:
        return []
    middle = (jump.before + jump.after + 1) // 2
    moved = Jump(period, jump.before + start, jump.after + start, jump.shift, jump.score)
    earlier = _split(z[:middle], period, tilted, start, most - 1)
    later = _split(z[middle:], period, tilted, start + middle, most - 1 - len(earlier))
    return [*earlier, moved, *later]


def _jump(z: Floats, period: int, tilted: Floats) -> Jump | None:
    rows = len(z) // period
    if rows < 2 * FEWEST_TEETH:
        return None
    known = np.nan_to_num(z[: rows * period]).reshape(rows, period)
    sums = np.vstack([np.zeros((1, period)), np.cumsum(known, axis=0)])
    # The best comb of each side, for every place to part them at; which two together stand out most.
    inner = np.arange(FEWEST_TEETH, rows - FEWEST_TEETH + 1)
    at = int(inner[(sums[inner].max(axis=1) + (sums[-1] - sums[inner]).max(axis=1)).argmax()])
    first, second = int(sums[at].argmax()), int((sums[-1] - sums[at]).argmax())
    if min((first - second) % period, (second - first) % period) < LEAST_SHIFT:
        return None
    before, after = z[: at * period], z[at * period :]
    (mean, teeth), (mean_after, teeth_after) = fold(before, period), fold(after, period)
    if mean[second] > WEAKER * mean[first] or mean_after[first] > WEAKER * mean_after[second]:
        return None
    gains = gain(tilted, mean, teeth)[first], gain(tilted, mean_after, teeth_after)[second]
    score = float(min(gains) - np.log(len(z)))
    if score < SURE or min(teeth[first], teeth_after[second]) < FEWEST_TEETH:
        return None
    # With the two beginnings known, the row at which leaving the one for the other gains most.
    height = known[:, [first, second]] - np.array([mean[first], mean_after[second]]) / 2
    gained = np.concatenate([[0.0], np.cumsum(height[:, 0] - height[:, 1])])
    row = int(gained.argmax())
    ends = (row - 1) * period + first, row * period + second
    before_frame, after_frame = max(0, min(ends) - MARGIN * period), min(len(z) - 1, max(ends) + MARGIN * period)
    return Jump(period, before_frame, after_frame, (first - second) % period, score)

"""Weighs sequences that came back, and says which innocent explanations stay open for each.

What runs backwards weighs less: a camera on a motor, a gate or a person goes there and back the same way, and whoever looks for the same
pictures in the opposite order finds them. Only pictures that are the same in every byte cannot come from that.
"""

import numpy as np

from entirety.detect.busiest_blocks import busiest_steps
from entirety.detect.repeated_sequences import Repeat
from entirety.detect.turned_stretches import AROUND, LEAP, LEVEL
from entirety.model.clip import Frames
from entirety.model.finding import Weight

CLEAR = 0.2
"""Share of the difference at three pictures more or less, up to which a sequence is beyond doubt. Tuning half: nothing untouched that moves
goes below 0.40, so half of that; two thirds of the repeats sent by a messenger lie above and are supporting."""
IDENTICAL = 0.5
"""Share of pictures that equal the earlier ones in every byte, from which they were stored twice. Chosen."""
TURN = 5
"""Pictures from the end of the earlier stretch to the start of this one, up to which both meet in a turning point. Chosen: the pictures next
to it move too little to be told apart, and stand for a moment."""
JOINED = 25
"""Pictures between two stretches up to which they count as one place of a movement that comes back again and again. Chosen: a second."""


def weight_of(frames: Frames, one: Repeat) -> Weight:
    """Strong only where it is exact, and forwards or the same in every byte; neutral where movement turns round by itself."""
    if one.again:
        return Weight.NEUTRAL
    if stored_twice(one):
        return Weight.STRONG
    if one.backwards:
        return Weight.NEUTRAL if goes_back(frames, one) else Weight.SUPPORTING
    return Weight.STRONG if one.left <= CLEAR else Weight.SUPPORTING


def stored_twice(one: Repeat) -> bool:
    """Most of its pictures equal the earlier ones in every byte."""
    return one.identical >= IDENTICAL * (one.last - one.first + 1)


def goes_back(frames: Frames, one: Repeat) -> bool:
    """What runs backwards does so from a turning point, and the picture does not leap there."""
    if one.first - one.earlier_last > TURN:
        return False
    return not any(_leaps(frames, row) for row in range(one.earlier_last + 1, one.first + 1))


def open_for(one: Repeat, weight: Weight) -> set[str]:
    """Slugs of the explanations that the pictures do not exclude."""
    fits = {"replay"} | (set() if weight is Weight.STRONG else {"periodic-motion"})
    if stored_twice(one):
        return fits | (set() if one.backwards else {"recorder-overlap"})
    return fits | {"equal-parts"} | ({"there-and-back"} if one.backwards else set())


def places(again: list[Repeat]) -> int:
    """How many stretches these make up, those that follow each other closely taken as one."""
    count, reached = 0, -JOINED - 1
    for one in sorted(again, key=lambda one: one.first):
        count += one.first > reached + JOINED
        reached = max(reached, one.last)
    return count


def _leaps(frames: Frames, row: int) -> bool:
    (steps,) = busiest_steps(frames)
    usual = float(np.median(steps[max(1, row - AROUND) : row + AROUND + 1]))
    return bool(steps[row] >= LEAP * max(usual, LEVEL))

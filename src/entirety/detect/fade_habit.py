"""Tells a habit of the light from fades made afterwards: a lamp that pulses goes out and comes back again and again."""

from collections.abc import Sequence

import numpy as np

from entirety.detect.fades import Fade
from entirety.detect.moved_on import moved_on
from entirety.detect.transitions import Transition
from entirety.model.clip import Frames

FEWEST = 3
"""Fades from which a habit can be told: two distances that can be equal. Chosen."""
EVEN = 0.1
"""Share of the middle distance by which the distances between fades may differ where they are equal. Chosen: a pulse that drifts by a picture or two."""


def habitual(frames: Frames, found: Sequence[Transition]) -> list[Fade]:
    """Fades out and back that follow each other at equal distances, or of which three or more end in the view that they began with."""
    both = [each for each in found if isinstance(each, Fade) and each.out and each.back]
    if len(both) < FEWEST:
        return []
    steps = np.diff(frames.times[[each.empty[0] for each in both]])
    if np.isfinite(steps).all() and float(np.ptp(steps)) <= 2 * EVEN * float(np.median(steps)):
        return both
    alike = [each for each in both if moved_on(frames, each.first, each.last)]
    return alike if len(alike) >= FEWEST else []

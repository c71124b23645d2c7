"""Tells whether one picture shows the view of another only moved a little to a side, as where a camera moves on in the dark."""

import numpy as np

from entirety.detect.break_rules import FINE
from entirety.detect.same_scene import ACROSS, DOWN, LIKE, PLAIN, same_scene
from entirety.model.clip import Frames

ASIDE, UP = 3, 2
"""Blocks, of 16 across and 9 down, by which the view is shifted for the comparison: a fifth of the picture either way. Chosen."""


def moved_on(frames: Frames, before: int, after: int) -> bool:
    """Both pictures show one view, as it is or shifted."""
    if same_scene(frames, before, after):
        return True
    one, other = (frames.view[k].reshape(DOWN, ACROSS).astype(np.float64) / FINE for k in (before, after))
    shifts = ((down, aside) for down in range(-UP, UP + 1) for aside in range(-ASIDE, ASIDE + 1))
    for down, aside in shifts:
        first = one[max(0, down) : DOWN + min(0, down), max(0, aside) : ACROSS + min(0, aside)]
        second = other[max(0, -down) : DOWN + min(0, -down), max(0, -aside) : ACROSS + min(0, -aside)]
        spread = float(min(first.std(), second.std()))
        product = float(np.mean((first - first.mean()) * (second - second.mean())))
        if spread < PLAIN or product >= LIKE * float(first.std() * second.std()):
            return True
    return False

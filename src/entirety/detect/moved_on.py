"""Tells whether one picture shows the view of another, only moved to a side as far as the camera can have gone meanwhile."""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE, QUARTERS
from entirety.detect.same_scene import ACROSS, DOWN, LIKE, PLAIN, WIDTH, same_scene
from entirety.model.clip import Frames

NEAREST = 1
"""Blocks, of 16 across and 9 down, by which the view is shifted for the comparison at least: a hand that holds a camera still moves it as far."""
ASIDE, UP = 5, 3
"""And at most: a third of the picture either way, so that enough of both views is left to compare."""
PACE = 8
"""Pictures before and after from whose motion the speed of the camera is taken. Chosen: a third of a second at 25 a second."""
BLOCK = WIDTH // ACROSS
"""Samples of the small picture in a block, either way."""


def moved_on(frames: Frames, before: int, after: int) -> bool:
    """Both pictures show one view, as it is or shifted by what the camera's speed on either side makes of the time between.

    Where two seconds were taken out behind a fade, drawn streets lay 2 to 3 blocks further, of which the speed of the camera explained 0.6 to 0.8
    (validation, tuning half).
    """
    if same_scene(frames, before, after):
        return True
    aside, up = _reach(frames, before, after)
    one, other = (frames.view[k].reshape(DOWN, ACROSS).astype(np.float64) / FINE for k in (before, after))
    shifts = ((down, across) for down in range(-up, up + 1) for across in range(-aside, aside + 1))
    return any(_alike(one, other, down, across) for down, across in shifts)


def _reach(frames: Frames, before: int, after: int) -> tuple[int, int]:
    """Blocks to a side, and up or down, that the camera can have gone."""
    sides = (slice(max(1, before - PACE + 1), before + 1), slice(after + 1, after + PACE + 1))
    speeds = [np.median(frames.motion[side].reshape(-1, 2), axis=0) for side in sides if len(frames.motion[side])]
    fastest = np.abs(speeds).max(axis=0) / QUARTERS / BLOCK if speeds else np.zeros(2)
    across, down = np.ceil(fastest * (after - before)).astype(int)
    return int(np.clip(across, NEAREST, ASIDE)), int(np.clip(down, NEAREST, UP))


def _alike(one: NDArray[np.float64], other: NDArray[np.float64], down: int, across: int) -> bool:
    """The parts of both views that lie on each other where one is shifted are alike, or too even to tell."""
    first = one[max(0, down) : DOWN + min(0, down), max(0, across) : ACROSS + min(0, across)]
    second = other[max(0, -down) : DOWN + min(0, -down), max(0, -across) : ACROSS + min(0, -across)]
    spread = float(min(first.std(), second.std()))
    product = float(np.mean((first - first.mean()) * (second - second.mean())))
    return spread < PLAIN or product >= LIKE * float(first.std() * second.std())

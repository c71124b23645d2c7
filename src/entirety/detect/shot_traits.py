"""What is measured of one shot to hold it against another: traits of a camera and its settings, and what was laid over its footage.

Noise, sharpness and colour are medians over the shot, so that one odd picture does not move them. Bars and overlays count only where they
stay as they are throughout.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE, QUARTERS
from entirety.detect.shots import Shot
from entirety.model.clip import Frames
from entirety.model.looks import LOOK

FEWEST_LOOKS = 2
"""Closer looks (every eighth picture) that a shot must hold: the median of two is no longer one picture's accident."""
STEADY = 0.9
"""Share of the looks in which bars or an overlay must be the same. Chosen: a look at either end may lie in a transition."""
SYMMETRIC = 1
"""Lines by which the two bars of a pair may differ: players put a picture in the middle. A dark sky is no pair."""
FEWEST_STANDING = 8
"""Looks for a statement on overlays, two seconds and more: in shorter shots of the tuning half a wall stands for as long as the shot."""
SETTLED = 12
"""Pictures into a shot from which standing edges can be counted (measure/view.py: LONG)."""
OVERLAID, BARE = 6, 1
"""Of the 100 samples of a block, standing edges that make an overlay, and as many as chance leaves: at most 1 in nine of ten looks in
moving scenes of the tuning half; burnt-in lettering gives 10 to 40."""
MOSTLY_STILL = 0.25
"""Share of blocks with standing edges from which the scene itself stands: static scenes of the tuning half reach 0.2 to 0.7, so that an
overlay cannot be told from a wall there; hand-held ones stay below 0.1 but for single looks."""
EVEN_SHARE = 10
"""Percent of the blocks of all looks that have no more detail than what counts as the most even part. Chosen: noise is read off even parts."""


@dataclass(frozen=True)
class Traits:
    """One shot in numbers."""

    noise: float
    """Grey levels; NaN where brightness has no plane of its own."""
    sharpness: float
    """0.25 to 1; NaN as above."""
    chroma: tuple[float, float]
    texture: float
    """Grey levels: detail of the most even parts; where it is high, no part is even, and what is measured as noise is cloth, grass or gravel."""
    bars: tuple[int, int] | None
    """Lines of the bars above and below (each, of 90) and at the sides (of 160); None where they change within the shot."""
    overlay: NDArray[np.bool_] | None
    """Blocks in which something stands throughout while the scene moves; None where the scene stands as well."""
    bare: NDArray[np.bool_] | None
    """Blocks in which nothing ever stands; None as above."""
    size: tuple[int, int]
    """Width and height of its first picture: noise and sharpness are measured at full resolution."""
    view: NDArray[np.float64]
    """Brightness of the 144 blocks, middle over the shot."""


def traits(frames: Frames, shot: Shot) -> Traits | None:
    """The traits of a shot, damaged pictures left out; None where too few remain."""
    rows = np.arange(-(-shot.first // LOOK), min(shot.last // LOOK + 1, len(frames.looks)))
    rows = rows[~frames.corrupt[rows * LOOK]]
    if len(rows) < FEWEST_LOOKS:
        return None
    looks = frames.looks
    overlay, bare = _overlay(looks.standing[rows[rows * LOOK >= shot.first + SETTLED]])
    return Traits(
        noise=_middle(looks.noise[rows]),
        sharpness=_middle(looks.sharpness[rows]),
        chroma=(_middle(looks.chroma[rows, 0]), _middle(looks.chroma[rows, 1])),
        texture=float(np.percentile(looks.detail[rows], EVEN_SHARE)) / QUARTERS,
        bars=_bars(looks.bars[rows]),
        overlay=overlay,
        bare=bare,
        size=(int(frames.width[shot.first]), int(frames.height[shot.first])),
        view=np.median(frames.view[rows * LOOK].astype(np.float64), axis=0) / FINE,
    )


def _middle(values: NDArray[np.float32]) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else float("nan")


def _bars(lines: NDArray[np.uint8]) -> tuple[int, int] | None:
    """The bars that nearly all looks have, each pair as its thinner one; a pair of unlike bars is none."""
    usual = np.median(lines, axis=0).astype(int)
    same = (np.abs(lines.astype(int) - usual) <= 1).all(axis=1).mean() >= STEADY
    top, bottom, left, right = (int(value) for value in usual)
    high = min(top, bottom) if abs(top - bottom) <= SYMMETRIC else 0
    wide = min(left, right) if abs(left - right) <= SYMMETRIC else 0
    return (high, wide) if same else None


def _overlay(standing: NDArray[np.uint8]) -> tuple[NDArray[np.bool_] | None, NDArray[np.bool_] | None]:
    if len(standing) < FEWEST_STANDING or float((standing >= OVERLAID).mean()) > MOSTLY_STILL:
        return None, None
    overlaid = (standing >= OVERLAID).mean(axis=0) >= STEADY
    bare = (standing <= BARE).mean(axis=0) >= STEADY
    return np.asarray(overlaid, np.bool_), np.asarray(bare, np.bool_)

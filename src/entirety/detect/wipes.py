"""Recognises wipes: a line moves over the picture, on one side of it stands the old view and on the other the new one.

Each part of the picture then goes from what it is in the old view to what it is in the new one in a single step, and the times of these
steps follow the line. Things that pass before the camera, and turns of the camera, take each part through other values first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import plain
from entirety.detect.picture_breaks import PLAIN_SHARE
from entirety.detect.same_scene import ACROSS, DOWN, same_scene
from entirety.detect.windows import Floats, Rows, Windows, levels, pictures
from entirety.model.clip import Frames

SHORTEST = 8
"""Pictures of a window at least: in fewer, the steps of the parts cannot be told from one cut."""
LARGE = 12.0
"""Grey levels by which a part must change between the ends to be asked for the time of its step. Chosen: a camera in the hand moves the
brightness of a part by 1 to 2 from picture to picture."""
PARTS = 60
"""Parts, of 144, that must change so much."""
STRAIGHT, OFF_TIME = 0.96, 0.035
"""The times of the lines or columns must lie on a straight line (share of their spread that it explains), and the parts within so much of
it, as a share of the window: wipes 0.97 and 0.01 to 0.03; what a camera sees without wipes at most 0.96 and at least 0.04, hardly ever
both together (validation, tuning half, and clips drawn for this)."""
OFF_STEP = 0.17
"""How far the parts may be from either view, half of them, on average: wipes between moving views reach 0.16."""
SLOPE = 0.3
"""Share of the window that the line needs at least to cross the picture: less is a single step."""
SIDED = 0.5
"""Correlation between the place of a part and whether it has turned at half time: 0.87 where a line stands in the middle. Chosen."""
SEEN = 0.6
"""Share of the lines or columns in which parts enough change."""

SOON = 0.05
"""Share of the window for which a part that the line has just passed is left out: the flow there belongs to the line."""
MOVES = 0.5
"""Share of the speed of the line from which what is behind it moves with it. Chosen: halfway between a view that stands and a thing that passes."""
BACK, BACK_STEP = 10.0, 0.2
"""Seconds within which the old view is looked for again, and how far apart: a lorry that passes takes a few. Chosen."""
WIDTH, HEIGHT, QUARTERS = 160, 90, 4
"""Samples of the small picture, and parts of a sample in which `Frames.motion` is kept."""

_COLUMN, _LINE = np.tile(np.arange(ACROSS), DOWN), np.repeat(np.arange(DOWN), ACROSS)


@dataclass(frozen=True, slots=True)
class Wipe:
    """The line enters the picture about frame `first` and has left it about frame `last`."""

    first: int
    last: int
    straight: float
    off_time: float
    off_step: float
    drift: float
    """How fast the picture behind the line moves, as a share of the speed of the line: 1 where a thing passes, 0 where a view stands."""
    likeness: float
    distance: int

    @property
    def clearness(self) -> float:
        """Smaller is clearer."""
        return self.off_time + self.off_step

    @property
    def alone(self) -> bool:
        """One window is never enough."""
        return False


def wipes(frames: Frames, windows: Windows) -> Iterator[Wipe]:
    """The windows in which a line moves over the picture."""
    if windows.length < SHORTEST:
        return
    for row in _in_parts(frames, windows):
        start = int(windows.first[row])
        brightness = levels(frames, np.arange(start, start + windows.length + 1))
        change = brightness[-1] - brightness[0]
        large = np.abs(change) >= LARGE
        share = np.clip((brightness[:, large] - brightness[0, large]) / change[large], -0.5, 1.5)
        times, off = _steps(share)
        for way, lines, count in (("across", _COLUMN[large], ACROSS), ("down", _LINE[large], DOWN)):
            fit = _line(times, lines, count)
            if fit and off <= OFF_STEP and fit[0] >= STRAIGHT and fit[1] <= OFF_TIME and abs(fit[3] - fit[2]) >= SLOPE:
                edges = fit[2:]
                moved = frames.motion[start + 1 : start + windows.length + 1, large, int(way == "down")]
                crossed = (HEIGHT if way == "down" else WIDTH) / windows.length
                drift = _drift(moved, times, crossed / (edges[1] - edges[0]))
                ends = sorted(start + round(windows.length * min(max(end, 0.0), 1.0)) for end in edges)
                views = float(windows.likeness[row]), int(windows.distance[row])
                yield Wipe(ends[0], ends[1], fit[0], fit[1], off, drift, *views)


def passes(frames: Frames, found: Wipe) -> bool:
    """What comes with the line moves with it, or is one even area, or the old view is back later, or the new one was there before."""
    if found.drift >= MOVES or plain(frames, found.first, found.last) >= PLAIN_SHARE:
        return True
    apart = max(1, pictures(frames, BACK_STEP))
    reach = pictures(frames, BACK) or apart
    later = range(found.last + apart, min(found.last + reach, len(frames)), apart)
    earlier = range(found.first - apart, max(found.first - reach, -1), -apart)
    old, new = found.first, found.last
    return any(same_scene(frames, old, k) for k in later) or any(same_scene(frames, k, new) for k in earlier)


def _drift(moved: NDArray[np.int8], times: Floats, speed: float) -> float:
    """How fast the parts that the line has passed move its way, as a share of its speed; one row for each picture after the first."""
    passed = np.arange(1, len(moved) + 1)[:, None] / len(moved) > times + SOON
    return float(np.median(moved[passed]) / QUARTERS / speed) if passed.any() else 0.0


def _in_parts(frames: Frames, windows: Windows) -> Rows:
    """Windows in which more and more parts of the picture are as they are at the end, those on one side before those on the other."""
    start = levels(frames, windows.first)
    change = levels(frames, windows.first + windows.length) - start
    large = np.abs(change) >= LARGE
    count = np.maximum(large.sum(axis=1), 1)
    masks = []
    for quarter in (1, 2, 3):
        gone = levels(frames, windows.first + round(windows.length * quarter / 4)) - start
        masks.append(large & (gone * np.sign(change) > np.abs(change) / 2))
    turned = [mask.sum(axis=1) / count for mask in masks]
    growing = (turned[1] > turned[0] + 0.1) & (turned[2] > turned[1] + 0.1)
    sided = np.maximum(_sided(masks[1], large, _COLUMN), _sided(masks[1], large, _LINE)) >= SIDED
    return np.flatnonzero((count >= PARTS) & growing & sided & (turned[0] < 0.5) & (turned[2] > 0.5))


def _sided(turned: NDArray[np.bool_], large: NDArray[np.bool_], place: NDArray[np.int64]) -> Floats:
    """How well the place of a part tells whether it has turned, as a correlation without its sign."""
    count = np.maximum(large.sum(axis=1), 1)
    mean, middle = turned.sum(axis=1) / count, large @ place / count
    product = (turned & large) @ place / count - mean * middle
    spread = (large @ np.square(place) / count - middle**2) * (mean - mean**2)
    return np.asarray(np.abs(product) / np.sqrt(np.maximum(spread, 1e-9)), np.float64)


def _steps(share: Floats) -> tuple[Floats, float]:
    """For each part the time of the single step that fits it best, as a share of the window, and how far half of the parts are off it."""
    none = np.zeros((1, share.shape[1]))
    old = np.concatenate([none, np.cumsum(np.abs(share), axis=0)])
    new = np.concatenate([none, np.cumsum(np.abs(share - 1), axis=0)])
    cost = old + new[-1] - new
    return cost.argmin(axis=0) / (len(share) - 1), float(np.median(cost.min(axis=0)) / len(share))


def _line(times: Floats, lines: NDArray[np.int64], count: int) -> tuple[float, float, float, float] | None:
    """How straight the times lie over the lines or columns, how far the parts are off, and the times at both edges of the picture."""
    least = 3 if count == ACROSS else 5
    seen = [k for k in range(count) if (lines == k).sum() >= least]
    if len(seen) < SEEN * count:
        return None
    middles = np.array([np.median(times[lines == k]) for k in seen])
    slope, start = np.polyfit(np.array(seen, np.float64), middles, 1)
    spread = float(np.square(middles - middles.mean()).sum())
    left = float(np.square(middles - start - slope * np.array(seen)).sum())
    off = float(np.median(np.abs(times - start - slope * lines)))
    return 1 - left / max(spread, 1e-9), off, float(start - slope / 2), float(start + slope * (count - 0.5))

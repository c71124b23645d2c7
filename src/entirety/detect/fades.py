"""Finds fades: the whole picture loses its contrast at an even pace until nothing is left, or comes back in this way.

Where an editing program fades, every part of the picture keeps its share of the brightness that is left: the picture is the same, only
weaker. A hand before the lens, and a camera that is turned away, change parts of the picture at different times.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from entirety.detect.break_rules import FINE
from entirety.detect.spans import runs
from entirety.detect.windows import LONGEST, MOST_PICTURES, SHORTEST, lengths, pictures
from entirety.model.clip import Frames

EMPTY = 2.5
"""Grey levels of contrast up to which a picture is empty: the middle of a fade lies at 0 to 2.2 (validation, tuning half, and clips drawn for
this)."""
FULL = 6.0
"""Grey levels of contrast that the picture must have where the fade begins or ends: three times as much as an empty one."""
FEWEST = 5
"""Pictures of a fade at least."""
OFF_SHAPE = 0.06
"""How far the pictures may differ from a weakened version of the full one, as a share of it: 0.04 and less in fades of the tuning half,
0.08 to 0.18 where a hand covered the lens, as drawn there."""
OFF_PACE = 0.135
"""How far the strength may be ahead or behind an even pace: fades 0.01, those with a soft start and end 0.13, a covered lens 0.14 to 0.26."""
LOOSE = 3
"""Times OFF_SHAPE that a longer window may differ: over a second the camera moves on, while the fade goes on."""


@dataclass(frozen=True, slots=True)
class Fade:
    """From frame `first` over the empty frames `empty` to frame `last`; a side without fade begins or ends with the empty frames."""

    first: int
    last: int
    empty: tuple[int, int]
    out: bool
    back: bool
    off_shape: float
    off_pace: float
    level: int
    """Brightness of the empty picture, grey levels."""

    @property
    def clearness(self) -> float:
        """Smaller is clearer."""
        return self.off_shape + self.off_pace


def fades(frames: Frames) -> Iterator[Fade]:
    """Every stretch of empty pictures that a fade leads to or away from, in the order of showing."""
    for start, end in runs(np.asarray(frames.contrast < EMPTY, np.bool_)):
        sides = [_side(frames, start, -1), _side(frames, end, 1)]
        if known := [side for side in sides if side is not None]:
            yield Fade(
                first=start - (sides[0].length if sides[0] else 0),
                last=end + (sides[1].length if sides[1] else 0),
                empty=(start, end),
                out=sides[0] is not None,
                back=sides[1] is not None,
                off_shape=max(side.off_shape for side in known),
                off_pace=max(side.off_pace for side in known),
                level=round(float(frames.luma[start])),
            )


@dataclass(frozen=True, slots=True)
class _Side:
    length: int
    off_shape: float
    off_pace: float


def _side(frames: Frames, empty: int, way: int) -> _Side | None:
    """The longest fade that leads away from an empty frame, forwards or backwards (`way` 1 or -1), with the numbers of the clearest one."""
    near, far = empty + way, empty + way * FEWEST
    # A light that flashes makes thousands of empty pictures; beside each, the next is full at once.
    if not 0 <= far < len(frames) or frames.contrast[near] > frames.contrast[far] / 2:
        return None
    best, reach = None, 0
    for length in lengths(min(pictures(frames, LONGEST), MOST_PICTURES), max(FEWEST, pictures(frames, SHORTEST))):
        if not 0 <= empty + way * length < len(frames):
            break
        side = _weakened(frames, empty, way * length)
        if side and side.off_pace <= OFF_PACE and side.off_shape <= LOOSE * OFF_SHAPE:
            reach = length
            if side.off_shape <= OFF_SHAPE and (best is None or side.off_shape < best.off_shape):
                best = side
    return _Side(max(reach, best.length), best.off_shape, best.off_pace) if best else None


def _weakened(frames: Frames, empty: int, steps: int) -> _Side | None:
    """How the pictures from an empty one to the one `steps` on differ from weakened versions of the latter; None where that is empty too."""
    if frames.contrast[empty + steps] < FULL:
        return None
    rows = empty + np.arange(0, abs(steps) + 1) * (1 if steps > 0 else -1)
    levels = (frames.view[rows].astype(np.float64) - frames.view[empty]) / FINE
    full = levels[-1]
    square = max(float(full @ full), 1.0)
    strength = levels @ full / square
    rest = levels - strength[:, None] * full
    off = np.sqrt(np.einsum("ij,ij->i", rest, rest) / square)
    pace = np.abs(strength - np.arange(len(rows)) / abs(steps))
    return _Side(abs(steps), float(off.max()), float(pace.max()))

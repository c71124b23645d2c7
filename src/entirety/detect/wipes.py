"""Recognises wipes: a straight line moves over the picture, and where it passes, the new view takes the place of the old one.

Whatever moves before or after, each part of the picture changes most at the moment at which the line passes it. These moments follow the
line from one side of the picture to the other. In footage without such a line they are scattered over time, or are one and the same, as at
a cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.activity import activity
from entirety.detect.break_rules import QUARTERS, REST_FLOOR, bits, plain
from entirety.detect.picture_breaks import PLAIN_SHARE
from entirety.detect.same_scene import ACROSS, DOWN, HEIGHT, WIDTH, correlations, same_scene
from entirety.detect.spans import without_overlap
from entirety.detect.windows import Floats, pictures
from entirety.detect.wipe_lines import FEWEST, Line, lines
from entirety.model.clip import Frames

PEAK = 3.0
"""Times what usually happens in a part, and a grey level on top, that must happen there at one moment. Chosen: twice is a picture like others."""
PARTS = 60
"""Parts, of 144, of which such a moment is known. Wipes reach 119 and more."""
ON_LINE = 0.77
"""Share of these parts whose moment lies on the line. Wipes with a hard edge reach 0.8 and more, between moving cameras too; what passes before the
lens 0.71 or, where it is one even area, 1; of other footage nothing reaches 0.6 (validation, tuning half, and 42 clips drawn for this)."""
OFF = 0.02
"""How far, as a share of the time in which the line crosses the picture, a moment may lie off the time in which it is in the part; at least one
picture. Chosen."""
NEAR = 0.12
"""The same for the parts from which pace and place of the line are worked out, in rounds."""
ROUNDS = 3
MARGIN = 4
"""A window is looked at that is longer by a quarter of itself on either side, for the line may be earlier, later, or slower."""

SOON = 0.05
"""Share of the time of crossing for which a part that the line has just passed is left out: the flow there belongs to the line."""
MOVES = 0.5
"""Share of the speed of the line from which what is behind it moves with it. Chosen: halfway between a view that stands and a thing that passes."""
BACK, BACK_STEP = 10.0, 0.2
"""Seconds within which the old view is looked for again, and how far apart: a lorry that passes takes a few. Chosen."""

_PLACE = {
    False: (np.tile(np.arange(ACROSS), DOWN) + 0.5) / ACROSS,
    True: (np.repeat(np.arange(DOWN), ACROSS) + 0.5) / DOWN,
}
"""Where each part lies, as a share of the width or of the height."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """The line enters the picture about frame `first` and has left it about frame `last`."""

    first: int
    last: int
    on_line: float
    parts: int
    drift: float
    """How fast the picture behind the line moves, as a share of the speed of the line: 1 where a thing passes, 0 where a view stands."""
    likeness: float
    distance: int

    @property
    def clearness(self) -> float:
        """Smaller is clearer."""
        return 1 - self.on_line


def wipes(frames: Frames) -> Iterator[Wipe]:
    """Every place at which a line moves over the picture between unlike views; of those that overlap the clearest."""
    found = [wipe for line in lines(frames) if (wipe := _wipe(frames, line))]
    yield from without_overlap(sorted(found, key=lambda wipe: (wipe.clearness, wipe.first)))


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


def _wipe(frames: Frames, line: Line) -> Wipe | None:
    margin = max(2, line.length // MARGIN)
    rows = np.arange(max(1, line.start - margin), min(len(frames), line.start + line.length + margin))
    done = activity(frames, rows)
    # What happens in a part that was even, or is hidden in both views, has no moment of its own.
    known = done.max(axis=0) >= PEAK * np.median(done, axis=0) + REST_FLOOR / QUARTERS
    times, place = rows[done.argmax(axis=0)].astype(np.float64), _PLACE[line.down]
    expected = line.start + line.length * (1 - place if line.back else place)
    slope = float(line.length)
    for _ in range(ROUNDS):
        near = known & (np.abs(times - expected) <= max(1.0, NEAR * abs(slope)))
        if len(np.unique(place[near])) < 2:
            return None
        slope, start = np.polyfit(place[near], times[near], 1)
        expected = start + slope * place
    most = max(1.0, (0.5 / (DOWN if line.down else ACROSS) + OFF) * abs(slope))
    on_line = float(np.mean(np.abs(times - expected)[known] <= most))
    if known.sum() < PARTS or on_line < ON_LINE or abs(slope) < FEWEST:
        return None
    ends = sorted((float(start), float(start + slope)))
    first, last = max(0, int(ends[0]) - 1), min(len(frames) - 1, int(np.ceil(ends[1])))
    if same_scene(frames, first, last):
        return None
    drift = _drift(frames, rows, expected, line, slope)
    alike = float(correlations(frames.view[[first]], frames.view[[last]])[0])
    return Wipe(first, last, on_line, int(known.sum()), drift, alike, bits(frames, first, last))


def _drift(frames: Frames, rows: NDArray[np.int64], expected: Floats, line: Line, slope: float) -> float:
    """How fast the parts that the line has passed move its way, as a share of its speed."""
    passed = (rows[:, None] > expected + SOON * abs(slope) + 1) & (rows[:, None] <= expected.max())
    moved = frames.motion[rows][:, :, int(line.down)]
    speed = (HEIGHT if line.down else WIDTH) / slope
    return float(np.median(moved[passed]) / QUARTERS / speed) if passed.any() else 0.0

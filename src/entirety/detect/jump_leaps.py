"""Decides which candidates are leaps: places where, within one scene, the picture goes on from another moment than it left off at.

What something else explains is left to the check that has it: unlike views to hard-cut, a gap in the time stamps to timestamp-gap, a
change of size to format-change, a standing picture that ends to frozen-picture. Flashes and switched lamps are no leaps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.jump_signals import Candidates, candidates
from entirety.detect.jump_weights import FIRST, WEIGHTS
from entirety.detect.same_scene import same_scene
from entirety.detect.steps import GAP
from entirety.model.clip import Frames

SCORE = 0.0
"""Least score of a leap. In an hour of continuous clips of the tuning half, each scored by weights that no clip of its recording had a part in,
candidates reach -1.1 where no data are damaged; of cuts of half a second and more that left a candidate, 96 in 100 lie above."""
CLEAR, CLEAR_RESIDUAL, CLEAR_MOTION, CLEAR_BLOCKS = 1.5, 6.5, 6.5, 20.0
"""From here a leap is a strong sign: score, and each kind of signal by itself, of which continuous clips of the tuning half, and a hundred more
with pans, blows, lost pictures and weak compression, reach no more than 0.7 of the three at once away from key frames."""
WHOLE = 72
"""Blocks, half of the picture, from which all of it moves. Chosen."""
LIGHT, SAME_LIGHT = 8.0, 18
"""A step in brightness, grey levels, with at most so many bits of the hashes, is a switched lamp: as in hard-cut."""
RETURN = 0.5
"""Share of the step to within which the old view comes back after a flash; at cuts of the tuning half it stays 0.7 of the step away."""
REPEATED, MOVES, NOTHING = 0.25, 0.4, 0.02
"""A picture repeats the one before if it differs by so small a share of the usual difference (repeats that were encoded again reach 0.15), where
pictures differ by so many grey levels (as in frozen-picture); in a stiller film, if it differs by nothing that can be called something."""
HIDDEN = 2.0
"""Times the usual step, for each picture that repeats hid, up to which a leap after them is explained by them."""
PULSE, PULSES = 0.8, 8
"""Share of the leap and pictures on either side: after a repeat, a leap beside another one is the beat of a low rate."""
BESIDE = 4
"""Pictures around a leap of which the clearest counts: an encoder spreads one over two or three."""
LONG = 1.0
"""Seconds from which a gap in the time stamps and a leap are two signs of one event and not cause and effect: as in timestamp-gap."""
WINDOW, USUAL = 15, 75
"""Pictures before, and the percentile of their differences that stands for one that repeats nothing."""
EVEN, EVEN_SPAN = 1, 3.0
"""Pictures by which distances between three leaps may differ, and seconds up to which they are long, to be a rhythm."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Leap:
    """A leap between the pictures `before` and `frame`, with the numbers behind it."""

    frame: int
    before: int
    score: float
    residual: float
    motion: float
    """The smaller of acceleration and leap, z: both rise where motion is broken and goes on afterwards."""
    blocks: float
    distance: int
    light: float
    key: bool
    repeats: bool
    """Pictures before it repeat one another, and it is larger than what they hid."""
    missing: float
    """Seconds by which the time stamps leave a gap here; 0 where they leave none."""
    moved: int
    """Blocks of 144 whose brightness changed as it does nowhere around."""
    rhythm: bool
    """Leaps follow each other at equal distances here."""

    @property
    def clear(self) -> bool:
        """Both kinds of signal, the picture's and the motion's, are beyond what continuous footage reaches."""
        strong = self.residual >= CLEAR_RESIDUAL and self.motion >= CLEAR_MOTION and self.blocks >= CLEAR_BLOCKS
        return self.score >= CLEAR and strong and not (self.repeats or self.missing or self.rhythm or self.key)


def scores(found: Candidates) -> NDArray[np.float64]:
    """The weighed sum for each candidate."""
    return np.asarray(FIRST + features(found) @ np.array(list(WEIGHTS.values())), np.float64)


def features(found: Candidates) -> NDArray[np.float64]:
    """One row for each candidate, columns in the order of WEIGHTS. What has no upper end counts by its logarithm."""
    columns = {
        "leap": _log(found.leap),
        "acceleration": _log(found.acceleration),
        "residual": _log(found.residual),
        "step": _log(found.step),
        "spike": found.spike,
        "spike-residual": found.spike_residual,
        "others": found.others,
        "others-residual": found.others_residual,
        "block-view": _log(found.blocks.view),
        "block-rest": _log(found.blocks.rest),
        "half-rest": _log(found.blocks.half),
        "back": np.minimum(found.blocks.back, 1.5),
        "distance": _log(found.distance),
        "key": found.key,
    }
    return np.stack([columns[name] for name in WEIGHTS], axis=1)


def leaps(frames: Frames) -> list[Leap]:
    """Every leap, in the order of showing."""
    found = candidates(frames)
    if found is None or not len(found.rows):
        return []
    score = scores(found)
    score[~(eligible(frames, found) & alike(frames, found))] = -np.inf
    chosen = [k for k in np.flatnonzero(score >= SCORE) if score[k] == _near(found.rows, score, int(k)).max()]
    even = _rhythm(frames, found.rows[chosen])
    return [_leap(frames, found, score, int(k), rhythm=bool(r)) for k, r in zip(chosen, even, strict=True)]


def eligible(frames: Frames, found: Candidates) -> NDArray[np.bool_]:
    """Which candidates nothing else explains."""
    lamp = (found.light >= LIGHT) & (found.distance <= SAME_LIGHT)
    open_ = ~lamp & (found.blocks.back > RETURN) & (found.blocks.strip == 0)
    for k in np.flatnonzero(open_):
        row, before = int(found.rows[k]), int(found.before[k])
        resized = frames.width[row] != frames.width[before] or frames.height[row] != frames.height[before]
        hidden = _repeats(frames, before)
        repeats = hidden > 0 and (
            found.size[k] <= HIDDEN * (hidden + 1) * found.usual[k] or _pulses(frames, before, row)
        )
        gap = 0 < _missing(frames, row, before) < LONG and found.distance[k] <= SAME_LIGHT
        open_[k] = not (resized or repeats or gap)
    return np.asarray(open_, np.bool_)


def alike(frames: Frames, found: Candidates) -> NDArray[np.bool_]:
    """Which candidates lie within one scene; the others are hard-cut's."""
    pairs = zip(found.before.tolist(), found.rows.tolist(), strict=True)
    return np.array([same_scene(frames, before, row) for before, row in pairs], np.bool_)


def _leap(frames: Frames, found: Candidates, score: NDArray[np.float64], k: int, *, rhythm: bool) -> Leap:
    row, before = int(found.rows[k]), int(found.before[k])
    return Leap(
        frame=row,
        before=before,
        score=float(score[k]),
        residual=float(found.residual[k]),
        motion=float(min(found.acceleration[k], found.leap[k])),
        blocks=float(found.blocks.view[k]),
        distance=int(found.distance[k]),
        light=float(found.light[k]),
        key=bool(found.key[k]),
        repeats=_repeats(frames, before) > 0,
        missing=_missing(frames, row, before),
        moved=int(found.blocks.moved[k]),
        rhythm=rhythm,
    )


def _log(column: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log1p(np.maximum(column, 0)), np.float64)


def _near(rows: Rows, score: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    first, last = np.searchsorted(rows, [rows[k] - BESIDE, rows[k] + BESIDE + 1])
    return np.asarray(score[first:last], np.float64)


def _missing(frames: Frames, row: int, before: int) -> float:
    """Seconds by which the step in time is longer than usual, where it leaves room for another picture; else 0."""
    steps = np.diff(frames.times[max(0, row - WINDOW) : row + WINDOW + 1])
    usual, here = float(np.median(steps)), float(frames.times[row] - frames.times[row - 1])
    return here - usual if row - before == 1 and here > GAP * usual > 0 else 0.0


def _repeats(frames: Frames, before: int) -> int:
    """How many pictures up to this one repeat the one before them."""
    usual = float(np.percentile(frames.difference[max(1, before - WINDOW) : before + 1], USUAL))
    least = REPEATED * usual if usual >= MOVES else NOTHING
    count = 0
    while before - count >= 1 and float(frames.difference[before - count]) <= least:
        count += 1
    return count


def _pulses(frames: Frames, before: int, row: int) -> bool:
    around = (frames.difference[max(1, before - PULSES) : before], frames.difference[row + 2 : row + 2 + PULSES])
    return float(np.concatenate(around).max(initial=0)) >= PULSE * float(frames.difference[row])


def _rhythm(frames: Frames, rows: Rows) -> NDArray[np.bool_]:
    """Leaps that are one of three at equal distances."""
    even = np.zeros(len(rows), np.bool_)
    apart = np.diff(rows)
    for k in range(len(apart) - 1):
        seconds = float(frames.times[rows[k + 1]] - frames.times[rows[k]])
        if abs(int(apart[k + 1] - apart[k])) <= EVEN and seconds <= EVEN_SPAN:
            even[k : k + 3] = True
    return even

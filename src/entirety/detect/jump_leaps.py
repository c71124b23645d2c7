"""Decides which candidates are leaps: places where, within one scene, the picture goes on from another moment than it left off at.

A weighed sum of all signals decides; what it adds up to is printed with each leap. What something else explains is left out before: see
`jump_explained`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.jump_explained import alike, eligible, gap_before, laid_over, repeats_before
from entirety.detect.jump_knocked import knocked
from entirety.detect.jump_signals import Candidates, candidates
from entirety.detect.jump_weights import FIRST, WEIGHTS
from entirety.detect.kept import kept
from entirety.model.clip import Frames

SCORE = -1.0
"""Least score of a leap. In the 427 continuous clips of the tuning half (1.04 hours, measured on 2026-11-26) what nothing else explains
reaches -1.6 where no data are damaged, but for a film that is shown in a loop, whose leaps follow a rhythm; in 74 drawn for a trial -1.06. Of
143 cuts of half a second and more within one view that left a candidate all lie above, of 133 drawn for a trial 131; above 0, 137 and 126 would.
Some of these clips had a part in the weights."""
CLEAR, CLEAR_RESIDUAL, CLEAR_MOTION, CLEAR_BLOCKS = 1.5, 6.5, 6.5, 20.0
"""From here a leap is a strong sign: score, and each kind of signal by itself. Of 136 leaps at cuts of half a second and more 99 are (same clips);
in the continuous ones none is, and three of the looped film would be but for their rhythm."""
LIVELY = 0.015
"""Least `lively` of a strong sign: at 167 leaps at cuts 0.034 and more (same clips), on screens where text appeared at once at most 0.004 (corpus)."""
WHOLE = 72
"""Blocks, half of the picture, from which all of it moves. Chosen."""
BESIDE = 4
"""Pictures around a leap of which the clearest counts: an encoder spreads one over two or three."""
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
    lively: bool
    """Where the picture leapt, it also moves before or after."""
    rhythm: bool
    """Leaps follow each other at equal distances here."""
    knocked: bool
    """All of the view is displaced at once, as by a knock against a camera that stands."""

    @property
    def clear(self) -> bool:
        """Both kinds of signal, the picture's and the motion's, are beyond what continuous footage reaches."""
        strong = self.residual >= CLEAR_RESIDUAL and self.motion >= CLEAR_MOTION and self.blocks >= CLEAR_BLOCKS
        return (
            self.score >= CLEAR
            and strong
            and self.lively
            and not (self.repeats or self.missing or self.rhythm or self.key or self.knocked)
        )


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


@kept
def leaps(frames: Frames) -> list[Leap]:
    """Every leap, in the order of showing."""
    found = candidates(frames)
    if found is None or not len(found.rows):
        return []
    score = scores(found)
    score[~(eligible(frames, found) & alike(frames, found))] = -np.inf
    chosen = [k for k in np.flatnonzero(score >= SCORE) if score[k] == _near(found.rows, score, int(k)).max()]
    over = laid_over(frames, found.rows[chosen])
    chosen = [k for k, laid in zip(chosen, over, strict=True) if not laid]
    even = _rhythm(frames, found.rows[chosen])
    return [_leap(frames, found, score, int(k), rhythm=bool(r)) for k, r in zip(chosen, even, strict=True)]


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
        repeats=repeats_before(frames, before) > 0,
        missing=gap_before(frames, row, before),
        moved=int(found.blocks.moved[k]),
        lively=bool(found.blocks.lively[k] >= LIVELY),
        rhythm=rhythm,
        knocked=knocked(frames, row, before),
    )


def _log(column: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log1p(np.maximum(column, 0)), np.float64)


def _near(rows: Rows, score: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    first, last = np.searchsorted(rows, [rows[k] - BESIDE, rows[k] + BESIDE + 1])
    return np.asarray(score[first:last], np.float64)


def _rhythm(frames: Frames, rows: Rows) -> NDArray[np.bool_]:
    """Leaps that are one of three at equal distances."""
    even = np.zeros(len(rows), np.bool_)
    apart = np.diff(rows)
    for k in range(len(apart) - 1):
        seconds = float(frames.times[rows[k + 1]] - frames.times[rows[k]])
        if abs(int(apart[k + 1] - apart[k])) <= EVEN and seconds <= EVEN_SPAN:
            even[k : k + 3] = True
    return even

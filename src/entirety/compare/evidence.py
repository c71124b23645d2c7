"""How strongly each picture of the clip speaks for lying where a line puts it in the recording.

Weighed are only samples in which something happens: where the clip's picture or the recording's differs from the usual there. If the
clip comes from that place, the two must differ from the usual alike, up to what coding adds; if it comes from elsewhere, what happens in
one does not happen in the other. Where nothing happens in either, the weight is 0: a standing scene speaks for no place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.geometry import IDENTITY, Warp, lay_back
from entirety.compare.refine import clip_rows, rows_at
from entirety.compare.search import Line
from entirety.compare.strip import Strip

SAMPLED = 300
"""Pictures from which noise and the usual are taken."""
LEAST_NOISE = 0.6
"""Grey levels: rounding of both thumbnails, and of the codec at its best."""
HAPPENING = 4.0
"""Spreads from the usual at which something happens."""
STRAY = 0.05
"""Share of samples in which anything may stand, whatever was expected: small things between samples, blocks of the codec."""
WIDE = 30.0
"""Grey levels: spread of such samples."""
TOGETHER = 12.0
"""Neighbouring samples that say the same: things seen at all cover some 3 x 4 samples."""
NEIGHBOUR = 1.0
"""Natural logarithms by which a neighbour of the place on the line must fit better."""
LEAST_CONTRAST = 0.3
"""Contrast of the clip in that of the recording, or the other way round."""
NEW_SHOT, NEW_SHOT_TIMES, AROUND = 6.0, 5.0, 12
"""Grey levels of mean difference, and times the median of the pictures around, from which a new shot begins. Only what is usual depends on it."""
CHUNK = 512


@dataclass(frozen=True)
class Evidence:
    """Along one line, for the clip's pictures [first, end)."""

    first: int
    weight: NDArray[np.float64]
    """Natural logarithm of how much likelier the picture is if it lies on the line."""
    rows: NDArray[np.intp]
    """Picture of the recording that fits best: the nearest to the line, or a neighbour."""


@dataclass(frozen=True)
class Usual:
    """What the clip's pictures usually show, shot by shot."""

    shot: NDArray[np.intp]
    """Which shot each picture belongs to."""
    standing: NDArray[np.float32]
    """Shots x samples: median over the shot."""
    spread: NDArray[np.float32]
    """Shots x samples: robust standard deviation over the shot, at least LEAST_NOISE."""


@dataclass(frozen=True)
class _Copied:
    """How the recording's pictures become the clip's along one line."""

    contrast: float
    level: NDArray[np.float32]
    """What is added to the recording's picture to give the clip's: brightness, caption, logo."""
    noise: NDArray[np.float32]
    inside: NDArray[np.bool_]
    """Samples of the clip that lie within the recording's picture."""


def usual(clip: Strip) -> Usual:
    """Of the clip, whatever it may come from."""
    flat = clip.grey.reshape(len(clip), -1)
    step = np.abs(np.diff(flat.astype(np.int16), axis=0)).mean(1)
    around = _median_around(step)
    shot = np.concatenate(([0], np.cumsum((step > NEW_SHOT) & (step > NEW_SHOT_TIMES * around)))).astype(np.intp)
    standing, spread = [], []
    for number in range(int(shot[-1]) + 1):
        rows = np.flatnonzero(shot == number)
        some = flat[rows[np.unique(np.linspace(0, len(rows) - 1, SAMPLED).astype(int))]].astype(np.float32)
        standing.append(np.median(some, 0))
        spread.append(np.maximum(1.4826 * np.median(np.abs(some - standing[-1]), 0), LEAST_NOISE))
    return Usual(shot, np.stack(standing).astype(np.float32), np.stack(spread).astype(np.float32))


def evidence(line: Line, warp: Warp, clip: Strip, source: Strip, known: Usual, first: int, end: int) -> Evidence:
    """Along `line` for the clip's pictures [first, end); `known` is what `usual` says of the clip."""
    copied = _copied(line, warp, clip, source)
    weights, rows = [], []
    for begin in range(first, end, CHUNK):
        numbers = np.arange(begin, min(end, begin + CHUNK))
        centre = rows_at(source, line.slope * clip.times[numbers] + line.offset)
        tried = np.clip(centre[None] + np.array([[0], [-1], [1]]), 0, len(source) - 1)
        used, where = np.unique(tried, return_inverse=True)
        expected = copied.contrast * _laid_back(source.grey[used], warp)[:, copied.inside] + copied.level
        mine = clip.grey[numbers].reshape(len(numbers), -1)[:, copied.inside].astype(np.float32)
        standing, spread = (column[known.shot[numbers]][:, copied.inside] for column in (known.standing, known.spread))
        elsewhere = _density(mine - standing, np.maximum(spread, copied.noise))
        moved = np.abs(mine - standing) > HAPPENING * copied.noise
        each = np.empty(tried.shape)
        for number, place in enumerate(where.reshape(tried.shape)):
            due = expected[place]
            happens = moved | (np.abs(due - standing) > HAPPENING * copied.noise)
            gain = _density(mine - due, copied.noise) - elsewhere
            each[number] = np.where(happens, gain, 0).sum(1, dtype=np.float64) / TOGETHER
        # A neighbour must fit clearly better: of three places one is always a little better by chance.
        each[1:] -= NEIGHBOUR
        best = each.argmax(0)
        weights.append(each.max(0))
        rows.append(tried[best, np.arange(len(numbers))])
    return Evidence(first, np.concatenate(weights), np.concatenate(rows))


def _median_around(step: NDArray[np.float64]) -> NDArray[np.float64]:
    wide = np.pad(step, AROUND, mode="edge") if len(step) else np.zeros(2 * AROUND)
    return np.median(np.lib.stride_tricks.sliding_window_view(wide, 2 * AROUND + 1), axis=1)


def _laid_back(grey: NDArray[np.uint8], warp: Warp) -> NDArray[np.float32]:
    pictures = grey.astype(np.float32)
    if warp is not IDENTITY:
        pictures = np.stack([lay_back(one, warp) for one in pictures])
    return pictures.reshape(len(grey), -1)


def _copied(line: Line, warp: Warp, clip: Strip, source: Strip) -> _Copied:
    rows = clip_rows(line, clip, SAMPLED)
    there = rows_at(source, line.slope * clip.times[rows] + line.offset)
    theirs = _laid_back(source.grey[there], warp)
    inside = np.isfinite(theirs).all(0)
    mine, theirs = clip.grey[rows].reshape(len(rows), -1)[:, inside].astype(np.float32), theirs[:, inside]
    a, b = mine - mine.mean(), theirs - theirs.mean()
    contrast = float(np.clip((a * b).sum() / max(1e-6, float((b * b).sum())), LEAST_CONTRAST, 1 / LEAST_CONTRAST))
    rest = mine - contrast * theirs
    level = np.median(rest, 0)
    noise = np.maximum(1.4826 * np.median(np.abs(rest - level), 0), LEAST_NOISE)
    return _Copied(contrast, level.astype(np.float32), noise.astype(np.float32), inside)


def _density(rest: NDArray[np.float32], spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithm of a normal density with a share of strays; the larger of both stands for their sum."""
    narrow = np.log((1 - STRAY) / spread) - 0.5 * (rest / spread) ** 2
    return np.maximum(narrow, np.float32(np.log(STRAY / WIDE)) - (0.5 / WIDE**2) * rest**2)

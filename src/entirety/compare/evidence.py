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
OTHERS, APART = 2, 0.75
"""Other moments of the recording looked at in a second, and seconds by which they lie off the line at least."""
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
    warp: Warp

    def expected(self, source: Strip, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """What the clip would show if it showed these pictures of the recording: rows x samples inside."""
        used, where = np.unique(rows, return_inverse=True)
        expected: NDArray[np.float32] = self.contrast * _laid_back(source.grey[used], self.warp)[:, self.inside] + self.level
        return expected[where]


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
    others = np.unique(rows_at(source, np.arange(source.times[0], source.times[-1], 1 / OTHERS)))
    weights, rows = [], []
    for begin in range(first, end, CHUNK):
        numbers = np.arange(begin, min(end, begin + CHUNK))
        moments = line.slope * clip.times[numbers] + line.offset
        mine = clip.grey[numbers].reshape(len(numbers), -1)[:, copied.inside].astype(np.float32)
        standing, spread = (column[known.shot[numbers]][:, copied.inside] for column in (known.standing, known.spread))
        other = _other(mine, moments, copied, source, others)
        tried = np.clip(rows_at(source, moments)[None] + np.array([[0], [-1], [1]]), 0, len(source) - 1)
        each = np.stack([_better(mine, copied.expected(source, there), other, standing, spread, copied.noise) for there in tried])
        # A neighbour must fit clearly better: of three places one is always a little better by chance.
        each[1:] -= NEIGHBOUR
        best = each.argmax(0)
        weights.append(each.max(0))
        rows.append(tried[best, np.arange(len(numbers))])
    return Evidence(first, np.concatenate(weights), np.concatenate(rows))


def explained(line: Line, warp: Warp, clip: Strip, source: Strip, rows: NDArray[np.intp]) -> float:
    """Share of what sets the clip's pictures apart from the most similar other moment of the recording that the line explains, at most 1.

    Taken where the recording's picture on the line and that of the other moment differ; 0 where they nowhere do.
    """
    some = rows[np.unique(np.linspace(0, len(rows) - 1, SAMPLED).astype(int))]
    copied = _copied(line, warp, clip, source)
    others = np.unique(rows_at(source, np.arange(source.times[0], source.times[-1], 1 / OTHERS)))
    mine = clip.grey[some].reshape(len(some), -1)[:, copied.inside].astype(np.float32)
    moments = line.slope * clip.times[some] + line.offset
    due, other = copied.expected(source, rows_at(source, moments)), _other(mine, moments, copied, source, others)
    if other is None:
        other = np.broadcast_to(np.median(mine, 0), mine.shape)
    differ = np.abs(due - other) > HAPPENING * copied.noise
    beside = float(((mine - other) ** 2 * differ).sum())
    return 1 - float(((mine - due) ** 2 * differ).sum()) / beside if beside else 0.0


def _other(
    mine: NDArray[np.float32], moments: NDArray[np.float64], copied: "_Copied", source: Strip, rows: NDArray[np.intp]
) -> NDArray[np.float32] | None:
    """What each picture would be if it came from the most similar other moment of the recording; None where it has no other."""
    there = copied.expected(source, rows)
    distance = (mine * mine).sum(1)[:, None] + (there * there).sum(1)[None] - 2 * mine @ there.T
    distance[np.abs(source.times[rows][None] - moments[:, None]) < APART] = np.inf
    best = distance.argmin(1)
    if not np.isfinite(distance[np.arange(len(mine)), best]).all():
        return None
    return np.asarray(there[best], np.float32)


def _better(
    mine: NDArray[np.float32],
    due: NDArray[np.float32],
    other: NDArray[np.float32] | None,
    standing: NDArray[np.float32],
    spread: NDArray[np.float32],
    noise: NDArray[np.float32],
) -> NDArray[np.float64]:
    """How much better pictures fit what is due on the line than either other explanation, each where the two say different things."""
    here = _density(mine - due, noise)
    bound = HAPPENING * noise
    happens = np.maximum(np.abs(mine - standing), np.abs(due - standing)) > bound
    gain = np.where(happens, here - _density(mine - standing, np.maximum(spread, noise)), 0).sum(1, dtype=np.float64)
    if other is not None:
        against = np.where(np.abs(due - other) > bound, here - _density(mine - other, noise), 0)
        gain = np.minimum(gain, against.sum(1, dtype=np.float64))
    return np.asarray(gain / TOGETHER)


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
    inside = np.asarray(np.isfinite(theirs).all(0))
    mine, theirs = clip.grey[rows].reshape(len(rows), -1)[:, inside].astype(np.float32), theirs[:, inside]
    a, b = mine - mine.mean(), theirs - theirs.mean()
    contrast = float(np.clip((a * b).sum() / max(1e-6, float((b * b).sum())), LEAST_CONTRAST, 1 / LEAST_CONTRAST))
    rest = mine - contrast * theirs
    level = np.median(rest, 0)
    noise = np.maximum(1.4826 * np.median(np.abs(rest - level), 0), LEAST_NOISE)
    return _Copied(contrast, level.astype(np.float32), noise.astype(np.float32), inside, warp)


def _density(rest: NDArray[np.float32], spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithm of a normal density with a share of strays; the larger of both stands for their sum."""
    narrow = np.log((1 - STRAY) / spread) - 0.5 * (rest / spread) ** 2
    return np.asarray(np.maximum(narrow, np.float32(np.log(STRAY / WIDE)) - (0.5 / WIDE**2) * rest**2), np.float32)

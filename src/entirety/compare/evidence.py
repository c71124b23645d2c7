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
from entirety.compare.usual import LEAST_NOISE, SAMPLED, Way

HAPPENING = 4.0
"""Spreads from the usual at which something happens."""
STRAY = 0.05
"""Share of samples in which anything may stand, whatever was expected: small things between samples, blocks of the codec."""
WIDE = 30.0
"""Grey levels: spread of such samples."""
SEEN = 4
"""Samples in which two moments must differ to count as different: a person at 20 m covers about ten."""
TOGETHER = 12.0
"""Neighbouring samples that say the same: things seen at all cover some 3 x 4 samples."""
ON_IT, ABOUT_IT = np.array([0]), np.array([0, -1, 1])
SAME_STEP = 0.01
"""Difference of the time between pictures up to which every picture of the clip is one of the recording, and none lies between two."""
OTHERS, APART = 2, 0.75
"""Other moments of the recording looked at in a second, and seconds by which they lie off the line at least."""
NEIGHBOUR = 1.0
"""Natural logarithms by which a neighbour of the place on the line must fit better."""
LEAST_CONTRAST = 0.3
"""Contrast of the clip in that of the recording, or the other way round."""
LONG, NEAR, EVERY = 60.0, 4.0, 6
"""Seconds of a line from which not every picture is weighed; those within NEAR seconds of its ends are, and every sixth of the others."""
CHUNK = 512


@dataclass(frozen=True)
class Evidence:
    """Along one line, for the clip's pictures [first, end)."""

    first: int
    weight: NDArray[np.float64]
    """Natural logarithm of how much likelier the picture is if it lies on the line."""


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
        expected: NDArray[np.float32] = (
            self.contrast * _laid_back(source.grey[used], self.warp)[:, self.inside] + self.level
        )
        return expected[where]


@dataclass(frozen=True)
class _Beside:
    """What else could explain pictures: what is usual in the clip, and the most similar other moment of the recording."""

    standing: NDArray[np.float32]
    spread: NDArray[np.float32]
    other: NDArray[np.float32] | None


def evidence(line: Line, warp: Warp, way: Way, source: Strip, pictures: range) -> Evidence:
    """Along `line` for some consecutive pictures of the clip."""
    copied = _copied(line, warp, way.strip, source)
    asked = _asked(line, way.strip, pictures)
    # A picture that was not asked says nothing.
    weight = np.zeros(len(pictures))
    for k in range(0, len(asked), CHUNK):
        numbers = asked[k : k + CHUNK]
        weight[numbers - pictures.start] = _weighed(line, copied, way, source, numbers)
    return Evidence(pictures.start, weight)


def _asked(line: Line, clip: Strip, pictures: range) -> NDArray[np.intp]:
    """All pictures; of a long line those near its ends, and every few of the others."""
    numbers = np.asarray(pictures, np.intp)
    if line.last - line.first <= LONG:
        return numbers
    times = clip.times[numbers]
    near = (np.abs(times - line.first) < NEAR) | (np.abs(times - line.last) < NEAR)
    return np.asarray(numbers[near | (np.arange(len(numbers)) % EVERY == 0)])


def _weighed(line: Line, copied: "_Copied", way: Way, source: Strip, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
    """Of some pictures of the clip."""
    clip, known = way.strip, way.usual
    moments = line.slope * clip.times[numbers] + line.offset
    mine = clip.grey[numbers].reshape(len(numbers), -1)[:, copied.inside].astype(np.float32)
    standing, spread = (column[known.shot[numbers]][:, copied.inside] for column in (known.standing, known.spread))
    beside = _Beside(standing, np.maximum(spread, copied.noise), _other(mine, moments, copied, source))
    in_step = line.slope == 1 and abs(clip.step / source.step - 1) < SAME_STEP
    tried = np.clip(rows_at(source, moments)[None] + (ON_IT if in_step else ABOUT_IT)[:, None], 0, len(source) - 1)
    each = np.stack([_better(mine, copied.expected(source, there), beside, copied.noise) for there in tried])
    # A neighbour must fit clearly better: of three places one is always a little better by chance.
    each[1:] -= NEIGHBOUR
    return np.asarray(each.max(0))


def explained(line: Line, warp: Warp, clip: Strip, source: Strip, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Share of what sets each of some pictures of the clip apart from the most similar other moment of the recording that the line explains.

    At most 1; taken where the recording's picture on the line and that of the other moment differ; NaN for pictures for which they do not.
    """
    copied = _copied(line, warp, clip, source)
    mine = clip.grey[rows].reshape(len(rows), -1)[:, copied.inside].astype(np.float32)
    moments = line.slope * clip.times[rows] + line.offset
    due, other = copied.expected(source, rows_at(source, moments)), _other(mine, moments, copied, source)
    if other is None:
        other = np.broadcast_to(np.median(mine, 0), mine.shape)
    differ = np.abs(due - other) > HAPPENING * copied.noise
    beside = ((mine - other) ** 2 * differ).sum(1)
    left = ((mine - due) ** 2 * differ).sum(1)
    return np.where(differ.sum(1) >= SEEN, 1 - left / np.maximum(beside, 1e-6), np.nan)


def rival(
    one: tuple[Line, Warp], other: tuple[Line, Warp], clip: Strip, source: Strip, rows: NDArray[np.intp]
) -> float:
    """Squared disagreement of pictures of the clip with line `one`, in that with line `other`, where the two say different things.

    1 where they nowhere do.
    """
    mine = clip.grey[rows].reshape(len(rows), -1).astype(np.float32)
    rests, dues, inside = [], [], np.ones(mine.shape[1], bool)
    for line, warp in (one, other):
        copied = _copied(line, warp, clip, source)
        due = np.full(mine.shape, np.nan, np.float32)
        due[:, copied.inside] = copied.expected(source, rows_at(source, line.slope * clip.times[rows] + line.offset))
        dues.append(due)
        rests.append((mine - due) ** 2)
        inside &= copied.inside
    differ = (np.abs(dues[0] - dues[1]) > HAPPENING * LEAST_NOISE) & inside
    return float(rests[0][differ].sum()) / max(1e-6, float(rests[1][differ].sum())) if differ.any() else 1.0


def _other(
    mine: NDArray[np.float32], moments: NDArray[np.float64], copied: "_Copied", source: Strip
) -> NDArray[np.float32] | None:
    """What each picture would be if it came from the most similar other moment of the recording; None where it has no other."""
    rows = np.unique(rows_at(source, np.arange(source.times[0], source.times[-1], 1 / OTHERS)))
    there = copied.expected(source, rows)
    distance = (mine * mine).sum(1)[:, None] + (there * there).sum(1)[None] - 2 * mine @ there.T
    distance[np.abs(source.times[rows][None] - moments[:, None]) < APART] = np.inf
    best = distance.argmin(1)
    if not np.isfinite(distance[np.arange(len(mine)), best]).all():
        return None
    return np.asarray(there[best], np.float32)


def _better(
    mine: NDArray[np.float32], due: NDArray[np.float32], beside: "_Beside", noise: NDArray[np.float32]
) -> NDArray[np.float64]:
    """How much better pictures fit what is due on the line than either other explanation, each where the two say different things."""
    here, bound = _density(mine - due, noise), HAPPENING * noise
    happens = np.maximum(np.abs(mine - beside.standing), np.abs(due - beside.standing)) > bound
    gain = np.where(happens, here - _density(mine - beside.standing, beside.spread), 0).sum(1, dtype=np.float64)
    if beside.other is not None:
        against = np.where(np.abs(due - beside.other) > bound, here - _density(mine - beside.other, noise), 0)
        gain = np.minimum(gain, against.sum(1, dtype=np.float64))
    return np.asarray(gain / TOGETHER)


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

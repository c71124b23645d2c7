"""Looks along one offset of two clips, picture by picture, for stretches in which what moves is the same.

Unrelated pictures differ in 32 of 64 bits on average, re-encoded copies in 3 to 6. Before one standing camera, likes of the same kind happen:
people take the same path. So a stretch counts only where the mean is far below what such likes reach, over seconds in which something
moves, and where no other offset nearby does as well: what repeats itself can be placed nowhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.motion_hash import MotionHashes, differing, earlier, levelled
from entirety.compare.overlap_index import Candidate, candidates, index
from entirety.model.signature import Signature

AGREES = 18
"""Mean bits of 64 over a second, half way between copies and unrelated pictures: there a stretch begins and ends."""
AROUND = 0.5
"""Seconds to either side that are averaged for it."""
FEW = 0.3
"""Share of the pictures of such a second that must have a hash in both clips for it to say anything."""
COPY, LONG, LOOSEST = 7.0, 6.0, 9.0
"""Greatest mean over a stretch of LEAST seconds, and the one that is reached at LONG seconds. Measured on real clips: 21 pairs of re-encoded,
scaled, cropped and converted copies 2.4 to 8.1, those of uncropped ones at most 6.3; of all stretches of a second and more of unrelated ones,
static cameras at other times among them, the nearest 12.6. Drawn smooth things, each alone, come to 5.8 over 1.8 s and 7.5 over 2.5 s in 70 minutes."""
LEAST = 2.0
"""Seconds with motion in both clips that a stretch must have: of a 3-second overlap 2.4 s can be compared."""
ALIKE = 0.85
"""Least correlation of all that changes in the thumbnails over the stretch. On the same clips: copies 0.89 and more, that nearest one 0.39."""
NUDGES = np.arange(-8, 9) * 0.02
"""Seconds about the offset that votes point at, in half pictures: of offsets side by side the index names one."""
PROMISING, AHEAD = 12.0, 3.0
"""Mean bits of the better half of the pictures, over so many seconds from where the index points, above which the rest is not looked at."""
ELSEWHERE, BEYOND, MARGIN = 11.0, 0.6, 10.0
"""Up to so many seconds off, and at least so many, another offset must differ in so many bits more. Eleven, since the last digit of a clock in
the picture comes again after ten; a drawn clip of that kind was 3 to 6 bits from itself at every full second, and below one after ten."""
REFINE = 12
"""Half pictures to either side among which the offset is refined: votes of slow motion spread over a quarter of a second."""
PLACES = 12.0
"""Samples of the thumbnail, of 1,296, over which the change must be spread: a lamp or a digit that changes covers fewer, a walker at 20 m who
takes three steps more. Chosen."""
SAME_LINE = 0.3
"""Seconds by which two offsets may differ and still be one overlap, found twice: as far as an offset is refined."""
MOST_LOOKED = 5_000
"""Places of two clips that the index may point at, those with most votes first: two clips made for it could have as many as pictures."""
MOST_AHEAD = 2_000
"""Pictures looked at over AHEAD seconds: of a clip with more than 600 a second, as no camera for film takes, every so many."""
MOST_ROWS, FEWER = 500, 60
"""Pictures of a stretch, evenly spread over it, that are held against another offset: their thumbnails, and only their hashes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of two clips that agree along one offset."""

    offset: float
    rows: tuple[tuple[int, int], tuple[int, int]]
    moving: float
    """Seconds of it that were compared."""
    differing: float


def agreeing(clips: Sequence[MotionHashes]) -> list[tuple[int, int, Stretch]]:
    """Every stretch that two of the clips share by their hashes alone, each once, in order of the clips."""
    found = []
    looked: dict[tuple[int, int], list[Stretch]] = {}
    turns: Counter[tuple[int, int]] = Counter()
    for line in sorted(candidates(index(clips)), key=lambda one: (one.first, one.second, -one.votes, one.offset)):
        one, other = clips[line.first], clips[line.second]
        seen = looked.setdefault((line.first, line.second), [])
        if any(_is_along(stretch, line, one) for stretch in seen):
            continue
        turns[line.first, line.second] += 1
        if turns[line.first, line.second] > MOST_LOOKED:
            continue
        offset = nearest_offset(one, other, line)
        for stretch in () if offset is None else stretches(one, other, offset):
            if any(_is_same(stretch, another) for another in seen):
                continue
            seen.append(stretch)
            if is_alone(one, other, stretch):
                found.append((line.first, line.second, stretch))
    return found


def _is_along(stretch: Stretch, line: Candidate, one: MotionHashes) -> bool:
    """Whether the index points into a stretch that was looked at."""
    first, end = stretch.rows[0]
    inside = one.times[first] - AHEAD <= line.moment <= one.times[end - 1]
    return bool(inside) and abs(stretch.offset - line.offset) <= SAME_LINE


def _is_same(one: Stretch, other: Stretch) -> bool:
    return abs(one.offset - other.offset) <= SAME_LINE and shared(one.rows[0], other.rows[0])


def shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether most of the shorter lies in the longer."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * both > min(one[1] - one[0], other[1] - other[0])


def stretches(one: MotionHashes, other: MotionHashes, offset: float) -> Iterator[Stretch]:
    """All stretches along one offset that are long and alike enough."""
    rows, beside = paired(one.times, other.times, offset)
    if not len(rows):
        return
    both = one.moves[rows] & other.moves[beside]
    apart = np.where(both, differing(one.bits[rows], other.bits[beside]), 0)
    times = one.times[rows]
    low, high = np.searchsorted(times, times - AROUND), np.searchsorted(times, times + AROUND, side="right")
    sums, seen = np.append(0, np.cumsum(apart)), np.append(0, np.cumsum(both))
    count = seen[high] - seen[low]
    known = count >= FEW * (high - low)
    agrees = sums[high] - sums[low] <= AGREES * count
    # Where next to nothing moves, nothing speaks against it: such places are bridged, and cut off at either end below.
    length = np.append(np.diff(times), 0).clip(0, AROUND)
    for first, end in runs(agrees | ~known):
        kept = np.flatnonzero(both[first:end] & (apart[first:end] <= AGREES)) + first
        if not len(kept):
            continue
        part = slice(kept[0], kept[-1] + 1)
        moving = float(length[part][both[part]].sum())
        mean = float(apart[part].sum() / both[part].sum())
        if moving >= LEAST and mean <= _bound(moving):
            found = (
                (int(rows[part][0]), int(rows[part][-1]) + 1),
                (int(beside[part].min()), int(beside[part].max()) + 1),
            )
            yield Stretch(offset, found, moving, mean)


def _bound(moving: float) -> float:
    """Greatest mean of a stretch of so many seconds: chance likeness grows rarer with length."""
    return COPY + (LOOSEST - COPY) * min(1.0, (moving - LEAST) / (LONG - LEAST))


def nearest_offset(one: MotionHashes, other: MotionHashes, candidate: Candidate) -> float | None:
    """The offset close to the one that the index points at with the fewest differing bits, None where the two do not agree there at all."""
    low, high = np.searchsorted(one.times, [candidate.moment - 0.1, candidate.moment + AHEAD])
    rows = np.arange(low, high, max(1, -(-(high - low) // MOST_AHEAD)))
    offsets = candidate.offset + NUDGES
    wanted = one.times[rows] - offsets[:, None]
    beside = nearest(other.times, wanted.ravel()).reshape(wanted.shape)
    both = one.moves[rows] & other.moves[beside] & (np.abs(other.times[beside] - wanted) < AROUND)
    apart = np.where(both, differing(one.bits[rows], other.bits[beside]), 64)
    # Half of it may lie beyond the end of a short overlap.
    better = np.sort(apart, axis=1)[:, : (len(rows) + 1) // 2]
    if not better.size:
        return None
    means = better.mean(axis=1) + np.abs(NUDGES)  # of equal ones the nearest
    best = int(means.argmin())
    return float(offsets[best]) if means[best] <= PROMISING else None


def is_alone(one: MotionHashes, other: MotionHashes, stretch: Stretch) -> bool:
    """Whether no other offset in the neighbourhood does nearly as well."""
    rows = _spread(stretch.rows[0], FEWER)
    rows = rows[one.moves[rows]]
    sizes = np.arange(BEYOND, ELSEWHERE, 0.08)
    off = stretch.offset + np.concatenate([-sizes, sizes])
    times = one.times[rows] - off[:, None]
    beside = nearest(other.times, times.ravel()).reshape(times.shape)
    both = other.moves[beside] & (times >= other.times[0]) & (times <= other.times[-1])
    apart = np.where(both, differing(one.bits[rows], other.bits[beside]), 0).sum(axis=1)
    count = both.sum(axis=1)
    return not bool(((2 * count >= len(rows)) & (apart <= (stretch.differing + MARGIN) * count)).any())


def likeness(one: Signature, other: Signature, stretch: Stretch) -> tuple[float, float]:
    """The offset at which what changes in the thumbnails is most alike, within REFINE half pictures of the stretch's, and the correlation there;
    0 where all that changes lies in a few places of the picture.
    """
    times, there = one.times[:-1], other.times[:-1]
    rows = _spread(stretch.rows[0], MOST_ROWS)
    mine = _changes(one.grey, times, rows)
    step = float(min(np.median(np.diff(times)), np.median(np.diff(there)))) / 2
    energy = (mine * mine).sum(axis=0)
    if float(energy.sum()) ** 2 < PLACES * float((energy * energy).sum()):
        return stretch.offset, 0.0
    tried = []
    for shift in range(-REFINE, REFINE + 1):
        offset = stretch.offset + shift * step
        theirs = _changes(other.grey, there, nearest(there, times[rows] - offset))
        scale = float(np.sqrt((mine * mine).sum() * (theirs * theirs).sum()))
        tried.append((float((mine * theirs).sum()) / scale if scale else 0.0, -abs(shift), offset))
    best = max(tried)
    return best[2], best[0]


def paired(
    one: NDArray[np.float64], other: NDArray[np.float64], offset: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the first clip that lie within the second at this offset, and the nearest row there."""
    if not len(one) or not len(other):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    low = np.searchsorted(one, other[0] + offset - 1e-3)
    high = np.searchsorted(one, other[-1] + offset + 1e-3, side="right")
    rows = np.arange(low, high)
    return rows, nearest(other, one[rows] - offset)


def nearest(times: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.int64]:
    """The row that appears nearest to each wanted time."""
    after = np.clip(np.searchsorted(times, wanted), 1, max(len(times) - 1, 1))
    if len(times) < 2:
        return np.zeros(len(wanted), np.int64)
    return np.asarray(after - (wanted - times[after - 1] < times[after] - wanted), np.int64)


def runs(true: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """[first, end) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], true, [False]]).astype(np.int8)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


def _spread(rows: tuple[int, int], most: int) -> NDArray[np.int64]:
    first, end = rows
    return np.unique(np.linspace(first, end - 1, min(most, end - first)).astype(np.int64))


def _changes(grey: NDArray[np.uint8], times: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """What changed in each thumbnail since the time that the hash looks back."""
    return levelled(grey[rows])[0] - levelled(grey[earlier(times)[rows]])[0]

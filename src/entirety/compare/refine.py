"""Moves a candidate line until the clip lies on the recording as exactly as it can: to a fraction of a picture, and to a fraction of a percent of speed."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.geometry import IDENTITY, Warp, lay, register
from entirety.compare.search import SLOPES, Line
from entirety.compare.strip import Strip

SAMPLED = 80
"""Pictures of the clip that take part, evenly over the line."""
REACH = 0.35
"""Seconds to either side that are tried: the search is right to a quarter of a second."""
ROUNDS = 2
"""Times that position and line are found in turn: each is only as good as the other."""
DRIFT = 0.12
"""Seconds by which a line may be wrong at its ends from its slope alone: what the search allows, and half of that again."""
TURNS = 24
"""Changes of slope tried to either side."""
UNITY = 0.04
"""A speed within this of 1 is held to be 1 where the pictures lie as well with it: no editor's control is set finer, and a clip of 4 s cannot tell."""
NO_BETTER = 0.97
"""Disagreement on the best line, in what each picture has with the places tried around: above it the clip lies there no better than beside it."""
AS_WELL = 1.1
"""Disagreement at speed 1, in that of the best speed, up to which it lies as well."""


def refine(line: Line, clip: Strip, source: Strip) -> tuple[Line, Warp] | None:
    """The line moved, and how the clip's pictures lie over the recording's; None where the clip lies there no better than beside it."""
    warp = IDENTITY
    for _ in range(1 + ROUNDS):
        fitted = _fit(line, clip, source, warp)
        if fitted is None:
            return None
        line, before = fitted, warp
        warp = register(*pairs(line, clip, source, SAMPLED))
        if warp is before:
            break
    return line, warp


def rows_at(strip: Strip, moments: NDArray[np.float64]) -> NDArray[np.intp]:
    """Row of the picture whose appearing is nearest to each moment."""
    begins = strip.times[:-1]
    after = np.clip(np.searchsorted(begins, moments), 1, max(1, len(begins) - 1))
    before = after - 1
    nearest = np.where(moments - begins[before] <= begins[np.minimum(after, len(begins) - 1)] - moments, before, after)
    return np.clip(nearest, 0, len(begins) - 1)


def clip_rows(line: Line, clip: Strip, most: int) -> NDArray[np.intp]:
    """At most `most` pictures of the clip, evenly over the line."""
    inside = np.flatnonzero((clip.times[:-1] >= line.first - 1e-6) & (clip.times[:-1] <= line.last + 1e-6))
    return inside[np.unique(np.linspace(0, len(inside) - 1, most).astype(int))] if len(inside) else inside


def pairs(line: Line, clip: Strip, source: Strip, most: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pictures of the clip and those of the recording on the line."""
    rows = clip_rows(line, clip, most)
    there = rows_at(source, line.slope * clip.times[rows] + line.offset)
    return clip.grey[rows].astype(np.float32), source.grey[there].astype(np.float32)


def _fit(line: Line, clip: Strip, source: Strip, warp: Warp) -> Line | None:
    rows = clip_rows(line, clip, SAMPLED)
    if len(rows) < 3:
        return None
    moments = clip.times[rows]
    step = source.step
    reach = max(2, int(np.ceil((REACH + 2 * DRIFT) / step)))
    tried = np.arange(-reach, reach + 1)
    centre = rows_at(source, line.slope * moments + line.offset)
    there = centre[:, None] + tried[None]
    outside = (there < 0) | (there >= len(source))
    there = np.clip(there, 0, len(source) - 1)
    cost = _disagreement(_laid(clip.grey[rows], warp), source.grey, there)
    # Each picture counts alike, and one that lies nowhere here does not count: a candidate may reach beyond its piece.
    cost /= np.maximum(np.median(cost, axis=1, keepdims=True), 1e-6)
    cost = np.where(outside, 1.0, np.minimum(cost, 1.0))
    # Times at which the tried pictures appear, as numbers of rows around the centre: pictures of phones are not evenly spaced.
    base = source.times[:-1][centre]
    middle = float(moments.mean())

    def total(slope: float, offsets: NDArray[np.float64]) -> NDArray[np.float64]:
        wanted = slope * (moments - middle)[None] + offsets[:, None]
        place = np.clip((wanted - base[None]) / step + reach, 0, 2 * reach)
        low = np.minimum(place.astype(int), 2 * reach - 1)
        part = place - low
        index = np.arange(len(rows))[None]
        sums: NDArray[np.float64] = (cost[index, low] * (1 - part) + cost[index, low + 1] * part).mean(1)
        return sums

    offsets = line.at(middle) + np.arange(-REACH, REACH + 1e-9, step / 4)
    half = max(step, float(moments[-1] - moments[0]) / 2)
    slopes = line.slope + np.linspace(-2 * DRIFT, 2 * DRIFT, 2 * TURNS + 1) / half
    sums = np.stack([total(float(slope), offsets) for slope in slopes])
    at = np.unravel_index(int(sums.argmin()), sums.shape)
    slope, place = float(slopes[at[0]]), float(offsets[at[1]])
    if sums.min() > NO_BETTER or not SLOPES[0] <= slope <= SLOPES[-1]:
        return None
    if abs(slope - 1) <= max(UNITY, DRIFT / half):
        plain = total(1.0, offsets)
        if plain.min() <= sums.min() * AS_WELL + 1e-9:
            slope, place = 1.0, float(offsets[int(plain.argmin())])
    return replace(line, slope=slope, offset=place - slope * middle)


def _laid(grey: NDArray[np.uint8], warp: Warp) -> NDArray[np.float32]:
    if warp is IDENTITY:
        return grey.astype(np.float32)
    return np.stack([lay(one.astype(np.float32), warp) for one in grey])


def _disagreement(copy: NDArray[np.float32], grey: NDArray[np.uint8], there: NDArray[np.intp]) -> NDArray[np.float64]:
    """Rows x tried places: squared difference once the standing part, the contrast and the level of both are taken out."""
    n, tried = there.shape
    mine = copy.reshape(n, -1)
    inside = np.isfinite(mine).all(0)
    mine = mine[:, inside]
    used, where = np.unique(there, return_inverse=True)
    theirs = grey[used].reshape(len(used), -1)[:, inside].astype(np.float32)
    slope = _contrast(mine, theirs)
    a, b = mine - np.median(mine, 0), slope * (theirs - np.median(theirs, 0))
    table = (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T
    apart: NDArray[np.float64] = np.take_along_axis(table, where.reshape(n, tried), 1) / float(inside.sum())
    return apart


def _contrast(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> float:
    a, b = mine.mean(0), theirs.mean(0)
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip((a * b).sum() / max(1e-6, float((b * b).sum())), 0.3, 3.0))

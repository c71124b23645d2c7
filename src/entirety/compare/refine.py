"""Moves a candidate line until the clip lies on the recording as exactly as it can: to a fraction of a picture, and to a fraction of a percent of speed."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.geometry import IDENTITY, Warp, lay, positions, register
from entirety.compare.search import BACK, SLOPES, Line
from entirety.compare.strip import Strip

SAMPLED = 80
"""Pictures of the clip that take part, evenly over the line."""
REACH = 0.35
"""Seconds to either side that are tried: the search is right to a quarter of a second."""
DRIFTS = (0.24, 0.12, 0.04)
"""Seconds by which a line may be wrong at its ends from its slope alone, in turn: twice what the search allows, and less each time. Position
and line are found in turn as well, since each is only as good as the other."""
TURNS = 24
"""Changes of slope tried to either side."""
BETTER = 0.97
"""Disagreement, in that of pictures laid exactly over each other, below which another position is believed."""
PLAIN = 0.05
"""Speeds that editors offer are multiples of it; the nearest is taken where the pictures lie as well with it, since a short piece cannot tell."""
UNITY = 0.04
"""A speed within this of 1 may be 1."""
NO_BETTER = 0.97
"""Disagreement on the best line, in what each picture has with the places tried around: above it the clip lies there no better than beside it."""
AS_WELL = 1.1
"""Disagreement at speed 1, in that of the best speed, up to which it lies as well."""


def refine(line: Line, clip: Strip, source: Strip) -> tuple[Line, Warp] | None:
    """The line moved, and how the clip's pictures lie over the recording's; None where the clip lies there no better than beside it."""
    for drift in DRIFTS:
        warp = register(*pairs(line, clip, source, SAMPLED))
        fitted = _fit(line, clip, source, warp, drift)
        if fitted is None:
            return None
        line = fitted[0]
    return line, register(*pairs(line, clip, source, SAMPLED))


def settle(line: Line, clip: Strip, source: Strip, known: Sequence[Warp]) -> tuple[Line, Warp] | None:
    """As `refine`, for a line that is nearly right already: tries every position, `known` ones of other pieces too, and keeps what lies best."""
    best: tuple[Line, float] | None = None
    kept = IDENTITY
    for warp in (*positions(*pairs(line, clip, source, SAMPLED)), *known):
        moved: tuple[Line, float] | None = (line, 1.0)
        for drift in DRIFTS[1:]:
            moved = None if moved is None else _fit(moved[0], clip, source, warp, drift)
        if moved is not None and (best is None or moved[1] < best[1] * (1 if kept is not IDENTITY else BETTER)):
            best, kept = moved, warp
    return None if best is None else (best[0], kept)


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


def _fit(line: Line, clip: Strip, source: Strip, warp: Warp, drift: float) -> tuple[Line, float] | None:
    """The line moved by at most `drift` at its ends, and the disagreement left."""
    rows = clip_rows(line, clip, SAMPLED)
    if len(rows) < 3:
        return None
    moments = clip.times[rows]
    step = source.step
    reach = max(2, int(np.ceil((REACH + drift) / step)))
    tried = np.arange(-reach, reach + 1)
    centre = rows_at(source, line.slope * moments + line.offset)
    there = centre[:, None] + tried[None]
    outside = (there < 0) | (there >= len(source))
    used, where = np.unique(np.clip(there, 0, len(source) - 1), return_inverse=True)
    where = where.reshape(there.shape)
    # What changes tells places of a standing camera apart, what is shown those of a moving one.
    changed = _disagreement(_change(clip, rows, BACK, warp), _change(source, used, BACK * line.slope, IDENTITY), where)
    shown = _disagreement(_shown(clip, rows, warp), _shown(source, used, IDENTITY), where)
    cost = np.where(outside, 1.0, (changed + shown) / 2)
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
    slopes = line.slope + np.linspace(-drift, drift, 2 * TURNS + 1) / half
    sums = np.stack([total(float(slope), offsets) for slope in slopes])
    at = np.unravel_index(int(sums.argmin()), sums.shape)
    slope, place = float(slopes[at[0]]), float(offsets[at[1]])
    if sums.min() > NO_BETTER or not SLOPES[0] <= slope <= SLOPES[-1]:
        return None
    for plain, reach_of_it in ((1.0, UNITY), (round(slope / PLAIN) * PLAIN, 0.0)):
        if abs(slope - plain) <= max(reach_of_it, drift / half):
            again = total(plain, offsets)
            if again.min() <= sums.min() * AS_WELL + 1e-9:
                slope, place = plain, float(offsets[int(again.argmin())])
                break
    return replace(line, slope=slope, offset=place - slope * middle), float(sums.min())


def _change(strip: Strip, rows: NDArray[np.intp], back: float, warp: Warp) -> NDArray[np.float32]:
    """How the pictures differ from those `back` seconds before: what stands falls out, and with it bars, captions and the level of brightness."""
    before = rows_at(strip, strip.times[rows] - back)
    change = np.asarray(strip.grey[rows].astype(np.float32) - strip.grey[before].astype(np.float32))
    return change if warp is IDENTITY else np.stack([lay(one, warp) for one in change])


def _shown(strip: Strip, rows: NDArray[np.intp], warp: Warp) -> NDArray[np.float32]:
    """The pictures, level taken out."""
    pictures = strip.grey[rows].astype(np.float32)
    pictures = pictures if warp is IDENTITY else np.stack([lay(one, warp) for one in pictures])
    return np.asarray(pictures - np.nanmean(pictures, axis=(1, 2), keepdims=True))


def _disagreement(
    copy: NDArray[np.float32], source: NDArray[np.float32], where: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Rows x tried places: squared difference, the contrast of the copy put right, in what each picture has with the places tried around.

    Each picture counts alike, and one that lies nowhere here does not count: a candidate may reach beyond its piece.
    """
    mine, theirs = copy.reshape(len(copy), -1), source.reshape(len(source), -1)
    inside = np.isfinite(mine).all(0)
    a, b = mine[:, inside], theirs[:, inside]
    b = b * (float(a.std()) / max(1e-6, float(b.std())))
    table = (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T
    apart = np.take_along_axis(table, where, 1).astype(np.float64)
    return np.minimum(apart / np.maximum(np.median(apart, axis=1, keepdims=True), 1e-6), 1.0)

"""Whether two pictures show one scene in one framing, or unlike views: the border between hard-cut and jump-cut.

Where one picture does not continue the one before, hard-cut speaks if the views are unlike and jump-cut if they are alike, so that every
break belongs to exactly one of them. Two measures must agree that the views are unlike. The distribution of light over 144 blocks of the
picture is compared without regard to how bright or how rich in contrast it is as a whole; and the perceptual hashes, which compare edges
and shapes, must differ. A lamp changes the first and not the second, a thing that passes changes neither by much.
A telephone that is turned while it transmits shows the same scene on its side.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import DARK, FINE, bits, distances
from entirety.model.clip import Frames

LIKE = 0.8
"""Correlation of the 144 blocks from which two views are alike: cuts within the scene of a camera that stands lie at 0.81 and above, joins
of different recordings at 0.76 and below, drawn scenes of one pattern among them (validation, tuning half: 70 joins, 60 cuts)."""
FAR = 20
"""Bits of 128 (phash and dhash) from which two pictures can be unlike: joins differ by 26 and more, a flash, a lamp or a picture burnt
out by light by at most 19 (same clips)."""
LEAST_BLOCKS = 24
"""Blocks that must be left, a sixth of the picture: fewer say nothing about the whole. Chosen."""
PLAIN = 2.0
"""Grey levels by which the blocks must scatter: below, a view is empty and its pattern noise. Chosen: a white wall scatters by 1 to 3."""
FLAT = 4.0
"""Grey levels of contrast below which a picture is empty and its perceptual hash noise: a covered lens of the validation set leaves 0.5 to 3,
the darkest night scene 6."""
CHUNK = 4096
"""Rows worked on at a time: 4096 x 144 numbers are 2 MB, however long the film is."""

WIDTH, HEIGHT = 160, 90
"""Samples of the small picture, in which motion is told."""
ACROSS, DOWN = 16, 9
"""Blocks of `Frames.view`."""
BLOCKS = ACROSS * DOWN
Views = NDArray[np.uint16]


def unlike_views(frames: Frames, lag: int = 1) -> NDArray[np.bool_]:
    """For each picture, whether it shows another view than the one `lag` before; False in the first rows, and where one of both is empty."""
    filled = frames.contrast >= FLAT
    unlike = (likeness(frames, lag) < LIKE) & (distances(frames, lag) >= FAR)
    unlike[lag:] &= filled[lag:] & filled[: len(filled) - lag]
    return np.asarray(unlike, np.bool_)


def same_scene(frames: Frames, before: int, after: int) -> bool:
    """Whether two pictures show one view; also where one of them is empty, so that nothing tells them apart."""
    if min(frames.contrast[before], frames.contrast[after]) < FLAT or bits(frames, before, after) < FAR:
        return True
    alike = float(correlations(frames.view[[before]], frames.view[[after]])[0])
    return max(alike, _turned(frames, before, after)) >= LIKE


def likeness(frames: Frames, lag: int = 1) -> NDArray[np.float64]:
    """Correlation of each picture's view with that of the picture `lag` before; 1 in the first rows, and where either view is empty."""
    out = np.ones(len(frames))
    for first in range(lag, len(frames), CHUNK):
        rows = slice(first, min(first + CHUNK, len(frames)))
        out[rows] = correlations(frames.view[first - lag : rows.stop - lag], frames.view[rows])
    for row in np.flatnonzero(frames.width[lag:] != frames.width[:-lag]) + lag:
        out[row] = max(out[row], _turned(frames, int(row) - lag, int(row)))
    return out


def _turned(frames: Frames, before: int, after: int) -> float:
    """Correlation of the view with the one before as it lies when the camera is turned by a quarter; -1 where height and width are not swapped."""
    if (frames.width[before], frames.height[before]) != (frames.height[after], frames.width[after]):
        return -1.0
    upright = frames.view[before].reshape(DOWN, ACROSS).astype(np.float64)
    turned = [_shares(ACROSS, DOWN) @ np.rot90(upright, turns) @ _shares(DOWN, ACROSS).T for turns in (1, 3)]
    both = np.rint(np.stack(turned)).astype(np.uint16).reshape(2, -1)
    return float(correlations(both, frames.view[[after, after]]).max())


def _shares(old: int, new: int) -> NDArray[np.float64]:
    """New x old: how much of each new part of a line lies in each of the old parts."""
    edges = np.minimum(np.arange(1, new + 1)[:, None] / new, np.arange(1, old + 1) / old)
    starts = np.maximum(np.arange(new)[:, None] / new, np.arange(old) / old)
    return np.asarray(np.maximum(edges - starts, 0) * new, np.float64)


def correlations(one: Views, other: Views) -> NDArray[np.float64]:
    """Correlation of views, row by row, over the blocks that are not dark in both; 1 where too few blocks or too little pattern are left."""
    kept = np.maximum(one, other) >= DARK * FINE
    count = np.maximum(kept.sum(axis=1), 1)
    first, second = _centred(one, kept, count), _centred(other, kept, count)
    spreads = [np.sqrt(np.einsum("ij,ij->i", part, part) / count) for part in (first, second)]
    known = (kept.sum(axis=1) >= LEAST_BLOCKS) & (np.minimum(*spreads) >= PLAIN)
    product = np.einsum("ij,ij->i", first, second) / count
    scale = np.where(known, spreads[0] * spreads[1], 1.0)
    return np.where(known, product / scale, 1.0)


def _centred(views: Views, kept: NDArray[np.bool_], count: NDArray[np.intp]) -> NDArray[np.float64]:
    """Grey levels around the mean of the kept blocks; 0 in the others."""
    levels = np.where(kept, views / FINE, 0.0)
    return np.where(kept, levels - (levels.sum(axis=1) / count)[:, None], 0.0)

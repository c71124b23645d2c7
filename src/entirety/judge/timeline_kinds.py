"""Of which type each coded picture is, and its quantiser, whatever the codec: what the timeline draws of the coding itself."""

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import PICTURE_KINDS, Clip
from entirety.model.time import UNSET

LETTERS = ((1, "I"), (2, "P"), (3, "B"))
"""Codes that `kinds` gives, in the order of drawing: the largest first, so that the smaller ones stay visible before them."""
MERGED = np.array(["?IPB".index(letter) for letter in "?IPBPIPB"], np.int8)
"""From PICTURE_KINDS (?IPBSipb) to I, P and B: sprites are predicted, and switching pictures count with their like."""
SLICES = np.array([2, 3, 1, 2, 1], np.int8)
"""The same for slice_type of H.264: P, B, I, SP, SI."""


def kinds(clip: Clip) -> NDArray[np.int8]:
    """For each packet of the main video 1 for I, 2 for P, 3 for B, 0 where nothing says so: by its headers, else by the decoder."""
    if clip.headers is not None:
        own = clip.headers.slice_type
        return np.where((own >= 0) & (own < len(SLICES)), SLICES[np.clip(own, 0, 4)], 0).astype(np.int8)
    if clip.coded is not None and clip.coded.kind.any():
        return MERGED[np.clip(clip.coded.kind, 0, len(PICTURE_KINDS) - 1)]
    return _decoded(clip)


def quantisers(clip: Clip, types: NDArray[np.int8]) -> NDArray[np.int16]:
    """Quantiser of each packet that is of the most frequent type, -1 for all others: types differ by habit, and would only blur."""
    said = (
        clip.headers.slice_qp
        if clip.headers is not None
        else clip.coded.quantiser
        if clip.coded is not None
        else np.full(len(types), -1, np.int16)
    )
    counts = np.bincount(types[said >= 0], minlength=1)
    return np.where(types == counts.argmax(), said, -1).astype(np.int16)


def _decoded(clip: Clip) -> NDArray[np.int8]:
    """Types that the decoder gave the frames, at the packets of the same times."""
    frames, times = clip.frames, clip.packets.pts
    order = np.argsort(frames.pts, kind="stable")
    out = np.zeros(len(times), np.int8)
    if not len(order):
        return out
    at = order[np.minimum(np.searchsorted(frames.pts[order], times), len(order) - 1)]
    same = (frames.pts[at] == times) & (times != UNSET)
    out[same] = MERGED[np.clip(frames.kind[at[same]], 0, len(PICTURE_KINDS) - 1)]
    return out

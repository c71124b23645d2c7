"""Lays the pictures of a copy over those of the recording: copies are cropped by a few percent, scaled to another shape, or framed."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from entirety.model.signature import ACROSS, DOWN

PAIRS = 5
"""Pairs of pictures from which the position is taken; the median of their answers counts."""
MOST_SCALE, MOST_SHEAR, MOST_SHIFT = 0.35, 0.04, 9.0
"""Farthest from lying exactly: size (a crop of 15 % on each side), shear, and samples of the thumbnail."""
WORTH = 0.002
"""Correlation that must be won before a position other than the exact one is believed."""

OUTSIDE = -1e9
"""Stands for what lies outside a picture while it is moved: no mean of samples comes near it but where some of it is outside."""

Warp = NDArray[np.float32]
"""2 x 3: where in the copy a sample of the recording lies."""
IDENTITY: Warp = np.eye(2, 3, dtype=np.float32)

_EVERYWHERE = np.ones((DOWN, ACROSS), np.uint8)
_CRITERIA = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-4)


def register(copy: NDArray[np.float32], recording: NDArray[np.float32]) -> Warp:
    """Position of the pictures of `copy` (m x height x width) over the same pictures of the recording, by the likeness of the pictures."""
    best, most = IDENTITY, WORTH
    if not len(copy):
        return best
    chosen = _chosen(copy)
    for warp in positions(copy, recording)[1:]:
        gain = [_alike(lay(copy[k], warp), recording[k]) - _alike(copy[k], recording[k]) for k in chosen]
        if float(np.median(gain)) > most:
            best, most = warp, float(np.median(gain))
    return best


def positions(copy: NDArray[np.float32], recording: NDArray[np.float32]) -> list[Warp]:
    """Positions worth a trial, exactly one over the other first.

    From what stands, the mean of all pictures, which serves a standing camera; from where things move, which no logo takes part in; and from
    pairs of pictures one by one, which serves a moving camera.
    """
    if not len(copy):
        return [IDENTITY]
    chosen = _chosen(copy)
    answers = [one for k in chosen if (one := _pair(copy[k], recording[k])) is not None]
    ways = [_pair(copy.mean(0), recording.mean(0)), _pair(copy.std(0), recording.std(0))]
    if len(answers) > len(chosen) // 2:
        ways.append(np.median(np.stack(answers), axis=0).astype(np.float32))
    return [IDENTITY, *(one for one in ways if one is not None and _sane(one))]


def _chosen(copy: NDArray[np.float32]) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, len(copy) - 1, PAIRS).astype(int))


def lay(picture: NDArray[np.float32], warp: Warp) -> NDArray[np.float32]:
    """One picture of the copy where the recording has it; what lies outside the copy is NaN."""
    height, width = picture.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(
        picture, warp, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=OUTSIDE
    )
    return _without_outside(laid)


def lay_back(picture: NDArray[np.float32], warp: Warp) -> NDArray[np.float32]:
    """One picture of the recording where the copy has it; what lies outside the recording is NaN."""
    height, width = picture.shape
    laid = cv2.warpAffine(
        picture, warp, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=OUTSIDE
    )
    return _without_outside(laid)


def _without_outside(laid: MatLike) -> NDArray[np.float32]:
    """What lies outside as NaN, which a value that only borders on it must not become."""
    values = np.asarray(laid, np.float32)
    return np.where(values < OUTSIDE / 1e5, np.float32(np.nan), values)


def _pair(copy: NDArray[np.float32], recording: NDArray[np.float32]) -> Warp | None:
    if float(copy.std()) < 1 or float(recording.std()) < 1:
        return None
    try:
        _, warp = cv2.findTransformECC(recording, copy, IDENTITY.copy(), cv2.MOTION_AFFINE, _CRITERIA, _EVERYWHERE, 3)
    except cv2.error:
        return None
    return np.asarray(warp, np.float32)


def _sane(warp: Warp) -> bool:
    scale, shear, shift = (warp[0, 0], warp[1, 1]), (warp[0, 1], warp[1, 0]), warp[:, 2]
    return bool(
        np.isfinite(warp).all()
        and max(abs(float(s) - 1) for s in scale) <= MOST_SCALE
        and max(abs(float(s)) for s in shear) <= MOST_SHEAR
        and float(np.abs(shift).max()) <= MOST_SHIFT
    )


def _alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    both = np.isfinite(one)
    a, b = one[both] - one[both].mean(), other[both] - other[both].mean()
    return float((a * b).sum() / max(1e-6, float(np.sqrt((a * a).sum() * (b * b).sum()))))

"""Views written by hand: two that are unlike each other, and clips that pass from one to the other in every way that the checks tell apart."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detect.clips import BLOCKS, TICKS, make_clip, ripple
from entirety.model.clip import Clip

N, AT = 200, 100
FINE = 256
HASH = 0x0F0F_3C3C_5A5A_9696
OTHER = HASH ^ ((1 << 30) - 1)


def pattern(turn: int) -> NDArray[np.float64]:
    """Brightness of 144 blocks, grey levels; patterns of two turns are unlike."""
    column, line = np.tile(np.arange(16), 9), np.repeat(np.arange(9), 16)
    waves = np.sin(column * (0.5 + turn) + turn) * np.cos(line * (0.7 + turn / 3))
    return np.asarray(110 + 50 * waves, np.float64)


FIRST, SECOND = pattern(0), pattern(1)


def shares(n: int, start: int, length: int) -> NDArray[np.float64]:
    """How much of the second view each picture holds: none up to `start`, all from `length` pictures later on."""
    return np.clip((np.arange(n) - start) / max(length, 1), 0, 1)


def mixed(share: NDArray[np.float64], **columns: Any) -> Clip:
    """A clip whose pictures hold such shares of two views; n values, or n x 144 where each block has its own."""
    n = len(share)
    each = share if share.ndim == 2 else np.repeat(share[:, None], BLOCKS, axis=1)
    tremble = 0.2 * np.sin(np.arange(n)[:, None] * 1.3 + np.arange(BLOCKS))
    levels = FIRST * (1 - each) + SECOND * each + tremble
    whole = each.mean(axis=1)
    step = np.abs(np.diff(each, axis=0, prepend=each[:1]))
    rest = np.where(step > 0.3, 60, 8)
    hashes = np.where(whole < 0.5, HASH, OTHER).astype(np.uint64)
    plain: dict[str, Any] = {
        "view": np.asarray(np.rint(levels * FINE), np.uint16),
        "rest": rest.astype(np.uint8),
        "phash": hashes,
        "dhash": hashes.copy(),
        "contrast": levels.std(axis=1).astype(np.float32),
        "luma": ripple(n, 110, 1),
    }
    return make_clip(n, **{**plain, **columns})


def cut(at: int = AT, n: int = N, **columns: Any) -> Clip:
    """From frame `at` on the other view is seen."""
    return mixed((np.arange(n) >= at).astype(np.float64), **columns)


def shown(first: int, end: int, n: int = N, **columns: Any) -> Clip:
    """The other view is seen from frame `first` up to before frame `end`."""
    return mixed(((np.arange(n) >= first) & (np.arange(n) < end)).astype(np.float64), **columns)


def bits(count: int, rows: slice = slice(AT, None), n: int = N) -> NDArray[np.uint64]:
    """One perceptual hash throughout, with `count` of its bits turned in some rows."""
    column = np.full(n, HASH, np.uint64)
    column[rows] ^= np.uint64((1 << count) - 1)
    return column


def later(pictures: int, at: int = AT) -> NDArray[np.int64]:
    """Time stamps that leave out this many pictures before frame `at`."""
    return np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) >= at) * pictures * TICKS

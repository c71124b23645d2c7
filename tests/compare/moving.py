"""Signatures of drawn footage, without a file: a standing background before which things move."""

import hashlib
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Custody, Packets
from entirety.model.signature import ACROSS, DOWN, Signature

Greys = NDArray[np.uint8]


def footage(seed: int, seconds: float, *, rate: int = 25, camera: int = 0, things: int = 3) -> Greys:
    """Thumbnails of a fixed camera, n x DOWN x ACROSS; the same `camera` has the same background whatever the seed."""
    back = np.random.default_rng(camera).normal(120, 35, (DOWN, ACROSS))
    chance = np.random.default_rng([seed, 99])
    t = np.arange(round(seconds * rate)) / rate
    y, x = np.mgrid[:DOWN, :ACROSS]
    pictures = np.repeat(back[None], len(t), axis=0)
    for _ in range(things):
        size, light = chance.uniform(1.5, 4), chance.uniform(40, 90) * chance.choice([-1, 1])
        # Sums of slow waves: it wanders, and never takes the same way twice.
        waves = chance.uniform(0.05, 0.4, (2, 3)), chance.uniform(0, 6.3, (2, 3))
        at = [(np.sin(6.28 * waves[0][k] * t[:, None] + waves[1][k]).sum(axis=1) / 5 + 0.5) for k in (0, 1)]
        far = ((x - at[0][:, None, None] * ACROSS) / size) ** 2 + ((y - at[1][:, None, None] * DOWN) / size) ** 2
        pictures += light * np.exp(-far)
    return np.asarray(np.clip(pictures, 0, 255), np.uint8)


def encoded(greys: Greys, seed: int, noise: float = 1.5) -> Greys:
    """Another encoding of it: brighter, with less contrast, and with errors of its own."""
    errors = np.random.default_rng([seed, 5]).normal(0, noise, greys.shape)
    return np.asarray(np.clip(greys * 0.9 + 15 + errors, 0, 255), np.uint8)


def signature(greys: Greys, name: str = "clip.mp4", *, rate: int = 25, start: int = 0) -> Signature:
    """A recording with these thumbnails; equal thumbnails have equal hashes, as equal pictures do."""
    count = len(greys)
    hashes = [hashlib.sha256(grey.tobytes()).digest() for grey in greys]
    sha256 = np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 32)
    pts = np.arange(count, dtype=np.int64) * 1000 // rate + start
    empty, none = np.empty(0, np.int64), np.empty(0, np.bool_)
    return Signature(
        custody=Custody(name, count, hashlib.sha256(name.encode()).hexdigest(), "2026-01-01T00:00:00Z"),
        start=Fraction(start, 1000),
        time_base=Fraction(1, 1000),
        codec="h264",
        width=640,
        height=360,
        pts=pts,
        duration=np.full(count, 1000 // rate, np.int64),
        sha256=sha256,
        grey=greys,
        phash=np.zeros(count, np.uint64),
        packets=Packets(empty, empty, empty, empty, empty, none, none, none, np.empty((0, 32), np.uint8)),
        sound=None,
        decoder="drawn",
    )

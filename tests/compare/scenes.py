"""Drawn footage for the comparison of pictures, without a file: things that move before what stands, or before a hand-held camera."""

import hashlib
from fractions import Fraction
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.compare.pictures import by_pictures
from entirety.compare.strip import Strip
from entirety.compare.usual import Way, usual
from entirety.model.clip import Custody, Packets
from entirety.model.coverage import Piece
from entirety.model.signature import ACROSS, DOWN, Signature

Greys = NDArray[np.uint8]
Window = tuple[float, float, float, float]
RATE = 10
"""Pictures a second: as few as make a second of footage ten pictures, so that the tests are quick."""
WHOLE: Window = (0, 1, 0, 1)


def footage(
    seed: int,
    times: NDArray[np.float64],
    *,
    camera: int = 0,
    hand: bool = False,
    things: int = 3,
    window: Window = WHOLE,
) -> Greys:
    """Thumbnails of a scene at these seconds; equal `camera` have one background. `window`: left, right, top and bottom of what is kept of it."""
    wide = cv2.GaussianBlur(
        np.random.default_rng(camera).normal(0, 1, (DOWN * 4, ACROSS * 4)).astype(np.float32), (0, 0), 3
    )
    wide = 120 + wide * (35 / wide.std())
    chance = np.random.default_rng([seed, 99])
    waves = [(chance.uniform(0.05, 0.4, (2, 3)), chance.uniform(0, 6.3, (2, 3))) for _ in range(things + 1)]
    looks = [(chance.uniform(3, 7), chance.uniform(40, 90) * chance.choice([-1, 1])) for _ in range(things)]
    left, right, top, bottom = window
    # Twice as fine as the thumbnail, which is its mean over equal areas.
    across = ACROSS * 2 * (left + (right - left) * (np.arange(ACROSS * 2) + 0.5) / (ACROSS * 2)) - 0.5
    down = DOWN * 2 * (top + (bottom - top) * (np.arange(DOWN * 2) + 0.5) / (DOWN * 2)) - 0.5
    x, y = (axis.astype(np.float32) for axis in np.meshgrid(across, down))
    pictures = []
    for t in times:
        ways = [(np.sin(6.28 * speed * t + phase).sum(axis=1) / 5 + 0.5) for speed, phase in waves]
        aside, below = (ways[-1] * 40 if hand else np.array([20.0, 20.0])) + 20
        picture = cv2.remap(wide, x + np.float32(aside), y + np.float32(below), cv2.INTER_LINEAR)
        for (size, light), way in zip(looks, ways, strict=False):
            far = ((x - way[0] * ACROSS * 2) / size) ** 2 + ((y - way[1] * DOWN * 2) / size) ** 2
            picture += light * np.exp(-far)
        pictures.append(cv2.resize(picture, (ACROSS, DOWN), interpolation=cv2.INTER_AREA))
    return np.asarray(np.clip(pictures, 0, 255), np.uint8)


def at(first: float, end: float, rate: float = RATE) -> NDArray[np.float64]:
    """Seconds of the pictures of a stretch."""
    return first + np.arange(round((end - first) * rate)) / rate


@cache
def recording(*, hand: bool = False) -> Greys:
    """Twelve seconds, 120 pictures, of one scene: what the copies of the tests are taken from."""
    drawn = footage(1, at(0, 12), hand=hand)
    drawn.setflags(write=False)
    return drawn


def encoded(greys: Greys, seed: int = 5, contrast: float = 0.9, level: float = 15, noise: float = 1.2) -> Greys:
    """Another encoding of it: other contrast and brightness, and errors of its own."""
    errors = np.random.default_rng([seed, 5]).normal(0, noise, greys.shape)
    return np.asarray(np.clip(greys * contrast + level + errors, 0, 255), np.uint8)


def captioned(greys: Greys) -> Greys:
    """The pictures with a bright bar laid over the lower part."""
    laid = greys.copy()
    laid[:, 21:25, 8:40] = 230
    return laid


def signature(greys: Greys, *, rate: int = RATE) -> Signature:
    """A recording with these thumbnails."""
    count, empty, none = len(greys), np.empty(0, np.int64), np.empty(0, np.bool_)
    return Signature(
        custody=Custody("drawn.mp4", count, hashlib.sha256(greys.tobytes()).hexdigest(), "2026-01-01T00:00:00Z"),
        start=Fraction(0),
        time_base=Fraction(1, 3000),
        codec="h264",
        width=640,
        height=360,
        pts=np.arange(count, dtype=np.int64) * (3000 // rate),
        duration=np.full(count, 3000 // rate, np.int64),
        sha256=np.zeros((count, 32), np.uint8),
        grey=greys,
        phash=np.zeros(count, np.uint64),
        packets=Packets(empty, empty, empty, empty, empty, none, none, none, np.empty((0, 32), np.uint8)),
        sound=None,
        decoder="drawn",
    )


def as_strip(greys: Greys, rate: float = RATE) -> Strip:
    """The thumbnails as they are, evenly spaced."""
    return Strip(greys, np.arange(len(greys) + 1) / rate)


def as_way(one: Strip) -> Way:
    """The strip with what is usual in it."""
    return Way(one, usual(one))


def found(clip: Greys, source: Greys, *, rate: int = RATE, gaps: list[tuple[int, int]] | None = None) -> list[Piece]:
    """Pieces of the source in the clip, which has `rate` pictures a second."""
    whole = [(0, len(clip))] if gaps is None else gaps
    return by_pictures(signature(clip, rate=rate), signature(source), whole)


def ranges(pieces: list[Piece]) -> list[tuple[int, int, int, int]]:
    """Pictures of the clip and of the source that each piece spans."""
    return [(one.clip_first, one.clip_end, one.source_first, one.source_end) for one in pieces]


def near(pieces: list[Piece], expected: list[tuple[int, int, int, int]], within: int = 1) -> bool:
    """Whether the pieces are the expected ones, up to some pictures at each boundary."""
    mine = ranges(pieces)
    return len(mine) == len(expected) and bool(np.all(np.abs(np.array(mine) - np.array(expected)) <= within))

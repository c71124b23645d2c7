"""Searches the whole clip for pictures that show what an earlier picture shows, although something else was seen in between.

Every few pictures, one that moves is held against all earlier ones by the brightness of 48 parts. Where pictures in a row find their
likeness at one distance in time, or mirrored around one moment, a sequence may have come back; whether it did is decided in
`repeated_sequences`, picture by picture. The likeness of all pairs is a product of matrices, taken in blocks: an hour in which everything
moves (108,000 pictures, drawn) took 18 s on one core that was shared, and 65 MB beside the clip.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import FINE
from entirety.detect.busiest_blocks import BUSIEST
from entirety.detect.jump_blocks import largest
from entirety.model.clip import Frames

PARTS, POOL = 48, 3
"""3 x 16 parts of three blocks one above the other: half of what a walking person covers at 20 m, and a third of the work of 144."""
SCALE, MOST_LEVEL = 128, 400
"""Parts are kept in half grey levels, at most 200 away from their middle in the clip: squares of 48 of them stay whole in single precision,
so that every machine finds the same."""
SPACING_S, WIDEST = 0.2, 6
"""Seconds, and pictures at most, from one picture that is held against the others to the next: of a second three to five are tried."""
APART_S, LEAST_APART, MOST_APART = 0.45, 5, 12
"""Seconds, and pictures, by which a likeness must lie back: what is nearer is the same movement."""
THIN = 2
"""Of the pictures that are held against, every second one: its neighbour is nearly as alike, and what fits best is found afterwards."""
CHUNK = 8
"""Of those, neighbours among which only the most alike counts."""
BATCH = 64
"""Pictures that are tried at a time: their alikeness to the 54,000 of an hour takes 14 MB."""
CANDIDATES = 4
"""Likenesses kept of each picture that is tried."""
AGREE = 3
"""Pictures by which the distances in time of two likenesses may differ and still be one: neighbours are nearly as alike."""
MOVING = 0.5
"""Grey levels by which the 24 blocks that move most must change over six pictures, for a picture to be told from its neighbours (tuning half:
the sensor's noise alone reaches 0.4)."""
STEP = 3
"""Pictures before and after between which movement is measured."""
MOST = 2000
"""Agreements that are looked at picture by picture; a clip that has more shows the same movement all the time."""

Levels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The picture at `row` looks like the earlier one at `like`; so do its neighbours, in the same order or backwards."""

    row: int
    like: int
    backwards: bool


def spacing(frames: Frames) -> tuple[int, int]:
    """Pictures from one that is tried to the next, and pictures by which a likeness must lie back, at this clip's rate."""
    steps = np.diff(frames.times)
    usual = float(np.median(steps[np.isfinite(steps) & (steps > 0)])) if (steps > 0).any() else 0.04
    rows = max(1, min(WIDEST, round(SPACING_S / usual)))
    return rows, max(LEAST_APART, min(MOST_APART, round(APART_S / usual)))


def movement(view: NDArray[np.uint16], rows: NDArray[np.int64]) -> Levels:
    """Change of each block over six pictures around each of these rows, grey levels."""
    after, before = view[rows + STEP].astype(np.float32), view[rows - STEP].astype(np.float32)
    return np.asarray(np.abs(after - before) / FINE, np.float32)


def likenesses(frames: Frames) -> list[Likeness]:
    """Every one that a second picture agrees with, at most MOST with the longest rows, in the order of showing."""
    step, apart = spacing(frames)
    tried = np.arange(max(apart, STEP), len(frames) - STEP, step)
    moving = [row for row in tried if largest(movement(frames.view, np.array([row])), BUSIEST)[0] >= MOVING]
    found = list(_found(frames.view, np.array(moving, np.int64), apart))
    agreed = [
        *_agreed([(row, like, row - like) for row, like in found], step, backwards=False),
        *_agreed([(row, like, row + like) for row, like in found], step, backwards=True),
    ]
    # The longest rows first: what agrees by chance agrees twice.
    longest = sorted(agreed, key=lambda pair: (-pair[0], pair[1].row, pair[1].like))[:MOST]
    return sorted((one for _, one in longest), key=lambda one: (one.row, one.like))


def _found(view: NDArray[np.uint16], rows: NDArray[np.int64], apart: int) -> Iterator[tuple[int, int]]:
    """Row and earlier row of the most alike pictures."""
    every = _parts(view)
    parts = every[::THIN]
    count = -(-len(parts) // CHUNK) * CHUNK
    # Alikeness is the product of two pictures less half of the other one's square: the last line takes that along.
    table = np.full((PARTS + 1, count), 0, np.float32)
    table[:PARTS, : len(parts)] = parts.T
    table[PARTS] = -MOST_LEVEL * MOST_LEVEL * PARTS
    table[PARTS, : len(parts)] = -np.rint(np.square(parts).sum(axis=1) / 2)
    for start in range(0, len(rows), BATCH):
        block = rows[start : start + BATCH]
        end = -(-int(block[-1]) // (CHUNK * THIN)) * CHUNK
        alike = np.concatenate([every[block], np.ones((len(block), 1), np.float32)], axis=1) @ table[:, :end]
        for row, line in zip(block, alike, strict=True):
            line[-(-int(row - apart) // THIN) :] = -np.inf
        chunks = alike.reshape(len(block), -1, CHUNK)
        best, place = chunks.max(axis=2), chunks.argmax(axis=2)
        for number, row in enumerate(block):
            for chunk in _highest(best[number]):
                yield int(row), THIN * (int(chunk) * CHUNK + int(place[number, chunk]))


def _highest(best: Levels) -> NDArray[np.int64]:
    """Chunks that are more alike than both neighbours, the most alike first."""
    edge = np.full(1, -np.inf, np.float32)
    before, after = np.concatenate([edge, best[:-1]]), np.concatenate([best[1:], edge])
    peaks = np.flatnonzero(np.isfinite(best) & (best >= before) & (best >= after))
    return np.asarray(peaks[np.argsort(-best[peaks], kind="stable")[:CANDIDATES]], np.int64)


def _parts(view: NDArray[np.uint16]) -> Levels:
    """N x 48 half grey levels around the middle of the clip, whole numbers."""
    out = np.empty((len(view), PARTS), np.float32)
    for first in range(0, len(view), 4096):
        block = view[first : first + 4096].reshape(-1, POOL, 9 // POOL, 16)
        out[first : first + 4096] = np.rint(block.mean(axis=2).reshape(-1, PARTS) / SCALE)
    out -= np.rint(np.median(out[:: max(1, len(out) // 4096)], axis=0))
    return np.clip(out, -MOST_LEVEL, MOST_LEVEL)


def _agreed(found: list[tuple[int, int, int]], step: int, *, backwards: bool) -> Iterator[tuple[int, Likeness]]:
    """Likenesses whose distance (or, backwards, mirror) is that of another picture shortly before, with how many in a row there are."""
    last: dict[int, tuple[int, int]] = {}
    for row, like, place in sorted(found):
        near = [last[k] for k in range(place - AGREE, place + AGREE + 1) if k in last]
        chain = 1 + max((chain for other, chain in near if 0 < row - other <= 2 * step), default=0)
        if chain > 1:
            yield chain, Likeness(row, like, backwards)
        last[place] = row, chain

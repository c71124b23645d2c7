"""Which of many clips share footage: equal pictures first, then pictures in which the same things move.

Looks for footage at the same speed in both clips. Crops, mirrored pictures and other speeds are for the comparison of two files, which
knows what it is looking for; the index of a whole folder is not asked for them.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from entirety.compare.motion_hash import BACK, MotionHashes, earlier, motion_hashes
from entirety.compare.overlap_equal import EqualRun, equal_runs
from entirety.compare.overlap_lines import ALIKE, SAME_LINE, Stretch, agreeing, likeness, nearest, shared
from entirety.model.coverage import Layer
from entirety.model.overlap import Overlap, Rows
from entirety.model.signature import Signature


def hashed(signature: Signature) -> MotionHashes:
    """The motion hashes of one clip."""
    return motion_hashes(signature.grey, signature.times[:-1])


def overlaps(signatures: Sequence[Signature], hashes: Sequence[MotionHashes] | None = None) -> tuple[Overlap, ...]:
    """Every stretch of footage that two of the clips share, in order of the clips. `hashes` where they are known already."""
    known = [hashed(signature) for signature in signatures] if hashes is None else hashes
    found = [_equal(signatures, run) for run in equal_runs(signatures)]
    by_pair: dict[tuple[int, int], list[Overlap]] = {}
    for exact in found:
        by_pair.setdefault(exact.clips, []).append(exact)
    for first, second, stretch in agreeing(known):
        of_pair = by_pair.setdefault((first, second), [])
        overlap = (
            None
            if _is_found(of_pair, stretch.offset, stretch.rows[0])
            else _alike(signatures, (first, second), stretch)
        )
        if overlap is not None and not _is_found(of_pair, float(overlap.offset), overlap.rows[0]):
            of_pair.append(overlap)
    every = [one for of_pair in by_pair.values() for one in of_pair]
    return tuple(sorted(every, key=lambda one: (one.clips, one.spans)))


def _equal(signatures: Sequence[Signature], run: EqualRun) -> Overlap:
    one, other = (signatures[number] for number in run.clips)
    first, second = ((row, row + run.count) for row in run.first)
    spans = _spans(one, first), _spans(other, second)
    layer = Layer.PACKETS if run.packets else Layer.FRAMES
    offset = one.begin(first[0]) - other.begin(second[0])
    return Overlap(run.clips, offset, (first, second), spans, layer, spans[0][1] - spans[0][0], None, None)


def _alike(signatures: Sequence[Signature], clips: tuple[int, int], stretch: Stretch) -> Overlap | None:
    """The overlap with its offset exact to a picture; None where the thumbnails do not agree with the hashes."""
    one, other = (signatures[number] for number in clips)
    near, alike = likeness(one, other, stretch)
    if alike < ALIKE:
        return None
    here, there = one.times[:-1], other.times[:-1]
    # A hash vouches for two pictures: its own and the one it was held against.
    first, end = int(earlier(here)[stretch.rows[0][0]]), stretch.rows[0][1]
    rows = np.arange(first, end)
    rows = rows[(here[rows] - near >= there[0] - BACK / 8) & (here[rows] - near <= there[-1] + BACK / 8)]
    beside = nearest(there, here[rows] - near)
    middle = int(np.argsort(here[rows] - there[beside], kind="stable")[len(rows) // 2])
    offset = one.begin(int(rows[middle])) - other.begin(int(beside[middle]))
    mine, theirs = (int(rows[0]), int(rows[-1]) + 1), (int(beside[0]), int(beside[-1]) + 1)
    return Overlap(
        clips,
        offset,
        (mine, theirs),
        (_spans(one, mine), _spans(other, theirs)),
        Layer.PICTURES,
        Fraction(round(stretch.moving * 1000), 1000),
        round(stretch.differing, 2),
        round(alike, 3),
    )


def _spans(signature: Signature, rows: tuple[int, int]) -> tuple[Fraction, Fraction]:
    return signature.begin(rows[0]), signature.begin(rows[1])


def _is_found(of_pair: Sequence[Overlap], offset: float, rows: Rows) -> bool:
    return any(abs(float(one.offset) - offset) <= SAME_LINE and shared(one.rows[0], rows) for one in of_pair)

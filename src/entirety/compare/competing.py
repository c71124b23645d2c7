"""Where several pieces claim the same pictures of the clip: which one names them, and which pieces go on from each other."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.compare.packet_runs import REORDERED
from entirety.compare.runs import Rows, numbered
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

FEWEST = 3
"""Pictures that must be left of a piece matched by looks for the rest to be worth naming."""
ALIKE = Fraction(1, 100)
"""Share by which the speeds of two pieces matched by looks may differ and still be one: to this, speed is named at all."""


def continues(before: Piece, after: Piece) -> bool:
    """Whether a piece goes on where the one before it ends, in the clip and in the recording, at the same speed and in the same direction."""
    if before.source != after.source or before.clip_end != after.clip_first or before.mirrored != after.mirrored:
        return False
    loose = Layer.PICTURES in (before.matched_by, after.matched_by)
    pace = abs(before.speed - after.speed) <= (ALIKE * before.speed if loose else 0)
    single = 1 in (before.clip_end - before.clip_first, after.clip_end - after.clip_first)
    if not (pace or single):
        return False
    # One picture has no direction of its own.
    onward = not (before.reversed or after.reversed) and before.source_end == after.source_first
    backward = after.source_end == before.source_first and (before.reversed or after.reversed)
    return onward or (backward and (before.reversed == after.reversed or single))


def grown(clip: Signature, source: Signature, found: Sequence[Piece], left: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pictures beside exact pieces that equal the next picture of the recording: too few or too still to be placed but by the piece they touch."""
    if not left or not found:
        return []
    rows, places = numbered(clip.sha256, source.sha256)
    free, made = np.zeros(len(clip), np.bool_), list[Piece]()
    for first, end in left:
        free[first:end] = True
    for piece in sorted(found, key=lambda one: one.clip_first):
        even = piece.clip_end - piece.clip_first == piece.source_end - piece.source_first
        if not even and not piece.packets:
            continue
        beside = _after(clip, source, piece, (rows, places), free)
        for one in beside:
            free[one.clip_first : one.clip_end] = False
        back = slice(None, piece.clip_first)
        there, step = (piece.source_end, 1) if piece.reversed else (piece.source_first - 1, -1)
        count = _equal(rows[back][::-1], free[back][::-1], _towards(places, there, step))
        if count:
            beside.append(_beside(clip, source, piece, -count))
            free[beside[-1].clip_first : beside[-1].clip_end] = False
        made += beside
    return made


def ranked(clip: Signature, sources: Sequence[Signature], pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that share no picture of the clip: exact before likeness, then the longer, then equal packets, then the recording named first."""
    free, kept = np.ones(len(clip), np.bool_), list[Piece]()
    for piece in sorted(pieces, key=_rank):
        open_rows = free[piece.clip_first : piece.clip_end]
        edges = np.flatnonzero(np.diff(np.concatenate([[False], open_rows, [False]]).astype(np.int8)))
        for a, b in (edges + piece.clip_first).reshape(-1, 2).tolist():
            if piece.matched_by is not Layer.PICTURES or b - a >= FEWEST:
                kept.append(part(clip, sources[piece.source], piece, a, b))
                free[a:b] = False
    return sorted(kept, key=lambda one: one.clip_first)


def part(clip: Signature, source: Signature, piece: Piece, first: int, end: int) -> Piece:
    """The part of a piece within the clip's pictures [first, end)."""
    if (first, end) == (piece.clip_first, piece.clip_end):
        return piece
    low, high = _rows(clip, source, piece, first, end)
    return replace(
        piece,
        clip_first=first,
        clip_end=end,
        source_first=low,
        source_end=high,
        clip_span=(clip.begin(first), clip.end(end - 1)),
        source_span=(source.begin(low), source.end(high - 1)),
        packets=piece.packets * (end - first) // (piece.clip_end - piece.clip_first),
    )


def _rows(clip: Signature, source: Signature, piece: Piece, first: int, end: int) -> tuple[int, int]:
    """Which pictures of the recording a part of a piece shows: counted where each picture has its own, else by time."""
    skipped, count = first - piece.clip_first, end - first
    if piece.clip_end - piece.clip_first == piece.source_end - piece.source_first:
        low = piece.source_end - skipped - count if piece.reversed else piece.source_first + skipped
        return low, low + count
    gone = [piece.speed * (clip.begin(row) - piece.clip_span[0]) for row in (first, end)]
    if piece.reversed:
        times = [float(piece.source_span[1] - gone[1]), float(piece.source_span[1] - gone[0])]
    else:
        times = [float(piece.source_span[0] + gone[0]), float(piece.source_span[0] + gone[1])]
    middles = (source.times[:-1] + source.times[1:]) / 2
    low, high = (int(row) for row in np.searchsorted(middles, times))
    low = min(max(low, piece.source_first), piece.source_end - 1)
    return low, min(max(high, low + 1), piece.source_end)


def _rank(piece: Piece) -> tuple[bool, int, bool, int, int]:
    return (
        piece.matched_by is Layer.PICTURES,
        piece.clip_first - piece.clip_end,
        piece.matched_by is not Layer.PACKETS,
        piece.source,
        piece.clip_first,
    )


def _towards(places: Rows, first: int, step: int) -> Rows:
    """Rows of the recording from `first` on, upwards or downwards."""
    return places[first:] if step > 0 else places[: first + 1][::-1]


def _equal(rows: Rows, free: NDArray[np.bool_], places: Rows) -> int:
    """How many free rows from the first on equal those of the recording."""
    count = min(len(rows), len(places))
    same = (rows[:count] == places[:count]) & free[:count]
    return count if same.all() else int(same.argmin())


def _after(
    clip: Signature, source: Signature, piece: Piece, ids: tuple[Rows, Rows], free: NDArray[np.bool_]
) -> list[Piece]:
    """What goes on after a piece; and the last picture of a copy, stored before some that are shown before it and that the copy lacks."""
    rows, places = ids
    there, step = (piece.source_first - 1, -1) if piece.reversed else (piece.source_end, 1)
    count = _equal(rows[piece.clip_end :], free[piece.clip_end :], _towards(places, there, step))
    done = [_beside(clip, source, piece, count)] if count else []
    at, after = piece.clip_end + count, piece.source_end + count
    if piece.reversed or not free[at : at + 1].any():
        return done
    found = np.flatnonzero(places[after : after + REORDERED + 1] == rows[at])
    if len(found) == 1:
        row = after + int(found[0])
        span, place = (clip.begin(at), clip.end(at)), (source.begin(row), source.end(row))
        one = _beside(clip, source, piece, 1)
        done.append(
            replace(
                one,
                clip_first=at,
                clip_end=at + 1,
                source_first=row,
                source_end=row + 1,
                clip_span=span,
                source_span=place,
            )
        )
    return done


def _beside(clip: Signature, source: Signature, piece: Piece, count: int) -> Piece:
    """The stretch of `count` pictures that goes on from a piece; of as many before it where `count` is below 0."""
    size = abs(count)
    first = piece.clip_end if count > 0 else piece.clip_first - size
    low = piece.source_end if (count > 0) != piece.reversed else piece.source_first - size
    return replace(
        piece,
        clip_first=first,
        clip_end=first + size,
        source_first=low,
        source_end=low + size,
        clip_span=(clip.begin(first), clip.end(first + size - 1)),
        source_span=(source.begin(low), source.end(low + size - 1)),
        matched_by=Layer.FRAMES,
        uncertainty=0,
        packets=0,
    )

"""Holds a clip against recordings: the pieces, what each recording has that the clip lacks, and what the clip has of something else.

Three layers are asked in turn, strictest first, and each only about pictures that the stricter ones did not find. Each recording is
searched by itself, so that footage which two recordings hold is missing from neither; in the clip it is then named once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.compare.competing import continues, grown, ranked
from entirety.compare.exact import by_frames, by_packets
from entirety.compare.pictures import by_pictures
from entirety.compare.sounds import with_sound
from entirety.model.coverage import Coverage, Foreign, Layer, Missing, Piece, Recording
from entirety.model.signature import Signature

STILL = 6
"""Grey levels by which no part of a standing picture's thumbnail may leave the others: chosen and not measured; it only words a note."""


def cover(clip: Signature, sources: Sequence[Signature]) -> Coverage:
    """Which parts of the recordings are in the clip."""
    own = [_found(clip, source, index) for index, source in enumerate(sources)]
    pieces = _joined(ranked(clip, sources, [piece for found in own for piece in found]))
    return Coverage(
        clip=_recording(clip),
        sources=tuple(_recording(source) for source in sources),
        pieces=with_sound(clip, sources, pieces),
        missing=tuple(part for index, source in enumerate(sources) for part in _missing(source, index, own[index])),
        foreign=tuple(_foreign(clip, pieces)),
    )


def gaps(rows: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What ranges leave free of [0, rows)."""
    free = np.ones(rows, np.bool_)
    for first, end in taken:
        free[first:end] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _found(clip: Signature, source: Signature, index: int) -> list[Piece]:
    """All pieces of one recording, in the order of the clip."""
    found = by_packets(clip, source)
    if left := _left(clip, found):
        found += by_frames(clip, source, left)
    found += grown(clip, source, found, _left(clip, found))
    if left := _left(clip, found):
        found += by_pictures(clip, source, left)
    return _joined([replace(piece, source=index) for piece in found])


def _left(clip: Signature, found: Sequence[Piece]) -> list[tuple[int, int]]:
    return gaps(len(clip), [(piece.clip_first, piece.clip_end) for piece in found])


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in the order of the clip; neighbours that the same layer found and that continue each other as one."""
    done: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: one.clip_first):
        if done and done[-1].matched_by is piece.matched_by and continues(done[-1], piece):
            done[-1] = _one(done[-1], piece)
        else:
            done.append(piece)
    return done


def _one(before: Piece, after: Piece) -> Piece:
    low, high = (after, before) if before.reversed or after.reversed else (before, after)
    clip_span, source_span = (before.clip_span[0], after.clip_span[1]), (low.source_span[0], high.source_span[1])
    length = clip_span[1] - clip_span[0]
    same = before.speed == after.speed or length <= 0
    return replace(
        before,
        clip_end=after.clip_end,
        source_first=low.source_first,
        source_end=high.source_end,
        clip_span=clip_span,
        source_span=source_span,
        speed=before.speed if same else (source_span[1] - source_span[0]) / length,
        reversed=before.reversed or after.reversed,
        uncertainty=max(before.uncertainty, after.uncertainty),
        packets=before.packets + after.packets,
    )


def _recording(signature: Signature) -> Recording:
    return Recording(
        custody=signature.custody,
        frames=len(signature),
        length=signature.end(len(signature) - 1) - signature.begin(0),
        codec=signature.codec,
        width=signature.width,
        height=signature.height,
        sound=signature.sound is not None,
    )


def _missing(source: Signature, index: int, found: Sequence[Piece]) -> Iterator[Missing]:
    """Stretches in no piece. Next to a piece that was matched by looks, one no longer than that piece's uncertainty may be part of it."""
    usual = Fraction(int(np.median(source.duration))) * source.time_base
    loose = [piece for piece in found if piece.matched_by is Layer.PICTURES]
    for first, end in gaps(len(source), [(piece.source_first, piece.source_end) for piece in found]):
        start, stop = source.begin(first), source.end(end - 1)
        beside = [piece for piece in loose if piece.source_end == first or piece.source_first == end]
        doubt = max((piece.uncertainty for piece in beside), default=0)
        if stop - start >= usual and end - first > doubt:
            yield Missing(index, (start, stop), first, end)


def _foreign(clip: Signature, pieces: Sequence[Piece]) -> Iterator[Foreign]:
    for first, end in gaps(len(clip), [(piece.clip_first, piece.clip_end) for piece in pieces]):
        span = (clip.begin(first), clip.end(end - 1))
        yield Foreign(span, first, end, _still(clip.grey[first:end]))


def _still(grey: NDArray[np.uint8]) -> bool:
    """Whether no part of the picture leaves its brightness."""
    return not len(grey) or int((grey.max(axis=0).astype(np.int16) - grey.min(axis=0)).max()) <= STILL

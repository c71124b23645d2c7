"""Which runs of equal pictures count: each picture of the clip belongs to one run, and longer runs choose first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.lines import Pairs, pieces
from entirety.compare.runs import Rows
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature


@dataclass(frozen=True, slots=True)
class Taken:
    """A run that counts, and how far it would reach if no longer one overlapped it: [first, end) in rows of the clip."""

    pairs: Pairs
    first: int
    end: int
    layer: Layer = Layer.FRAMES
    sampled: bool = False
    """Pictures are left out or doubled at an even pace."""
    slack: float = 1.0
    """Share of a picture's time by which its pictures may lie off one line."""
    packets: Rows | None = None
    """Pictures of the clip, rising, whose coded form is equal."""


def longest_free(pairs: Pairs, free: NDArray[np.bool_]) -> Pairs:
    """The longest part that no other run has taken."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free[pairs.clip], [False]]).astype(np.int8))).reshape(-1, 2)
    if not len(edges):
        return pairs.part(0, 0)
    first, end = edges[int((edges[:, 1] - edges[:, 0]).argmax())]
    return pairs.part(int(first), int(end))


def take(rest: Pairs, whole: Pairs, free: NDArray[np.bool_]) -> Taken:
    free[int(rest.clip[0]) : int(rest.clip[-1]) + 1] = False
    return Taken(rest, int(whole.clip[0]), int(whole.clip[-1]) + 1)


def as_pieces(clip: Signature, source: Signature, taken: Sequence[Taken]) -> list[Piece]:
    """Pieces in the order of the clip. Where two runs fit the same pictures, as over a picture that stands at a cut, the cut may lie at any of them."""
    done, in_order = list[Piece](), sorted(taken, key=lambda one: int(one.pairs.clip[0]))
    ends = [0, *(one.end for one in in_order)]
    firsts = [*(one.first for one in in_order[1:]), len(clip)]
    for at, one in enumerate(in_order):
        made = list(pieces(clip, source, one.pairs, one.layer, sampled=one.sampled, slack=one.slack))
        before, after = ends[at] - one.first, one.end - firsts[at]
        made[0] = replace(made[0], uncertainty=max(before, 0))
        made[-1] = replace(made[-1], uncertainty=max(made[-1].uncertainty, after))
        done += [_counted(piece, one.packets) for piece in made]
    return done


def _counted(piece: Piece, packets: Rows | None) -> Piece:
    if packets is None:
        return piece
    first, end = np.searchsorted(packets, (piece.clip_first, piece.clip_end))
    return replace(piece, packets=int(end - first))

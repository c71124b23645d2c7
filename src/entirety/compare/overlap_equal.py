"""Footage that two clips hold in pictures equal sample for sample: found for all clips at once by sorting their hashes.

Equal hashes are equal pictures. A standing or empty picture comes again and again and says nothing of its place, so only pictures that
differ from the one before count, only those that are rare within their clip, and only runs of them in step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entirety.compare.overlap_index import meetings
from entirety.compare.overlap_lines import runs
from entirety.model.signature import Signature

LEAST = 12
"""Pictures unlike the one before that a run must have: half a second at 25 a second. Chosen; equal noise of a camera is no chance."""
RARE = 3
"""Times that a picture may come in one clip and still be an anchor: a title or an empty picture comes more often."""
LEAST_ANCHORS = 2
"""Anchors in step that make a line worth a look; a quarter of all pictures, by their hash, are anchors."""
MOST = 1_000
"""Lines of two clips that are looked along, those with most anchors, and runs of two clips that are given, the longest. A clip in an hour of
which every other second was cut out and in again has fewer; two made for it could have as many lines as pictures."""
ENOUGH = 10 * MOST
"""Runs of two clips after which no further line of them is looked along."""
_A_SHIFT, _B_SHIFT, _MIDDLE = np.uint64(44), np.uint64(24), 1 << 23


@dataclass(frozen=True, slots=True)
class EqualRun:
    """Pictures of two clips that are equal one by one."""

    clips: tuple[int, int]
    first: tuple[int, int]
    count: int
    packets: bool
    """Their coded bytes are equal too."""


def equal_runs(signatures: Sequence[Signature]) -> list[EqualRun]:
    """Every run of equal pictures in two clips that is long enough, in order of the clips."""
    found: dict[tuple[int, int], list[EqualRun]] = {}
    for a, b, apart in _lines(signatures):
        of_pair = found.setdefault((a, b), [])
        if len(of_pair) >= ENOUGH:
            continue
        one, other = signatures[a], signatures[b]
        first = max(0, apart)
        count = min(len(one) - first, len(other) - (first - apart))
        mine, theirs = slice(first, first + count), slice(first - apart, first - apart + count)
        equal = (one.sha256[mine] == other.sha256[theirs]).all(axis=1)
        for start, end in runs(equal):
            row = first + start
            if _changes(one.sha256[row : first + end]) >= LEAST:
                rows = (row, row - apart)
                of_pair.append(EqualRun((a, b), rows, end - start, packets=False))
    marked = (_with_packets(_longest(some), signatures[a], signatures[b]) for (a, b), some in found.items() if some)
    return [run for of_pair in marked for run in of_pair]


def _longest(runs_found: Sequence[EqualRun]) -> Sequence[EqualRun]:
    """At most MOST, in their order."""
    if len(runs_found) <= MOST:
        return runs_found
    kept = sorted(range(len(runs_found)), key=lambda at: -runs_found[at].count)[:MOST]
    return [runs_found[at] for at in sorted(kept)]


def _with_packets(of_pair: Sequence[EqualRun], one: Signature, other: Signature) -> list[EqualRun]:
    """The same, with what is known of the coded bytes."""
    mine, theirs = _Coded(one), _Coded(other)
    return [replace(run, packets=_packets_too(mine, theirs, run)) for run in of_pair]


def _lines(signatures: Sequence[Signature]) -> list[tuple[int, int, int]]:
    """Two clips and the distance of their rows, wherever anchors lie in step."""
    heads, clips, rows = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
    for number, signature in enumerate(signatures):
        kept = _anchors(signature)
        heads.append(_heads(signature.sha256)[kept])
        clips.append(np.full(len(kept), number, np.uint32))
        rows.append(kept)
    head, clip, row = np.concatenate(heads), np.concatenate(clips), np.concatenate(rows)
    order = np.argsort(head, kind="stable")
    head, clip, row = head[order], clip[order], row[order]
    votes = [np.empty(0, np.uint64)]
    for one, other in meetings(head):
        a, b = one[clip[one] != clip[other]], other[clip[one] != clip[other]]
        apart = row[a] - row[b]
        a, b, apart = a[np.abs(apart) < _MIDDLE], b[np.abs(apart) < _MIDDLE], apart[np.abs(apart) < _MIDDLE]
        # The order is stable, so the first of two is of the lower clip.
        votes.append(
            clip[a].astype(np.uint64) << _A_SHIFT
            | clip[b].astype(np.uint64) << _B_SHIFT
            | (apart + _MIDDLE).astype(np.uint64)
        )
    lines, counts = np.unique(np.concatenate(votes), return_counts=True)
    lines, counts = lines[counts >= LEAST_ANCHORS], counts[counts >= LEAST_ANCHORS]
    return [
        (int(line >> _A_SHIFT), int(line >> _B_SHIFT) & 0xFFFFF, (int(line) & 0xFFFFFF) - _MIDDLE)
        for line in lines[_strongest(lines >> _B_SHIFT, counts)]
    ]


def _strongest(pair: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the sorted lines of each pair that have most anchors, at most MOST of a pair, in order."""
    order = np.lexsort((-counts, pair))
    begin = np.searchsorted(pair, pair[order])
    return np.sort(order[np.arange(len(order)) - begin < MOST])


def _anchors(signature: Signature) -> NDArray[np.int64]:
    head = _heads(signature.sha256)
    new = np.append(True, head[1:] != head[:-1])[: len(head)]
    _, back, counts = np.unique(head[new], return_inverse=True, return_counts=True)
    rows = np.flatnonzero(new)[counts[back] <= RARE]
    # By content, so that the same pictures are anchors in every clip.
    return np.asarray(rows[head[rows] % np.uint64(4) == 0], np.int64)


def _heads(sha256: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The first eight bytes of each hash as one number, for sorting; found runs are compared whole."""
    return np.ascontiguousarray(sha256[:, :8]).view(np.uint64)[:, 0]


def _changes(sha256: NDArray[np.uint8]) -> int:
    """Different pictures of a run."""
    return len(np.unique(_heads(sha256)))


def _packets_too(one: "_Coded", other: "_Coded", run: EqualRun) -> bool:
    mine, theirs = one.hashes(run.first[0], run.count), other.hashes(run.first[1], run.count)
    return mine is not None and theirs is not None and bool((mine == theirs).all())


class _Coded:
    """The packets of a clip by their times, put in order once for all runs."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._order = np.argsort(signature.packets.pts, kind="stable")
        self._times = signature.packets.pts[self._order]

    def hashes(self, first: int, count: int) -> NDArray[np.uint8] | None:
        """Of the packets that hold these pictures; None where the times do not tell which."""
        packets = self._signature.packets
        if not len(packets) or len(packets.sha256) != len(packets):
            return None
        wanted = self._signature.pts[first : first + count]
        at = np.minimum(np.searchsorted(self._times, wanted), len(packets) - 1)
        held = self._order[at]
        return packets.sha256[held] if (packets.pts[held] == wanted).all() else None

"""The index that finds, among millions of motion hashes, which clips may share footage, and at which offset in time.

One moment says little: of a lone walker it says where he is and which way he goes, and before a standing camera others come that way. So a
row of the index holds bits of three moments, 0.4 s apart each. Eight tables hold the rows sorted by 24 bits each; copies that differ in a
few bits meet in some of them. All that meet and differ little as a whole vote for one offset of their two clips, and an offset for which
votes come from several moments close together is looked at picture by picture elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.compare.motion_hash import BACK, MotionHashes, differing
from entirety.errors import Unsupported

MOMENTS = 3
"""Hashes, BACK apart, that a row takes its bits from: each is of a time of its own, together they tell a path and a pace."""
TABLES = 8
"""Sorted tables. Each takes 24 neighbouring bits and starts 8 further on, so that every bit decides in three of them."""
KEY_BITS = 24
"""Bits of a key: 10 million rows at random meet 3 million others in a table."""
NEAR = 14
"""Bits of 64 in which two rows that meet may differ and still vote. Nine in ten copies are nearer at CRF 36 and a third of the width;
of rows at random that agree in 24 bits one in 28 is."""
STEP = 0.04
"""Seconds of offset: votes of two such steps side by side are counted together, one picture at 25 a second."""
MOMENT = 0.25
"""Seconds: votes of one moment count once, since what is alike in one picture is still alike in the next."""
LEAST_MOMENTS, WITHIN = 3, 3.0
"""Moments that must vote for one offset within so many seconds to make it worth a look. A 3-second overlap has seven that can."""
BESIDE = 32
"""Steps of offset side by side of which, at one time, one is looked at: 1.3 s, further than what moves slowly stays like itself."""
BUCKET = 24
"""How far on in a run of equal keys a row still meets others. A key that more share is common: each is then held against the next 24 only, which
still links all copies of one piece in a chain, and the cost stays in proportion to the number of rows."""
FINE = 100
"""Parts of a STEP in which times are kept."""
LATEST = 2**31 - 1
"""Such parts beyond which no time is kept: ten days."""
MOST_VOTES = 16_000_000
"""Votes, 8 bytes each, from which on those that say the same are joined before more are gathered."""
WORD = 64
"""Bits into which a vote is packed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two clips and an offset at which they may share footage."""

    first: int
    second: int
    offset: float
    """Seconds of the first clip's time less those of the second."""
    moment: float
    """Seconds of the first clip from which on moments voted for it, the first of such places."""
    votes: int
    """Moments there."""


@dataclass(frozen=True)
class Index:
    """All hashes of all clips that may meet, one row each; clips in order, rows of a clip in order of time."""

    bits: NDArray[np.uint64]
    clip: NDArray[np.uint32]
    time: NDArray[np.int32]
    """In the clip, in FINE parts of STEP."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a vote is packed into one number: from the left first clip, second clip, offset, moment."""

    clip: int
    offset: int
    moment: int
    """Bits that each takes."""

    @property
    def bits(self) -> int:
        return 2 * self.clip + self.offset + self.moment

    @property
    def middle(self) -> int:
        return 1 << (self.offset - 1)


def index(clips: Sequence[MotionHashes]) -> Index:
    """The rows of all clips where something moves in all moments; a run of equal rows in one clip counts once."""
    bits, owner, time = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)], [np.empty(0, np.int32)]
    for number, clip in enumerate(clips):
        row, kept = _rows(clip)
        kept[1:] &= (row[1:] != row[:-1]) | ~kept[:-1]
        chosen = np.flatnonzero(kept)
        bits.append(row[chosen])
        owner.append(np.full(len(chosen), number, np.uint32))
        time.append(np.clip(np.rint(clip.times[chosen] * (FINE / STEP)), 0, LATEST).astype(np.int32))
    return Index(np.concatenate(bits), np.concatenate(owner), np.concatenate(time))


def _rows(clip: MotionHashes) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Each picture's row, every third bit from one moment, and where there is one."""
    row, kept = np.zeros(len(clip), np.uint64), np.ones(len(clip), np.bool_)
    for moment in range(MOMENTS):
        later = np.searchsorted(clip.times, clip.times + moment * BACK - 1e-4)
        kept &= later < len(clip)
        later = np.minimum(later, max(len(clip) - 1, 0))
        mask = np.uint64(sum(1 << bit for bit in range(moment, 64, MOMENTS)))
        row |= clip.bits[later] & mask
        kept &= clip.moves[later]
    return row, kept


def candidates(held: Index) -> list[Candidate]:
    """Every pair of clips and offset that enough moments vote for, sorted."""
    if not len(held.bits):
        return []
    form = _form(held)
    votes = np.unique(np.concatenate([_votes(held, table, form) for table in range(TABLES)]))
    ahead = LEAST_MOMENTS - 1
    line, moment = votes >> np.uint64(form.moment), votes & np.uint64((1 << form.moment) - 1)
    window = round(WITHIN / MOMENT)
    first = np.flatnonzero((line[ahead:] == line[:-ahead]) & (moment[ahead:] - moment[:-ahead] <= window))
    line, moment = line[first], moment[first].astype(np.int64)
    strength = np.searchsorted(votes, votes[first] + np.uint64(window), side="right") - first
    # What moves slowly is like itself at many offsets side by side: of these, at one time, the one with most votes is looked at.
    cell = (line // np.uint64(BESIDE), moment // window)
    order = np.lexsort((line, -strength, *cell))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(cell[0][order].astype(np.int64)) != 0) | (np.diff(cell[1][order]) != 0)
    best = order[new]
    lines, at = np.unique(line[best], return_index=True)
    clip, offset = np.uint64(form.offset), np.uint64((1 << form.offset) - 1)
    one, other = lines >> clip >> np.uint64(form.clip), lines >> clip & np.uint64((1 << form.clip) - 1)
    apart = (lines & offset).astype(np.int64) - form.middle
    moments = [moment[best[row]] * MOMENT for row in at]
    return [
        Candidate(int(a), int(b), int(steps) * STEP, float(when), int(votes))
        for a, b, steps, when, votes in zip(one, other, apart, moments, strength[best[at]], strict=True)
    ]


def _form(held: Index) -> _Form:
    form = _packed(int(held.clip.max() + 1), int(held.time.max()))
    if form.bits > WORD:
        raise Unsupported("So many clips of such length do not fit one index: compare the folder in parts.")
    return form


def fits(clips: int, last: float) -> bool:
    """Whether so many clips fit one index whose last pictures appear at `last` seconds or before."""
    return _packed(clips, round(min(max(last, 0.0) * (FINE / STEP), LATEST))).bits <= WORD


def _packed(clips: int, longest: int) -> _Form:
    return _Form(clips.bit_length(), (longest // FINE + 2).bit_length() + 1, (longest // _moment() + 1).bit_length())


def _moment() -> int:
    return round(MOMENT / STEP * FINE)


def _votes(held: Index, table: int, form: _Form) -> NDArray[np.uint64]:
    """One number per meeting in one table and offset it may stand for, each once."""
    order = _sorted_rows(held.bits, table)
    bits = held.bits[order]
    found = [np.empty(0, np.uint64)]
    for one, other in meetings(_keys(bits, table)):
        near = differing(bits[one], bits[other]) <= NEAR
        a, b = order[one[near]], order[other[near]]
        apart = held.clip[a] != held.clip[b]
        a, b = a[apart], b[apart]
        low, high = np.minimum(a, b), np.maximum(a, b)
        steps = (held.time[low].astype(np.int64) - held.time[high]) // FINE + form.middle
        pair = held.clip[low].astype(np.uint64) << np.uint64(form.clip) | held.clip[high].astype(np.uint64)
        moment = (held.time[low] // _moment()).astype(np.uint64)
        found += [
            (pair << np.uint64(form.offset) | step.astype(np.uint64)) << np.uint64(form.moment) | moment
            for step in (steps, steps + 1)
        ]
        if sum(map(len, found)) > MOST_VOTES:
            found = [np.unique(np.concatenate(found))]
    return np.unique(np.concatenate(found))


def _keys(bits: NDArray[np.uint64], table: int) -> NDArray[np.uint64]:
    turn = np.uint64(table * 64 // TABLES)
    turned = bits if not turn else bits >> turn | bits << np.uint64(64) - turn
    return turned & np.uint64((1 << KEY_BITS) - 1)


def _sorted_rows(bits: NDArray[np.uint64], table: int) -> NDArray[np.uint32]:
    """Rows in order of key: sorted as one number each, which costs a third of sorting positions."""
    packed = _keys(bits, table) << np.uint64(32)
    packed |= np.arange(len(bits), dtype=np.uint64)
    packed.sort()
    return packed.astype(np.uint32)


def meetings(keys: NDArray[np.uint64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Places of the sorted keys that hold the same key, pair by pair, up to BUCKET apart."""
    rows = np.arange(len(keys))
    for apart in range(1, BUCKET + 1):
        rows = rows[: np.searchsorted(rows, len(keys) - apart)]
        rows = rows[keys[rows] == keys[rows + apart]]
        if not len(rows):
            return
        yield rows, rows + apart

"""Follows the continuity counter of every PID: it counts the packets with payload modulo 16 (ISO/IEC 13818-1, 2.4.3.3).

A packet may be sent twice in a row, byte for byte alike but for its clock reference, and a packet may declare that its counter
starts anew; neither is a break.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entirety.read.container.mpegts.framing import PACKET
from entirety.read.container.mpegts.headers import PIDS, Flags, Headers, Ints


@dataclass(slots=True)
class Continuity:
    """The last packet of every PID."""

    counter: NDArray[np.int8] = field(default_factory=lambda: np.full(PIDS, -1, np.int8))
    payload: Flags = field(default_factory=lambda: np.zeros(PIDS, np.bool_))
    repeated: Flags = field(default_factory=lambda: np.zeros(PIDS, np.bool_))
    packet: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((PIDS, PACKET), np.uint8))


@dataclass(frozen=True, slots=True, eq=False)
class Breaks:
    """What one batch gives; rows are indices into its headers."""

    rows: Ints
    lost: Ints
    """Packets missing before each of them, modulo 16."""
    copies: Ints
    """Rows that repeat the packet before them, as the standard allows."""


def follow(headers: Headers, state: Continuity) -> Breaks:
    """Compare every usable packet with the one before it in its PID, and remember the last ones."""
    usable = np.flatnonzero(headers.usable)
    order = usable[np.argsort(headers.pid[usable], kind="stable")]
    if not len(order):
        return Breaks(order, order, order)
    pid, counter, payload = headers.pid[order], headers.counter[order], headers.payload[order]
    first = np.r_[True, pid[1:] != pid[:-1]]
    before = np.r_[np.int8(-1), counter[:-1]]
    before[first] = state.counter[pid[first]]
    held = np.r_[False, payload[:-1]]
    held[first] = state.payload[pid[first]]
    off = (before >= 0) & (counter != (before + payload) & 15) & ~headers.declared[order]
    same = np.flatnonzero(off & payload & held & (counter == before))
    copy = np.zeros(len(order), np.bool_)
    copy[same] = _alike(headers, order, first, state, same)
    before_copy = np.r_[False, copy[:-1]]
    before_copy[first] = state.repeated[pid[first]]
    third = copy & before_copy
    off &= ~copy | third
    lost = (counter.astype(np.int64) - before - payload) & 15
    lost[third] = 0
    last = np.r_[first[1:], True]
    state.counter[pid[last]] = counter[last]
    state.payload[pid[last]] = payload[last]
    state.repeated[pid[last]] = copy[last]
    state.packet[pid[last]] = headers.rows[order[last]]
    rows = order[off]
    sort = np.argsort(rows)
    return Breaks(rows[sort], lost[off][sort], np.sort(order[copy & ~third]))


def _alike(headers: Headers, order: Ints, first: Flags, state: Continuity, at: Ints) -> Flags:
    """Whether the packets at these places of `order` equal the one before in their PID, clock references aside."""
    now = headers.rows[order[at]]
    then = headers.rows[order[at - 1]]
    begun = first[at]
    then[begun] = state.packet[headers.pid[order[at[begun]]]]
    timed = headers.clock[order[at]]
    now[timed, 6:12] = 0
    then[timed, 6:12] = 0
    equal: Flags = (now == then).all(axis=1)
    return equal

"""Reads the clock of a transport stream: the references (PCR) that a receiver runs by, and the times (PTS) of what it shows.

From ISO/IEC 13818-1, 2.4.3.5 and 2.4.3.7.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from entirety.model.container import TransportClock
from entirety.read.container.mpegts.headers import PIDS, Flags, Headers, Ints
from entirety.read.container.multiplex import WRAP, step

MAX_REFERENCES = 2_000_000
"""16 hours at 33 a second; 24 bytes each keep the columns below 50 MB."""
NO_HEADER = (0xBC, 0xBE, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF)
"""stream_id values whose PES packets have no times (table 2-21)."""
LONGEST_START = 170
"""Payload must begin here or earlier for the 14 bytes of a PES header with a PTS to lie in the same packet."""


@dataclass(slots=True)
class Clocks:
    """Columns of all references so far, and the last one of every PID."""

    last: Ints = field(default_factory=lambda: np.full(PIDS, -1, np.int64))
    first: Ints = field(default_factory=lambda: np.full(PIDS, -1, np.int64))
    offset: list[Ints] = field(default_factory=list)
    pid: list[Ints] = field(default_factory=list)
    delta: list[Ints] = field(default_factory=list)
    declared: list[Ints] = field(default_factory=list)
    count: int = 0
    left: int = 0
    """Position of the first reference beyond the limit; 0 where there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """The clock of one PID, and each step from one reference to the next: where it ends, how long, whether declared."""

    clock: TransportClock
    offset: Ints
    delta: Ints
    declared: Flags


@dataclass(slots=True)
class Times:
    """First and last PTS of every PID in file order, ticks of 90 kHz; -1 where there is none."""

    first: Ints = field(default_factory=lambda: np.full(PIDS, -1, np.int64))
    last: Ints = field(default_factory=lambda: np.full(PIDS, -1, np.int64))


def read_references(headers: Headers, copies: Ints, clocks: Clocks) -> dict[int, int]:
    """Add the references of one batch; gives the step at each packet that has one, by row, where it declares a discontinuity."""
    timed = headers.clock & headers.usable
    timed[copies] = False
    at = np.flatnonzero(timed)
    at = at[np.argsort(headers.pid[at], kind="stable")]
    if not len(at):
        return {}
    if clocks.count >= MAX_REFERENCES:
        clocks.left = clocks.left or int(headers.offset[at].min())
        return {}
    raw = headers.rows[at, 6:12].astype(np.int64)
    base = (raw[:, 0] << 25) | (raw[:, 1] << 17) | (raw[:, 2] << 9) | (raw[:, 3] << 1) | (raw[:, 4] >> 7)
    value = (base * 300 + (((raw[:, 4] & 1) << 8) | raw[:, 5])) % WRAP
    pid = headers.pid[at].astype(np.int64)
    first = np.r_[True, pid[1:] != pid[:-1]]
    before = np.r_[np.int64(-1), value[:-1]]
    before[first] = clocks.last[pid[first]]
    last = np.r_[first[1:], True]
    fresh = first & (before < 0)
    clocks.first[pid[fresh]] = value[fresh]
    clocks.last[pid[last]] = value[last]
    known = before >= 0
    delta = step(before, value)
    declared = headers.declared[at]
    clocks.count += len(at)
    for column, part in (
        (clocks.offset, headers.offset[at]),
        (clocks.pid, pid),
        (clocks.delta, delta),
        (clocks.declared, declared.astype(np.int64)),
    ):
        column.append(part[known])
    announced = known & declared
    return dict(zip(at[announced].tolist(), delta[announced].tolist(), strict=True))


def references(clocks: Clocks) -> Iterator[References]:
    """All references of each PID, ascending by PID."""
    none = np.zeros(0, np.int64)
    offset, pid, delta, declared = (
        np.concatenate(column) if column else none
        for column in (clocks.offset, clocks.pid, clocks.delta, clocks.declared)
    )
    order = np.argsort(pid, kind="stable")
    numbers = np.flatnonzero(clocks.first >= 0)
    begins, ends = (np.searchsorted(pid[order], numbers, side=side) for side in ("left", "right"))
    for number, begin, end in zip(numbers.tolist(), begins.tolist(), ends.tolist(), strict=True):
        rows = order[begin:end]
        steps = delta[rows]
        usual = int(np.median(steps)) if len(steps) else 0
        ends_at = int(clocks.first[number]), int(clocks.last[number])
        yield References(
            TransportClock(number, len(steps) + 1, *ends_at, usual), offset[rows], steps, declared[rows] != 0
        )


def read_times(headers: Headers, times: Times) -> None:
    """Note the first and the last PTS of every PID."""
    at = np.flatnonzero(headers.starts & headers.payload & headers.usable & ~headers.scrambled)
    start = headers.payload_start(at)
    at, start = at[start <= LONGEST_START], start[start <= LONGEST_START]
    raw = headers.rows[at[:, None], start[:, None] + np.arange(14)].astype(np.int64)
    begins = (raw[:, 0] == 0) & (raw[:, 1] == 0) & (raw[:, 2] == 1) & (raw[:, 3] >= 0xBC)
    timed = begins & ~np.isin(raw[:, 3], NO_HEADER) & ((raw[:, 6] & 0xC0) == 0x80) & ((raw[:, 7] & 0x80) != 0)
    at, raw = at[timed], raw[timed]
    high, middle, low = (
        (raw[:, 9] >> 1) & 7,
        (raw[:, 10] << 7) | (raw[:, 11] >> 1),
        (raw[:, 12] << 7) | (raw[:, 13] >> 1),
    )
    pts = (high << 30) | (middle << 15) | low
    pid = headers.pid[at]
    times.last[pid] = pts  # numpy keeps the last of several values for one place
    back = pid[::-1]
    unset = times.first[back] < 0
    times.first[back[unset]] = pts[::-1][unset]

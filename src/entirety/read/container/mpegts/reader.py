"""Reads a whole MPEG transport stream: the stretches of packets, and for every PID its counter, its clock and its times.

Nothing is decoded. A break of a counter says that packets are missing or were never in order here; a cause is not named.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from entirety.model.container import Box, Structure, Transport
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.mpegts.clocks import (
    MAX_REFERENCES,
    Clocks,
    References,
    Times,
    read_references,
    read_times,
    references,
)
from entirety.read.container.mpegts.continuity import Continuity, follow
from entirety.read.container.mpegts.framing import PACKET, Stretches, packets
from entirety.read.container.mpegts.headers import PIDS, Flags, Headers, Ints, read_headers
from entirety.read.container.mpegts.tables import Tables, finish, read_packet
from entirety.read.container.multiplex import Events, jumps, seconds
from entirety.read.container.stated import Stated

LONGEST_STEP = 2_700_000
"""100 ms in ticks of 27 MHz: ISO/IEC 13818-1, 2.7.2 allows no longer interval between the references of a clock."""


def _zeros() -> Ints:
    return np.zeros(PIDS, np.int64)


@dataclass(slots=True)
class Tally:
    """Everything counted and remembered while the packets go by."""

    packets: Ints = field(default_factory=_zeros)
    scrambled: Ints = field(default_factory=_zeros)
    errors: Ints = field(default_factory=_zeros)
    breaks: Ints = field(default_factory=_zeros)
    copies: Ints = field(default_factory=_zeros)
    declared: Ints = field(default_factory=_zeros)
    order: dict[int, int] = field(default_factory=dict)
    """Every PID and where it occurs first, in that order."""
    broken: dict[int, int] = field(default_factory=dict)
    """Where the counter of a PID breaks first."""
    counters: Continuity = field(default_factory=Continuity)
    clocks: Clocks = field(default_factory=Clocks)
    times: Times = field(default_factory=Times)
    tables: Tables = field(default_factory=Tables)
    events: Events = field(default_factory=Events)


def read_mpegts(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole transport stream of `length` bytes. Any bytes give one; raises OSError only, as the file itself does."""
    source = open_source(file, length)
    stretches, tally = Stretches(), Tally()
    for rows, offset in packets(source, stretches):
        _take(source, tally, read_headers(rows, offset))
    for start, end in stretches.gaps:
        tally.events.add("sync-loss", start, -1, lost=end - start)
    finish(source, tally.tables)
    known = _references(source, tally)
    for pid, first in sorted(tally.broken.items(), key=lambda item: item[1]):
        words = f"the continuity counter of PID {pid:#06x} breaks here for the first time; breaks in the file: {tally.breaks[pid]}"
        source.problem(first, words)
    spacings = Counter[int]()
    for start, end, spacing in stretches.found:
        spacings[spacing] += end - start
    spacing = spacings.most_common(1)[0][0] if spacings else PACKET
    return Structure(
        form="mpegts",
        boxes=_boxes(stretches),
        leftovers=tuple(stretches.gaps),
        facts=tuple(_facts(tally, stretches, spacing, known).facts),
        problems=tuple(source.problems),
        transport=Transport(spacing, tally.events.ordered(), tally.events.totals(), tuple(k.clock for k in known)),
    )


def _boxes(stretches: Stretches) -> tuple[Box, ...]:
    several = len(stretches.found) > 1
    return tuple(
        Box("packets", start, end - start, 0, end - start, f"packets[{place}]" if several else "packets")
        for place, (start, end, _) in enumerate(stretches.found, 1)
    )


def _take(source: Source, tally: Tally, headers: Headers) -> None:
    """Count one batch of packets."""
    pid = headers.pid
    present, first = np.unique(pid, return_index=True)
    for number, at in sorted(zip(present.tolist(), first.tolist(), strict=True), key=lambda pair: pair[1]):
        tally.order.setdefault(number, int(headers.offset[at]))
    announced = headers.declared & headers.usable
    for total, flags in (
        (tally.packets, np.ones(len(pid), np.bool_)),
        (tally.scrambled, headers.scrambled & headers.usable),
        (tally.errors, headers.error),
        (tally.declared, announced),
    ):
        np.add(total, np.bincount(pid[flags], minlength=PIDS), out=total)
    _events(tally, "error", headers, np.flatnonzero(headers.error))
    found = follow(headers, tally.counters)
    tally.breaks += np.bincount(pid[found.rows], minlength=PIDS)
    tally.copies += np.bincount(pid[found.copies], minlength=PIDS)
    broken, at = np.unique(pid[found.rows], return_index=True)
    for number, row in zip(broken.tolist(), found.rows[at].tolist(), strict=True):
        tally.broken.setdefault(number, int(headers.offset[row]))
    _events(tally, "continuity", headers, found.rows, lost=found.lost)
    steps = read_references(headers, found.copies, tally.clocks)
    declared = np.flatnonzero(announced)
    ticks = np.array([steps.get(row, 0) for row in declared.tolist()], np.int64)
    _events(tally, "declared-discontinuity", headers, declared, ticks=ticks)
    read_times(headers, tally.times)
    _read_tables(source, tally, headers)


def _events(
    tally: Tally, kind: str, headers: Headers, rows: Ints, *, lost: Ints | None = None, ticks: Ints | None = None
) -> None:
    kept = tally.events.room(kind)
    for at, row in enumerate(rows[:kept].tolist()):
        amount, step = 0 if lost is None else int(lost[at]), 0 if ticks is None else int(ticks[at])
        tally.events.add(kind, int(headers.offset[row]), int(headers.pid[row]), step, amount)
    tally.events.more(kind, len(rows) - kept if len(rows) > kept else 0)


def _read_tables(source: Source, tally: Tally, headers: Headers) -> None:
    """Hand the packets of tables on; which PIDs have tables is learnt on the way."""
    carries = headers.usable & headers.payload & ~headers.scrambled
    known: set[int] = set()
    at = 0
    while known != tally.tables.pids:
        known = set(tally.tables.pids)
        wanted: Flags = carries & np.isin(headers.pid, list(known))
        for row in np.flatnonzero(wanted[at:]).tolist():
            place = at + row
            start = 5 + int(headers.field[place])
            payload = headers.rows[place, start:].tobytes()
            starts = bool(headers.starts[place])
            number, offset = int(headers.pid[place]), int(headers.offset[place])
            read_packet(source, tally.tables, offset, number, payload, starts=starts)
            if len(tally.tables.pids) != len(known):
                at = place + 1
                break


def _references(source: Source, tally: Tally) -> list[References]:
    """The clock of every PID that has one; its jumps become events, the first of each PID a problem."""
    known = list(references(tally.clocks))
    for one in known:
        far = np.flatnonzero(jumps(one.delta, LONGEST_STEP) & ~one.declared)
        pid = one.clock.pid
        kept = tally.events.room("pcr-jump")
        for row in far[:kept].tolist():
            tally.events.add("pcr-jump", int(one.offset[row]), pid, int(one.delta[row]))
        tally.events.more("pcr-jump", max(0, len(far) - kept))
        if len(far):
            size = int(one.delta[far[0]])
            way = "goes back by" if size < 0 else "goes on by"
            words = f"the clock (PCR) of PID {pid:#06x} {way} {seconds(abs(size))}; undeclared jumps of it in the file: {len(far)}"
            source.problem(int(one.offset[far[0]]), words)
    if tally.clocks.left:
        words = f"more than {MAX_REFERENCES} clock references; from here on their steps are not compared"
        source.problem(tally.clocks.left, words)
    return known


def _facts(tally: Tally, stretches: Stretches, spacing: int, known: list[References]) -> Stated:
    stated = tally.tables.stated
    stated.add("packets/spacing", f"{spacing} bytes")
    if len({size for _, _, size in stretches.found}) > 1:
        stated.add("packets/spacing", "changes within the file")
    counts = (
        ("packets", tally.packets),
        ("scrambled", tally.scrambled),
        ("transport_error", tally.errors),
        ("continuity_breaks", tally.breaks),
        ("repeated_packets", tally.copies),
        ("declared_discontinuities", tally.declared),
    )
    clock = {one.clock.pid: one.clock for one in known}
    for pid in tally.order:
        path = f"pid[{pid:#06x}]"
        for name, column in counts:
            stated.add(f"{path}/{name}", int(column[pid]) or "")
        for name, times in (("first_pts", tally.times.first), ("last_pts", tally.times.last)):
            if times[pid] >= 0:
                stated.add(f"{path}/{name}", f"{times[pid]} ({seconds(int(times[pid]), 90_000)})")
        if pid in clock:
            stated.add(f"{path}/pcr", f"{clock[pid].count} references, {clock[pid].usual} ticks apart as a rule")
    return stated

"""Reads a whole MPEG programme stream: the stretches of blocks, the clock of the packs, and the times of every stream.

Nothing is decoded. Files cut from discs and recorders' own exports are often joined end to end: the clock then goes back, or a
code that ends the programme stands in the middle; both are noted with their places.
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from entirety.model.container import Box, Structure, Transport, TransportClock
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.mpegps.units import (
    END,
    LONGEST_HEAD,
    MAP,
    MAX_MAP,
    PACK,
    SECTOR,
    SYSTEM,
    Unit,
    Window,
    find_unit,
    read_clock,
    read_pts,
    read_unit,
)
from entirety.read.container.multiplex import STREAM_TYPES, Events, jumps, seconds, step
from entirety.read.container.stated import Stated

LONGEST_STEP = 18_900_000
"""0.7 s in ticks of 27 MHz: ISO/IEC 13818-1, 2.7.1 allows no longer interval between the references of the clock."""
MAX_UNITS = 5_000_000
"""A disc's packs of 2,048 bytes make 10 GB of that many blocks; walking them takes about ten seconds."""
MAX_LOSSES = 2_000
"""As for transport streams: what follows more losses than this is left unread, and that is said."""


@dataclass(slots=True)
class Tally:
    """Everything counted and remembered while the blocks go by."""

    stretches: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    packets: Counter[int] = field(default_factory=Counter)
    size: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    clock: "array[int]" = field(default_factory=lambda: array("q"))
    packs: "array[int]" = field(default_factory=lambda: array("q"))
    ends: list[int] = field(default_factory=list)
    open: int = -1
    """First video packet that states no length."""
    filling: int = 0
    """Zeros between and after blocks."""
    units: int = 0
    latest: int = 0
    """Where the block before begins."""
    stated: Stated = field(default_factory=Stated)
    told: dict[str, str] = field(default_factory=dict)


def looks_like_mpegps(head: bytes) -> bool:
    """True where a pack header, or two packets in a row, stand at the very beginning or after the 40 bytes that one maker of recorders puts there."""
    start = 40 if head.startswith(b"IMKH") else 0
    unit = read_unit(head[start : start + LONGEST_HEAD])
    if unit is None or unit.code == END:
        return False
    after = start + unit.size
    return unit.code == PACK or (unit.size > 0 and read_unit(head[after : after + LONGEST_HEAD]) is not None)


def read_mpegps(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole programme stream of `length` bytes. Any bytes give one; raises OSError only, as the file itself does."""
    source = open_source(file, length)
    tally = Tally()
    _walk(source, tally)
    events = Events()
    for start, end in tally.gaps:
        events.add("sync-loss", start, -1, lost=end - start)
    clocks = _clock(source, tally, events)
    if tally.open >= 0:
        source.problem(
            tally.open, "a video packet states no length, which the standard allows in transport streams only"
        )
    after = [end for end in tally.ends if end + 4 < source.length]
    if after:
        words = f"a code ends the programme, and {source.length - after[0] - 4} bytes follow; such codes before the end: {len(after)}"
        source.problem(after[0], words)
    return Structure(
        form="mpegps",
        boxes=_boxes(source, tally),
        leftovers=tuple(tally.gaps),
        facts=tuple(_facts(tally).facts),
        problems=tuple(source.problems),
        transport=Transport(0, events.ordered(), events.totals(), clocks),
    )


def _walk(source: Source, tally: Tally) -> None:
    """From block to block; bytes between them become gaps. The end of the last stretch is where its last block would end."""
    window = Window(source)
    position, start = 0, -1
    while position < source.length:
        head = window.get(position, LONGEST_HEAD)
        unit = read_unit(head) if tally.units < MAX_UNITS else None
        if unit is not None:
            start = position if start < 0 else start
            position = _take(window, tally, position, unit, head)
            continue
        zeros = _filling(window, position) if start >= 0 and tally.units < MAX_UNITS else 0
        if zeros:
            tally.filling += zeros
            position += zeros
            continue
        if start >= 0:
            tally.stretches.append((start, position))
            start = -1
        position = _skip(window, tally, position)
    if start >= 0:
        tally.stretches.append((start, position))


def _filling(window: Window, position: int) -> int:
    """How many zeros, within one sector, stand here before the next block or the end of the file; 0 where something else does."""
    head = window.get(position, SECTOR + LONGEST_HEAD)
    if len(head) <= SECTOR and not any(head):
        return len(head)
    # Two zeros of those counted belong to the start code.
    zeros = len(head) - len(head.lstrip(b"\x00")) - 2
    return zeros if 0 < zeros <= SECTOR and read_unit(head[zeros : zeros + LONGEST_HEAD]) is not None else 0


def _skip(window: Window, tally: Tally, position: int) -> int:
    """Where the next block begins; what lies between is a gap."""
    source = window.source
    over = tally.units >= MAX_UNITS or len(tally.gaps) >= MAX_LOSSES
    found = source.length if over else find_unit(window, position + 1)
    over = over or window.tries <= 0
    tally.gaps.append((position, found))
    left = found - position
    if over:
        source.problem(position, f"too many blocks or losses of them; the {left} bytes from here are not read")
    elif found == source.length:
        source.problem(position, f"no block of a programme stream begins in the last {left} bytes")
    else:
        source.problem(
            position, f"{left} bytes belong to no block; blocks follow each other again from byte {found} on"
        )
    return found


def _take(window: Window, tally: Tally, position: int, unit: Unit, head: bytes) -> int:
    """Count a block; gives where the next should begin."""
    tally.units += 1
    tally.latest = position
    after = position + unit.size
    if unit.size == 0:
        tally.open = position if tally.open < 0 else tally.open
        after = find_unit(window, position + 6)
    if unit.code == PACK:
        tally.clock.append(read_clock(head))
        tally.packs.append(position)
        return after
    if unit.code == END:
        tally.ends.append(position)
        return after
    tally.packets[unit.code] += 1
    tally.size[unit.code] += after - position
    if unit.code == SYSTEM and len(head) >= 12:
        _system(tally, position, head)
    elif unit.code == MAP:
        _map(tally, position, window.get(position, min(unit.size, MAX_MAP)))
    pts = read_pts(head)
    if pts >= 0:
        tally.first.setdefault(unit.code, pts)
        tally.last[unit.code] = pts
    return after


def _tell(tally: Tally, position: int, path: str, value: str) -> None:
    """State a value; again, with its place, where it changes."""
    before = tally.told.get(path)
    if before != value:
        tally.told[path] = value
        tally.stated.add(path, value if before is None else f"{value} (from byte {position} on)")


def _system(tally: Tally, position: int, head: bytes) -> None:
    rate = (int.from_bytes(head[6:9]) >> 1) & 0x3FFFFF
    _tell(tally, position, "system_header/rate_bound", f"{rate * 50} bytes per second")
    _tell(tally, position, "system_header/audio_bound", str(head[9] >> 2))
    _tell(tally, position, "system_header/video_bound", str(head[10] & 0x1F))


def _map(tally: Tally, position: int, data: bytes) -> None:
    at = 12 + int.from_bytes(data[8:10])
    while at + 4 <= len(data) - 4:
        kind, code = data[at], data[at + 1]
        name = STREAM_TYPES.get(kind, "")
        text = f"{kind:#04x} ({name})" if name else f"{kind:#04x}"
        _tell(tally, position, f"program_stream_map/stream[{code:#04x}]/stream_type", text)
        at += 4 + int.from_bytes(data[at + 2 : at + 4])


def _clock(source: Source, tally: Tally, events: Events) -> tuple[TransportClock, ...]:
    """The clock of the packs; its jumps become events, and each one kept a problem."""
    if not tally.clock:
        return ()
    value = np.frombuffer(tally.clock, np.int64)
    delta = step(value[:-1], value[1:])
    far = np.flatnonzero(jumps(delta, LONGEST_STEP))
    kept = events.room("scr-jump")
    for row in far[:kept].tolist():
        size, offset = int(delta[row]), tally.packs[row + 1]
        events.add("scr-jump", offset, -1, size)
        way = "goes back by" if size < 0 else "goes on by"
        source.problem(offset, f"the clock (SCR) {way} {seconds(abs(size))}")
    events.more("scr-jump", max(0, len(far) - kept))
    usual = int(np.median(delta)) if len(delta) else 0
    return (TransportClock(-1, len(value), int(value[0]), int(value[-1]), usual),)


def _boxes(source: Source, tally: Tally) -> tuple[Box, ...]:
    boxes: list[Box] = []
    several = len(tally.stretches) > 1
    for place, (start, end) in enumerate(tally.stretches, 1):
        there = min(end, source.length)
        if end > there:
            source.problem(tally.latest, f"the last block lacks {end - there} bytes of what it states")
        boxes.append(Box("packs", start, there - start, 0, end - start, f"packs[{place}]" if several else "packs"))
    return tuple(boxes)


def _facts(tally: Tally) -> Stated:
    stated = tally.stated
    stated.add("packs/count", len(tally.packs) or "")
    for code in tally.packets:
        path = f"stream[{code:#04x}]"
        stated.add(f"{path}/packets", tally.packets[code])
        stated.add(f"{path}/bytes", tally.size[code])
        for name, times in (("first_pts", tally.first), ("last_pts", tally.last)):
            if code in times:
                stated.add(f"{path}/{name}", f"{times[code]} ({seconds(times[code], 90_000)})")
    stated.add("packs/zeros_between", f"{tally.filling} bytes" if tally.filling else "")
    stated.add("program_end_code/count", len(tally.ends) or "")
    return stated

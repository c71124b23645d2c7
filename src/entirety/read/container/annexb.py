"""Reads a raw stream of H.264 or HEVC: units between start codes, without any container (annex B of both standards).

Such a file states no times, no lengths and no dates. Neighbouring units of one kind make one block; sets of parameters that
change, and codes that end the stream before the file does, are stated with their places.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from entirety.model.container import Box, Structure
from entirety.read.container.isobmff.source import MAX_BOXES, Source, open_source
from entirety.read.container.paths import placed
from entirety.read.container.stated import Stated

START = b"\x00\x00\x01"
WINDOW = 2**20
MAX_UNITS = 5_000_000
"""Ten units for each picture of five hours; walking them takes about five seconds."""
MAX_SETS = 64
"""Different sets of parameters that are stated; H.264 numbers at most 32 at a time."""
LONGEST_SET = 1_024
"""Bytes by which two sets of parameters are compared; real ones have below 200."""
H264 = {
    1: "slice",
    2: "slice partition A",
    3: "slice partition B",
    4: "slice partition C",
    5: "IDR slice",
    6: "SEI",
    7: "SPS",
    8: "PPS",
    9: "access unit delimiter",
    10: "end of sequence",
    11: "end of stream",
    12: "filler data",
    13: "SPS extension",
    14: "prefix unit",
    15: "subset SPS",
    19: "auxiliary slice",
    20: "slice extension",
}
"""ITU-T H.264, table 7-1."""
HEVC = {
    **dict.fromkeys(range(10), "slice"),
    **dict.fromkeys((16, 17, 18), "BLA slice"),
    **dict.fromkeys((19, 20), "IDR slice"),
    21: "CRA slice",
    32: "VPS",
    33: "SPS",
    34: "PPS",
    35: "access unit delimiter",
    36: "end of sequence",
    37: "end of bitstream",
    38: "filler data",
    39: "SEI",
    40: "suffix SEI",
}
"""ITU-T H.265, table 7-1."""
PROFILES = (44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244)
"""profile_idc values of ITU-T H.264, annexes A and following."""
MIXED = "units of several kinds"
"""The last block of a stream with more runs than are listed: two for each picture where delimiters stand between them."""
SETS = frozenset(("VPS", "SPS", "PPS"))
ENDS = frozenset(("end of sequence", "end of stream", "end of bitstream"))

Kind = Callable[[bytes], str]


def looks_like_h264(head: bytes) -> bool:
    """True where units stand from the first byte on, one of them a sequence parameter set of a known profile."""
    units = _units_of(head)
    return (
        bool(units)
        and not any(unit[0] & 0x80 for unit in units)
        and any(unit[0] & 0x1F == 7 and unit[0] & 0x60 and unit[1] in PROFILES for unit in units if len(unit) > 1)
    )


def looks_like_hevc(head: bytes) -> bool:
    """True where units stand from the first byte on, among them the parameter sets that HEVC alone has in this form."""
    units = [unit for unit in _units_of(head) if len(unit) > 1]
    known = {unit[0] >> 1 for unit in units if unit[0] & 1 == 0 and unit[1] >> 3 == 0 and unit[1] & 7}
    return not any(unit[0] & 0x80 for unit in units) and {32, 33} <= known


def _units_of(head: bytes) -> list[bytes]:
    """The first two bytes of every unit in the head; none where other bytes than zeros come before the first start code."""
    at = head.find(START)
    units: list[bytes] = []
    if at < 0 or any(head[:at]):
        return units
    while at >= 0:
        unit = head[at + 3 : at + 5]
        if unit:
            units.append(unit)
        at = head.find(START, at + 3)
    return units


def read_h264(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole H.264 stream. Any bytes give one; raises OSError only, as the file itself does."""
    return _read(file, length, "h264", lambda head: _named(H264, head, head[0] & 0x1F))


def read_hevc(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole HEVC stream. Any bytes give one; raises OSError only, as the file itself does."""
    return _read(file, length, "hevc", lambda head: _named(HEVC, head, head[0] >> 1 & 0x3F))


def _named(names: dict[int, str], head: bytes, kind: int) -> str:
    return "no unit" if head[0] & 0x80 else names.get(kind, f"unit of type {kind}")


@dataclass(slots=True)
class Tally:
    """Runs of units so far, and what was found in them."""

    runs: list[Box] = field(default_factory=list)
    name: str = ""
    start: int = 0
    """The run under way: its kind and where it begins."""
    counts: Counter[str] = field(default_factory=Counter)
    sets: dict[str, dict[bytes, int]] = field(default_factory=dict)
    """Different sets of parameters, and where each comes first."""
    ends: dict[str, int] = field(default_factory=dict)
    rest: int = -1
    """Where units stop being read."""


def _read(file: BinaryIO, length: int, form: str, kind: Kind) -> Structure:
    source, tally, stated = open_source(file, length), Tally(), Stated()
    first = _walk(source, tally, kind)
    gaps = [(0, first)] if first else []
    if first:
        source.problem(0, f"the first {first} bytes come before any start code")
    if tally.rest >= 0:
        gaps.append((tally.rest, source.length))
        source.problem(tally.rest, f"more than {MAX_UNITS} units; the rest is not read")
    if tally.name == MIXED:
        stated.add(f"{MIXED}/start", f"from byte {tally.start} on the runs of single kinds are too many to be listed")
    for name, count in tally.counts.items():
        stated.add(f"{name}/count", count)
    for name, found in tally.sets.items():
        for place, offset in enumerate(found.values(), 1):
            stated.add(f"{name}/version[{place}]", f"first at byte {offset}")
    for name, offset in tally.ends.items():
        stated.add(f"{name}/first", f"at byte {offset}")
    return Structure(form, tuple(placed(tally.runs, "")), tuple(gaps), tuple(stated.facts), tuple(source.problems))


def _walk(source: Source, tally: Tally, kind: Kind) -> int:
    """Gather the runs; gives where the first one begins."""
    first = source.length
    for place, (begin, head, unit) in enumerate(_starts(source)):
        start = begin
        if place == 0:
            start = first = 0 if _only_zeros(source, begin) else begin
        if place >= MAX_UNITS:
            tally.rest = start
            break
        name = kind(head) if head else "empty unit"
        _note(source, tally, name, start, unit)
        if name != tally.name != MIXED:
            _end(tally, start)
            tally.name = name if len(tally.runs) < MAX_BOXES - 1 else MIXED
            tally.start = start
    _end(tally, tally.rest if tally.rest >= 0 else source.length)
    return first


def _end(tally: Tally, offset: int) -> None:
    """End the run under way."""
    if tally.name:
        tally.runs.append(Box(tally.name, tally.start, offset - tally.start, 0, offset - tally.start, ""))


def _only_zeros(source: Source, end: int) -> bool:
    """True where nothing but zeros comes before the first start code: they belong to the stream (leading_zero_8bits)."""
    return end <= WINDOW and not any(source.read(0, end))


def _note(source: Source, tally: Tally, name: str, offset: int, unit: bytes) -> None:
    tally.counts[name] += 1
    if name == "no unit":
        source.problem(offset, "a start code is followed by a byte that begins no unit")
    elif name in SETS:
        known = tally.sets.setdefault(name, {})
        if len(known) < MAX_SETS:
            known.setdefault(unit, offset)
    elif name in ENDS:
        tally.ends.setdefault(name, offset)


def _starts(source: Source) -> Iterator[tuple[int, bytes, bytes]]:
    """Every unit: where it begins, a zero before its start code included, its first bytes, and a set of parameters as a whole."""
    position = 0
    while position < source.length:
        data = source.read(position, WINDOW)
        last = position + len(data) >= source.length
        at = data.find(START)
        # A unit near the end of the window is left to the next one, which begins a byte before it.
        while at >= 0 and (last or at + LONGEST_SET + 6 <= len(data)):
            following = data.find(START, at + 3)
            end = following if 0 <= following < at + LONGEST_SET else min(at + 3 + LONGEST_SET, len(data))
            zero = at > 0 and data[at - 1] == 0
            yield position + at - zero, data[at + 3 : at + 5], data[at + 3 : end].rstrip(b"\x00")
            at = following
        if last or not data:
            return
        position += max(1, at - 1) if at >= 0 else len(data) - 3

"""Reads a whole MXF file: its partitions and pieces, and what the header states about the programs and dates of its making.

Every program that writes to such a file is asked to add an Identification of its own, so several of them are a history
(SMPTE ST 377-1, 9.5.2 and annex B).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from entirety.model.container import Box, Structure
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.mxf.keys import PARTITION_NAMES, PARTITIONS, RANDOM, STATUS
from entirety.read.container.mxf.walk import KEY, LONGEST_HEAD, walk_pieces
from entirety.read.container.stated import Stated, utf16_text

MAX_BODY = 2**16
"""Bytes of one set that are read; a local set states the length of each item in 16 bits."""
MAX_SETS = 2_000
"""Sets of one file that are read; a header with its copy in the footer has some dozens."""
TEXT, DATE, NUMBER, VERSION = "text", "date", "number", "version"
ITEMS = {
    "Preface": {0x3B02: ("LastModifiedDate", DATE), 0x3B05: ("Version", NUMBER)},
    "Identification": {
        0x3C01: ("CompanyName", TEXT),
        0x3C02: ("ProductName", TEXT),
        0x3C03: ("ProductVersion", VERSION),
        0x3C04: ("VersionString", TEXT),
        0x3C06: ("ModificationDate", DATE),
        0x3C07: ("ToolkitVersion", VERSION),
        0x3C08: ("Platform", TEXT),
    },
    "MaterialPackage": {
        0x4402: ("Name", TEXT),
        0x4404: ("PackageModifiedDate", DATE),
        0x4405: ("PackageCreationDate", DATE),
    },
    "TimecodeComponent": {
        0x0202: ("Duration", NUMBER),
        0x1501: ("StartTimecode", NUMBER),
        0x1502: ("RoundedTimecodeBase", NUMBER),
        0x1503: ("DropFrame", NUMBER),
    },
}
ITEMS["SourcePackage"] = ITEMS["MaterialPackage"]
"""Items of local sets that are stated, by set and local tag (SMPTE ST 377-1, annexes A and B)."""


def read_mxf(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole file of `length` bytes. Any bytes give one; raises OSError only, as the file itself does."""
    source = open_source(file, length)
    boxes, leftovers = walk_pieces(source)
    stated = Stated()
    left = MAX_SETS
    # Offsets in the file count from the first partition.
    start = next((box.offset for box in boxes if box.kind in PARTITION_NAMES), 0)
    places = {box.offset - start: box.kind for box in boxes if box.kind in PARTITION_NAMES}
    for box in boxes:
        if box.kind in PARTITION_NAMES:
            _partition(source, stated, places, box, start)
        for child in box.children:
            if child.kind in ITEMS and left > 0:
                left -= 1
                _set(source, stated, child)
    _random_index(source, boxes, places)
    return Structure("mxf", boxes, leftovers, tuple(stated.facts), tuple(source.problems))


def _partition(source: Source, stated: Stated, places: dict[int, str], box: Box, start: int) -> None:
    head = source.read(box.offset, LONGEST_HEAD)
    body = box.offset + _head_length(head)
    raw = source.read(body, min(80, box.offset + box.header - body))
    if len(raw) < 80:
        source.problem(box.offset, f"{box.kind} is too short for what it should state")
        return
    major, minor, _, this, _, footer = struct.unpack_from(">HHIQQQ", raw)
    stated.add(f"{box.path}/version", f"{major}.{minor}")
    stated.add(f"{box.path}/status", STATUS.get(head[14], str(head[14])))
    pattern = raw[64:80]
    if pattern[:4] == b"\x06\x0e\x2b\x34" and pattern[8:12] == b"\x0d\x01\x02\x01":
        kind = (
            f"OP{pattern[12]}{'abc'[pattern[13] - 1]}" if pattern[12] in {1, 2, 3} and pattern[13] in {1, 2, 3} else ""
        )
        stated.add(f"{box.path}/operational_pattern", kind or pattern.hex())
    if this != box.offset - start:
        source.problem(box.offset, f"{box.kind} states that it begins at byte {this} of the file")
    if footer and places.get(footer) != PARTITIONS[4]:
        source.problem(box.offset, f"{box.kind} states a footer at byte {footer}, and none begins there")


def _head_length(head: bytes) -> int:
    """Bytes of key and length of a piece that was read before."""
    return KEY + 1 + (head[KEY] & 0x7F if head[KEY] & 0x80 else 0)


def _set(source: Source, stated: Stated, box: Box) -> None:
    data = source.read(box.offset + box.header, min(box.size - box.header, MAX_BODY))
    wanted = ITEMS[box.kind]
    for tag, value in _items(data):
        if tag in wanted:
            title, form = wanted[tag]
            stated.add(f"{box.path}/{title}", _printed(form, value))


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Local tags and values of a set."""
    at = 0
    while at + 4 <= len(data):
        tag, size = struct.unpack_from(">HH", data, at)
        yield tag, data[at + 4 : at + 4 + size]
        at += 4 + size


def _printed(form: str, raw: bytes) -> str:
    if form == TEXT:
        return utf16_text(raw, big=True)
    if form == DATE and len(raw) == 8:
        year, month, day, hour, minute, second, quarter = struct.unpack(">H6B", raw)
        if not any(raw):
            return "unset"
        return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{4 * quarter:03}"
    if form == VERSION and len(raw) == 10:
        *numbers, _ = struct.unpack(">5H", raw)
        return ".".join(str(number) for number in numbers)
    return str(int.from_bytes(raw)) if form == NUMBER and 0 < len(raw) <= 8 else f"{len(raw)} bytes"


def _random_index(source: Source, boxes: tuple[Box, ...], places: dict[int, str]) -> None:
    """Hold the list of partitions at the end of the file against those that are there."""
    pack = next((box for box in boxes if box.kind == RANDOM), None)
    if pack is None:
        return
    raw = source.read(pack.offset + pack.header, min(pack.size - pack.header, 12 * MAX_SETS + 4))[:-4]
    said = {offset for _, offset in struct.iter_unpack(">IQ", raw[: len(raw) // 12 * 12])}
    found = set(places)
    if said != found and len(found) <= MAX_SETS:
        words = f"the index of partitions names {len(said)}, of which {len(said & found)} are where it says; {len(found)} are there"
        source.problem(pack.offset, words)

"""Reads a whole ASF or WMV file: its objects, and what the header states about dates, lengths, programs and content.

Fields from the ASF Specification, revision 01.20.05, chapter 3.
"""

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from entirety.model.container import Box, Structure
from entirety.read.container.asf.guids import (
    CODEC_LIST,
    CONTENT,
    DATA,
    EXTENDED_CONTENT,
    FILE_PROPERTIES,
    HEADER,
    METADATA,
    METADATA_LIBRARY,
    STREAM_PROPERTIES,
    guid_text,
    stream_name,
)
from entirety.read.container.asf.objects import DATA_FIELDS, LENGTH, walk_objects
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.stated import Stated, moment, utf16_text

EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""Dates count tenths of a microsecond from here."""
MAX_BODY = 2**20
"""Bytes of one object that are read; a header with a cover picture takes some hundred thousand."""
MAX_ENTRIES = 500
"""Entries of one list that are read."""
BROADCAST, SEEKABLE = 1, 2
TEXT, BYTES = 0, 1
NUMBERS = {2: 4, 3: 4, 4: 8, 5: 2}
"""Data types of an attribute and their sizes: truth value, 32, 64 and 16 bits; a truth value in a metadata object has 2 bytes."""


def read_asf(file: BinaryIO, length: int) -> Structure:
    """The structure of a whole file of `length` bytes. Any bytes give one; raises OSError only, as the file itself does."""
    source = open_source(file, length)
    boxes, leftovers = walk_objects(source)
    stated = Stated()
    headers = [box for box in boxes if box.kind == HEADER]
    for further in headers[1:]:
        source.problem(further.offset, "another header begins; a player reads the first only")
    for header in headers[:1]:
        _check_count(source, header)
        for box in header.walk():
            read = READ.get(box.kind)
            if read is not None:
                _body(source, stated, box, read)
    _data(source, stated, boxes)
    return Structure("asf", boxes, leftovers, tuple(stated.facts), tuple(source.problems))


Read = Callable[[Stated, str, bytes], None]


def _body(source: Source, stated: Stated, box: Box, read: Read) -> None:
    size = box.size - LENGTH
    data = source.read(box.offset + LENGTH, min(size, MAX_BODY))
    if size > MAX_BODY:
        source.problem(box.offset, f"{box.kind} is read up to its first {MAX_BODY} bytes")
    try:
        read(stated, box.path, data)
    except struct.error:
        source.problem(box.offset, f"{box.kind} is too short for what it should state")


def _check_count(source: Source, header: Box) -> None:
    count = int.from_bytes(source.read(header.offset + LENGTH, 4), "little")
    if count != len(header.children):
        words = f"the header states {count} objects, and {len(header.children)} are there"
        source.problem(header.offset, words)


def _file_properties(stated: Stated, path: str, data: bytes) -> None:
    size, created, packets, play, send, preroll, flags, least, most, rate = struct.unpack_from("<16x6Q4I", data)
    stated.add(f"{path}/file_id", guid_text(data[:16]))
    stated.add(f"{path}/broadcast", "yes" if flags & BROADCAST else "no")
    stated.add(f"{path}/seekable", "yes" if flags & SEEKABLE else "no")
    stated.add(f"{path}/file_size", size)
    if created:
        stated.add(f"{path}/creation_date", moment(EPOCH, timedelta(microseconds=created // 10)) or created)
    stated.add(f"{path}/data_packets_count", packets)
    stated.add(f"{path}/play_duration", f"{play / 1e7:.3f} s")
    stated.add(f"{path}/send_duration", f"{send / 1e7:.3f} s")
    stated.add(f"{path}/preroll", f"{preroll} ms")
    stated.add(f"{path}/data_packet_size", str(least) if least == most else f"{least} to {most}")
    stated.add(f"{path}/maximum_bitrate", f"{rate} bits per second")


def _stream_properties(stated: Stated, path: str, data: bytes) -> None:
    (flags,) = struct.unpack_from("<H", data, 48)
    stated.add(f"{path}/stream_type", f"{stream_name(data[:16])}, stream {flags & 0x7F}")
    if flags & 0x8000:
        stated.add(f"{path}/encrypted", "yes")


def _codec_list(stated: Stated, path: str, data: bytes) -> None:
    (count,) = struct.unpack_from("<I", data, 16)
    at = 20
    for place in range(1, min(count, MAX_ENTRIES) + 1):
        kind, words = struct.unpack_from("<HH", data, at)
        name_end = at + 4 + 2 * words
        (words,) = struct.unpack_from("<H", data, name_end)
        end = name_end + 2 + 2 * words
        (octets,) = struct.unpack_from("<H", data, end)
        entry = f"{path}/entry[{place}]"
        stated.add(f"{entry}/type", {1: "video", 2: "audio"}.get(kind, str(kind)))
        stated.add(f"{entry}/name", utf16_text(data[at + 4 : name_end], big=False))
        stated.add(f"{entry}/description", utf16_text(data[name_end + 2 : end], big=False))
        at = end + 2 + octets


def _content(stated: Stated, path: str, data: bytes) -> None:
    at = 10
    names = ("title", "author", "copyright", "description", "rating")
    for name, size in zip(names, struct.unpack_from("<5H", data), strict=True):
        stated.add(f"{path}/{name}", utf16_text(data[at : at + size], big=False))
        at += size


def _extended_content(stated: Stated, path: str, data: bytes) -> None:
    (count,) = struct.unpack_from("<H", data)
    at = 2
    for _ in range(min(count, MAX_ENTRIES)):
        (size,) = struct.unpack_from("<H", data, at)
        name = utf16_text(data[at + 2 : at + 2 + size], big=False)
        kind, octets = struct.unpack_from("<HH", data, at + 2 + size)
        at += 6 + size
        stated.add(f"{path}/{name}", _value(kind, data[at : at + octets]))
        at += octets


def _metadata(stated: Stated, path: str, data: bytes) -> None:
    """Attributes of single streams; the library has the same layout."""
    (count,) = struct.unpack_from("<H", data)
    at = 2
    for _ in range(min(count, MAX_ENTRIES)):
        stream, size, kind, octets = struct.unpack_from("<2xHHHI", data, at)
        at += 12
        name = utf16_text(data[at : at + size], big=False)
        at += size
        of = f"stream[{stream}]/" if stream else ""
        stated.add(f"{path}/{of}{name}", _value(kind, data[at : at + octets]))
        at += octets


def _value(kind: int, raw: bytes) -> str:
    if kind == TEXT:
        return utf16_text(raw, big=False)
    if kind in NUMBERS:
        return str(int.from_bytes(raw[: NUMBERS[kind]], "little"))
    if kind == BYTES:
        return f"{len(raw)} bytes"
    return guid_text(raw) if len(raw) == 16 else f"{len(raw)} bytes of type {kind}"


def _data(source: Source, stated: Stated, boxes: tuple[Box, ...]) -> None:
    """Hold what the data object states against the file properties and the bytes that are there."""
    data = next((box for box in boxes if box.kind == DATA), None)
    if data is None or data.size < LENGTH + DATA_FIELDS:
        source.problem(data.offset if data else 0, "the file holds no whole data object, so no picture or sound")
        return
    raw = source.read(data.offset + LENGTH, DATA_FIELDS)
    count = int.from_bytes(raw[16:24], "little")
    stated.add(f"{data.path}/file_id", guid_text(raw[:16]))
    stated.add(f"{data.path}/total_data_packets", count)
    said = dict(stated.facts)
    properties = f"{HEADER}/{FILE_PROPERTIES}"
    size = said.get(f"{properties}/data_packet_size", "")
    if said.get(f"{properties}/broadcast") != "no" or not size.isdigit() or not int(size):
        return
    if said.get(f"{properties}/file_id") != guid_text(raw[:16]):
        source.problem(data.offset, "the data belongs to another file ID than the header")
    room = (data.size - LENGTH - DATA_FIELDS) // int(size)
    if room != count:
        source.problem(data.offset, f"the data object states {count} packets, and {room} are there")
    if said.get(f"{properties}/file_size") != str(source.length):
        words = (
            f"the header states a file of {said.get(f'{properties}/file_size')} bytes, and {source.length} are there"
        )
        source.problem(0, words)


READ: dict[str, Read] = {
    FILE_PROPERTIES: _file_properties,
    STREAM_PROPERTIES: _stream_properties,
    CODEC_LIST: _codec_list,
    CONTENT: _content,
    EXTENDED_CONTENT: _extended_content,
    METADATA: _metadata,
    METADATA_LIBRARY: _metadata,
}

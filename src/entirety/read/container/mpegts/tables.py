"""What the tables of a transport stream state: programmes, streams, the names of the service, the date of the broadcast.

Terms from ISO/IEC 13818-1, 2.4.4 (PAT, PMT) and ETSI EN 300 468 (SDT, TDT, TOT).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from entirety.read.container.isobmff.kinds import kind_text
from entirety.read.container.isobmff.source import Source
from entirety.read.container.isobmff.text import read_text
from entirety.read.container.mpegts.sections import PAT, PMT, SDT, TDT, TOT, Sections, checksum
from entirety.read.container.multiplex import STREAM_TYPES
from entirety.read.container.stated import Stated, moment

SDT_PID, TDT_PID = 0x11, 0x14
DAY_ZERO = datetime(1858, 11, 17, tzinfo=UTC)
"""The modified Julian date counts from here (EN 300 468, annex C)."""
REGISTRATION, LANGUAGE, SERVICE = 0x05, 0x0A, 0x48
LATIN = {0x01: 5, 0x02: 6, 0x03: 7, 0x04: 8, 0x05: 9, 0x06: 10, 0x07: 11, 0x09: 13, 0x0A: 14, 0x0B: 15}
"""First byte of a text and the part of ISO/IEC 8859 it selects (EN 300 468, table A.3)."""


@dataclass(slots=True)
class Tables:
    """The state of the tables while the file is read."""

    stated: Stated = field(default_factory=Stated)
    sections: Sections = field(default_factory=Sections)
    pids: set[int] = field(default_factory=lambda: {0, SDT_PID, TDT_PID})
    """Where tables are looked for; the PAT names more."""
    told: dict[str, str] = field(default_factory=dict)
    clock: str = ""
    """The last date of the broadcast."""


def read_packet(source: Source, tables: Tables, offset: int, pid: int, payload: bytes, *, starts: bool) -> None:
    """Take in a packet of one of `tables.pids`."""
    for section in tables.sections.add(offset, pid, payload, starts=starts):
        table = section[0]
        wanted = {0: (PAT,), SDT_PID: (SDT,), TDT_PID: (TDT, TOT)}.get(pid, (PMT,))
        if table not in wanted:
            continue
        if table != TDT and checksum(section):
            source.problem(offset, f"a table in PID {pid:#06x} has a wrong checksum and is not read")
        elif pid == TDT_PID:
            _date(tables, section)
        else:
            {PAT: _pat, PMT: _pmt, SDT: _sdt}[table](tables, offset, section)


def finish(source: Source, tables: Tables) -> None:
    """Record what only the end of the file decides."""
    if tables.clock and tables.told.get("tdt/utc_time") != tables.clock:
        tables.stated.add("tdt/last_utc_time", tables.clock)
    if tables.sections.full >= 0:
        source.problem(tables.sections.full, "the tables change too often; from here on they are not read")
    if "pat" not in tables.told:
        source.problem(0, "no table of programmes (PAT) can be read in the whole file")


def _tell(tables: Tables, offset: int, path: str, value: str) -> None:
    """State a value; again, with its place, where it changes."""
    before = tables.told.get(path)
    if before == value or not value:
        return
    tables.told[path] = value
    tables.stated.add(path, value if before is None else f"{value} (from byte {offset} on)")


def _pat(tables: Tables, offset: int, section: bytes) -> None:
    tables.told["pat"] = "read"
    _tell(tables, offset, "pat/transport_stream_id", str(int.from_bytes(section[3:5])))
    for at in range(8, len(section) - 7, 4):
        program, pid = int.from_bytes(section[at : at + 2]), int.from_bytes(section[at + 2 : at + 4]) & 0x1FFF
        if program:
            tables.pids.add(pid)
            _tell(tables, offset, f"pat/program[{program}]", f"PMT in PID {pid:#06x}")


def _pmt(tables: Tables, offset: int, section: bytes) -> None:
    if len(section) < 16:
        return
    path = f"pmt[{int.from_bytes(section[3:5])}]"
    _tell(tables, offset, f"{path}/pcr_pid", f"{int.from_bytes(section[8:10]) & 0x1FFF:#06x}")
    at = 12 + (int.from_bytes(section[10:12]) & 0x0FFF)
    _describe(tables, offset, path, section[12:at])
    while at + 5 <= len(section) - 4:
        kind, pid = section[at], int.from_bytes(section[at + 1 : at + 3]) & 0x1FFF
        end = at + 5 + (int.from_bytes(section[at + 3 : at + 5]) & 0x0FFF)
        stream = f"{path}/stream[{pid:#06x}]"
        name = STREAM_TYPES.get(kind, "")
        _tell(tables, offset, f"{stream}/stream_type", f"{kind:#04x} ({name})" if name else f"{kind:#04x}")
        _describe(tables, offset, stream, section[at + 5 : min(end, len(section) - 4)])
        at = end


def _descriptors(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 <= len(data):
        yield data[at], data[at + 2 : at + 2 + data[at + 1]]
        at += 2 + data[at + 1]


def _describe(tables: Tables, offset: int, path: str, data: bytes) -> None:
    for tag, body in _descriptors(data):
        if tag == REGISTRATION and len(body) >= 4:
            _tell(tables, offset, f"{path}/registration", kind_text(body[:4]))
        elif tag == LANGUAGE and len(body) >= 3:
            _tell(tables, offset, f"{path}/language", kind_text(body[:3]))


def _sdt(tables: Tables, offset: int, section: bytes) -> None:
    at = 11
    while at + 5 <= len(section) - 4:
        end = at + 5 + (int.from_bytes(section[at + 3 : at + 5]) & 0x0FFF)
        path = f"sdt/service[{int.from_bytes(section[at : at + 2])}]"
        for tag, body in _descriptors(section[at + 5 : min(end, len(section) - 4)]):
            if tag == SERVICE and len(body) >= 2:
                cut = 2 + body[1]
                _tell(tables, offset, f"{path}/provider_name", _text(body[2:cut]))
                _tell(tables, offset, f"{path}/service_name", _text(body[cut + 1 : cut + 1 + sum(body[cut : cut + 1])]))
        at = end


def _text(raw: bytes) -> str:
    """A text of EN 300 468, annex A; the default alphabet is read as far as it equals ISO/IEC 8859-1."""
    if raw[:1] == b"\x15":
        return read_text(raw[1:])
    if raw[:1] == b"\x11":
        return read_text(b"\xfe\xff" + raw[1:])
    part, skip = 1, 0
    if raw[:1] and raw[0] < 0x20:
        part, skip = (raw[2], 3) if raw[0] == 0x10 and len(raw) > 2 else (LATIN.get(raw[0], 1), 1)
    known = part in {1, *range(2, 12), *range(13, 17)}
    return read_text(raw[skip:].decode(f"iso8859-{part if known else 1}", "replace").encode())


def _date(tables: Tables, section: bytes) -> None:
    """UTC of a TDT or TOT: days as a number, the time of day in decimal digits of four bits."""
    clock = section[5:8].hex()
    if len(section) < 8 or not clock.isdecimal():
        return
    hours, minutes, seconds = (int(clock[at : at + 2]) for at in (0, 2, 4))
    days = int.from_bytes(section[3:5])
    tables.clock = moment(DAY_ZERO, timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
    if "tdt/utc_time" not in tables.told:
        _tell(tables, 0, "tdt/utc_time", tables.clock)

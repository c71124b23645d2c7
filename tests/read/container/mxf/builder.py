"""Pieces of MXF by hand: the smallest byte builder that the reader's tests need."""

import io
import struct

from entirety.model.container import Structure
from entirety.read.container.mxf import read_mxf

PACK = bytes.fromhex("060e2b34020501010d01020101")
SET = bytes.fromhex("060e2b34025301010d0101010101")
FILL = bytes.fromhex("060e2b34010101020301021001000000")
PICTURE = bytes.fromhex("060e2b34010201010d01030115010500")
PATTERN = bytes.fromhex("060e2b34040101010d01020101010900")


def klv(key: bytes, value: bytes, *, long: bool = True) -> bytes:
    size = b"\x83" + len(value).to_bytes(3) if long else bytes([len(value)])
    return key + size + value


def pack(kind: int, this: int, before: int, footer: int, status: int = 4) -> bytes:
    body = struct.pack(">HHIQQQQQIQI", 1, 3, 1, this, before, footer, 0, 0, 0, 0, 1)
    return klv(PACK + bytes([kind, status, 0]), body + PATTERN + struct.pack(">II", 0, 16))


def local(number: int, *items: tuple[int, bytes]) -> bytes:
    return klv(SET + bytes([number, 0]), b"".join(struct.pack(">HH", tag, len(v)) + v for tag, v in items))


def date(year: int, *rest: int) -> bytes:
    return struct.pack(">H6B", year, *rest)


def wide(text: str) -> bytes:
    return text.encode("utf-16-be")


def identification(product: str) -> bytes:
    return local(
        0x30,
        (0x3C01, wide("Company")),
        (0x3C02, wide(product)),
        (0x3C03, struct.pack(">5H", 1, 2, 3, 4, 1)),
        (0x3C04, wide("1.2.3 beta")),
        (0x3C06, date(2021, 5, 6, 7, 8, 9, 10)),
    )


def mxf(*, products: tuple[str, ...] = ("Recorder",), run_in: bytes = b"") -> bytes:
    """Header, one body partition with pictures, footer, and the index of partitions; offsets agree."""
    preface = local(0x2F, (0x3B02, date(2021, 5, 6, 7, 8, 9, 0)), (0x3B05, b"\x01\x03"))
    timecode = local(
        0x14, (0x0202, (75).to_bytes(8)), (0x1501, (90_000).to_bytes(8)), (0x1502, b"\x00\x19"), (0x1503, b"\0")
    )
    sets = preface + b"".join(identification(name) for name in products) + timecode + klv(FILL, bytes(50))
    essence = (klv(PICTURE, b"p" * 300) + klv(FILL, bytes(20))) * 3
    size = len(pack(2, 0, 0, 0))
    body, footer = size + len(sets), 2 * size + len(sets) + len(essence)
    made = pack(2, 0, 0, footer) + sets + pack(3, body, 0, footer) + essence + pack(4, footer, body, footer)
    places = struct.pack(">IQIQIQ", 0, 0, 1, body, 0, footer)
    return run_in + made + klv(PACK + b"\x11\x01\x00", places + struct.pack(">I", 20 + len(places) + 4))


def read(data: bytes) -> Structure:
    return read_mxf(io.BytesIO(data), len(data))

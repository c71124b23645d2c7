"""Reads the segments that stand before the picture in a JPEG image: tables, size, texts (ITU-T T.81, Annex B).

Each begins with 0xFF and a number, the marker, and states its length. What program or device wrote an image shows in the tables,
and in which segments it writes in which order.
"""

from dataclasses import dataclass, field

SEGMENTS_MOST = 64
"""Segments read before the picture; cameras write 5 to 12."""
SOS, DQT, DHT, DRI, COM, APP0, APP1 = 0xDA, 0xDB, 0xC4, 0xDD, 0xFE, 0xE0, 0xE1
SIZES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, 0xCC}
"""SOF0 to SOF15 (Table B.1): the segment with the picture's size."""
COEFFICIENTS = 64
COMPONENTS_MOST = 4
TABLES_MOST = 4
TEXT_BYTES = 2_000
TABLE_BYTES = TABLES_MOST * (1 + 2 * COEFFICIENTS)
START_BYTES = 64
"""Within which the image has to begin."""


@dataclass(slots=True)
class Head:
    """What stands before the picture."""

    length: int = 0
    """Bytes up to the picture's data."""
    markers: bytearray = field(default_factory=bytearray)
    """Numbers of the segments in their order."""
    tables: dict[int, bytes] = field(default_factory=dict)
    """Quantiser tables by their number: 64 coefficients of two bytes each in the order stored."""
    frame: tuple[int, ...] = ()
    """Coding process (0 baseline), precision, height, width, then the sampling of each component; empty where absent."""
    restart: int = 0
    """Restart interval; 0 where none is stated."""
    comments: list[bytes] = field(default_factory=list)
    exif: bytes = b""
    """The TIFF file within the Exif segment; empty where there is none."""
    polarity: int = -1
    """Of the field, as AVI1 states it: 0 a whole frame, 1 odd, 2 even; -1 where it states none."""
    readable: bool = False
    """The segments go without a break to the picture."""


def read_head(packet: bytes) -> Head:
    """Read the segments of one image; of a broken one what stands before the break."""
    head = Head()
    at = packet.find(b"\xff\xd8", 0, START_BYTES) + 2
    for _ in range(SEGMENTS_MOST if at >= 2 else 0):
        while packet[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        marker, length = packet[at : at + 2], int.from_bytes(packet[at + 2 : at + 4])
        if len(marker) < 2 or marker[0] != 0xFF or length < 2 or at + 2 + length > len(packet):
            break
        start, at = at + 4, at + 2 + length
        head.markers.append(marker[1])
        if marker[1] == SOS:
            head.length, head.readable = at, bool(head.frame)
            break
        if not _segment(head, marker[1], packet[start:at]):
            break
    return head


def _segment(head: Head, kind: int, data: bytes) -> bool:
    """Take in the content of one segment; False where it breaks off within a table."""
    if kind == DQT:
        return _tables(data[:TABLE_BYTES], head.tables)
    if kind in SIZES:
        head.frame = _frame(kind, data)
    elif kind == DRI:
        head.restart = int.from_bytes(data[:2])
    elif kind == COM:
        head.comments.append(data[:TEXT_BYTES])
    elif kind == APP0 and data[:4] == b"AVI1" and len(data) > 4:
        head.polarity = data[4]
    elif kind == APP1 and data[:6] == b"Exif\x00\x00":
        head.exif = data[6:]
    return True


def _tables(data: bytes, tables: dict[int, bytes]) -> bool:
    """Take in the tables of one DQT segment (B.2.4.1); False where it breaks off within one."""
    at = 0
    while at < len(data):
        number, wide = data[at] & 15, data[at] >> 4
        size = COEFFICIENTS * (wide + 1)
        values = data[at + 1 : at + 1 + size]
        if number >= TABLES_MOST or wide > 1 or len(values) < size:
            return False
        tables[number] = values if wide else _widened(values)
        at += 1 + size
    return True


def _widened(values: bytes) -> bytes:
    """Coefficients of one byte as coefficients of two."""
    wide = bytearray(2 * COEFFICIENTS)
    wide[1::2] = values
    return bytes(wide)


def _frame(kind: int, data: bytes) -> tuple[int, ...]:
    """Process, precision, height, width and samplings of an SOF segment (B.2.2); empty where it is cut short."""
    count = data[5] if len(data) > 5 else 0
    if not 0 < count <= COMPONENTS_MOST or len(data) < 6 + 3 * count:
        return ()
    size = (data[0], int.from_bytes(data[1:3]), int.from_bytes(data[3:5]))
    return (kind & 15, *size, *(data[7 + 3 * k] for k in range(count)))

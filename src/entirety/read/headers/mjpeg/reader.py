"""Collects the headers of motion JPEG: every picture is an image of its own, with tables and texts of its own.

An encoder scales its quantiser tables up and down to keep its rate; the form of the tables stays the same. So a table is written down
only where its form changes, while the column `quantiser` follows its height.
"""

import zlib
from dataclasses import dataclass

from entirety.model.headers import CodedHeaders, EmbeddedClock, ParameterSet
from entirety.read.headers.mjpeg.exif import exif_texts, printable
from entirety.read.headers.mjpeg.segments import Head, read_head
from entirety.read.headers.mjpeg.tables import mean, scaled
from entirety.read.headers.picture_rows import INTRA, PictureRows

NAMES = ("width", "height", "restart_interval", "field", "tables", "markers")
"""`tables` and `markers`: checksums (CRC-32 without its highest bit) of all quantiser tables, and of the markers in their order."""
FACTS = ("process", "precision", "height", "width")
DIGITS = str.maketrans("0123456789", "0000000000")


@dataclass(frozen=True, slots=True)
class _Row:
    """The row that a head makes; the same head again makes the same row."""

    head: bytes
    quantiser: int
    values: tuple[int, ...]


class MjpegReader:
    """Reads the packets of one stream in file order."""

    def __init__(self, _extradata: bytes) -> None:
        """The container's header of motion JPEG states nothing that the images do not state themselves."""
        self._rows = PictureRows("mjpeg", NAMES)
        self._last: _Row | None = None
        self._built: tuple[int, ...] = ()
        self._forms: dict[int, bytes] = {}
        self._tables: dict[int, bytes] = {}

    def configure(self, extradata: bytes) -> None:
        """Nothing follows from a further header."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        last = self._last
        if last is not None and packet.startswith(last.head):
            self._rows.add(INTRA, 1, last.quantiser, last.values)
            return
        head = read_head(packet)
        if not head.readable:
            self._rows.add(INTRA, 1, -1, self._rows.absent, readable=False)
            return
        kept = self._record(head)
        self._tables.update(head.tables)
        tables = zlib.crc32(b"".join(self._tables[k] for k in sorted(self._tables))) >> 1
        values = (head.frame[3], head.frame[2], head.restart, head.polarity, tables, zlib.crc32(head.markers) >> 1)
        self._last = _Row(packet[: head.length], mean(self._tables.get(0, b"")), values)
        self._rows.add(INTRA, 1, self._last.quantiser, values, readable=kept)

    def _record(self, head: Head) -> bool:
        """Write down what differs from before; False where the record is full."""
        rows, row, kept = self._rows, self._rows.row, True
        built = (*head.frame, head.restart)
        if built != self._built:
            kept = rows.setting(ParameterSet("sof", 0, row, repr(built).encode(), _facts(head)))
            self._built = built if kept else self._built
        kept &= rows.setting(ParameterSet("markers", 0, row, bytes(head.markers), ()))
        for number, table in head.tables.items():
            if number not in self._forms or not scaled(self._forms[number], table):
                self._forms[number] = table
                kept &= rows.setting(ParameterSet("dqt", number, row, table, ()))
        for comment in head.comments:
            text = printable(comment)
            if text:  # a clock that a camera writes here is no signature: of digits only their place counts
                rows.note("COM", text, same=text.translate(DIGITS))
        texts = exif_texts(head.exif)
        if texts:
            who = "; ".join(f"{name}: {text}" for name, text in texts if name != "DateTime")
            rows.note("APP1", "; ".join(f"{name}: {text}" for name, text in texts), same=who)
        return kept

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._rows.columns()

    def clocks(self, _stream: int) -> tuple[EmbeddedClock, ...]:
        """No clock is read out of motion JPEG."""
        return ()


def _facts(head: Head) -> tuple[tuple[str, int], ...]:
    """How the image is built, by the names of the standard; `process` is the number of its SOF segment."""
    samplings = head.frame[len(FACTS) :]
    return (
        *zip(FACTS, head.frame, strict=False),
        ("restart_interval", head.restart),
        *((f"sampling.{k}", value) for k, value in enumerate(samplings)),
    )

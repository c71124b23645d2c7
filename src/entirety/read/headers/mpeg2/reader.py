"""Collects the headers of an MPEG-1 or MPEG-2 stream, packet after packet, into one table with a row per packet.

Every group of pictures may begin with a time code and a mark for a broken link; every picture is numbered within its group.
Clause numbers follow ISO/IEC 13818-2.
"""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import BEFORE_FIRST_PACKET, MISSING, CodedHeaders, EmbeddedClock
from entirety.read.headers.mpeg2.sequence import read_sequence
from entirety.read.headers.mpeg2.timecode import pictures_since_midnight
from entirety.read.headers.start_codes import REACH, START, Record, parts

PICTURE, USER_DATA, SEQUENCE, EXTENSION, GROUP = 0x00, 0xB2, 0xB3, 0xB5, 0xB8
FIRST_SLICE, LAST_SLICE = 0x01, 0xAF
"""Start codes (Table 6-1)."""
SEQUENCE_EXTENSION, MATRIX_EXTENSION, CODING_EXTENSION = 1, 3, 8
"""extension_start_code_identifier (Table 6-2)."""
FRAME = 3
"""picture_structure of a picture that is a whole frame; 1 and 2 are its fields (Table 6-14)."""
COLUMNS = (
    "temporal_reference",
    "vbv_delay",
    "picture_structure",
    "top_field_first",
    "repeat_first_field",
    "progressive_frame",
    "q_scale_type",
    "time_code",
    "closed_gop",
    "broken_link",
    "fields",
)
"""After the standard; `fields` is how many fields a decoder shows for the packet: 2 for a frame, 3 where one is repeated."""
LONGEST = 5
"""Bytes of the extension of a picture's header; that of a group has 4 and is never the end of a packet."""
NAMES = {name: place for place, name in enumerate(("kind", "quantiser", *COLUMNS))}
NOTHING = [0, -1, *[MISSING] * len(COLUMNS)]


class Mpeg2Reader:
    """Reads the packets of one stream in decode order; holds the sequence header in force between them."""

    def __init__(self, codec: str, extradata: bytes) -> None:
        """`extradata` is the sequence header from the container, or empty."""
        self._codec = codec
        self._record = Record()
        self._rate: Fraction | None = None
        self._nominal = 0
        self._tall = self._progressive = False
        self._base: Fraction | None = None
        self._readings = array("q")
        if extradata:
            self._read(extradata, BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in a further header that the container has for the packet added next."""
        if extradata:
            self._read(extradata, len(self._record.table) // len(NAMES))

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        number = len(self._record.table) // len(NAMES)
        row, sound = self._read(packet, number)
        if packet and not (sound and row[0]):
            self._record.unreadable.append(number)
        self._reading(row, number)
        self._record.table.extend(row)

    def _read(self, packet: bytes, number: int) -> tuple[list[int], bool]:
        row, sound = NOTHING.copy(), True
        sequence = extensions = b""
        first = texts = 0
        for code, start, end in parts(packet):
            if FIRST_SLICE <= code <= LAST_SLICE or (code == PICTURE and first):
                row[1] = self._quantiser(packet[start : start + 2]) if code and first else -1
                break
            if code == PICTURE:
                first, sound = start, _picture(packet[start : start + 4], row) and sound
            elif code == SEQUENCE:
                sequence = packet[start:end]
            elif code == EXTENSION and sequence and not first:
                extensions += _setting(packet[start:end])
            elif code == USER_DATA:
                self._record.texts.take(packet[start:end], number, texts)
                texts += 1
            else:
                _aside(code, packet[start : start + 5], row)
        if sequence:
            sound = self._sequence(sequence, extensions, number) and sound
        if first:
            self._shown(packet, row, first)
        return row, sound

    def _sequence(self, header: bytes, extension: bytes, number: int) -> bool:
        payload = header.rstrip(b"\0") + extension.rstrip(b"\0")
        if self._record.settings.same("sequence", payload):
            return True
        sequence = read_sequence(header, extension)
        self._record.settings.take("sequence", payload, number, sequence.facts)
        if sequence.facts:
            self._rate, self._nominal, self._tall = sequence.rate, sequence.nominal, sequence.tall
            self._progressive = dict(sequence.facts).get("progressive_sequence", 0) == 1
        return bool(sequence.facts)

    def _quantiser(self, data: bytes) -> int:
        """6.2.4: quantiser_scale_code stands first in a slice, but for the extension of tall pictures."""
        if len(data) < 2:
            return -1
        return data[0] & 31 if self._tall else data[0] >> 3

    def _reading(self, row: list[int], number: int) -> None:
        """The time code is that of the group's picture 0; what is kept is the time code of this packet's own picture."""
        code, reference = row[NAMES["time_code"]], row[NAMES["temporal_reference"]]
        if code < 0 or reference < 0 or not self._rate:
            return
        self._base = self._base or 1 / self._rate
        count = pictures_since_midnight(code, self._nominal)
        if count >= 0 and self._base == 1 / self._rate:
            self._readings.extend((number, count + reference))

    def _shown(self, packet: bytes, row: list[int], first: int) -> None:
        """How many fields the packet gives (6.3.10, repeat_first_field); of a progressive sequence two for each time shown."""
        structure, again = row[NAMES["picture_structure"]], row[NAMES["repeat_first_field"]] == 1
        if structure in (1, 2):
            row[NAMES["fields"]] = 2 if packet.find(START + b"\0", first, REACH) >= 0 else 1
        elif self._progressive and again:
            row[NAMES["fields"]] = 6 if row[NAMES["top_field_first"]] == 1 else 4
        else:
            row[NAMES["fields"]] = 3 if again else 2

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._record.headers(self._codec, COLUMNS)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time codes of the groups; a code without dropped numbers begins anew after 24 hours of its own count."""
        if self._base is None or not self._readings:
            return ()
        packet, stated = np.array(self._readings, np.int64).reshape(-1, 2).T
        return (EmbeddedClock("mpeg2-group", stream, packet.copy(), stated.copy(), self._base, daily=True),)


def _picture(data: bytes, row: list[int]) -> bool:
    """6.2.3."""
    if len(data) < 4:
        return False
    value = int.from_bytes(data)
    kind = value >> 19 & 7
    row[0] = kind if kind in (1, 2, 3) else 0
    row[NAMES["temporal_reference"]] = value >> 22
    row[NAMES["vbv_delay"]] = value >> 3 & 0xFFFF
    return 1 <= kind <= 4


def _setting(extension: bytes) -> bytes:
    """An extension that belongs to the settings of a sequence; nothing otherwise."""
    kind = extension[0] >> 4 if extension else 0
    return extension if kind in (SEQUENCE_EXTENSION, MATRIX_EXTENSION) else b""


def _aside(code: int, data: bytes, row: list[int]) -> None:
    """The header of a group (6.2.2.6), or the extension of a picture's header (6.2.3.1)."""
    value = int.from_bytes(data) if len(data) == LONGEST else 0
    if code == GROUP and value:
        row[NAMES["time_code"]] = value >> 15
        row[NAMES["closed_gop"]] = value >> 14 & 1
        row[NAMES["broken_link"]] = value >> 13 & 1
    elif code == EXTENSION and row[NAMES["temporal_reference"]] >= 0 and value >> 36 == CODING_EXTENSION:
        row[NAMES["picture_structure"]] = value >> 16 & 3
        row[NAMES["top_field_first"]] = value >> 15 & 1
        row[NAMES["q_scale_type"]] = value >> 12 & 1
        row[NAMES["repeat_first_field"]] = value >> 9 & 1
        row[NAMES["progressive_frame"]] = value >> 7 & 1

"""Collects the headers of an MPEG-4 part 2 stream, packet after packet, into one table with a row per packet.

Every picture states its own time: whole seconds counted from picture to picture, and ticks within the second. A group of pictures may
state the time anew as hours, minutes and seconds. Clause numbers follow ISO/IEC 14496-2.
"""

from array import array
from fractions import Fraction

import numpy as np

from entirety.model.headers import BEFORE_FIRST_PACKET, MISSING, CodedHeaders, EmbeddedClock
from entirety.read.headers.h263.picture import Form, read_picture
from entirety.read.headers.mpeg4.vol import Layer, read_layer
from entirety.read.headers.mpeg4.vop import MOST_BYTES, UNSET, B, Vop, read_vop
from entirety.read.headers.start_codes import REACH, START, Record, parts

LAYERS, USER_DATA, GROUP, VISUAL_OBJECT, PICTURE = range(0x20, 0x30), 0xB2, 0xB3, 0xB5, 0xB6
"""Start codes (Table 6-3)."""
NEXT_PICTURE = START + bytes([PICTURE])
WRAP = 10**9
"""Seconds at which the running time begins anew, so that it fits into its column: 31 years."""
MOST_PICTURES = 8
"""Pictures of one packet that are counted: chosen; a packed stream has two."""
PLACEHOLDER = 4
"""Bytes: a shorter packet holds no start code, and stands in AVI for a picture that was left out or comes with another packet."""
COLUMNS = (
    "time_base",
    "vop_time_increment",
    "vop_time_increment_resolution",
    "vop_coded",
    "vops",
    "time_code",
    "broken_link",
    "temporal_reference",
)
"""After the standard. `time_base` are the whole seconds of the picture's time, counted on over the file; `vops` the pictures in the packet;
`time_code` the seconds of the day that a group states; `temporal_reference` is that of a picture in the short form of H.263."""
NAMES = {name: place for place, name in enumerate(("kind", "quantiser", *COLUMNS))}
NOTHING = [0, -1, *[MISSING] * len(COLUMNS)]


class Mpeg4Reader:
    """Reads the packets of one stream in decode order; holds the layer in force, and the time, between them."""

    def __init__(self, extradata: bytes) -> None:
        """`extradata` holds the layer's header from the container, or is empty."""
        self._record = Record()
        self._readings = array("q")
        self._verid = 1
        self._layer: Layer | None = None
        self._resolution = 0
        self._seconds = self._earlier = 0
        self._form = Form()
        if extradata:
            self._read(extradata, BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in a further header that the container has for the packet added next."""
        if extradata:
            self._read(extradata, len(self._record.table) // len(NAMES))

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        number = len(self._record.table) // len(NAMES)
        short = read_picture(packet, self._form)
        if short is not None:
            self._form = short.form
            row, sound = NOTHING.copy(), True
            row[:2] = short.kind, short.quantiser
            row[NAMES["temporal_reference"]] = short.temporal_reference
        else:
            row, sound = self._read(packet, number)
            sound = (sound and row[0] > 0) or len(packet) < PLACEHOLDER
        if not sound:
            self._record.unreadable.append(number)
        self._reading(row, number)
        self._record.table.extend(row)

    def _read(self, packet: bytes, number: int) -> tuple[list[int], bool]:
        row, sound, texts = NOTHING.copy(), True, 0
        for code, start, end in parts(packet):
            if code == PICTURE:
                sound = self._picture(packet, start, row) and sound
                break
            if code in LAYERS:
                sound = self._take_layer(packet[start:end], number) and sound
            elif code == VISUAL_OBJECT and start < end:
                # is_visual_object_identifier and visual_object_verid
                self._verid = packet[start] >> 3 & 15 if packet[start] & 0x80 else 1
            elif code == GROUP:
                self._group(packet[start : start + 3], row)
            elif code == USER_DATA:
                self._record.texts.take(packet[start:end], number, texts)
                texts += 1
        return row, sound

    def _take_layer(self, data: bytes, number: int) -> bool:
        payload = data.rstrip(b"\0")
        if self._record.settings.same("vol", payload):
            return self._layer is not None
        layer = read_layer(data, self._verid)
        self._record.settings.take("vol", payload, number, layer.facts if layer else ())
        self._layer = layer or self._layer
        return layer is not None

    def _group(self, data: bytes, row: list[int]) -> None:
        """6.2.4: hours, minutes, marker, seconds, closed_gov, broken_link."""
        value = int.from_bytes(data) if len(data) == 3 else 0
        hours, minutes, seconds = value >> 19, value >> 13 & 63, value >> 6 & 63
        if not value >> 12 & 1 or hours > 23 or minutes > 59 or seconds > 59:
            return
        self._seconds = 3600 * hours + 60 * minutes + seconds
        row[NAMES["time_code"]] = self._seconds
        row[NAMES["broken_link"]] = value >> 4 & 1

    def _picture(self, packet: bytes, start: int, row: list[int]) -> bool:
        vop = read_vop(packet[start : start + MOST_BYTES], self._layer)
        row[0], row[1] = vop.coding_type + 1, vop.quantiser
        row[NAMES["vops"]] = _count(packet, start)
        if vop.increment == UNSET or self._layer is None:
            return False
        seconds = self._time(vop)
        row[NAMES["time_base"]] = seconds
        row[NAMES["vop_time_increment"]] = vop.increment
        row[NAMES["vop_time_increment_resolution"]] = self._layer.resolution
        row[NAMES["vop_coded"]] = int(vop.coded)
        return True

    def _reading(self, row: list[int], number: int) -> None:
        """The time code is that of the group's beginning; what is kept is the time of this packet's own picture."""
        seconds, ticks = row[NAMES["time_base"]], row[NAMES["vop_time_increment_resolution"]]
        if row[NAMES["time_code"]] >= 0 and seconds >= 0:
            self._resolution = self._resolution or ticks
            if ticks == self._resolution:
                self._readings.extend((number, seconds * ticks + row[NAMES["vop_time_increment"]]))

    def _time(self, vop: Vop) -> int:
        """Whole seconds of a picture's time (6.3.5): those of a B picture count from the earlier one of the pictures it refers to."""
        if vop.coding_type == B:
            return (self._earlier + vop.seconds) % WRAP
        self._earlier = self._seconds
        self._seconds = (self._seconds + vop.seconds) % WRAP
        return self._seconds

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._record.headers("mpeg4", COLUMNS)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time codes of the groups, each for the picture that follows in its packet: that picture's own ticks are counted in."""
        if not self._readings:
            return ()
        packet, stated = np.array(self._readings, np.int64).reshape(-1, 2).T
        base = Fraction(1, self._resolution)
        return (EmbeddedClock("mpeg4-group", stream, packet.copy(), stated.copy(), base, daily=True),)


def _count(packet: bytes, start: int) -> int:
    """Pictures in the packet whose first one begins at `start`."""
    count, at = 1, packet.find(NEXT_PICTURE, start, REACH)
    while at >= 0 and count < MOST_PICTURES:
        count, at = count + 1, packet.find(NEXT_PICTURE, at + 4, REACH)
    return count

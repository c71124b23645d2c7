"""Collects the headers of a whole HEVC stream, packet after packet, into one table with a row per packet.

Terms and clause numbers in this folder follow ITU-T H.265 (08/2021).
"""

from array import array
from dataclasses import dataclass

import numpy as np

from entirety.model.clip import PICTURE_KINDS
from entirety.model.headers import BEFORE_FIRST_PACKET, MISSING, CodedHeaders, EmbeddedClock
from entirety.read.headers.h264.columns import READ_BYTES_PER_PACKET, SEI_COST
from entirety.read.headers.h264.nal import split
from entirety.read.headers.h264.sei import Notes
from entirety.read.headers.hevc.nal import (
    EOB,
    EOS,
    FIRST_IRAP,
    HEADER_BYTES,
    LAST_IRAP,
    LAST_SLICE,
    PPS,
    PREFIX_SEI,
    VPS,
    configuration,
)
from entirety.read.headers.hevc.order import NOWHERE, Order, Place
from entirety.read.headers.hevc.parameter_sets import ParameterSets
from entirety.read.headers.hevc.sei import Sei, read_sei
from entirety.read.headers.hevc.slices import ABSENT, Slice, read_slice
from entirety.read.headers.hevc.time_code import TimeCodes

HEADER_BYTES_READ = 2 * READ_BYTES_PER_PACKET
"""Parameter sets and notes read of the container's header, in the same measure as those of a packet: x265 writes about 120 bytes."""
KINDS = tuple(PICTURE_KINDS.index(letter) for letter in "BPI")
"""By slice_type (Table 7-7)."""
COLUMNS = (
    "nal_unit_type",
    "temporal_id",
    "slice_type",
    "slice_pic_order_cnt_lsb",
    "pic_order_cnt",
    "no_rasl_output_flag",
    "num_pic_total_curr",
    "no_reference_picture",
    "no_reference_picture_order_cnt",
    "recovery_poc_cnt",
    "pic_struct",
    "end_of_sequence",
    "slice_qp",
)
"""Numbers per row, in the order of `_append`; `no_reference_picture` and what follows from it are explained in `order.Place`."""
FIELDS = len(COLUMNS)
NOTHING_SAID = Sei()


@dataclass(slots=True)
class _Found:
    """What the units of one packet say so far."""

    readable: bool
    kind: int = MISSING
    temporal_id: int = MISSING
    head: Slice = ABSENT
    said: Sei = NOTHING_SAID
    ended: int = 0
    cost: int = 0


class HevcReader:
    """Reads the packets of one stream in decode order; holds the parameter sets in force between them."""

    def __init__(self, extradata: bytes) -> None:
        """`extradata` is the codec's header from the container: hvcC, Annex B, or empty."""
        self._table = array("i")
        self._unreadable = array("q")
        self._sets = ParameterSets()
        self._notes = Notes()
        self._last_note = b""
        self._order = Order()
        self._codes = TimeCodes()
        self._length_size = 0
        self._configure(extradata, BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in the further header that the container has for the packet added next; an empty one leaves everything as it is."""
        if extradata:
            self._configure(extradata, len(self._table) // FIELDS)

    def _configure(self, extradata: bytes, row: int) -> None:
        stream = configuration(extradata)
        self._length_size = stream.length_size
        cost = 0
        for unit in stream.units:
            if cost < HEADER_BYTES_READ and len(unit) > HEADER_BYTES and _base_layer(unit, 0):
                cost += SEI_COST if unit[0] >> 1 >= PREFIX_SEI else len(unit)
                self._read_unit(unit, row)

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        row = len(self._table) // FIELDS
        spans, readable = split(packet, self._length_size)
        found = _Found(readable=readable)
        for start, end in spans:
            # forbidden_zero_bit, or no room for a header: the unit is damaged (clause 7.3.1.2)
            if packet[start] & 0x80 or end - start < HEADER_BYTES or not packet[start + 1] & 7:
                found.readable = False
            elif _base_layer(packet, start):
                self._take(found, packet, start, end)
        place = NOWHERE
        if found.kind != MISSING:
            place = self._order.place(found.kind, found.temporal_id, found.head)
        elif not found.readable:
            self._order.lose()
        if not found.readable or (found.kind != MISSING and not found.head.readable):
            self._unreadable.append(row)
        if found.ended:
            self._order.end()
        self._append(found, place)

    def _take(self, found: _Found, packet: bytes, start: int, end: int) -> None:
        """Take in one unit of the base layer."""
        kind = packet[start] >> 1
        if kind <= LAST_SLICE:
            if found.kind == MISSING:
                found.kind, found.temporal_id = kind, (packet[start + 1] & 7) - 1
                found.head = read_slice(packet, start, end, self._sets.sps, self._sets.pps)
        elif VPS <= kind <= PPS or kind == PREFIX_SEI:
            if found.cost < READ_BYTES_PER_PACKET:
                said = self._read_unit(packet[start:end], len(self._table) // FIELDS)
                found.said = said if found.said is NOTHING_SAID else _both(found.said, said)
                found.readable &= said.readable
            else:
                found.readable = False
            found.cost += SEI_COST if kind == PREFIX_SEI else end - start
        elif kind in (EOS, EOB):
            found.ended = 1

    def _append(self, found: _Found, place: Place) -> None:
        head, said = found.head, found.said
        self._table.extend(
            (
                found.kind,
                found.temporal_id,
                head.slice_type if head.slice_type >= 0 else MISSING,
                head.poc_lsb if head.poc_lsb >= 0 else MISSING,
                place.pic_order_cnt,
                place.no_rasl_output_flag,
                place.references,
                place.absent,
                place.absent_order_cnt,
                said.recovery_poc_cnt,
                said.pic_struct,
                found.ended,
                head.slice_qp,
            )
        )

    def _read_unit(self, unit: bytes, row: int) -> Sei:
        """Take in a parameter set or an SEI unit."""
        kind = unit[0] >> 1
        if VPS <= kind <= PPS:
            return NOTHING_SAID if self._sets.take(unit, row) else Sei(readable=False)
        if kind != PREFIX_SEI:
            return NOTHING_SAID
        latest = self._sets.latest
        sei = read_sei(unit, pictures_stated=bool(latest and latest.frame_field_info_present_flag))
        for payload in sei.user_data:
            if payload != self._last_note:  # encoders repeat one long note with every key picture
                self._notes.take(payload, row)
            self._last_note = payload
        if sei.stamp is not None:
            self._codes.take(sei.stamp, latest.rate if latest else (-1, -1), row)
        return sei

    def columns(self) -> CodedHeaders:
        """Return what was read, one row per packet added."""
        table = dict(zip(COLUMNS, np.array(self._table, np.int32).reshape(-1, FIELDS).T.copy(), strict=True))
        types, quantiser, units = table["slice_type"], table.pop("slice_qp"), table["nal_unit_type"]
        kinds = np.array((*KINDS, 0), np.int8)[np.where(types >= 0, types, len(KINDS))]
        return CodedHeaders(
            codec="hevc",
            kind=kinds,
            entry=(units >= FIRST_IRAP) & (units <= LAST_IRAP),
            quantiser=np.maximum(quantiser, -1).astype(np.int16),
            columns=table,
            parameter_sets=tuple(self._sets.recorded),
            notes=tuple(self._notes.recorded),
            unreadable=np.array(self._unreadable, np.int64),
        )

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time code that the pictures carry."""
        return self._codes.clocks(stream)


def _base_layer(data: bytes, start: int) -> bool:
    """nuh_layer_id is 0: further layers hold transparency, depth or a second eye."""
    return not data[start] & 1 and data[start + 1] < 8


def _both(one: Sei, other: Sei) -> Sei:
    """What two units of one packet say."""
    if one is NOTHING_SAID:
        return other
    return Sei(
        recovery_poc_cnt=max(one.recovery_poc_cnt, other.recovery_poc_cnt),
        pic_struct=max(one.pic_struct, other.pic_struct),
    )

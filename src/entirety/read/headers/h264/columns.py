"""Collects the headers of a whole H.264 stream, packet after packet, into one table with a row per packet."""

from array import array

import numpy as np

from entirety.model.h264 import H264Headers
from entirety.model.headers import BEFORE_FIRST_PACKET, EmbeddedClock
from entirety.read.headers.h264.clocks import H264Clocks
from entirety.read.headers.h264.nal import IDR, PPS, SEI, SLICE_KINDS, SPS, configuration, split
from entirety.read.headers.h264.parameter_sets import ParameterSets
from entirety.read.headers.h264.sei import Notes, read_sei
from entirety.read.headers.h264.slices import SliceHeader, read_slice

KIND_BITS = (*(1 << kind for kind in range(31)), -(1 << 31))
"""Bit of each NAL unit type within a signed 32-bit number."""
READ_BYTES_PER_PACKET = 1_024
"""Parameter sets read in one packet, in bytes. The longest of the clips at hand has 159 (a QuickTime film with scaling
lists), an ordinary one 30; 1,024 bytes written to take as long as they can take about 15 ms. Sets beyond it are not read,
and the row counts as unreadable."""
SEI_COST = 16
"""What an SEI unit counts towards that, whatever its length: 64 of them, where encoders write one to four."""

FIELDS = 11
"""Numbers per row, in the order of `_append`."""
NO_SLICE = SliceHeader(-1, -1, -1, -1, -1, -1, -1, readable=True)


class H264Reader:
    """Reads the packets of one stream in decode order; holds the parameter sets in force between them."""

    def __init__(self, extradata: bytes) -> None:
        """`extradata` is the codec's header from the container: avcC, Annex B, or empty."""
        self._table = array("i")
        self._unreadable = array("q")
        self._resets = array("q")
        self._sets = ParameterSets()
        self._notes = Notes()
        self._clocks = H264Clocks()
        stream = configuration(extradata)
        self._length_size = stream.length_size
        for unit in stream.units:
            self._read_unit(unit, BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in the further header that the container has for the packet added next (several sample descriptions in `stsd`).

        Of its units as many are read as of one packet; an empty header leaves everything as it is.
        """
        if not extradata:
            return
        stream = configuration(extradata)
        self._length_size = stream.length_size
        cost = 0
        for unit in stream.units:
            if cost >= READ_BYTES_PER_PACKET:
                return
            cost += len(unit)
            self._read_unit(unit, len(self._table) // FIELDS)

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        row = len(self._table) // FIELDS
        spans, readable = split(packet, self._length_size)
        types = idr = reference = cost = 0
        recovery = -1
        head = NO_SLICE
        for start, end in spans:
            header = packet[start]
            kind = header & 31
            if header & 0x80:  # forbidden_zero_bit: the unit is damaged (clause 7.4.1)
                readable = False
                continue
            types |= KIND_BITS[kind]
            if kind in SLICE_KINDS:
                if head is NO_SLICE:
                    idr, reference = int(kind == IDR), int(header & 0x60 != 0)
                    head = read_slice(packet, start, end, self._sets.sps, self._sets.pps)
            elif SEI <= kind <= PPS:
                frames, sound = self._read_unit(packet[start:end], row) if cost < READ_BYTES_PER_PACKET else (-1, False)
                cost += SEI_COST if kind == SEI else end - start
                recovery = max(recovery, frames)
                readable = readable and sound
        self._clocks.end(row, head.pps, self._sets)
        if not (readable and head.readable):
            self._unreadable.append(row)
        if head.reset:
            self._resets.append(row)
        self._append(types, idr, reference, recovery, head)

    def _append(self, types: int, idr: int, reference: int, recovery: int, head: SliceHeader) -> None:
        self._table.extend(
            (
                types,
                head.slice_type,
                idr,
                head.frame_num,
                head.idr_pic_id,
                head.poc_lsb,
                head.field,
                reference,
                head.pps,
                recovery,
                head.slice_qp,
            )
        )

    def _read_unit(self, unit: bytes, row: int) -> tuple[int, bool]:
        """Take in a parameter set or an SEI unit; returns its recovery_frame_cnt or -1, and whether it could be read."""
        kind = unit[0] & 31
        if kind in (SPS, PPS):
            return -1, self._sets.take(unit, row)
        if kind != SEI:
            return -1, True
        sei = read_sei(unit)
        for payload in sei.user_data:
            self._notes.take(payload, row)
            self._clocks.note(payload, row)
        self._clocks.hold(sei.pic_timing)
        return sei.recovery_frame_cnt, sei.readable

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """Clocks that the packets carry, as those of stream number `stream`."""
        return self._clocks.clocks(stream)

    def columns(self) -> H264Headers:
        """Return what was read, one row per packet added."""
        table = np.array(self._table, dtype=np.int32).reshape(-1, FIELDS).T.copy()
        types, slice_type, idr, frame_num, idr_pic_id, poc_lsb, field, reference, pps, recovery, slice_qp = table
        return H264Headers(
            nal_types=types,
            slice_type=slice_type.astype(np.int8),
            idr=idr.astype(np.bool_),
            frame_num=frame_num,
            idr_pic_id=idr_pic_id,
            poc_lsb=poc_lsb,
            field=field.astype(np.int8),
            reference=reference.astype(np.bool_),
            pps=pps.astype(np.int16),
            recovery_point=recovery,
            slice_qp=slice_qp.astype(np.int16),
            parameter_sets=tuple(self._sets.recorded),
            notes=tuple(self._notes.recorded),
            unreadable=np.array(self._unreadable, dtype=np.int64),
            resets=np.array(self._resets, dtype=np.int64),
        )

"""Tells by its first bytes whether a stretch of data can be a unit of an H.264 or HEVC stream, and of which sort.

Used where no table says that there is one: so every field that can be held against the stream's own parameter sets is held against them.
"""

from dataclasses import dataclass
from enum import Enum

from entirety.model.headers import BEFORE_FIRST_PACKET
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import IDR, PPS, SPS, configuration, unescape
from entirety.read.headers.h264.parameter_sets import ParameterSets
from entirety.read.headers.h264.slices import FIRST_BYTES, MOST_BYTES, read_slice
from entirety.read.headers.hevc import nal as hevc

HEAD = MOST_BYTES
"""Bytes of a unit that are looked at."""


class Sort(Enum):
    """What a unit is to the picture that it belongs to."""

    LEAD = "lead"
    """Stands before a picture's first slice."""
    SLICE = "slice"
    TAIL = "tail"
    """Stands behind a picture's slices."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as far as it is needed to tell pictures apart."""

    sort: Sort
    first: bool = False
    """It begins a picture."""
    key: bool = False
    """Its picture can be decoded on its own."""
    field: int = 0
    """0 a whole frame, 1 its top field, 2 its bottom field."""
    number: int = -1
    """`frame_num`: both fields of a frame have the same."""


class H264Units:
    """Units of an H.264 stream with its container's header (ISO/IEC 14496-15, 5.3.3.1)."""

    KINDS = frozenset(
        (ref << 5) | kind
        for kind, refs in ((1, (0, 1, 2, 3)), (5, (1, 2, 3)), (6, (0,)), (7, (1, 2, 3)), (8, (1, 2, 3)), (9, (0,)), (12, (0,)))
        for ref in refs
    )  # fmt: skip
    """First bytes that are taken for a unit's: slices, notes, parameter sets, delimiter, filler (Table 7-1, clause 7.4.1)."""

    def __init__(self, header: bytes) -> None:
        stated = configuration(header)
        self.length_size = stated.length_size
        self._sets = ParameterSets()
        for unit in stated.units:
            if unit[0] & 31 in (SPS, PPS):
                self._sets.take(unit, BEFORE_FIRST_PACKET)

    def look(self, head: bytes, length: int) -> Unit | None:
        """The unit of `length` bytes that begins with `head`; None where it can be none."""
        if not head or head[0] not in self.KINDS:
            return None
        kind = head[0] & 31
        if kind in (SPS, PPS):
            return Unit(Sort.LEAD) if self._sets.take(head[:length], BEFORE_FIRST_PACKET) else None
        if kind not in (1, IDR):
            return Unit(Sort.TAIL if kind == 12 else Sort.LEAD)
        slice_ = read_slice(head, 0, min(length, len(head)), self._sets.sps, self._sets.pps)
        if (
            not slice_.readable
            or not 0 <= slice_.slice_qp <= 51
            or (kind == IDR and slice_.slice_type % 5 not in (2, 4))
        ):
            return None
        first = len(head) > 1 and head[1] >= 0x80  # first_mb_in_slice is 0
        return Unit(Sort.SLICE, first, kind == IDR, slice_.field, slice_.frame_num)


class HevcUnits:
    """Units of an HEVC stream with its container's header (ISO/IEC 14496-15, 8.3.3.1)."""

    KINDS = frozenset(kind << 1 for kind in (*range(10), *range(16, 22), 32, 33, 34, 35, 38, 39, 40))
    """First bytes of slices, parameter sets, delimiter, filler and notes in the base layer (ITU-T H.265, Table 7-1)."""

    def __init__(self, header: bytes) -> None:
        stated = hevc.configuration(header)
        self.length_size = stated.length_size
        self._extra_bits: dict[int, int] = {}
        for unit in stated.units:
            self._take(unit)

    def look(self, head: bytes, length: int) -> Unit | None:
        """The unit of `length` bytes that begins with `head`; None where it can be none."""
        if len(head) < 3 or head[0] not in self.KINDS or not 1 <= head[1] <= 7:
            return None
        kind = head[0] >> 1
        if kind >= hevc.VPS:
            self._take(head[:length])
            return Unit(Sort.TAIL if kind in (hevc.FILLER, hevc.SUFFIX_SEI) else Sort.LEAD)
        return self._slice(kind, Bits(unescape(head[2:FIRST_BYTES])))

    def _slice(self, kind: int, bits: Bits) -> Unit | None:
        """Clause 7.3.6.1 as far as the slice type."""
        try:
            first = bool(bits.flag())
            if kind >= hevc.FIRST_IRAP:
                bits.flag()  # no_output_of_prior_pics_flag
            skipped = self._extra_bits.get(bits.ue(63))
            if skipped is None:
                return None
            if first:
                bits.u(skipped)
                bits.ue(2)  # slice_type
        except Unreadable:
            return None
        return Unit(Sort.SLICE, first, kind >= hevc.FIRST_IRAP)

    def _take(self, unit: bytes) -> None:
        """A picture parameter set: how many bits stand before the slice type (clause 7.3.2.3.1)."""
        if len(unit) < 3 or unit[0] >> 1 != hevc.PPS:
            return
        bits = Bits(unescape(unit[2:64]))
        try:
            number = bits.ue(63)
            bits.ue(15)
            bits.u(2)  # dependent_slice_segments_enabled_flag, output_flag_present_flag
            self._extra_bits[number] = bits.u(3)
        except Unreadable:
            return


GRAMMARS: dict[str, type[H264Units | HevcUnits]] = {"h264": H264Units, "hevc": HevcUnits}
"""By the library's name of the codec."""
Grammar = H264Units | HevcUnits

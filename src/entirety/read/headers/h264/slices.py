"""Reads the header of a slice, the part of a picture that is coded on its own, as far as its quantiser.

It carries the running numbers of the picture (frame_num, pic_order_cnt_lsb, idr_pic_id): within one recording they continue
by rule.
"""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Exhausted, Unreadable
from entirety.read.headers.h264.nal import IDR, unescape
from entirety.read.headers.h264.pps import Pps
from entirety.read.headers.h264.sps import Sps

P, B, I, SP, SI = range(5)  # noqa: E741 - the names in Table 7-6

FIRST_BYTES = 64
"""Enough for every slice header seen but those with long tables of prediction weights."""
MOST_BYTES = 1024
"""Enough for two tables of 32 references with every weight at its longest code."""
OPERATIONS = 66
"""List operations per slice: two for each of 32 fields, and the end mark (clauses 7.4.3.1 and 7.4.3.3 stay below)."""

RESET = 5
"""memory_management_control_operation that gives up all reference pictures and starts all numbers anew (Table 7-9)."""


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """Fields of one slice header; -1 where absent or not reached."""

    slice_type: int
    pps: int
    frame_num: int
    field: int
    idr_pic_id: int
    poc_lsb: int
    slice_qp: int
    readable: bool
    reset: bool = False
    """memory_management_control_operation 5: all numbers start anew after this picture."""


def read_slice(packet: bytes, start: int, end: int, all_sps: dict[int, Sps], all_pps: dict[int, Pps]) -> SliceHeader:
    """Read the header of the slice unit at `packet[start:end]` (clause 7.3.3); what follows a break stays -1."""
    header, exhausted = _read(packet[start : min(end, start + FIRST_BYTES)], all_sps, all_pps)
    if exhausted and end - start > FIRST_BYTES:
        header, _ = _read(packet[start : min(end, start + MOST_BYTES)], all_sps, all_pps)
    return header


def _read(unit: bytes, all_sps: dict[int, Sps], all_pps: dict[int, Pps]) -> tuple[SliceHeader, bool]:
    """Read the header from the beginning of a unit; also returns whether it ended too early."""
    idr, reference = unit[0] & 31 == IDR, unit[0] & 0x60 != 0
    slice_type = pps_id = frame_num = field = idr_pic_id = poc_lsb = slice_qp = -1
    readable = exhausted = reset = False
    bits = Bits(unescape(unit[1:]))
    try:
        bits.ue()  # first_mb_in_slice
        slice_type = bits.ue(9) % 5
        pps_id = bits.ue(255)
        pps = all_pps[pps_id]
        sps = all_sps[pps.sps]
        frame_num, field, idr_pic_id, poc_lsb = _numbers(bits, idr, sps, pps)
        _skip_references(bits, slice_type, sps, pps)
        if reference:
            reset = _marking(bits, idr)
        slice_qp = _quantiser(bits, slice_type, sps, pps)
        readable = True
    except Exhausted:
        exhausted = True
    except (Unreadable, KeyError):  # KeyError: the slice names a parameter set that has not occurred
        pass
    return SliceHeader(slice_type, pps_id, frame_num, field, idr_pic_id, poc_lsb, slice_qp, readable, reset), exhausted


def _numbers(bits: Bits, idr: bool, sps: Sps, pps: Pps) -> tuple[int, int, int, int]:
    """Read frame_num, the field (0 frame, 1 top, 2 bottom), idr_pic_id and pic_order_cnt_lsb."""
    if sps.colour.separate_colour_plane_flag:
        bits.u(2)  # colour_plane_id
    frame_num = bits.u(sps.frame_num_bits)
    field = 0
    if not sps.frame_mbs_only_flag and bits.flag():
        field = 1 + bits.flag()
    idr_pic_id = bits.ue(65535) if idr else -1
    poc_lsb = -1
    with_bottom = pps.bottom_field_pic_order_in_frame_present_flag and not field
    if sps.order.pic_order_cnt_type == 0:
        poc_lsb = bits.u(sps.order.log2_max_pic_order_cnt_lsb)
        if with_bottom:
            bits.se()  # delta_pic_order_cnt_bottom
    elif sps.order.pic_order_cnt_type == 1 and not sps.order.delta_pic_order_always_zero_flag:
        bits.se()  # delta_pic_order_cnt[0]
        if with_bottom:
            bits.se()  # delta_pic_order_cnt[1]
    if pps.redundant_pic_cnt_present_flag:
        bits.ue(127)
    return frame_num, field, idr_pic_id, poc_lsb


def _skip_references(bits: Bits, slice_type: int, sps: Sps, pps: Pps) -> None:
    """Step over the sizes, order and weights of the reference lists (clauses 7.3.3.1 and 7.3.3.2)."""
    if slice_type in (I, SI):
        return
    two_lists = slice_type == B
    if two_lists:
        bits.flag()  # direct_spatial_mv_pred_flag
    first, second = pps.num_ref_idx_default
    if bits.flag():
        first = bits.ue(31) + 1
        if two_lists:
            second = bits.ue(31) + 1
    counts = (first, second) if two_lists else (first,)
    for _ in counts:
        if bits.flag():
            _skip_modification(bits)
    if pps.weighted_bipred_idc == 1 if two_lists else pps.weighted_pred_flag:
        _skip_weights(bits, counts, sps.colour.chroma_array_type)


def _skip_modification(bits: Bits) -> None:
    for _ in range(OPERATIONS):
        if bits.ue(3) == 3:
            return
        bits.ue()
    raise Unreadable


def _skip_weights(bits: Bits, counts: tuple[int, ...], chroma_array_type: int) -> None:
    bits.ue(7)  # luma_log2_weight_denom
    if chroma_array_type:
        bits.ue(7)  # chroma_log2_weight_denom
    for count in counts:
        for _ in range(count):
            if bits.flag():
                bits.se(128)
                bits.se(128)
            if chroma_array_type and bits.flag():
                for _ in range(2):
                    bits.se(128)
                    bits.se(512)  # the chroma offset is coded as a difference: -512..511 (clause 7.4.3.2)


def _marking(bits: Bits, idr: bool) -> bool:
    """Step over what becomes of the reference pictures (clause 7.3.3.3); returns whether all numbers are reset."""
    if idr:
        bits.u(2)  # no_output_of_prior_pics_flag, long_term_reference_flag
        return False
    if not bits.flag():
        return False
    reset = False
    for _ in range(OPERATIONS):
        operation = bits.ue(6)
        if operation == 0:
            return reset
        reset = reset or operation == RESET
        if operation != RESET:
            bits.ue()
        if operation == 3:
            bits.ue()
    raise Unreadable


def _quantiser(bits: Bits, slice_type: int, sps: Sps, pps: Pps) -> int:
    """Read slice_qp_delta and return SliceQPY."""
    if pps.entropy_coding_mode_flag and slice_type not in (I, SI):
        bits.ue(2)  # cabac_init_idc
    quantiser = pps.pic_init_qp + bits.se()
    # QP goes down by 6 for each bit of depth above 8 (clause 7.4.3).
    if not 6 * (8 - sps.colour.bit_depth_luma) <= quantiser <= 51:
        raise Unreadable
    return quantiser

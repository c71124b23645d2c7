"""Reads the header of a slice segment of HEVC as far as its quantiser (clause 7.3.6.1).

It carries the number of the picture in the order of showing (slice_pic_order_cnt_lsb) and names every picture that it builds on.
"""

from typing import NamedTuple

from entirety.read.headers.h264.bits import Bits, Exhausted, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.slices import FIRST_BYTES, MOST_BYTES
from entirety.read.headers.hevc.nal import FIRST_IRAP, HEADER_BYTES, IDR_N_LP, IDR_W_RADL, LAST_RESERVED_IRAP
from entirety.read.headers.hevc.pps import Pps
from entirety.read.headers.hevc.reference_sets import EMPTY, ReferenceSet, read_set
from entirety.read.headers.hevc.sps import LONG_TERM_MOST, Sps

B, P, I = range(3)  # noqa: E741 - the names in Table 7-7
LongTerm = tuple[tuple[int, int, int], ...]
"""pocLsbLt, DeltaPocMsbCycleLt or -1 where only the low bits are told, UsedByCurrPicLt."""


class Slice(NamedTuple):
    """Fields of one slice header; -1 where absent or not reached."""

    slice_type: int = -1
    sps: Sps | None = None
    poc_lsb: int = -1
    """slice_pic_order_cnt_lsb; 0 for an IDR picture, which has none."""
    references: ReferenceSet | None = None
    """None where not reached."""
    long_term: LongTerm = ()
    slice_qp: int = -1
    readable: bool = False


ABSENT = Slice()


class _Lists(NamedTuple):
    slice_type: int
    temporal_mvp: int
    """slice_temporal_mvp_enabled_flag."""
    current: int
    """Pictures that it builds on, NumPicTotalCurr (7-55)."""


def read_slice(packet: bytes, start: int, end: int, all_sps: dict[int, Sps], all_pps: dict[int, Pps]) -> Slice:
    """Read the header of the slice segment at `packet[start:end]`; what follows a break stays -1."""
    header, exhausted = _read(packet[start : min(end, start + FIRST_BYTES)], all_sps, all_pps)
    if exhausted and end - start > FIRST_BYTES:
        header, _ = _read(packet[start : min(end, start + MOST_BYTES)], all_sps, all_pps)
    return header


def _read(unit: bytes, all_sps: dict[int, Sps], all_pps: dict[int, Pps]) -> tuple[Slice, bool]:
    """Read the header from the beginning of a unit; also returns whether it ended too early."""
    kind = unit[0] >> 1
    idr = kind in (IDR_W_RADL, IDR_N_LP)
    slice_type = lsb = quantiser = -1
    sps: Sps | None = None
    references: ReferenceSet | None = None
    long_term: LongTerm = ()
    readable = exhausted = False
    bits = Bits(unescape(unit[HEADER_BYTES:]))
    try:
        first = bits.flag()  # first_slice_segment_in_pic_flag
        if FIRST_IRAP <= kind <= LAST_RESERVED_IRAP:
            bits.flag()  # no_output_of_prior_pics_flag
        pps = all_pps[bits.ue(63)]
        sps = all_sps[pps.sps]
        if _dependent(bits, first, sps, pps):
            return Slice(sps=sps), False  # its fields stand in an earlier segment
        bits.u(pps.num_extra_slice_header_bits)
        slice_type = bits.ue(2)
        bits.u(pps.output_flag_present_flag + 2 * sps.separate_colour_plane_flag)
        lsb = 0 if idr else bits.u(sps.poc_lsb_bits)
        temporal_mvp = 0
        if idr:
            references = EMPTY
        else:
            found = _short_term(bits, sps)
            long_term = _long_term(bits, sps) if sps.long_term_ref_pics_present_flag else ()
            references = found
            temporal_mvp = bits.flag() if sps.sps_temporal_mvp_enabled_flag else 0
        if not sps.screen_content:
            if sps.sample_adaptive_offset_enabled_flag:
                bits.u(2 if sps.chroma_array_type else 1)
            if slice_type != I:
                current = sum(used for _, used in (*references.before, *references.after))
                current += sum(used for _, _, used in long_term)
                _skip_prediction(bits, _Lists(slice_type, temporal_mvp, current), sps, pps)
            quantiser = _quantiser(bits, sps, pps)
        readable = True
    except Exhausted:
        exhausted = True
    except (Unreadable, KeyError):  # KeyError: the slice names a parameter set that has not occurred
        pass
    quantiser = quantiser if readable else -1
    header = Slice(slice_type, sps, lsb, references, long_term, quantiser, readable)
    return header, exhausted


def _dependent(bits: Bits, first: int, sps: Sps, pps: Pps) -> int:
    if first:
        return 0
    dependent = bits.flag() if pps.dependent_slice_segments_enabled_flag else 0
    bits.u(sps.address_bits)
    return dependent


def _quantiser(bits: Bits, sps: Sps, pps: Pps) -> int:
    """Read slice_qp_delta and return SliceQpY."""
    quantiser = pps.pic_init_qp + bits.se(138)
    # QP goes down by 6 for each bit of depth above 8 (clause 7.4.7.1).
    if not 6 * (8 - sps.bit_depth_luma) <= quantiser <= 51:
        raise Unreadable
    return quantiser


def _short_term(bits: Bits, sps: Sps) -> ReferenceSet:
    count = len(sps.reference_sets)
    if not bits.flag():  # short_term_ref_pic_set_sps_flag
        return read_set(bits, count, sps.reference_sets, in_slice=True)
    index = bits.u((count - 1).bit_length()) if count > 1 else 0
    if index >= count:
        raise Unreadable
    return sps.reference_sets[index]


def _long_term(bits: Bits, sps: Sps) -> LongTerm:
    listed = len(sps.long_term)
    from_sps = bits.ue(LONG_TERM_MOST) if listed else 0
    found: list[tuple[int, int, int]] = []
    cycle = 0
    for k in range(from_sps + bits.ue(LONG_TERM_MOST)):
        if k < from_sps:
            index = bits.u((listed - 1).bit_length())
            if index >= listed:
                raise Unreadable
            lsb, used = sps.long_term[index]
        else:
            lsb, used = bits.u(sps.poc_lsb_bits), bits.flag()
        cycle = 0 if k in (0, from_sps) else cycle
        present = bits.flag()
        cycle += bits.ue() if present else 0
        found.append((lsb, cycle if present else -1, used))
    return tuple(found)


def _skip_prediction(bits: Bits, head: _Lists, sps: Sps, pps: Pps) -> None:
    """Step over the sizes, order and weights of the reference lists."""
    counts = _list_sizes(bits, head.slice_type, pps)
    if pps.lists_modification_present_flag and head.current > 1:
        for count in counts:
            if bits.flag():
                bits.u(count * (head.current - 1).bit_length())
    bits.u(len(counts) - 1 + pps.cabac_init_present_flag)  # mvd_l1_zero_flag, cabac_init_flag
    if head.temporal_mvp:
        second = len(counts) > 1 and not bits.flag()  # collocated_from_l0_flag
        if counts[second] > 1:
            bits.ue(14)  # collocated_ref_idx
    if pps.weighted_bipred_flag if head.slice_type == B else pps.weighted_pred_flag:
        _skip_weights(bits, counts, sps.chroma_array_type)
    bits.ue(4)  # five_minus_max_num_merge_cand


def _list_sizes(bits: Bits, slice_type: int, pps: Pps) -> tuple[int, ...]:
    """Pictures in each list: one list for P, two for B."""
    lists = 2 if slice_type == B else 1
    if bits.flag():
        return tuple([bits.ue(14) + 1 for _ in range(lists)])
    return pps.num_ref_idx_default[:lists]


def _skip_weights(bits: Bits, counts: tuple[int, ...], chroma_array_type: int) -> None:
    """Step over pred_weight_table (clause 7.3.6.3)."""
    bits.ue(7)  # luma_log2_weight_denom
    if chroma_array_type:
        bits.se(7)  # delta_chroma_log2_weight_denom
    for count in counts:
        luma = [bits.flag() for _ in range(count)]
        chroma = [bits.flag() for _ in range(count)] if chroma_array_type else [0] * count
        for k in range(count):
            # Weight and offset; a chroma offset is told by its difference to what follows from the weight.
            for _ in range(2 * luma[k] + 4 * chroma[k]):
                bits.se(1 << 18)

"""Reads a picture parameter set (PPS): the settings of an encoder run that single pictures choose by number."""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sps import READ_BYTES, Facts, Sps, skip_scaling_lists


@dataclass(frozen=True, slots=True)
class Pps:
    """What a slice header needs of its picture parameter set, and all facts."""

    number: int
    sps: int
    entropy_coding_mode_flag: int
    bottom_field_pic_order_in_frame_present_flag: int
    num_ref_idx_default: tuple[int, int]
    weighted_pred_flag: int
    weighted_bipred_idc: int
    pic_init_qp: int
    redundant_pic_cnt_present_flag: int
    facts: Facts


def pps_number(unit: bytes) -> int:
    """Return pic_parameter_set_id of a PPS unit."""
    bits = Bits(unescape(unit[1:24]))
    return bits.ue(255)


def read_pps(unit: bytes, all_sps: dict[int, Sps]) -> Pps:
    """Read a PPS unit, header byte included (clause 7.3.2.2); the SPS it names tells how many scaling lists follow."""
    bits = Bits(unescape(unit[:READ_BYTES].rstrip(b"\x00"))[1:])
    number, sps = bits.ue(255), bits.ue(31)
    entropy, bottom_order = bits.flag(), bits.flag()
    groups = bits.ue(7) + 1
    if groups > 1:
        _skip_slice_groups(bits, groups)
    refs = (bits.ue(31) + 1, bits.ue(31) + 1)
    weighted_pred, weighted_bipred = bits.flag(), bits.u(2)
    init_qp = 26 + bits.se(62)
    bits.se(26)  # pic_init_qs_minus26
    chroma_offset = bits.se(12)
    deblocking, constrained_intra, redundant = bits.flag(), bits.flag(), bits.flag()
    chroma_format_idc = all_sps[sps].colour.chroma_format_idc if sps in all_sps else 1
    transform_8x8 = _tail(bits, chroma_format_idc) if bits.more_rbsp_data() else 0
    facts = {
        "pic_parameter_set_id": number,
        "seq_parameter_set_id": sps,
        "entropy_coding_mode_flag": entropy,
        "bottom_field_pic_order_in_frame_present_flag": bottom_order,
        "num_slice_groups": groups,
        "num_ref_idx_l0_default": refs[0],
        "num_ref_idx_l1_default": refs[1],
        "weighted_pred_flag": weighted_pred,
        "weighted_bipred_idc": weighted_bipred,
        "pic_init_qp": init_qp,
        "chroma_qp_index_offset": chroma_offset,
        "deblocking_filter_control_present_flag": deblocking,
        "constrained_intra_pred_flag": constrained_intra,
        "redundant_pic_cnt_present_flag": redundant,
        "transform_8x8_mode_flag": transform_8x8,
    }
    return Pps(
        number,
        sps,
        entropy,
        bottom_order,
        refs,
        weighted_pred,
        weighted_bipred,
        init_qp,
        redundant,
        tuple(facts.items()),
    )


def _tail(bits: Bits, chroma_format_idc: int) -> int:
    """Read what High profiles add at the end of a PPS; returns transform_8x8_mode_flag."""
    transform_8x8 = bits.flag()
    if bits.flag():
        skip_scaling_lists(bits, 6 + (6 if chroma_format_idc == 3 else 2) * transform_8x8)
    bits.se(12)  # second_chroma_qp_index_offset
    return transform_8x8


def _skip_slice_groups(bits: Bits, groups: int) -> None:
    """Step over the map of slice groups (Baseline and Extended profiles only)."""
    kind = bits.ue(6)
    if kind == 0:
        for _ in range(groups):
            bits.ue()
    elif kind == 2:
        for _ in range(2 * (groups - 1)):
            bits.ue()
    elif kind in (3, 4, 5):
        bits.flag()
        bits.ue()
    elif kind == 6:
        bits.u((bits.ue() + 1) * (groups - 1).bit_length())

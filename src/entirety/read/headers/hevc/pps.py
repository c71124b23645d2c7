"""Reads a picture parameter set (PPS) of HEVC: the settings that single pictures choose by number."""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sps import READ_BYTES, Facts
from entirety.read.headers.hevc.nal import HEADER_BYTES
from entirety.read.headers.hevc.sps import skip_scaling_lists

TILES_MOST = 64
"""Columns or rows; level 6.2 ends at 20 and 22 (Table A.8)."""


@dataclass(frozen=True, slots=True)
class Pps:
    """What a slice header needs of its picture parameter set, and all facts."""

    number: int
    sps: int
    dependent_slice_segments_enabled_flag: int
    output_flag_present_flag: int
    num_extra_slice_header_bits: int
    cabac_init_present_flag: int
    num_ref_idx_default: tuple[int, int]
    pic_init_qp: int
    weighted_pred_flag: int
    weighted_bipred_flag: int
    lists_modification_present_flag: int
    facts: Facts


def pps_number(unit: bytes) -> int:
    """Return pps_pic_parameter_set_id of a PPS unit."""
    return Bits(unescape(unit[:16])[HEADER_BYTES:]).ue(63)


def read_pps(unit: bytes) -> Pps:
    """Read a PPS unit, header bytes included (clause 7.3.2.3.1); `Unreadable` where it breaks the standard."""
    bits = Bits(unescape(unit[:READ_BYTES])[HEADER_BYTES:])
    number, sps = bits.ue(63), bits.ue(15)
    dependent, output, extra = bits.flag(), bits.flag(), bits.u(3)
    hiding, cabac_init = bits.flag(), bits.flag()
    refs = (bits.ue(14) + 1, bits.ue(14) + 1)
    init_qp = 26 + bits.se(74)  # 26 + QpBdOffset downwards, and that is 48 at most
    constrained, skip = bits.flag(), bits.flag()
    cu_qp_delta = bits.flag()
    depth = bits.ue(3) if cu_qp_delta else -1
    cb, cr = bits.se(12), bits.se(12)
    chroma_offsets, weighted_pred, weighted_bipred, bypass = bits.flag(), bits.flag(), bits.flag(), bits.flag()
    tiles, sync = bits.flag(), bits.flag()
    grid = _tiles(bits) if tiles else (1, 1)
    across = bits.flag()
    deblocking = bits.flag()
    override, disabled = (bits.flag(), bits.flag()) if deblocking else (0, 0)
    if deblocking and not disabled:
        bits.se(6)  # pps_beta_offset_div2
        bits.se(6)  # pps_tc_offset_div2
    scaling = bits.flag()
    if scaling:
        skip_scaling_lists(bits)
    lists, merge, header_extension = bits.flag(), bits.ue(4), bits.flag()
    facts = {
        "pic_parameter_set_id": number,
        "seq_parameter_set_id": sps,
        "dependent_slice_segments_enabled_flag": dependent,
        "output_flag_present_flag": output,
        "num_extra_slice_header_bits": extra,
        "sign_data_hiding_enabled_flag": hiding,
        "cabac_init_present_flag": cabac_init,
        "num_ref_idx_l0_default": refs[0],
        "num_ref_idx_l1_default": refs[1],
        "pic_init_qp": init_qp,
        "constrained_intra_pred_flag": constrained,
        "transform_skip_enabled_flag": skip,
        "cu_qp_delta_enabled_flag": cu_qp_delta,
        "diff_cu_qp_delta_depth": depth,
        "pps_cb_qp_offset": cb,
        "pps_cr_qp_offset": cr,
        "pps_slice_chroma_qp_offsets_present_flag": chroma_offsets,
        "weighted_pred_flag": weighted_pred,
        "weighted_bipred_flag": weighted_bipred,
        "transquant_bypass_enabled_flag": bypass,
        "tiles_enabled_flag": tiles,
        "num_tile_columns": grid[0],
        "num_tile_rows": grid[1],
        "entropy_coding_sync_enabled_flag": sync,
        "pps_loop_filter_across_slices_enabled_flag": across,
        "deblocking_filter_override_enabled_flag": override,
        "pps_deblocking_filter_disabled_flag": disabled,
        "pps_scaling_list_data_present_flag": scaling,
        "lists_modification_present_flag": lists,
        "log2_parallel_merge_level_minus2": merge,
        "slice_segment_header_extension_present_flag": header_extension,
        "pps_extension_flags": bits.u(8) if bits.flag() else 0,
    }
    return Pps(
        number=number,
        sps=sps,
        dependent_slice_segments_enabled_flag=dependent,
        output_flag_present_flag=output,
        num_extra_slice_header_bits=extra,
        cabac_init_present_flag=cabac_init,
        num_ref_idx_default=refs,
        pic_init_qp=init_qp,
        weighted_pred_flag=weighted_pred,
        weighted_bipred_flag=weighted_bipred,
        lists_modification_present_flag=lists,
        facts=tuple(facts.items()),
    )


def _tiles(bits: Bits) -> tuple[int, int]:
    columns, rows = bits.ue(TILES_MOST - 1) + 1, bits.ue(TILES_MOST - 1) + 1
    if not bits.flag():  # uniform_spacing_flag
        for _ in range(columns + rows - 2):
            bits.ue()
    bits.flag()  # loop_filter_across_tiles_enabled_flag
    return columns, rows

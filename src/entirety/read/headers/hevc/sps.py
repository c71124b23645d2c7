"""Reads a sequence parameter set (SPS) of HEVC: the settings that one encoder run writes once for all its pictures.

Fields that mean the same as in H.264 have the names that they have there, so that what compares them need not know the codec.
"""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sps import READ_BYTES, Facts
from entirety.read.headers.hevc.nal import HEADER_BYTES
from entirety.read.headers.hevc.profile import LAYERS_MOST, read_profile
from entirety.read.headers.hevc.reference_sets import SETS_MOST, ReferenceSet, read_set
from entirety.read.headers.hevc.vui import VUI_ABSENT, read_vui

SIDE_MOST = 65_536
"""Pixels; level 6.2 ends at 16,888 (clause A.4.1: sqrt(8 x 35,651,584))."""
LONG_TERM_MOST = 32


@dataclass(frozen=True, slots=True)
class Sps:
    """What a slice header needs of its sequence parameter set, and all facts."""

    number: int
    poc_lsb_bits: int
    chroma_array_type: int
    separate_colour_plane_flag: int
    bit_depth_luma: int
    address_bits: int
    """Of slice_segment_address."""
    sample_adaptive_offset_enabled_flag: int
    reference_sets: list[ReferenceSet]
    long_term_ref_pics_present_flag: int
    long_term: tuple[tuple[int, int], ...]
    """lt_ref_pic_poc_lsb_sps and used_by_curr_pic_lt_sps_flag."""
    sps_temporal_mvp_enabled_flag: int
    frame_field_info_present_flag: int
    rate: tuple[int, int]
    """num_units_in_tick and time_scale; -1 where not stated."""
    screen_content: bool
    """Has the extension for screen content, with which slice headers hold fields that are not read here."""
    vui_readable: bool
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Size:
    chroma_format_idc: int
    separate_colour_plane_flag: int
    coded: tuple[int, int]
    shown: tuple[int, int]


def sps_number(unit: bytes) -> int:
    """Return sps_seq_parameter_set_id of an SPS unit."""
    bits = Bits(unescape(unit[:160])[HEADER_BYTES:])
    bits.u(4)
    read_profile(bits, _sub_layers(bits)[0])
    return bits.ue(15)


def _sub_layers(bits: Bits) -> tuple[int, int]:
    count, nesting = bits.u(3) + 1, bits.flag()
    if count > LAYERS_MOST:
        raise Unreadable
    return count, nesting


def read_sps(unit: bytes) -> Sps:
    """Read an SPS unit, header bytes included (clause 7.3.2.2.1); `Unreadable` where it breaks the standard."""
    bits = Bits(unescape(unit[:READ_BYTES])[HEADER_BYTES:])
    vps = bits.u(4)
    sub_layers, nesting = _sub_layers(bits)
    profile = read_profile(bits, sub_layers)
    number = bits.ue(15)
    size = _size(bits)
    depth_luma, depth_chroma = 8 + bits.ue(8), 8 + bits.ue(8)
    poc_lsb_bits = 4 + bits.ue(12)
    for _ in range(sub_layers if bits.flag() else 1):
        buffering, reorder, latency = bits.ue(15) + 1, bits.ue(15), bits.ue()
    blocks = [bits.ue(4) for _ in range(6)]  # from log2_min_luma_coding_block_size_minus3 on
    scaling = bits.flag()
    if scaling and bits.flag():
        skip_scaling_lists(bits)
    amp, sao, pcm = bits.flag(), bits.flag(), bits.flag()
    if pcm:
        bits.u(8)
        bits.ue(3)
        bits.ue(3)
        bits.flag()
    sets: list[ReferenceSet] = []
    for index in range(bits.ue(SETS_MOST)):
        sets.append(read_set(bits, index, sets, in_slice=False))
    has_long = bits.flag()
    long_term = tuple((bits.u(poc_lsb_bits), bits.flag()) for _ in range(bits.ue(LONG_TERM_MOST))) if has_long else ()
    temporal_mvp, smoothing = bits.flag(), bits.flag()
    vui, readable = read_vui(bits, sub_layers) if bits.flag() else (VUI_ABSENT, True)
    extension = bits.u(8) if readable and bits.more_rbsp_data() and bits.flag() else 0
    facts = {
        "seq_parameter_set_id": number,
        "sps_video_parameter_set_id": vps,
        "sps_max_sub_layers": sub_layers,
        "sps_temporal_id_nesting_flag": nesting,
        **profile,
        "chroma_format_idc": size.chroma_format_idc,
        "separate_colour_plane_flag": size.separate_colour_plane_flag,
        "width": size.shown[0],
        "height": size.shown[1],
        "bit_depth_luma": depth_luma,
        "bit_depth_chroma": depth_chroma,
        "log2_max_pic_order_cnt_lsb": poc_lsb_bits,
        "max_dec_frame_buffering": buffering,
        "max_num_reorder_frames": reorder,
        "sps_max_latency_increase_plus1": latency,
        **dict(zip(_BLOCKS, blocks, strict=True)),
        "scaling_list_enabled_flag": scaling,
        "amp_enabled_flag": amp,
        "sample_adaptive_offset_enabled_flag": sao,
        "pcm_enabled_flag": pcm,
        "num_short_term_ref_pic_sets": len(sets),
        "long_term_ref_pics_present_flag": has_long,
        "sps_temporal_mvp_enabled_flag": temporal_mvp,
        "strong_intra_smoothing_enabled_flag": smoothing,
        **vui,
        "sps_extension_flags": extension,
    }
    block = 1 << (3 + blocks[0] + blocks[1])  # CtbSizeY
    in_blocks = -(-size.coded[0] // block) * -(-size.coded[1] // block)
    return Sps(
        number=number,
        poc_lsb_bits=poc_lsb_bits,
        chroma_array_type=0 if size.separate_colour_plane_flag else size.chroma_format_idc,
        separate_colour_plane_flag=size.separate_colour_plane_flag,
        bit_depth_luma=depth_luma,
        address_bits=(in_blocks - 1).bit_length(),
        sample_adaptive_offset_enabled_flag=sao,
        reference_sets=sets,
        long_term_ref_pics_present_flag=has_long,
        long_term=long_term,
        sps_temporal_mvp_enabled_flag=temporal_mvp,
        frame_field_info_present_flag=max(0, vui["frame_field_info_present_flag"]),
        rate=(vui["num_units_in_tick"], vui["time_scale"]),
        screen_content=bool(extension & 0b00010000),
        vui_readable=readable,
        facts=tuple(facts.items()),
    )


_BLOCKS = (
    "log2_min_luma_coding_block_size_minus3",
    "log2_diff_max_min_luma_coding_block_size",
    "log2_min_luma_transform_block_size_minus2",
    "log2_diff_max_min_luma_transform_block_size",
    "max_transform_hierarchy_depth_inter",
    "max_transform_hierarchy_depth_intra",
)


def _size(bits: Bits) -> _Size:
    """Read the size and its cropping, in the units of Table 6-1 and clause 7.4.3.2.1."""
    chroma_format_idc = bits.ue(3)
    separate = bits.flag() if chroma_format_idc == 3 else 0
    width, height = bits.ue(SIDE_MOST), bits.ue(SIDE_MOST)
    left, right, top, bottom = (bits.ue(SIDE_MOST) for _ in range(4)) if bits.flag() else (0, 0, 0, 0)
    step_x = 2 if chroma_format_idc in (1, 2) else 1
    step_y = 2 if chroma_format_idc == 1 else 1
    shown = (width - step_x * (left + right), height - step_y * (top + bottom))
    if min(shown) <= 0:
        raise Unreadable
    return _Size(chroma_format_idc, separate, (width, height), shown)


def skip_scaling_lists(bits: Bits) -> None:
    """Step over scaling_list_data (clause 7.3.4): lists of 16 and 64 numbers, each perhaps told by another."""
    for size in range(4):
        for _ in range(2 if size == 3 else 6):
            if not bits.flag():
                bits.ue(5)  # scaling_list_pred_matrix_id_delta
                continue
            for _ in range((16 if size == 0 else 64) + (size > 1)):
                bits.se(128)

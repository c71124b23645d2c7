"""Reads the usability information (VUI, Annex E) at the end of an SPS: pixel shape, colours, clock and reordering.

It does not affect decoding, so encoders differ in what they write here, and some write it wrongly; a break within it
leaves the rest of the SPS readable.
"""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable

PICTURE_ABSENT: dict[str, int] = {
    "vui_parameters_present_flag": 0,
    "aspect_ratio_idc": -1,
    "sar_width": -1,
    "sar_height": -1,
    "video_full_range_flag": -1,
    "colour_primaries": -1,
    "transfer_characteristics": -1,
    "matrix_coefficients": -1,
}
"""The fields that HEVC has too, with the values that say they are absent."""
VUI_ABSENT: dict[str, int] = {
    **PICTURE_ABSENT,
    "num_units_in_tick": -1,
    "time_scale": -1,
    "fixed_frame_rate_flag": -1,
    "nal_hrd_parameters_present_flag": -1,
    "vcl_hrd_parameters_present_flag": -1,
    "pic_struct_present_flag": -1,
    "max_num_reorder_frames": -1,
    "max_dec_frame_buffering": -1,
}
"""Every field with the value that says it is absent."""

EXTENDED_SAR = 255


@dataclass(frozen=True, slots=True)
class DelayLengths:
    """Bits of the fields that stand before the clock time stamps of a picture timing message (D.1.3)."""

    cpb_removal_delay: int = 0
    dpb_output_delay: int = 0


NO_DELAYS = DelayLengths()
"""Without a buffer model the message has no delays."""


def read_vui(bits: Bits) -> tuple[dict[str, int], DelayLengths, bool]:
    """Read VUI parameters (E.1.1) into the fields of `VUI_ABSENT`; False where the data broke off within them."""
    facts, delays = {**VUI_ABSENT, "vui_parameters_present_flag": 1}, NO_DELAYS
    try:
        read_picture(bits, facts)
        _timing(bits, facts)
        delays = _buffers(bits, facts)
        _restriction(bits, facts)
    except Unreadable:
        return facts, delays, False
    return facts, delays, True


def read_picture(bits: Bits, facts: dict[str, int]) -> None:
    """Shape of the picture elements, colours and where colour lies: the fields with which these parameters begin in HEVC too."""
    if bits.flag():
        facts["aspect_ratio_idc"] = bits.u(8)
        if facts["aspect_ratio_idc"] == EXTENDED_SAR:
            facts["sar_width"], facts["sar_height"] = bits.u(16), bits.u(16)
    if bits.flag():
        bits.flag()  # overscan_appropriate_flag
    if bits.flag():
        bits.u(3)  # video_format
        facts["video_full_range_flag"] = bits.flag()
        if bits.flag():
            facts["colour_primaries"] = bits.u(8)
            facts["transfer_characteristics"] = bits.u(8)
            facts["matrix_coefficients"] = bits.u(8)
    if bits.flag():
        bits.ue(5)  # chroma_sample_loc_type_top_field
        bits.ue(5)  # chroma_sample_loc_type_bottom_field


def _timing(bits: Bits, facts: dict[str, int]) -> None:
    if bits.flag():
        facts["num_units_in_tick"] = bits.u(32)
        facts["time_scale"] = bits.u(32)
        facts["fixed_frame_rate_flag"] = bits.flag()


def _buffers(bits: Bits, facts: dict[str, int]) -> DelayLengths:
    delays = NO_DELAYS
    for name in ("nal_hrd_parameters_present_flag", "vcl_hrd_parameters_present_flag"):
        facts[name] = bits.flag()
        if facts[name]:
            delays = _hrd(bits)  # both models state the same lengths (E.2.2)
    if facts["nal_hrd_parameters_present_flag"] or facts["vcl_hrd_parameters_present_flag"]:
        bits.flag()  # low_delay_hrd_flag
    facts["pic_struct_present_flag"] = bits.flag()
    return delays


def _hrd(bits: Bits) -> DelayLengths:
    """Step over the buffer model (E.1.2) to the lengths at its end."""
    count = bits.ue(31) + 1
    bits.u(8)  # bit_rate_scale, cpb_size_scale
    for _ in range(count):
        bits.ue()
        bits.ue()
        bits.flag()
    bits.u(5)  # initial_cpb_removal_delay_length_minus1
    delays = DelayLengths(bits.u(5) + 1, bits.u(5) + 1)
    bits.u(5)  # time_offset_length
    return delays


def _restriction(bits: Bits, facts: dict[str, int]) -> None:
    if not bits.flag():
        return
    bits.flag()  # motion_vectors_over_pic_boundaries_flag
    # max_bytes_per_pic_denom, max_bits_per_mb_denom and the two motion vector lengths: 0 to 16 (E.2.1).
    for _ in range(4):
        bits.ue(16)
    facts["max_num_reorder_frames"] = bits.ue(16)
    facts["max_dec_frame_buffering"] = bits.ue(16)

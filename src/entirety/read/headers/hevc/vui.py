"""Reads the usability information (VUI, Annex E) of an SPS: pixel shape, colours, clock; and the buffer model, to step over it.

It does not affect decoding, and some encoders write it wrongly; a break within it leaves the rest of the SPS readable.
"""

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.vui import PICTURE_ABSENT, read_picture

VUI_ABSENT: dict[str, int] = {
    **PICTURE_ABSENT,
    "field_seq_flag": -1,
    "frame_field_info_present_flag": -1,
    "num_units_in_tick": -1,
    "time_scale": -1,
    "poc_proportional_to_timing_flag": -1,
    "hrd_parameters_present_flag": -1,
    "bitstream_restriction_flag": -1,
}
"""Every field with the value that says it is absent."""
BUFFERS_MOST = 32
"""cpb_cnt_minus1 is 31 at most (E.3.2)."""


def read_vui(bits: Bits, sub_layers: int) -> tuple[dict[str, int], bool]:
    """Read VUI parameters (E.2.1) into the fields of `VUI_ABSENT`; False where the data broke off within them."""
    facts = {**VUI_ABSENT, "vui_parameters_present_flag": 1}
    try:
        _picture(bits, facts)
        _timing(bits, facts, sub_layers)
        facts["bitstream_restriction_flag"] = bits.flag()
        if facts["bitstream_restriction_flag"]:
            bits.u(3)  # three flags on tiles, motion vectors and lists of references
            for _ in range(5):
                bits.ue()
    except Unreadable:
        return facts, False
    return facts, True


def _picture(bits: Bits, facts: dict[str, int]) -> None:
    read_picture(bits, facts)
    bits.flag()  # neutral_chroma_indication_flag
    facts["field_seq_flag"], facts["frame_field_info_present_flag"] = bits.flag(), bits.flag()
    if bits.flag():
        for _ in range(4):
            bits.ue()  # default display window


def _timing(bits: Bits, facts: dict[str, int], sub_layers: int) -> None:
    if not bits.flag():
        return
    facts["num_units_in_tick"], facts["time_scale"] = bits.u(32), bits.u(32)
    facts["poc_proportional_to_timing_flag"] = bits.flag()
    if facts["poc_proportional_to_timing_flag"]:
        bits.ue()  # vui_num_ticks_poc_diff_one_minus1
    facts["hrd_parameters_present_flag"] = bits.flag()
    if facts["hrd_parameters_present_flag"]:
        skip_hrd(bits, sub_layers)


def skip_hrd(bits: Bits, sub_layers: int) -> None:
    """Step over hrd_parameters( 1, sub_layers - 1 ) (E.2.2)."""
    nal, vcl = bits.flag(), bits.flag()
    sub_pic = 0
    if nal or vcl:
        sub_pic = bits.flag()
        bits.u(19 * sub_pic + 8)  # the decoding units' lengths; bit_rate_scale, cpb_size_scale
        bits.u(4 * sub_pic + 15)  # cpb_size_du_scale; three lengths of five bits
    for _ in range(sub_layers):
        low_delay = 0
        # fixed_pic_rate_general_flag implies fixed_pic_rate_within_cvs_flag
        if bits.flag() or bits.flag():
            bits.ue(2047)  # elemental_duration_in_tc_minus1
        else:
            low_delay = bits.flag()
        count = 1 if low_delay else bits.ue(BUFFERS_MOST - 1) + 1
        for _ in range((nal + vcl) * count):
            for _ in range(2 + 2 * sub_pic):
                bits.ue()
            bits.flag()  # cbr_flag

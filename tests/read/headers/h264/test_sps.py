"""Sequence parameter sets, written field by field."""

import pytest

from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.h264.sps import read_sps, sps_number
from entirety.read.headers.h264.vui import VUI_ABSENT
from read.headers.h264.writer import BitWriter, baseline_sps


def high_sps(lists: BitWriter | None = None, chroma: int = 1) -> BitWriter:
    """1920x1080 interlaced, cropped from 1088 lines, up to the flag that announces a VUI."""
    bits = BitWriter().u(8, 100, 0x40, 41).ue(3, chroma)
    if chroma == 3:
        bits.u(1, 1)  # separate_colour_plane_flag
    bits.ue(2, 1).u(1, 0)
    if lists is None:
        bits.u(1, 0)
    else:
        bits.u(1, 1)
        bits.text += lists.text
    bits.ue(5, 0, 2, 4).u(1, 0).ue(119, 33).u(1, 0, 1, 1, 1).ue(0, 0, 0, 2)
    return bits


def facts(bits: BitWriter) -> dict[str, int]:
    return dict(read_sps(bits.unit(0x67)).facts)


def test_high_profile_with_cropping() -> None:
    found = facts(high_sps().u(1, 0))
    expected = {
        "profile_idc": 100,
        "constraint_flags": 0x40,
        "level_idc": 41,
        "seq_parameter_set_id": 3,
        "chroma_format_idc": 1,
        "bit_depth_luma": 10,
        "bit_depth_chroma": 9,
        "log2_max_frame_num": 9,
        "pic_order_cnt_type": 0,
        "log2_max_pic_order_cnt_lsb": 6,
        "max_num_ref_frames": 4,
        "gaps_in_frame_num_value_allowed_flag": 0,
        "width": 1920,
        "height": 1080,
        "frame_mbs_only_flag": 0,
        "mb_adaptive_frame_field_flag": 1,
    }
    assert {name: found[name] for name in expected} == expected
    assert {name: found[name] for name in VUI_ABSENT} == VUI_ABSENT


def test_numbers_are_found_without_reading_the_rest() -> None:
    assert sps_number(high_sps().unit(0x67)) == 3
    assert sps_number(baseline_sps(number=31)) == 31


def test_scaling_lists_are_stepped_over() -> None:
    lists = BitWriter().u(1, 1).se(*[1] * 16)  # a whole list of 16
    lists.u(1, 1).se(-8)  # falls back to the default at once
    lists.u(1, 0, 0, 0, 0)
    lists.u(1, 1).se(*[2] * 64)
    lists.u(1, 1).se(3, -11)  # 8 + 3 - 11 = 0 ends the list
    assert facts(high_sps(lists).u(1, 0))["width"] == 1920


def test_twelve_lists_and_single_planes_at_4_4_4() -> None:
    # Uncoupled planes have no chroma, so cropping counts in single lines: 2 field lines of 1 each, twice.
    found = facts(high_sps(BitWriter().u(1, *[0] * 12), chroma=3).u(1, 0))
    assert (found["chroma_format_idc"], found["separate_colour_plane_flag"], found["height"]) == (3, 1, 1084)


def test_order_types() -> None:
    for kind in (0, 1, 2):
        found = dict(read_sps(baseline_sps(poc_type=kind)).facts)
        assert (found["pic_order_cnt_type"], found["width"], found["height"]) == (kind, 160, 128)
        assert found["log2_max_pic_order_cnt_lsb"] == (4 if kind == 0 else -1)


def hrd(bits: BitWriter) -> None:
    bits.u(1, 1).ue(1).u(4, 2, 3).ue(10, 11).u(1, 1).ue(12, 13).u(1, 0).u(5, 23, 23, 23, 24)


def test_usability_information() -> None:
    bits = high_sps().u(1, 1)
    bits.u(1, 1).u(8, 255).u(16, 4, 3)
    bits.u(1, 1, 0)
    bits.u(1, 1).u(3, 5).u(1, 1, 1).u(8, 1, 2, 3)
    bits.u(1, 1).ue(0, 1)
    bits.u(1, 1).u(32, 1001, 60000).u(1, 1)
    hrd(bits)
    hrd(bits)
    bits.u(1, 0, 1)
    bits.u(1, 1, 1).ue(0, 0, 16, 15, 2, 4)
    sps = read_sps(bits.unit(0x67))
    assert sps.vui_readable
    assert (
        dict(sps.facts).items()
        >= {
            "vui_parameters_present_flag": 1,
            "aspect_ratio_idc": 255,
            "sar_width": 4,
            "sar_height": 3,
            "video_full_range_flag": 1,
            "colour_primaries": 1,
            "transfer_characteristics": 2,
            "matrix_coefficients": 3,
            "num_units_in_tick": 1001,
            "time_scale": 60000,
            "fixed_frame_rate_flag": 1,
            "nal_hrd_parameters_present_flag": 1,
            "vcl_hrd_parameters_present_flag": 1,
            "pic_struct_present_flag": 1,
            "max_num_reorder_frames": 2,
            "max_dec_frame_buffering": 4,
        }.items()
    )


def test_a_signal_type_without_colours() -> None:
    found = facts(high_sps().u(1, 1, 0, 0, 1).u(3, 5).u(1, 1, 0, 0, 0, 0, 0, 0, 0))
    assert (found["video_full_range_flag"], found["colour_primaries"]) == (1, -1)


def test_a_break_in_the_usability_information_leaves_the_rest() -> None:
    sps = read_sps(high_sps().u(1, 1, 1).u(8, 255).unit(0x67))
    assert not sps.vui_readable
    found = dict(sps.facts)
    assert (found["width"], found["vui_parameters_present_flag"], found["time_scale"]) == (1920, 1, -1)


@pytest.mark.parametrize("length", range(1, 7))
def test_a_cut_set_is_unreadable(length: int) -> None:
    with pytest.raises(Unreadable):
        read_sps(baseline_sps()[:length])


def test_impossible_values_are_unreadable() -> None:
    cropped_away = BitWriter().u(8, 66, 0, 30).ue(0, 0, 2, 1).u(1, 0).ue(0, 0).u(1, 1, 1, 1).ue(4, 4, 0, 0).u(1, 0)
    too_wide = BitWriter().u(8, 66, 0, 30).ue(0, 0, 2, 1).u(1, 0).ue(70_000, 0).u(1, 1, 1, 0, 0)
    for bits in (cropped_away, too_wide):
        with pytest.raises(Unreadable):
            read_sps(bits.unit(0x67))

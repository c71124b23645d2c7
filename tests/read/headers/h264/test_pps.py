"""Picture parameter sets, written field by field."""

import pytest

from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.h264.pps import read_pps
from entirety.read.headers.h264.sps import read_sps
from read.headers.h264.writer import BitWriter, baseline_sps, pps


def tail(groups: BitWriter | None = None) -> BitWriter:
    """A PPS number 7 of SPS 0, up to the end that Baseline and Main write."""
    bits = BitWriter().ue(7, 0).u(1, 1, 0)
    if groups is None:
        bits.ue(0)
    else:
        bits.text += groups.text
    return bits.ue(2, 1).u(1, 1).u(2, 2).se(-3, 0, 4).u(1, 1, 0, 0)


def facts(bits: BitWriter, end: bytes = b"") -> dict[str, int]:
    return dict(read_pps(bits.unit(0x68) + end, {0: read_sps(baseline_sps())}).facts)


def test_main_profile() -> None:
    assert facts(tail()) == {
        "pic_parameter_set_id": 7,
        "seq_parameter_set_id": 0,
        "entropy_coding_mode_flag": 1,
        "bottom_field_pic_order_in_frame_present_flag": 0,
        "num_slice_groups": 1,
        "num_ref_idx_l0_default": 3,
        "num_ref_idx_l1_default": 2,
        "weighted_pred_flag": 1,
        "weighted_bipred_idc": 2,
        "pic_init_qp": 23,
        "chroma_qp_index_offset": 4,
        "deblocking_filter_control_present_flag": 1,
        "constrained_intra_pred_flag": 0,
        "redundant_pic_cnt_present_flag": 0,
        "transform_8x8_mode_flag": 0,
    }


def test_zeros_after_the_unit_are_padding() -> None:
    assert facts(tail(), b"\x00\x00\x00")["transform_8x8_mode_flag"] == 0


def test_what_high_profiles_add() -> None:
    assert facts(tail().u(1, 1, 0).se(-2))["transform_8x8_mode_flag"] == 1
    lists = tail().u(1, 1, 1).u(1, 1).se(*[0] * 16).u(1, *[0] * 6).u(1, 1).se(-8).se(-2)
    assert facts(lists)["transform_8x8_mode_flag"] == 1
    with pytest.raises(Unreadable):
        facts(tail().u(1, 1, 1).u(1, 1).se(0))


@pytest.mark.parametrize(
    "groups",
    [
        BitWriter().ue(1, 0, 5, 6),
        BitWriter().ue(1, 1),
        BitWriter().ue(2, 2, 1, 2, 3, 4),
        BitWriter().ue(1, 4).u(1, 1).ue(9),
        BitWriter().ue(3, 6, 4).u(2, 0, 1, 2, 3, 0),
    ],
    ids=["interleaved", "dispersed", "foreground", "changing", "explicit"],
)
def test_slice_groups_are_stepped_over(groups: BitWriter) -> None:
    assert facts(tail(groups))["pic_init_qp"] == 23


def test_a_sequence_set_that_is_not_there_is_no_obstacle() -> None:
    assert read_pps(pps(number=255, sps=9), {}).sps == 9
    assert read_pps(pps(number=255, sps=9), {}).number == 255


def test_a_cut_set_is_unreadable() -> None:
    for length in range(1, 4):
        with pytest.raises(Unreadable):
            read_pps(pps()[:length], {})

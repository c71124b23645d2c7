"""Slice headers, written field by field."""

import pytest

from entirety.read.headers.h264.pps import Pps, read_pps
from entirety.read.headers.h264.slices import SliceHeader, read_slice
from entirety.read.headers.h264.sps import Sps, read_sps
from read.headers.h264.writer import BitWriter, baseline_sps, i_slice, pps

ALL_SPS: dict[int, Sps] = {
    number: read_sps(unit)
    for number, unit in enumerate(
        (baseline_sps(), baseline_sps(1, frame_mbs_only=0), baseline_sps(2, poc_type=1), baseline_sps(3, poc_type=2))
    )
}
PROGRESSIVE, INTERLACED, WEIGHTED, MORE, OFFSETS, COUNTED, BIWEIGHTED, SIMPLE_OFFSETS = range(8)
ALL_PPS: dict[int, Pps] = {
    number: read_pps(unit, ALL_SPS)
    for number, unit in enumerate(
        (
            pps(0),
            pps(1, 1, more=1),
            pps(2, weighted=(1, 0)),
            pps(3, cabac=0, more=1),
            pps(4, 2, more=1),
            pps(5, 3),
            pps(6, weighted=(0, 1)),
            pps(7, 2),
        )
    )
}
TRAIL = b"\x80" * 80
"""Stands for the picture data after the header."""


def read(bits: BitWriter, header: int = 0x41) -> SliceHeader:
    unit = bits.unit(header) + TRAIL
    return read_slice(unit, 0, len(unit), ALL_SPS, ALL_PPS)


def p_start(number: int, kind: int = 5, frame_num: int = 9) -> BitWriter:
    return BitWriter().ue(0, kind, number).u(4, frame_num)


def test_idr_slice() -> None:
    unit = i_slice(frame_num=0, poc=6, qp_delta=3)
    found = read_slice(unit, 0, len(unit), ALL_SPS, ALL_PPS)
    assert found == SliceHeader(2, 0, 0, 0, 5, 6, 31, readable=True)


def test_p_slice_with_every_branch() -> None:
    bits = p_start(WEIGHTED).u(4, 2).u(1, 1).ue(2)
    bits.u(1, 1).ue(0, 3, 2, 1, 3)  # two modifications and the end
    bits.ue(5, 5)
    bits.u(1, 1).se(-128, 127).u(1, 0)
    bits.u(1, 0, 1).se(1, 2, 3, -400)
    bits.u(1, 0, 0)
    bits.u(1, 1).ue(1, 4, 2, 5, 3, 6, 0, 4, 1, 5, 6, 1, 0)  # each marking operation once
    bits.ue(2).se(-8)
    assert read(bits) == SliceHeader(0, WEIGHTED, 9, 0, -1, 2, 20, readable=True, reset=True)


def test_b_slice_with_two_lists() -> None:
    bits = p_start(BIWEIGHTED, kind=6).u(4, 15).u(1, 1, 1).ue(0, 1).u(1, 0, 1).ue(0, 0, 3)
    bits.ue(0, 0).u(1, 0, 0).u(1, 0, 0, 1).se(1, 1).u(1, 0)
    bits.ue(0).se(0)
    assert read(bits, header=0x01) == SliceHeader(1, BIWEIGHTED, 9, 0, -1, 15, 28, readable=True)


@pytest.mark.parametrize(("bottom", "field"), [(0, 1), (1, 2)])
def test_fields(bottom: int, field: int) -> None:
    bits = p_start(INTERLACED).u(1, 1, bottom).u(4, 3).ue(0).u(1, 0, 0, 0).ue(0).se(1)
    assert read(bits) == SliceHeader(0, INTERLACED, 9, field, -1, 3, 29, readable=True)


def test_frame_of_an_interlaced_stream_with_bottom_order_and_redundancy() -> None:
    bits = p_start(INTERLACED).u(1, 0).u(4, 3).se(-1).ue(0).u(1, 0, 0, 0).ue(0).se(1)
    assert read(bits) == SliceHeader(0, INTERLACED, 9, 0, -1, 3, 29, readable=True)


def test_without_cabac_there_is_no_table_number() -> None:
    bits = p_start(MORE).u(4, 3).se(4).ue(0).u(1, 0, 0, 0).se(-2)
    assert read(bits).slice_qp == 26


def test_other_ways_of_numbering_for_display() -> None:
    offsets = p_start(OFFSETS).se(2, -3).ue(0).u(1, 0, 0, 0).ue(0).se(1)
    assert read(offsets) == SliceHeader(0, OFFSETS, 9, 0, -1, -1, 29, readable=True)
    counted = p_start(COUNTED).u(1, 0, 0, 0).ue(0).se(1)
    assert read(counted) == SliceHeader(0, COUNTED, 9, 0, -1, -1, 29, readable=True)


def test_offsets_without_a_bottom_field() -> None:
    bits = BitWriter().ue(0, 5, SIMPLE_OFFSETS).u(4, 9).se(2).u(1, 0, 0, 0).ue(0).se(1)
    assert read(bits).slice_qp == 29


def monochrome_sps(chroma_format_idc: int) -> bytes:
    """High profile with 4-bit numbers: 0 for grey pictures, 3 for colours coded as pictures of their own."""
    bits = BitWriter().u(8, 110, 0, 30).ue(4, chroma_format_idc)
    if chroma_format_idc == 3:
        bits.u(1, 1)
    return bits.ue(0, 0).u(1, 0, 0).ue(0, 0, 0, 2).u(1, 0).ue(9, 7).u(1, 1, 1, 0, 0).unit(0x67)


@pytest.mark.parametrize("chroma_format_idc", [0, 3])
def test_weights_without_chroma(chroma_format_idc: int) -> None:
    sps = read_sps(monochrome_sps(chroma_format_idc))
    weighted = read_pps(pps(0, 4, weighted=(1, 0)), {4: sps})
    bits = BitWriter().ue(0, 5, 0)
    if chroma_format_idc == 3:
        bits.u(2, 1)
    bits.u(4, 9, 2).u(1, 0, 0).ue(5).u(1, 1).se(4, 5).u(1, 0, 0).ue(0).se(1)
    unit = bits.unit(0x41) + TRAIL
    found = read_slice(unit, 0, len(unit), {4: sps}, {0: weighted})
    assert found == SliceHeader(0, 0, 9, 0, -1, 2, 29, readable=True)


def test_a_header_longer_than_the_first_look() -> None:
    bits = p_start(WEIGHTED).u(4, 2).u(1, 1).ue(31).u(1, 0).ue(7, 7)
    for _ in range(32):
        bits.u(1, 1).se(-127, 127).u(1, 1).se(127, -511, 127, 511)
    assert read(bits.u(1, 0).ue(0).se(2)).slice_qp == 30


def test_a_parameter_set_that_has_not_occurred() -> None:
    assert read(p_start(99)) == SliceHeader(0, 99, -1, -1, -1, -1, -1, readable=False)
    assert not read_slice(i_slice(), 0, 12, {}, ALL_PPS).readable


def test_what_stands_before_a_break_is_kept() -> None:
    unit = i_slice(poc=6)
    found = read_slice(unit, 0, len(unit) - 2, ALL_SPS, ALL_PPS)
    assert (found.slice_type, found.pps, found.slice_qp, found.readable) == (2, 0, -1, False)


@pytest.mark.parametrize(
    "bits",
    [
        BitWriter().ue(0, 10),
        BitWriter().ue(0, 7, 256),
        p_start(PROGRESSIVE).u(4, 2).u(1, 0, 1).ue(*[0, 0] * 70),
        p_start(PROGRESSIVE).u(4, 2).u(1, 0, 0, 1).ue(*[1, 0] * 70),
        p_start(PROGRESSIVE).u(4, 2).u(1, 0, 0, 0).ue(3),
        p_start(PROGRESSIVE).u(4, 2).u(1, 0, 0, 0).ue(0).se(24),
        p_start(PROGRESSIVE).u(4, 2).u(1, 0, 0, 0).ue(0).se(-29),
    ],
    ids=["type", "set", "modification", "marking", "cabac", "high-quantiser", "low-quantiser"],
)
def test_values_outside_the_standard(bits: BitWriter) -> None:
    found = read(bits)
    assert not found.readable
    assert found.slice_qp == -1

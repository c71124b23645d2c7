"""The table of a stream: one row per packet, with the parameter sets in force at each."""

import numpy as np

from entirety.read.headers.h264 import H264Reader
from entirety.read.headers.h264.columns import READ_BYTES_PER_PACKET
from entirety.read.headers.h264.parameter_sets import RECORDED_MOST, ParameterSets
from read.headers.h264.writer import BitWriter, avcc, baseline_sps, i_slice, lengths, longest_sps, pps, start_codes

RECOVERY = b"\x06\x06\x01\xc4\x80"


def test_rows_of_a_small_stream() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(b"\x09\x10", i_slice()))
    reader.add(lengths(RECOVERY, i_slice(3, 8, idr=False, qp_delta=-4)))
    reader.add(lengths(b"\x0b"))
    found = reader.columns()
    assert len(found) == 3
    assert found.nal_types.tolist() == [1 << 9 | 1 << 5, 1 << 6 | 1 << 1, 1 << 11]
    assert found.slice_type.tolist() == [2, 2, -1]
    assert found.idr.tolist() == [True, False, False]
    assert found.frame_num.tolist() == [0, 3, -1]
    assert found.idr_pic_id.tolist() == [5, -1, -1]
    assert found.poc_lsb.tolist() == [0, 8, -1]
    assert found.field.tolist() == [0, 0, -1]
    assert found.reference.tolist() == [True, True, False]
    assert found.pps.tolist() == [0, 0, -1]
    assert found.slice_qp.tolist() == [31, 24, -1]
    assert found.recovery_point.tolist() == [-1, 0, -1]
    assert found.unreadable.tolist() == []
    assert [(p.kind, p.number, p.packet) for p in found.parameter_sets] == [("sps", 0, -1), ("pps", 0, -1)]
    assert found.parameter_sets[0].payload == baseline_sps()


def test_pictures_that_reset_all_numbers_are_listed() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(i_slice()))
    operations = BitWriter().ue(0, 7, 0).u(4, 2).u(4, 4).u(1, 1).ue(5, 0).se(0)
    reader.add(lengths(operations.unit(0x41) + b"\x80" * 8))
    reader.add(lengths(i_slice(1, 6, idr=False)))
    found = reader.columns()
    assert (found.resets.tolist(), found.unreadable.tolist()) == ([1], [])
    assert found.frame_num.tolist() == [0, 2, 1]


def test_a_further_header_counts_from_the_next_packet_on() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(i_slice()))
    reader.configure(b"")
    reader.configure(avcc(baseline_sps(width_mbs=20), pps(), length_size=2))
    reader.add(lengths(i_slice(), length_size=2))
    found = reader.columns()
    assert [(p.kind, p.packet) for p in found.parameter_sets] == [("sps", -1), ("pps", -1), ("sps", 1)]
    assert found.unreadable.tolist() == []


def test_of_a_further_header_no_more_is_read_than_of_a_packet() -> None:
    reader = H264Reader(b"")
    reader.configure(avcc(*(longest_sps(number) for number in range(31))))
    few = len(reader.columns().parameter_sets)
    assert 0 < few < 31


def test_types_of_the_columns() -> None:
    found = H264Reader(b"").columns()
    assert len(found) == 0
    assert found.nal_types.dtype == np.int32
    assert found.slice_type.dtype == np.int8
    assert found.idr.dtype == np.bool_
    assert found.slice_qp.dtype == np.int16
    assert found.unreadable.dtype == np.int64


def test_only_the_first_slice_counts() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(i_slice(qp_delta=0), b"\x41\x00\x00", i_slice(qp_delta=9)))
    found = reader.columns()
    assert (found.slice_qp[0], found.unreadable.tolist()) == (28, [])
    assert found.nal_types[0] == 1 << 5 | 1 << 1


def test_the_highest_unit_type_fits() -> None:
    reader = H264Reader(b"")
    reader.add(start_codes(b"\x1f\x01"))
    assert int(reader.columns().nal_types[0]) & 0xFFFFFFFF == 1 << 31


def test_parameter_sets_change_in_band() -> None:
    other = baseline_sps(poc_type=2)
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(baseline_sps(), pps(), i_slice(poc=6)))
    reader.add(lengths(other, BitWriter().ue(0, 7, 0).u(4, 1).ue(5).u(1, 0, 0).se(0).unit(0x65)))
    reader.add(lengths(other, BitWriter().ue(0, 7, 0).u(4, 2).u(1, 0).se(0).unit(0x61)))
    reader.add(lengths(baseline_sps(), pps() + b"\x00\x00", pps(9), i_slice(2, 7, pps_id=9)))
    found = reader.columns()
    recorded = [(p.kind, p.number, p.packet) for p in found.parameter_sets]
    assert recorded == [("sps", 0, -1), ("pps", 0, -1), ("sps", 0, 1), ("sps", 0, 3), ("pps", 9, 3)]
    assert found.poc_lsb.tolist()[:2] == [6, -1]
    assert (found.poc_lsb[3], found.pps[3]) == (7, 9)
    assert found.unreadable.tolist() == []


def test_a_damaged_set_is_recorded_and_the_one_before_stays() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    reader.add(lengths(baseline_sps()[:6], b"\x68\x00", i_slice()))
    reader.add(lengths(baseline_sps()[:6], i_slice()))
    found = reader.columns()
    assert [(p.kind, p.number, p.packet, p.facts) for p in found.parameter_sets[2:]] == [
        ("sps", 0, 0, ()),
        ("pps", -1, 0, ()),
    ]
    assert found.slice_qp.tolist() == [31, 31]
    assert found.unreadable.tolist() == [0, 1]


def test_streams_with_start_codes() -> None:
    for extradata in (b"", start_codes(baseline_sps(), pps()), avcc(baseline_sps(), pps())):
        reader = H264Reader(extradata)
        reader.add(start_codes(b"\x09\x10", baseline_sps(), pps(), i_slice()))
        found = reader.columns()
        assert found.slice_qp.tolist() == [31]
        assert found.unreadable.tolist() == []
        assert found.parameter_sets[0].packet == (-1 if extradata else 0)


def test_damaged_packets_are_listed() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    for packet in (lengths(i_slice())[:-1], b"\x00", lengths(b"\x85\x11"), lengths(i_slice(pps_id=3)), b""):
        reader.add(packet)
    found = reader.columns()
    assert found.unreadable.tolist() == [0, 1, 2, 3]
    assert found.nal_types.tolist() == [1 << 5, 0, 0, 1 << 5, 0]


def test_a_text_in_the_stream() -> None:
    reader = H264Reader(avcc(baseline_sps(), pps()))
    text = b"\x06\x05\x14" + bytes(16) + b"abcd\x80"
    for _ in range(2):
        reader.add(lengths(text.replace(b"\x00\x00", b"\x00\x00\x03"), i_slice()))
    assert [(note.packet, note.text) for note in reader.columns().notes] == [(0, "abcd")]


def test_the_work_per_packet_is_bounded() -> None:
    reader = H264Reader(b"")
    sets = [longest_sps(number) for number in range(32)]
    reader.add(start_codes(*sets, i_slice()))
    found = reader.columns()
    before = sum(len(unit) for unit in sets[: len(found.parameter_sets) - 1])
    assert before < READ_BYTES_PER_PACKET <= before + len(sets[len(found.parameter_sets) - 1])
    assert found.unreadable.tolist() == [0]
    reader.add(start_codes(*[b"\x06\x01\x01\x01\x80"] * 65))
    assert reader.columns().unreadable.tolist() == [0, 1]


def test_the_number_of_recorded_changes_is_bounded() -> None:
    sets = ParameterSets()
    units = (pps(0), pps(0, cabac=0))
    for row in range(RECORDED_MOST):
        assert sets.take(units[row % 2], row)
    assert not sets.take(units[0], RECORDED_MOST)
    assert len(sets.recorded) == RECORDED_MOST

"""Written bit by bit: numbers, references that are not there, layers, ends of sequences, notes, recovery points and time codes."""

from fractions import Fraction

from entirety.model.headers import MISSING, CodedHeaders
from entirety.read.headers.hevc import HevcReader
from read.headers.hevc.writer import BitWriter, eos, hvcc, lengths, picture, pps, sei, sps, start_codes, time_code

IDR, CRA, BLA, TRAIL, RASL = 19, 21, 16, 1, 9


def reader_of(*packets: tuple[bytes, ...], header: bytes | None = None) -> HevcReader:
    reader = HevcReader(hvcc(sps(), pps()) if header is None else header)
    for packet in packets:
        reader.add(lengths(*packet))
    return reader


def read(*packets: tuple[bytes, ...] | bytes) -> CodedHeaders:
    return reader_of(*[(packet,) if isinstance(packet, bytes) else packet for packet in packets]).columns()


def column(headers: CodedHeaders, name: str) -> list[int]:
    return [int(value) for value in headers.columns[name]]


def test_settings_and_one_picture() -> None:
    headers = read(picture(IDR))
    facts = {s.kind: dict(s.facts) for s in headers.parameter_sets}
    assert (facts["sps"]["width"], facts["sps"]["height"], facts["sps"]["time_scale"]) == (320, 240, 25)
    assert facts["sps"]["num_short_term_ref_pic_sets"] == 2
    assert facts["pps"]["pic_init_qp"] == 30
    assert (headers.quantiser.tolist(), headers.kind.tolist(), headers.entry.tolist()) == ([28], [1], [True])
    assert headers.unreadable.tolist() == []


def test_numbers_go_on_beyond_their_low_bits_and_begin_anew() -> None:
    lsb = [0, *range(100, 900, 100)]
    headers = read(picture(IDR), *[picture(TRAIL, k, (100,)) for k in lsb[1:]], picture(IDR), picture(TRAIL, 1, (1,)))
    assert column(headers, "pic_order_cnt") == [*lsb, 0, 1]
    assert column(headers, "no_rasl_output_flag") == [1, *[MISSING] * 8, 1, MISSING]
    assert column(headers, "no_reference_picture") == [0] * 11


def test_a_picture_that_is_named_and_not_there_is_told_once() -> None:
    headers = read(picture(IDR), picture(TRAIL, 1, (1,)), picture(TRAIL, 4, (1, 3)), picture(TRAIL, 5, (1, 2)))
    assert column(headers, "num_pic_total_curr") == [0, 1, 2, 2]
    assert column(headers, "no_reference_picture") == [0, 0, 1, 0]
    assert column(headers, "no_reference_picture_order_cnt") == [MISSING, MISSING, 3, MISSING]


def test_what_a_picture_does_not_name_is_gone_for_the_next() -> None:
    headers = read(picture(IDR), picture(TRAIL, 1, (1,)), picture(TRAIL, 2, (1,)), picture(TRAIL, 3, (3,)))
    assert column(headers, "no_reference_picture") == [0, 0, 0, 1]


def test_sets_of_the_sps_and_one_told_by_another() -> None:
    headers = read(picture(IDR), picture(TRAIL, 1, 0), picture(TRAIL, 2, 1), picture(TRAIL, 3, 1))
    assert column(headers, "num_pic_total_curr") == [0, 1, 2, 2]
    assert column(headers, "no_reference_picture") == [0, 0, 0, 0]
    assert column(read(picture(IDR), picture(TRAIL, 2, 1)), "no_reference_picture_order_cnt")[1] == 1


def test_long_term_references_by_their_low_bits() -> None:
    packets = [(picture(IDR),), (picture(TRAIL, 1, (), long=(0,)),), (picture(TRAIL, 2, (), long=(7,)),)]
    headers = reader_of(*packets, header=hvcc(sps(long_term=1), pps())).columns()
    assert column(headers, "no_reference_picture") == [0, 0, 1]
    assert column(headers, "no_reference_picture_order_cnt") == [MISSING] * 3


def test_leading_pictures_behind_the_first_key_picture_and_behind_a_later_one() -> None:
    headers = read(
        picture(CRA, 50), picture(RASL, 48, (3,)), picture(TRAIL, 51, (1,)), picture(CRA, 80), picture(RASL, 78, (3,))
    )
    assert column(headers, "no_rasl_output_flag") == [1, MISSING, MISSING, 0, MISSING]
    assert column(headers, "no_reference_picture") == [0, MISSING, 0, 0, 1]
    assert column(headers, "no_reference_picture_order_cnt")[4] == 75


def test_a_join_that_is_marked_and_the_end_of_a_sequence_begin_anew() -> None:
    headers = read(picture(IDR), picture(BLA, 200), (picture(TRAIL, 201, (1,)), eos()), picture(CRA, 7))
    assert column(headers, "pic_order_cnt") == [0, 200, 201, 7]
    assert column(headers, "no_rasl_output_flag") == [1, 1, MISSING, 1]
    assert column(headers, "end_of_sequence") == [0, 0, 1, 0]


def test_after_headers_that_cannot_be_read_the_next_picture_is_believed() -> None:
    headers = read(picture(IDR), b"\x02", picture(TRAIL, 5, (3,)), picture(TRAIL, 9, (1,)))
    assert headers.unreadable.tolist() == [1]
    assert column(headers, "nal_unit_type")[1] == MISSING
    assert column(headers, "no_reference_picture") == [0, MISSING, MISSING, 1]


def test_other_layers_are_stepped_over() -> None:
    headers = read(
        (picture(IDR), picture(IDR, layer=1)),
        (picture(TRAIL, 9, (9,), layer=1), picture(TRAIL, 1, (1,), temporal_id=2)),
    )
    assert column(headers, "pic_order_cnt") == [0, 1]
    assert column(headers, "temporal_id") == [0, 2]
    assert headers.unreadable.tolist() == []


def test_sets_and_start_codes_in_the_stream() -> None:
    reader = HevcReader(b"")
    reader.add(start_codes(sps(), pps(), picture(IDR)))
    reader.add(start_codes(picture(TRAIL, 1, (1,))))
    headers = reader.columns()
    assert [(s.kind, s.packet) for s in headers.parameter_sets] == [("sps", 0), ("pps", 0)]
    assert headers.unreadable.tolist() == []


def test_notes_and_recovery_point() -> None:
    said = sei((5, bytes(16) + b"an encoder"), (6, BitWriter().se(-3).u(2, 1).raw()))
    headers = read((said, picture(IDR)), (said, picture(TRAIL, 1, (1,))))
    assert [(note.packet, note.text) for note in headers.notes] == [(0, "an encoder")]
    assert column(headers, "recovery_poc_cnt") == [-3, -3]


def test_time_code() -> None:
    packets = [(time_code(1, 0, k, 24), picture(IDR)) for k in range(2)]
    (clock,) = reader_of(*packets).clocks(3)
    assert (clock.source, clock.stream, clock.base, clock.daily) == ("hevc-time-code", 3, Fraction(1, 25), True)
    assert clock.packet.tolist() == [0, 1]
    assert clock.stated.tolist() == [3600 * 25 + 24, 3601 * 25 + 24]
    assert reader_of((picture(IDR),)).clocks(0) == ()


def test_a_time_code_that_leaves_numbers_out_counts_pictures() -> None:
    stamps = [(0, 0, 59, 29), (0, 1, 0, 2), (0, 9, 59, 29), (0, 10, 0, 0)]
    packets = [(time_code(*stamp, 4), picture(IDR)) for stamp in stamps]
    (clock,) = reader_of(*packets, header=hvcc(sps(timed=(1001, 30_000)), pps())).clocks(0)
    assert clock.base == Fraction(1001, 30_000)
    assert clock.stated.tolist() == [1799, 1800, 17981, 17982]


def test_without_a_rate_a_time_code_counts_seconds() -> None:
    (clock,) = reader_of((time_code(0, 0, 7, 12), picture(IDR)), header=hvcc(sps(timed=None), pps())).clocks(0)
    assert (clock.base, clock.stated.tolist()) == (Fraction(1), [7])

"""Units are found by lengths, by start codes, and where a file mixes the two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.h264.nal import UNITS_PER_PACKET, configuration, split, unescape
from read.headers.h264.writer import avcc, baseline_sps, escape, i_slice, lengths, pps, start_codes


def units(packet: bytes, length_size: int) -> list[bytes]:
    return [packet[start:end] for start, end in split(packet, length_size)[0]]


@given(
    st.binary(max_size=40).flatmap(lambda b: st.just(b + b"\x00\x00\x01\x00\x00\x02\x00\x00\x00\x03" * (len(b) % 3)))
)
def test_emulation_prevention_goes_both_ways(rbsp: bytes) -> None:
    assert unescape(escape(rbsp)) == rbsp


@pytest.mark.parametrize("length_size", [1, 2, 4])
def test_lengths(length_size: int) -> None:
    packet = lengths(b"\x09\x10", i_slice(), length_size=length_size)
    assert split(packet, length_size)[1]
    assert units(packet, length_size) == [b"\x09\x10", i_slice()]
    assert configuration(avcc(baseline_sps(), length_size=length_size)).length_size == length_size


def test_start_codes_of_three_and_four_bytes() -> None:
    packet = b"\x00\x00\x00\x01\x09\x10\x00\x00\x01" + i_slice()
    assert split(packet, 0) == ([(4, 6), (9, len(packet))], True)


def test_start_codes_where_the_header_says_lengths() -> None:
    packet = start_codes(b"\x09\x10", i_slice())
    assert [unit[0] for unit in units(packet, 4)] == [0x09, 0x65]
    assert split(packet, 4)[1]


def test_a_length_that_looks_like_a_start_code() -> None:
    unit = b"\x41" + b"\x80" * 299
    assert units(lengths(unit), 4) == [unit]


def test_start_codes_within_one_length() -> None:
    inner = b"\x6e\xc0\x80\x0f" + start_codes(b"\x06\x05\x01\x01\x80", i_slice())
    assert [unit[0] & 31 for unit in units(lengths(inner), 4)] == [14, 6, 5]
    assert [unit[0] & 31 for unit in units(lengths(b"\x00\x00\x01\x09"), 4)] == [9]


def test_lengths_that_do_not_add_up_are_reported() -> None:
    packet = lengths(i_slice())
    assert units(packet[:-1], 4) == [i_slice()[:-1]]
    assert not split(packet[:-1], 4)[1]
    assert not split(packet + b"\x00", 4)[1]
    assert not split(b"\x00\x00\x00\x09", 4)[1]


def test_nothing_and_garbage() -> None:
    assert split(b"", 4) == ([], True)
    assert split(b"", 0) == ([], True)
    assert split(b"garbage", 0) == ([], False)
    assert not split(b"garbage" + start_codes(i_slice()), 0)[1]
    assert not split(b"\x00" * 100_000, 4)[1]
    assert split(lengths(b"", i_slice()), 4)[1]


def test_the_number_of_units_is_bounded() -> None:
    spans, sound = split(start_codes(b"\x01") * (UNITS_PER_PACKET + 9), 0)
    assert len(spans) == UNITS_PER_PACKET
    assert not sound
    spans, sound = split(lengths(b"\x01") * (UNITS_PER_PACKET + 9), 4)
    assert len(spans) == UNITS_PER_PACKET
    assert not sound


def test_headers_of_the_container() -> None:
    whole = avcc(baseline_sps(), pps())
    assert configuration(whole).units == (baseline_sps(), pps())
    assert configuration(b"").units == ()
    assert configuration(b"\x01").length_size == 4
    for end in range(len(whole)):
        assert len(configuration(whole[:end]).units) <= 2
    annex_b = configuration(start_codes(baseline_sps(), pps()))
    assert (annex_b.length_size, len(annex_b.units)) == (0, 2)

"""Bits and exp-Golomb codes: what was written is read, and damage ends in `Unreadable`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.h264.bits import UE_MOST, Bits, Exhausted, Unreadable
from read.headers.h264.writer import BitWriter


@given(st.lists(st.tuples(st.sampled_from("us"), st.integers(0, UE_MOST // 2)), max_size=30))
def test_codes_come_back(codes: list[tuple[str, int]]) -> None:
    writer = BitWriter()
    for kind, number in codes:
        writer.ue(number) if kind == "u" else writer.se(-number)
    bits = Bits(writer.raw())
    for kind, number in codes:
        assert (bits.ue() if kind == "u" else -bits.se()) == number


def test_the_longest_code() -> None:
    assert Bits(BitWriter().ue(UE_MOST).raw()).ue() == UE_MOST
    assert Bits(BitWriter().se(7).raw()).se() == 7


def test_fixed_widths() -> None:
    bits = Bits(b"\xa5\x0f")
    assert (bits.u(3), bits.flag(), bits.flag(), bits.u(11)) == (0b101, 0, 0, 0b10100001111)
    with pytest.raises(Exhausted):
        bits.flag()
    with pytest.raises(Exhausted):
        bits.u(1)


def test_more_than_32_leading_zeros_are_damage() -> None:
    with pytest.raises(Unreadable):
        Bits(b"\x00" * 20).ue()
    with pytest.raises(Unreadable):
        Bits(b"\x00" * 4 + b"\x40" + b"\xff" * 10).ue()


def test_a_code_that_the_end_cuts_off() -> None:
    for data in (b"", b"\x00", b"\x01", b"\x00\x00\x01"):
        with pytest.raises(Exhausted):
            Bits(data).ue()


def test_values_above_the_bound_are_damage() -> None:
    with pytest.raises(Unreadable):
        Bits(BitWriter().ue(6).raw()).ue(5)
    with pytest.raises(Unreadable):
        Bits(BitWriter().se(-6).raw()).se(5)


def test_fields_before_the_stop_bit() -> None:
    bits = Bits(b"\xc0")
    assert bits.more_rbsp_data()
    bits.flag()
    assert not bits.more_rbsp_data()

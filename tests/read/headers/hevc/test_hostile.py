"""Whatever the bytes, a packet raises nothing and takes no time worth mentioning."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.headers.hevc import HevcReader
from read.headers.hevc.writer import (
    BitWriter,
    hvcc,
    lengths,
    picture,
    pps,
    profile,
    sei,
    sps,
    start_codes,
    time_code,
    unit,
)
from timed import within

LIMIT_S = 0.05 if sys.gettrace() is None else 0.5
PACKET = lengths(time_code(1, 2, 3, 4), sps(), pps(), picture(19), picture(1, 1, (1,)), sei((5, bytes(40))))
EXTRADATA = hvcc(sps(), pps())


def fed(extradata: bytes, *packets: bytes) -> None:
    """Feed a reader and hold it to its promises."""
    with within(LIMIT_S):
        reader = HevcReader(extradata)
    for packet in packets:
        with within(LIMIT_S):
            reader.add(packet)
    assert len(reader.columns()) == len(packets)
    reader.clocks(0)


@given(st.binary(max_size=400), st.lists(st.binary(max_size=600), max_size=4))
@settings(max_examples=60, deadline=None)
def test_random_bytes(extradata: bytes, packets: list[bytes]) -> None:
    for framing in (b"", b"\x01" + bytes(20) + b"\x03\x03", b"\x00\x00\x01\x42\x01"):
        fed(framing + extradata, *packets, *(b"\x00\x00\x01\x26\x01" + p for p in packets))


@given(st.integers(0, 8 * len(PACKET) - 1), st.integers(0, 8 * len(PACKET) - 1), st.integers(0, len(PACKET)))
@settings(max_examples=150, deadline=None)
def test_changed_packets(first: int, second: int, end: int) -> None:
    changed = bytearray(PACKET)
    for place in (first, second):
        changed[place // 8] ^= 1 << place % 8
    fed(EXTRADATA, bytes(changed), bytes(changed[:end]), start_codes(bytes(changed)))


def longest_sps(number: int) -> bytes:
    """As many fields in as few bits as the standard allows: all scaling lists, 64 sets of 16 pictures each."""
    bits = profile(BitWriter().u(4, number >> 4 & 15).u(3, 0).u(1, 1)).ue(number % 16, 1, 320, 240).u(1, 0).ue(0, 0, 4)
    bits.u(1, 1).ue(4, 2, 0).ue(0, 3, 0, 3, 0, 0).u(1, 1, 1)
    for count in [16] * 6 + [64] * 6 + [65] * 8:
        bits.u(1, 1).se(*[0] * count)
    bits.u(1, 0, 0, 0).ue(64).ue(16, 0)
    for _ in range(16):
        bits.ue(0).u(1, 1)
    for _ in range(63):
        bits.u(1, 1, 0).ue(15).u(1, *[1] * 17)
    return unit(33, bits.u(1, 0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    "packet",
    [
        bytes(2_000_000),
        b"\x00\x00\x01" * 400_000,
        b"\x00\x00\x00\x01\x4e\x01" + b"\xff" * 1_000_000,
        b"\x00\x00\x00\x01\x4e\x01" + b"\x01\x00" * 500_000,
        b"\x00\x00\x00\x01\x42\x01" + bytes(1_000_000),
        b"\x00\x00\x00\x01\x26\x01" + b"\x00\x00\x03" * 300_000,
        b"\x00\x00\x00\x01\x44\x01" + b"\xff" * 1_000_000,
        start_codes(*[longest_sps(number) for number in range(200)]),
    ],
    ids=["zeros", "start-codes", "long-number", "many-messages", "empty-sps", "escapes", "long-pps", "many-sets"],
)
def test_packets_made_to_take_long(packet: bytes) -> None:
    fed(b"", packet)
    fed(EXTRADATA, packet)


def test_a_header_of_the_container_made_to_take_long() -> None:
    fed(hvcc(*[longest_sps(number) for number in range(200)]))


def test_numbers_that_climb_without_end_stay_numbers() -> None:
    """16 low bits, half a turn with every picture: 2**31 would be reached after 65,536."""
    reader = HevcReader(start_codes(sps(), pps()))
    reader.add(start_codes(picture(19)))
    reader._order._msb = 2**31 - 512
    for k in range(12):
        reader.add(start_codes(picture(1, 100 * k)))
    assert reader.columns().columns["pic_order_cnt"].max() < 2**31 - 1

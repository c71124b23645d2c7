"""Whatever the bytes, a packet raises nothing and takes no time worth mentioning."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.headers.h264 import H264Reader
from read.headers.h264.writer import avcc, baseline_sps, i_slice, lengths, longest_sps, pps, start_codes
from timed import within

# A tracer, as of a coverage run, multiplies the time of every line.
LIMIT_S = 0.05 if sys.gettrace() is None else 0.5
PACKET = lengths(b"\x06\x06\x01\xc4\x80", baseline_sps(), pps(), pps(1, weighted=(1, 1)), i_slice(), i_slice(idr=False))
EXTRADATA = avcc(baseline_sps(), pps())


def fed(extradata: bytes, *packets: bytes) -> None:
    """Feed a reader and hold it to its promises."""
    reader = H264Reader(extradata)
    for packet in packets:
        with within(LIMIT_S):
            reader.add(packet)
    found = reader.columns()
    assert len(found) == len(packets)
    assert np.all(found.slice_qp >= -48)


@given(st.binary(max_size=400), st.lists(st.binary(max_size=600), max_size=4))
@settings(max_examples=150, deadline=None)
def test_random_bytes(extradata: bytes, packets: list[bytes]) -> None:
    for framing in (b"", b"\x01", b"\x00\x00\x01\x67"):
        fed(framing + extradata, *packets, *(b"\x00\x00\x01\x65" + p for p in packets))


@given(st.integers(0, 8 * len(PACKET) - 1), st.integers(0, 8 * len(PACKET) - 1), st.integers(0, len(PACKET)))
@settings(max_examples=300, deadline=None)
def test_changed_packets(first: int, second: int, end: int) -> None:
    changed = bytearray(PACKET)
    for place in (first, second):
        changed[place // 8] ^= 1 << place % 8
    fed(EXTRADATA, bytes(changed), bytes(changed[:end]), start_codes(bytes(changed)))


@given(st.integers(0, 8 * len(EXTRADATA) - 1))
@settings(max_examples=150, deadline=None)
def test_changed_extradata(place: int) -> None:
    changed = bytearray(EXTRADATA)
    changed[place // 8] ^= 1 << place % 8
    fed(bytes(changed), PACKET)


@pytest.mark.parametrize(
    "packet",
    [
        bytes(2_000_000),
        b"\x00\x00\x01" * 400_000,
        b"\x00\x00\x00\x01\x06" + b"\xff" * 1_000_000,
        b"\x00\x00\x00\x01\x06" + b"\x01\x00" * 500_000,
        b"\x00\x00\x00\x01\x67" + bytes(1_000_000),
        b"\x00\x00\x00\x01\x65" + b"\x00\x00\x03" * 300_000,
        b"\x00\x00\x00\x01\x68" + b"\xff" * 1_000_000,
        start_codes(*[longest_sps(number) for number in range(200)]),
    ],
    ids=["zeros", "start-codes", "long-number", "many-messages", "empty-sps", "escapes", "long-pps", "many-sets"],
)
def test_packets_made_to_take_long(packet: bytes) -> None:
    fed(b"", packet)
    fed(EXTRADATA, packet)

"""Whatever the bytes, a packet of MPEG-2, MPEG-4 part 2 or H.263 raises nothing and takes no time worth mentioning."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.headers.video import VIDEO
from read.headers.h263.test_h263_reader import extended, plain
from read.headers.mpeg2.test_mpeg2_reader import coding, group, picture, sequence, sequence_extension, slice_
from read.headers.mpeg4 import test_mpeg4_reader as mpeg4
from timed import within

# A tracer, as of a coverage run, multiplies the time of every line.
LIMIT_S = 0.05 if sys.gettrace() is None else 0.5
CODECS = ("mpeg1video", "mpeg2video", "mpeg4", "h263")
START = b"\x00\x00\x01"
PACKETS = (
    sequence() + sequence_extension() + group((1, 2, 3, 4)) + picture(0, 1) + coding(1) + slice_(4) + picture(0, 2),
    mpeg4.layer(control=True) + mpeg4.group(1, 2, 3) + mpeg4.vop(0, 4) + mpeg4.vop(2, 3),
    plain(5),
    extended(5, clock=(1, 60)),
)


def fed(extradata: bytes, *packets: bytes) -> None:
    """Feed a reader of each codec and hold it to its promises."""
    for codec in CODECS:
        reader = VIDEO[codec](extradata)
        for packet in packets:
            with within(LIMIT_S):
                reader.add(packet)
        reader.configure(extradata)
        found = reader.columns()
        assert len(found) == len(packets)
        assert all(len(column) == len(packets) for column in found.columns.values())
        assert all(0 <= clock.packet.min() <= clock.packet.max() < len(packets) for clock in reader.clocks(0))


@given(st.binary(max_size=200), st.lists(st.binary(max_size=300), max_size=3))
@settings(max_examples=60, deadline=None)
def test_random_bytes(extradata: bytes, packets: list[bytes]) -> None:
    led = [START + bytes([code]) + packet for packet in packets for code in (0, 0x20, 0xB3, 0xB5, 0xB6, 0xB8)]
    fed(START + b"\x20" + extradata, *packets, *led, *(b"\x00\x00\x80" + packet for packet in packets))


@given(st.sampled_from(PACKETS), st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_changed_packets(packet: bytes, first: int, second: int, end: int) -> None:
    changed = bytearray(packet)
    for place in (first % (8 * len(packet)), second % (8 * len(packet))):
        changed[place // 8] ^= 1 << place % 8
    fed(packet, bytes(changed), bytes(changed[:end]), packet)


@pytest.mark.parametrize(
    "packet",
    [
        bytes(8_000_000),
        START * 700_000,
        PACKETS[0] + bytes(8_000_000),
        PACKETS[1] + b"\x00\x00\x01" * 700_000,
        mpeg4.layer() + START + b"\xb6" + b"\xff" * 1_000_000,
        START + b"\xb2" + b"A" * 1_000_000,
    ],
    ids=["zeros", "start-codes", "second-field", "pictures", "long-seconds", "long-text"],
)
def test_packets_made_to_take_long(packet: bytes) -> None:
    fed(b"", packet)
    fed(PACKETS[0], packet)
    fed(PACKETS[1], packet)

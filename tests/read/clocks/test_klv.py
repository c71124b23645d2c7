from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.clocks.klv import LOCAL_SET, read
from read.clocks.forms import klv

STAMP = 1_238_000_000_123_456


def test_reads_the_time_stamp() -> None:
    assert read(klv(STAMP)) == STAMP
    assert read(klv(STAMP, before=b"\x00\xdf\x01\x00\x1d")) == STAMP


def test_no_time_in_other_packets() -> None:
    assert read(b"") is None
    assert read(klv(0)) is None
    assert read(klv(2**63)) is None
    assert read(klv(STAMP)[:-1]) is None
    assert read(LOCAL_SET) is None


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes(tail: bytes) -> None:
    for packet in (tail, LOCAL_SET + tail, LOCAL_SET + b"\x82\xff\xff" + tail):
        assert isinstance(read(packet), int | None)

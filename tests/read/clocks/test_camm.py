import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.clocks.camm import read
from read.clocks.forms import camm


def test_reads_a_position() -> None:
    assert len(camm(0)) == 60
    assert read(camm(1_240_000_000.25)) == 1_240_000_000_250


@pytest.mark.parametrize(
    "packet",
    [camm(1.0, fix=0), camm(1.0, kind=5), camm(math.nan), camm(math.inf), camm(-5.0), camm(1e300), camm(1.0)[:59]],
)
def test_no_time_in_other_packets(packet: bytes) -> None:
    assert read(packet) is None


@given(st.binary(min_size=60, max_size=60))
@settings(deadline=None)
def test_any_bytes(packet: bytes) -> None:
    assert isinstance(read(packet), int | None)
    assert isinstance(read(b"\x00\x00\x06\x00" + packet[4:]), int | None)

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.measure.clip import measure
from entirety.read.clocks.gpmf import read
from read.clocks.forms import gpmf, gps9

FIRST = int(datetime(2019, 5, 6, 18, 15, 7, tzinfo=UTC).timestamp()) * 1000 + 395


def test_reads_the_written_time() -> None:
    assert read(gpmf()) == FIRST


def test_reads_days_and_milliseconds() -> None:
    assert read(gpmf(more=gps9(7_065, 65_707_395))) == FIRST


def test_without_a_fix_there_is_no_satellite_time() -> None:
    assert read(gpmf(fix=0)) is None
    assert read(gpmf(more=gps9(7_065, 65_707_395, fix=0))) is None


def test_no_time_in_other_packets() -> None:
    assert read(b"") is None
    assert read(b"STRM" + gpmf()[4:]) is None
    assert read(gpmf(text="191306181507.395")) is None
    assert read(gpmf()[:60]) is None


def test_a_real_camera(corpus: Path) -> None:
    clip = measure(corpus / "device" / "hero7.mp4")
    found = {clock.source: clock for clock in clip.clocks}
    assert found["gpmf"].stated[:2].tolist() == [FIRST, FIRST + 880]
    assert len(found["gpmf"]) == 11
    assert found["tmcd"].stated.tolist() == [1_211_032]


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 255))
@settings(deadline=None)
def test_any_bytes(tail: bytes, place: int, value: int) -> None:
    changed = bytearray(gpmf())
    changed[place % len(changed)] = value
    for packet in (tail, b"DEVC" + tail, bytes(changed)):
        assert isinstance(read(packet), int | None)

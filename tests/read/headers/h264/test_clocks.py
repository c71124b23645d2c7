"""Clocks within an H.264 stream: time stamps written bit by bit into real films, and dates of cameras."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.headers.h264 import H264Reader
from entirety.read.headers.h264.nal import split
from read.clocks.forms import mdpm
from read.films import film
from read.headers.h264.writer import BitWriter, avcc, escape, i_slice, lengths, pps


def timed_sps(*, hrd: bool = True, structure: int = 1, tick: tuple[int, int] | None = (1, 50)) -> bytes:
    """`baseline_sps` with VUI; its buffer model gives 10 and 12 bits to the delays, and none to time offsets."""
    bits = BitWriter().u(8, 77, 0, 30).ue(0, 0, 0, 0, 2).u(1, 0).ue(9, 7).u(1, 1, 1, 0, 1)
    bits.u(1, 0, 0, 0, 0)
    bits.u(1, tick is not None)
    if tick:
        bits.u(32, *tick).u(1, 1)
    bits.u(1, hrd)
    if hrd:
        bits.ue(0).u(8, 0).ue(9, 9).u(1, 0).u(5, 23, 9, 11, 0)
    bits.u(1, 0)
    if hrd:
        bits.u(1, 0)
    return bits.u(1, structure, 0).unit(0x67)


def stamp(
    code: tuple[int, int, int, int], *, full: int = 1, counting: int = 0, hrd: bool = True, there: int = 1
) -> bytes:
    """An SEI unit with a picture timing message; hours, minutes, seconds and pictures."""
    hour, minute, second, frame = code
    bits = BitWriter()
    if hrd:
        bits.u(10, 3).u(12, 5)
    bits.u(4, 0).u(1, there)
    if there:
        bits.u(2, 0).u(1, 1).u(5, counting).u(1, full, 0, 0).u(8, frame)
        if full:
            bits.u(6, second, minute).u(5, hour)
        else:
            bits.u(1, 1).u(6, second).u(1, 0)
    payload = bits.raw()
    return b"\x06" + escape(bytes([1, len(payload)]) + payload + b"\x80")


def note(payload: bytes) -> bytes:
    return b"\x06" + escape(bytes([5, len(payload)]) + payload + b"\x80")


def reader(*packets: tuple[bytes, ...], sps: bytes | None = None) -> H264Reader:
    made = H264Reader(avcc(sps or timed_sps(), pps()))
    for units in packets:
        made.add(lengths(*units, i_slice()))
    return made


def test_reads_time_stamps() -> None:
    read = reader((stamp((10, 0, 0, 23)),), (), (stamp((10, 0, 1, 0)),))
    assert len(read.columns().unreadable) == 0
    (clock,) = read.clocks(0)
    assert (clock.source, clock.base, clock.daily) == ("h264-pic-timing", Fraction(1, 25), True)
    assert (clock.packet.tolist(), clock.stated.tolist()) == ([0, 2], [900_023, 900_025])


def test_parts_left_out_are_as_before() -> None:
    (clock,) = reader((stamp((10, 20, 1, 24)),), (stamp((0, 0, 2, 3), full=0),)).clocks(0)
    assert np.diff(clock.stated).tolist() == [4]
    assert reader((stamp((0, 0, 2, 3), full=0),)).clocks(0) == ()


def test_numbers_left_out_each_minute() -> None:
    codes = [(stamp(code, counting=4),) for code in ((1, 0, 59, 29), (1, 1, 0, 2))]
    (clock,) = reader(*codes, sps=timed_sps(tick=(1001, 60_000))).clocks(0)
    assert (clock.base, np.diff(clock.stated).tolist()) == (Fraction(1001, 30_000), [1])


def test_without_a_buffer_model_there_are_no_delays() -> None:
    (clock,) = reader((stamp((0, 0, 4, 2), hrd=False),), sps=timed_sps(hrd=False)).clocks(0)
    assert clock.stated.tolist() == [102]


@pytest.mark.parametrize(
    ("units", "sps"),
    [
        ((stamp((10, 0, 0, 1), there=0),), timed_sps()),
        ((stamp((10, 0, 0, 1)),), timed_sps(structure=0)),
        ((stamp((10, 60, 0, 1)),), timed_sps()),
        ((stamp((24, 0, 0, 1)),), timed_sps()),
    ],
)
def test_no_clock(units: tuple[bytes, ...], sps: bytes) -> None:
    assert reader(units, sps=sps).clocks(0) == ()


def test_without_a_rate_seconds_are_the_unit() -> None:
    (clock,) = reader((stamp((0, 0, 4, 2)),), (stamp((0, 0, 5, 2)),), sps=timed_sps(tick=None)).clocks(0)
    assert (clock.base, clock.stated.tolist()) == (Fraction(1), [4, 5])


def test_dates_of_cameras() -> None:
    (clock,) = reader(*[(note(mdpm(time=f"010125{second:02d}")),) for second in (45, 45, 46)]).clocks(7)
    assert (clock.source, clock.stream, clock.base, clock.daily) == ("avchd-date", 7, Fraction(1), False)
    assert np.diff(clock.stated).tolist() == [0, 1]


def test_films_without_stamps_have_no_clock(tmp_path: Path) -> None:
    options: dict[str, Any] = {"maxrate": "300k", "bufsize": "300k", "x264-params": "nal-hrd=vbr:pic-struct=1"}
    made = film(tmp_path / "hrd.mp4", **options)
    with av.open(str(made)) as container:
        stream = container.streams.video[0]
        read = H264Reader(bytes(stream.codec_context.extradata or b""))
        for packet in container.demux(stream):
            if packet.size:
                assert any(bytes(packet)[a] == 6 for a, _ in split(bytes(packet), 4)[0])
                read.add(bytes(packet))
    assert read.clocks(0) == ()
    assert len(read.columns().unreadable) == 0


@given(st.binary(max_size=40), st.booleans())
@settings(deadline=None)
def test_any_bytes(payload: bytes, hrd: bool) -> None:
    unit = b"\x06" + escape(bytes([1, len(payload)]) + payload + b"\x80")
    read = reader((unit,), (unit,), sps=timed_sps(hrd=hrd))
    for clock in read.clocks(0):
        assert all(a == b for a, b in pairwise(clock.stated.tolist()))

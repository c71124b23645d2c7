"""Time code tracks as ffmpeg writes them, and with samples and descriptions written by hand."""

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.measure.clip import measure
from entirety.model.container import Samples, Track
from entirety.read.clocks.tmcd import Timecode, TimecodeTrack, timecode_tracks
from read.films import film

NTSC = Fraction(1_001, 30_000)


@pytest.mark.parametrize(
    ("name", "rate", "code", "first"),
    [("a.mov", "25", "10:00:00:05", 900_005), ("b.mp4", "30000/1001", "01:00:00;02", 107_894)],
)
def test_reads_the_track_that_ffmpeg_writes(tmp_path: Path, name: str, rate: str, code: str, first: int) -> None:
    clip = measure(film(tmp_path / name, r=rate, timecode=code))
    (clock,) = clip.clocks
    assert (clock.source, clip.streams[clock.stream].kind) == ("tmcd", "data")
    assert (clock.base, clock.stated.tolist()) == (1 / Fraction(rate), [first])


def test_changed_descriptions_give_no_exception(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mov", timecode="10:00:00:05").read_bytes()
    at = whole.rindex(b"tmcd", 0, whole.rindex(b"tmcd"))
    for place in range(at, at + 40):
        changed = bytearray(whole)
        changed[place] = 0
        (tmp_path / "changed.mov").write_bytes(changed)
        for clock in measure(tmp_path / "changed.mov").clocks:
            assert clock.base > 0


def test_several_clips_in_one_track() -> None:
    reader = track([Timecode(2, NTSC), Timecode(2, NTSC * 2)], [1, 1, 2])
    for count in (100, 5_000, 50):
        reader.add(struct.pack(">I", count))
    (clock,) = reader.clocks(2)
    assert (clock.base, clock.daily, clock.stated.tolist()) == (NTSC, True, [100, 5_000, 100])


def test_counts_below_zero_where_the_track_allows_it() -> None:
    reader = track([Timecode(4, NTSC)], [1])
    reader.add(b"\xff\xff\xff\xff")
    (clock,) = reader.clocks(0)
    assert (clock.daily, clock.stated.tolist()) == (False, [-1])


def test_without_a_movie_there_is_no_track(tmp_path: Path) -> None:
    assert timecode_tracks(tmp_path / "none", None) == {}


@given(st.lists(st.binary(max_size=8), max_size=6), st.lists(st.integers(-5, 5), max_size=6))
@settings(deadline=None)
def test_any_bytes(packets: list[bytes], which: list[int]) -> None:
    reader = track([None, Timecode(0, NTSC)], which)
    for packet in packets:
        reader.add(packet)
    assert len(reader.clocks(0)) <= 1


def track(formats: list[Timecode | None], which: list[int]) -> TimecodeTrack:
    n = len(which)
    none, no = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    samples = Samples(none, none, none, none, no, np.array(which, np.int32))
    return TimecodeTrack(
        formats,
        Track(
            track_id=3,
            handler="tmcd",
            handler_name="",
            enabled=True,
            timescale=1,
            duration=0,
            presented=0,
            created=0,
            modified=0,
            width=0,
            height=0,
            rotation=0,
            descriptions=("tmcd",),
            edits=None,
            samples=samples,
        ),
    )

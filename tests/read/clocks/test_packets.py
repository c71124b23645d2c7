"""The clocks of data and subtitle streams, from packets and from whole files."""

from fractions import Fraction
from pathlib import Path

import ffmpeg
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.measure.clip import measure
from entirety.read.clocks.packets import PacketClock
from read.clocks.forms import camm, gpmf, klv
from read.films import FFMPEG, film


def test_each_form_is_a_clock_of_its_own() -> None:
    reader = PacketClock()
    for packet in (
        gpmf(),
        camm(5.5),
        klv(9),
        b"ID3 2021-07-05T12:00:01Z",
        b"$GPRMC,120001,A,1,N,",
        b"2021-07-05 12:00:01",
        b"x",
    ):
        reader.add(packet)
    found = reader.clocks(3)
    assert [(clock.source, clock.packet.tolist()) for clock in found] == [
        ("gpmf", [0]),
        ("camm", [1]),
        ("klv", [2]),
        ("id3", [3]),
        ("nmea", [4]),
        ("subtitle-date", [5]),
    ]
    assert {clock.stream for clock in found} == {3}


def test_the_unit_is_what_is_really_counted() -> None:
    for texts, base in (
        ((b"01", b"02.000"), 1),
        ((b"01", b"02.100"), Fraction(1, 10)),
        ((b"01", b"02.125"), Fraction(1, 1000)),
    ):
        reader = PacketClock()
        for text in texts:
            reader.add(b"2021-07-05 12:00:" + text)
        (clock,) = reader.clocks(0)
        assert clock.base == base
        assert int(clock.stated[1] - clock.stated[0]) * base >= 1


def test_subtitles_of_a_film(tmp_path: Path) -> None:
    lines = [f"{k + 1}\n00:00:0{k},000 --> 00:00:0{k},900\n2021-07-05 12:00:0{k}\n" for k in range(4)]
    (tmp_path / "dates.srt").write_text("\n".join(lines))
    video = film(tmp_path / "video.mp4", seconds=4)
    for name, codec in (("done.mp4", "mov_text"), ("done.mkv", "srt")):
        inputs = (ffmpeg.input(str(video)).video, ffmpeg.input(str(tmp_path / "dates.srt"))["s"])
        made = ffmpeg.output(*inputs, str(tmp_path / name), **{"c:v": "copy", "c:s": codec})
        made.run(cmd=FFMPEG, quiet=True)
        (clock,) = measure(tmp_path / name).clocks
        assert (clock.source, clock.base, len(clock)) == ("subtitle-date", Fraction(1), 4)
        assert [int(s) for s in clock.stated - clock.stated[0]] == [0, 1, 2, 3]


@given(st.lists(st.binary(max_size=120), max_size=5))
@settings(deadline=None)
def test_any_bytes(packets: list[bytes]) -> None:
    reader = PacketClock()
    for packet in packets:
        reader.add(packet)
    assert sum(len(clock) for clock in reader.clocks(0)) <= len(packets)

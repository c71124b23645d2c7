"""DV: real tapes' bytes from ffmpeg's writer, and bytes written by hand."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.measure.clip import measure
from entirety.read.clocks.dv import PACKS, DvClock
from read.films import film

START = int(datetime(2020, 3, 4, 5, 6, 7, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("size", "rate", "code", "first"),
    [("720x576", Fraction(25), "01:00:00:00", 90_000), ("720x480", Fraction(30_000, 1_001), "01:00:00;00", 107_892)],
)
def test_reads_what_a_tape_carries(tmp_path: Path, size: str, rate: Fraction, code: str, first: int) -> None:
    made = film(
        tmp_path / "tape.dv",
        seconds=2,
        size=size,
        r=str(rate),
        pix_fmt="yuv420p" if rate == 25 else "yuv411p",
        timecode=code,
        metadata="creation_time=2020-03-04T05:06:07",
    )
    tape, date = measure(made).clocks
    assert (tape.source, tape.base, tape.stated[:3].tolist()) == (
        "dv-time-code",
        1 / rate,
        [first, first + 1, first + 2],
    )
    assert (date.source, date.base, int(date.stated[0])) == ("dv-date", Fraction(1), START)
    assert len(tape) == len(date) == len(measure(made).packets)


def test_two_digit_years() -> None:
    for year, full in ((0x95, 1995), (0x07, 2007)):
        reader = DvClock()
        reader.add(picture({3: (0x62, 0xFF, 0x04, 0x03, year), 4: (0x63, 0xFF, 0x07, 0x06, 0x05)}))
        (date,) = reader.clocks(0)
        assert date.stated.tolist() == [int(datetime(full, 3, 4, 5, 6, 7, tzinfo=UTC).timestamp())]


def test_packs_without_content_give_no_clock() -> None:
    reader = DvClock()
    reader.add(
        picture({0: (0x13, 0xFF, 0xFF, 0xFF, 0xFF), 3: (0x62, 0xFF, 0xFF, 0xFF, 0xFF), 4: (0x63, 255, 255, 255, 255)})
    )
    assert reader.clocks(0) == ()


@given(
    st.lists(st.tuples(st.sampled_from((0x13, 0x62, 0x63)), *[st.integers(0, 255)] * 4), min_size=3, max_size=3),
    st.integers(0, 255),
)
@settings(deadline=None)
def test_any_bytes(packs: list[tuple[int, ...]], header: int) -> None:
    reader = DvClock()
    reader.add(bytes([header]) * 13_000)
    reader.add(picture(dict(enumerate(packs))))
    reader.add(bytes(packs[0]))
    assert all(set(read.packet.tolist()) <= {0, 1} for read in reader.clocks(0))


def picture(packs: dict[int, tuple[int, ...]]) -> bytes:
    """One sequence with these packs, by their number."""
    data = bytearray(b"\xff" * 12_000)
    data[0:4] = b"\x1f\x07\x00\xbf"
    for number, pack in packs.items():
        data[PACKS[number] : PACKS[number] + 5] = bytes(pack)
    return bytes(data)

"""Times as text: dashcams' sentences, drones' subtitles, notes in transport streams."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.clocks.text import id3, nmea, subtitle

NOON = int(datetime(2021, 7, 5, 12, 0, 1, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        (b"$GPRMC,120001.500,A,4807.038,N,01131.000,E,022.4,084.4,050721,,*6A", 43_201_500),
        (b"noise $GNRMC,120001,A,4807.038,N,01131.000,E,,,050721,,*6A\r\n", 43_201_000),
        (b"$GPGGA,120001.25,4807.038,N,01131.000,E,1,08,0.9,545.4,M,,M,,*47", 43_201_250),
    ],
)
def test_reads_sentences_with_a_fix(text: bytes, milliseconds: int) -> None:
    assert nmea(text) == milliseconds


@pytest.mark.parametrize(
    "text",
    [
        b"$GPRMC,120001.500,V,,,,,,,050721,,*6A",
        b"$GPGGA,120001,4807.038,N,01131.000,E,0,00,,,M,,M,,*47",
        b"$GPRMC,250001,A,4807.038,N,01131.000,E,,,050721,,*6A",
        b"$GPVTG,084.4,T,,M,022.4,N*6A",
        b"GPRMC,120001,A",
    ],
)
def test_no_time_without_a_fix(text: bytes) -> None:
    assert nmea(text) is None


@pytest.mark.parametrize(
    "text",
    [
        b"\x00\x1bSrtCnt : 1\n2021-07-05 12:00:01.250\n[iso : 100]",
        b"F/2.8, 2021.07.05 12:00:01:250, ISO 100",
        b"2021/07/05T12:00:01,250Z",
    ],
)
def test_reads_dates_of_subtitles(text: bytes) -> None:
    assert subtitle(text) == NOON + 250


@pytest.mark.parametrize("text", [b"05.07.2021 12:00:01", b"2021-13-05 12:00:01", b"12:00:01", b"12021-07-05 12:00:01"])
def test_ambiguous_and_impossible_dates_are_left(text: bytes) -> None:
    assert subtitle(text) is None


def test_reads_notes_in_either_coding() -> None:
    note = b"ID3\x04\x00\x00\x00\x00\x00\x3fTXXX\x00\x00\x00\x2a\x00\x00"
    assert id3(note + b"\x03clock\x002021-07-05T12:00:01.000Z\x00") == NOON
    assert id3(note + b"\x01" + "2021-07-05T12:00:01Z".encode("utf-16")) == NOON
    assert id3(b"2021-07-05T12:00:01Z") is None
    assert subtitle(note + b"2021-07-05T12:00:01Z") is None


@given(st.one_of(st.binary(max_size=300), st.from_regex(rb"\$GPRMC,[0-9]{6}(\.[0-9]{0,9})?,[A-Z0-9,.]{0,40}")))
@settings(deadline=None)
def test_any_bytes(packet: bytes) -> None:
    for read in (nmea, subtitle, id3):
        assert isinstance(read(packet), int | None)
        assert isinstance(read(b"ID3" + packet), int | None)

"""The headers of MPEG-1 and MPEG-2: written by hand, and of real films held against ffmpeg's own reading."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from entirety.model.headers import MISSING, CodedHeaders
from entirety.read.headers.mpeg2.reader import Mpeg2Reader
from entirety.read.headers.mpeg2.timecode import pictures_since_midnight
from read.headers.h264.writer import BitWriter
from read.headers.mpeg_films import film, packets, trace

START = b"\x00\x00\x01"


def sequence(width: int = 720, height: int = 576, code: int = 3, matrix: bytes = b"") -> bytes:
    bits = BitWriter().u(12, width, height).u(4, 2, code).u(18, 15_000).u(1, 1).u(10, 112).u(1, 0, int(bool(matrix)))
    return START + b"\xb3" + bits.u(8, *matrix).u(1, 0).raw() if matrix else START + b"\xb3" + bits.u(1, 0).raw()


def sequence_extension(progressive: int = 0, rate: tuple[int, int] = (0, 0)) -> bytes:
    bits = BitWriter().u(4, 1, 4, 8).u(1, progressive).u(2, 1, 0, 0).u(12, 0).u(1, 1).u(8, 0).u(1, 1).u(2, rate[0])
    return START + b"\xb5" + bits.u(5, rate[1]).raw()


def group(code: tuple[int, int, int, int], *, drop: int = 0, closed: int = 0, broken: int = 0) -> bytes:
    hours, minutes, seconds, pictures = code
    bits = BitWriter().u(1, drop).u(5, hours).u(6, minutes).u(1, 1).u(6, seconds, pictures).u(1, closed, broken)
    return START + b"\xb8" + bits.raw()


def picture(reference: int, kind: int, delay: int = 0xFFFF) -> bytes:
    return START + b"\x00" + BitWriter().u(10, reference).u(3, kind).u(16, delay).u(1, 0).raw()


def coding(structure: int = 3, top: int = 1, scale: int = 0, again: int = 0, progressive: int = 0) -> bytes:
    bits = BitWriter().u(4, 8, 15, 15, 15, 15).u(2, 0, structure).u(1, top, 0, 0, scale, 0, 0, again, 1, progressive)
    return START + b"\xb5" + bits.u(1, 0).raw()


def slice_(quantiser: int) -> bytes:
    return START + b"\x01" + BitWriter().u(5, quantiser).u(3, 2).u(8, 77, 78, 79).raw()


def read(*rows: bytes, extradata: bytes = b"") -> tuple[CodedHeaders, Mpeg2Reader]:
    reader = Mpeg2Reader("mpeg2video", extradata)
    for row in rows:
        reader.add(row)
    return reader.columns(), reader


def test_every_field_of_a_key_picture() -> None:
    text = START + b"\xb2" + b"Camera 1.0 of a maker"
    made = (
        sequence()
        + sequence_extension()
        + group((10, 1, 2, 3), closed=1, broken=1)
        + picture(2, 1, 900)
        + coding(scale=1)
        + text
    )
    headers, reader = read(made + slice_(9))
    row = {name: int(column[0]) for name, column in headers.columns.items()}
    assert row == {
        "temporal_reference": 2,
        "vbv_delay": 900,
        "picture_structure": 3,
        "top_field_first": 1,
        "repeat_first_field": 0,
        "progressive_frame": 0,
        "q_scale_type": 1,
        "time_code": (10 << 19) | (1 << 13) | (1 << 12) | (2 << 6) | 3,
        "closed_gop": 1,
        "broken_link": 1,
        "fields": 2,
    }
    assert (int(headers.kind[0]), int(headers.quantiser[0]), bool(headers.entry[0])) == (1, 9, True)
    assert [note.text for note in headers.notes] == ["Camera 1.0 of a maker"]
    (clock,) = reader.clocks(5)
    # The code is that of the group's picture 0; this packet holds its picture 2.
    assert (clock.source, clock.stream, clock.base, clock.daily) == ("mpeg2-group", 5, Fraction(1, 25), True)
    assert clock.stated.tolist() == [((10 * 60 + 1) * 60 + 2) * 25 + 3 + 2]
    (settings,) = headers.parameter_sets
    facts = dict(settings.facts)
    assert (facts["width"], facts["height"], facts["bit_rate_value"], facts["low_delay"]) == (720, 576, 15_000, 1)
    assert (facts["profile_identification"], facts["level_identification"], facts["chroma_format"]) == (4, 8, 1)


def test_settings_are_told_again_only_where_they_change() -> None:
    plain, other = sequence() + sequence_extension(), sequence(matrix=bytes(range(1, 65))) + sequence_extension()
    rest = group((0, 0, 0, 0)) + picture(0, 1) + coding() + slice_(4)
    headers, _ = read(plain + rest, other + rest, other + rest, extradata=plain)
    assert [(kept.packet, kept.kind) for kept in headers.parameter_sets] == [(-1, "sequence"), (1, "sequence")]
    assert dict(headers.parameter_sets[1].facts)["load_intra_quantiser_matrix"] == 1


@pytest.mark.parametrize(
    ("structure", "again", "progressive", "fields"), [(3, 0, 0, 2), (3, 1, 0, 3), (1, 0, 0, 1), (3, 1, 1, 6)]
)
def test_fields_shown(structure: int, again: int, progressive: int, fields: int) -> None:
    start = sequence() + sequence_extension(progressive)
    headers, _ = read(start + picture(0, 1) + coding(structure, again=again) + slice_(3))
    assert headers.columns["fields"][0] == fields


def test_two_fields_in_one_packet_are_a_frame() -> None:
    first = sequence() + sequence_extension() + picture(0, 1) + coding(1) + slice_(3)
    headers, _ = read(first + picture(0, 2) + coding(2) + slice_(3))
    assert (headers.columns["fields"][0], headers.kind[0]) == (2, 1)


def test_mpeg1_has_no_extensions() -> None:
    headers, reader = read(sequence(352, 288) + group((0, 0, 1, 0)) + picture(0, 1) + slice_(5))
    assert headers.columns["picture_structure"][0] == MISSING
    assert (headers.columns["fields"][0], int(headers.quantiser[0])) == (2, 5)
    assert reader.clocks(0)[0].stated.tolist() == [25]


def test_what_is_no_picture_is_unreadable_and_an_empty_packet_is_not() -> None:
    headers, reader = read(b"", b"\x00" * 50, picture(0, 7) + slice_(3), START + b"\x00\x00")
    assert headers.unreadable.tolist() == [1, 2, 3]
    assert headers.kind.tolist() == [0, 0, 0, 0]
    assert reader.clocks(0) == ()


@pytest.mark.parametrize(
    ("drop", "code", "count"),
    [
        (0, (0, 1, 0, 0), 1800),
        (1, (0, 0, 59, 29), 1799),
        (1, (0, 1, 0, 2), 1800),
        (1, (0, 10, 0, 0), 17_982),
        (1, (23, 59, 59, 29), 2_589_407),
        (1, (0, 1, 0, 0), -1),
        (0, (24, 0, 0, 0), -1),
        (0, (0, 60, 0, 0), -1),
        (0, (0, 0, 0, 30), -1),
    ],
)
def test_time_codes(drop: int, code: tuple[int, int, int, int], count: int) -> None:
    hours, minutes, seconds, pictures = code
    stored = drop << 24 | hours << 19 | minutes << 13 | 1 << 12 | seconds << 6 | pictures
    assert pictures_since_midnight(stored, 30) == count


FILMS = {
    "open.ts": ("-c:v", "mpeg2video", "-g", "12", "-bf", "2"),
    "fields.mpg": ("-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-vf", "setfield=tff", "-q:v", "3"),
    "scale.mkv": ("-c:v", "mpeg2video", "-non_linear_quant", "1", "-qmax", "28", "-g", "9"),
}


@pytest.mark.parametrize("name", FILMS)
def test_real_films_read_as_ffmpeg_reads_them(name: str, tmp_path: Path) -> None:
    made = film(tmp_path / name, *FILMS[name], seconds=1.2)
    extradata, data, _ = packets(made)
    headers, _ = read(*data, extradata=extradata)
    told = trace(made)
    assert len(told) == len(headers)
    names = {
        "temporal_reference",
        "vbv_delay",
        "picture_structure",
        "top_field_first",
        "repeat_first_field",
        "progressive_frame",
    }
    for row, fields in enumerate(told):
        assert headers.kind[row] == fields["picture_coding_type"]
        assert headers.quantiser[row] == fields["quantiser_scale_code"]
        for field in names | {"q_scale_type", "time_code", "closed_gop", "broken_link"}:
            assert headers.columns[field][row] == fields.get(field, MISSING), (row, field)


def test_group_clock_of_a_real_film_goes_on_with_its_pictures(tmp_path: Path) -> None:
    options = (
        "-c:v",
        "mpeg2video",
        "-g",
        "15",
        "-bf",
        "2",
        "-gop_timecode",
        "00:00:59;00",
        "-drop_frame_timecode",
        "1",
    )
    made = film(tmp_path / "drop.ts", *options, rate="30000/1001", seconds=3)
    extradata, data, times = packets(made)
    _, reader = read(*data, extradata=extradata)
    (clock,) = reader.clocks(0)
    shown = np.array([times[row] for row in clock.packet], np.int64)
    assert len(clock) > 4
    assert (np.diff(clock.stated) * 3003 == np.diff(shown)).all()


def test_real_film_of_mpeg1(tmp_path: Path) -> None:
    extradata, data, _ = packets(film(tmp_path / "one.mpg", "-c:v", "mpeg1video", "-bf", "2", "-g", "10", "-q:v", "6"))
    headers, reader = read(*data, extradata=extradata)
    assert headers.unreadable.tolist() == []
    assert set(headers.quantiser[headers.kind < 3].tolist()) == {6}
    assert set(headers.kind.tolist()) == {1, 2, 3}
    (clock,) = reader.clocks(0)
    assert (clock.packet == np.flatnonzero(headers.entry)).all()
    group = headers.columns["temporal_reference"][clock.packet[1] : clock.packet[2]]
    assert sorted(group.tolist()) == list(range(len(group)))

"""The headers of MPEG-4 part 2: written by hand, and of real films held against what their encoder was told."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from entirety.model.headers import MISSING, CodedHeaders
from entirety.read.headers.mpeg4.reader import Mpeg4Reader
from read.headers.h264.writer import BitWriter
from read.headers.mpeg_films import film, packets

START = b"\x00\x00\x01"


def layer(resolution: int = 25, *, verid: int = 1, interlaced: int = 0, fixed: int = 0, control: bool = False) -> bytes:
    bits = BitWriter().u(1, 0).u(8, 1).u(1, int(verid > 1))
    if verid > 1:
        bits.u(4, verid).u(3, 1)
    bits.u(4, 1).u(1, int(control))
    if control:
        bits.u(2, 1).u(1, 0, 1).u(15, 1).u(1, 1).u(15, 2).u(1, 1).u(15, 3).u(1, 1).u(3, 4).u(11, 5).u(1, 1).u(15, 6).u(
            1, 1
        )
    bits.u(2, 0).u(1, 1).u(16, resolution).u(1, 1, fixed)
    if fixed:
        bits.u(max(1, (resolution - 1).bit_length()), fixed)
    bits.u(1, 1).u(13, 640).u(1, 1).u(13, 480).u(1, 1, interlaced, 1).u(1 if verid == 1 else 2, 0).u(1, 0, 0)
    if verid > 1:
        bits.u(1, 1)  # quarter_sample
    bits.u(1, 1, 1, 0)
    return START + b"\x20" + (bits if verid == 1 else bits.u(1, 0, 0)).u(1, 0, 1).raw()


def group(hours: int, minutes: int, seconds: int, broken: int = 0) -> bytes:
    return START + b"\xb3" + BitWriter().u(5, hours).u(6, minutes).u(1, 1).u(6, seconds).u(1, 1, broken).raw()


def vop(
    kind: int,
    increment: int,
    seconds: int = 0,
    *,
    coded: int = 1,
    quantiser: int = 7,
    bits: int = 5,
    interlaced: int = 0,
) -> bytes:
    made = BitWriter().u(2, kind).u(1, *[1] * seconds, 0, 1).u(bits, increment).u(1, 1, coded)
    if coded:
        if kind == 1:
            made.u(1, 0)
        made.u(3, 0).u(2 * interlaced, *[0] * interlaced).u(5, quantiser).u(8, 99, 99)
    return START + b"\xb6" + made.raw()


def read(*rows: bytes, extradata: bytes = b"") -> tuple[CodedHeaders, Mpeg4Reader]:
    reader = Mpeg4Reader(extradata)
    for row in rows:
        reader.add(row)
    return reader.columns(), reader


def seconds(headers: CodedHeaders) -> list[Fraction]:
    columns = headers.columns
    return [
        base + Fraction(int(ticks), int(size))
        for base, ticks, size in zip(
            columns["time_base"].tolist(),
            columns["vop_time_increment"],
            columns["vop_time_increment_resolution"],
            strict=True,
        )
    ]


def test_time_goes_on_from_picture_to_picture() -> None:
    # Shown: I at 0.92, B at 0.96 and 1.00, P at 1.04; the B pictures count their seconds from the I picture's.
    headers, _ = read(layer() + vop(0, 23), vop(1, 1, 1), vop(2, 24), vop(2, 0, 1), vop(1, 4))
    assert [float(time) for time in seconds(headers)] == [0.92, 1.04, 0.96, 1.0, 1.16]
    assert headers.kind.tolist() == [1, 2, 3, 3, 2]
    assert headers.quantiser.tolist() == [7] * 5
    assert headers.entry.tolist() == [True, False, False, False, False]


def test_a_group_states_the_time_anew() -> None:
    headers, reader = read(layer() + group(1, 2, 3) + vop(0, 5), vop(1, 6), group(1, 2, 3, broken=1) + vop(0, 2, 1))
    assert headers.columns["time_base"].tolist() == [3723, 3723, 3724]
    assert headers.columns["time_code"].tolist() == [3723, MISSING, 3723]
    assert headers.columns["broken_link"].tolist() == [0, MISSING, 1]
    (clock,) = reader.clocks(0)
    assert (clock.source, clock.base, clock.daily) == ("mpeg4-group", Fraction(1, 25), True)
    assert (clock.packet.tolist(), clock.stated.tolist()) == ([0, 2], [3723 * 25 + 5, 3724 * 25 + 2])


@pytest.mark.parametrize(
    "changes",
    [{"verid": 2}, {"interlaced": 1}, {"fixed": 1}, {"control": True}, {"resolution": 30_000}, {"resolution": 1}],
)
def test_forms_of_the_layer(changes: dict[str, int]) -> None:
    made, bits = layer(**changes), max(1, (changes.get("resolution", 25) - 1).bit_length())  # type: ignore[arg-type]
    headers, _ = read(vop(1, 0, bits=bits, quantiser=11, interlaced=changes.get("interlaced", 0)), extradata=made)
    facts = dict(headers.parameter_sets[0].facts)
    assert (facts["width"], facts["height"], headers.parameter_sets[0].packet) == (640, 480, -1)
    assert headers.unreadable.tolist() == []
    assert headers.quantiser.tolist() == [11]


def test_packed_empty_and_left_out_pictures() -> None:
    headers, _ = read(layer() + vop(0, 0), vop(1, 2) + vop(2, 1), vop(1, 2, coded=0), b"\x7f", b"")
    assert headers.columns["vops"].tolist() == [1, 2, 1, MISSING, MISSING]
    assert headers.columns["vop_coded"].tolist() == [1, 1, 0, MISSING, MISSING]
    assert headers.quantiser.tolist() == [7, 7, -1, -1, -1]
    assert headers.unreadable.tolist() == []


def test_without_its_layer_a_picture_has_a_type_and_no_time() -> None:
    headers, _ = read(vop(1, 3), layer() + vop(0, 4), START + b"\x20" + b"\x00" * 30 + vop(1, 5))
    assert headers.unreadable.tolist() == [0, 2]
    assert headers.kind.tolist() == [2, 1, 2]
    assert headers.columns["vop_time_increment"].tolist() == [MISSING, 4, 5]


def test_the_short_form_is_that_of_h263() -> None:
    short = BitWriter().u(22, 0x20).u(8, 77).u(2, 2).u(3, 0).u(3, 2).u(1, 1).u(4, 0).u(5, 13).u(1, 0).raw()
    headers, _ = read(short)
    assert (headers.columns["temporal_reference"][0], headers.kind[0], headers.quantiser[0]) == (77, 2, 13)


def test_real_film_states_the_times_at_which_it_is_shown(tmp_path: Path) -> None:
    made = film(tmp_path / "b.mp4", "-c:v", "mpeg4", "-bf", "2", "-g", "12", "-q:v", "5")
    extradata, data, times = packets(made)
    headers, reader = read(*data, extradata=extradata)
    shown = [Fraction(time or 0, 12_800) for time in times]
    told = seconds(headers)
    assert {time - own for time, own in zip(shown, told, strict=True)} == {shown[0] - told[0]}
    assert set(headers.quantiser[headers.kind < 3].tolist()) == {5}
    assert headers.notes[0].text.startswith("Lavc")
    assert {(kept.kind, kept.packet) for kept in headers.parameter_sets} == {("vol", -1)}
    (clock,) = reader.clocks(0)
    assert (np.flatnonzero(headers.entry) == clock.packet).all()


def test_real_packed_film(tmp_path: Path) -> None:
    made = film(tmp_path / "packed.avi", "-c:v", "libxvid", "-bf", "2", "-g", "12")
    extradata, data, _ = packets(made)
    headers, _ = read(*data, extradata=extradata)
    assert headers.unreadable.tolist() == []
    assert headers.columns["vops"].max() == 2
    assert [note.text[:4] for note in headers.notes] == ["DivX", "XviD"]

"""Raw streams by hand and from encoders."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from entirety.model.container import Structure
from entirety.read.container import annexb
from entirety.read.container.annexb import looks_like_h264, looks_like_hevc, read_h264, read_hevc
from read.container.covering import violations
from read.films import film

SPS, PPS = b"\x67\x64\x00\x0a\xac", b"\x68\xee\x38\x80"
IDR, SLICE, DELIMITER, END = b"\x65\x88\x80", b"\x41\x9a\x02", b"\x09\xf0", b"\x0a"


def stream(*units: bytes, zero: bool = True) -> bytes:
    return b"".join((b"\x00" if zero else b"") + b"\x00\x00\x01" + unit for unit in units)


def read(data: bytes, reader: Callable[[BinaryIO, int], Structure] = read_h264) -> Structure:
    found = reader(io.BytesIO(data), len(data))
    assert violations(found, len(data)) == []
    return found


@pytest.mark.parametrize("zero", [True, False])
def test_runs_of_units(*, zero: bool) -> None:
    data = stream(SPS, PPS, IDR, SLICE, SLICE, zero=zero)
    found = read(data)
    assert [box.path for box in found.boxes] == ["SPS", "PPS", "IDR slice", "slice"]
    step = 4 if zero else 3
    assert [box.offset for box in found.boxes] == [0, step + 5, 2 * step + 9, 3 * step + 12]
    assert dict(found.facts)["slice/count"] == "2"
    assert (found.leftovers, found.problems) == ((), ())


def test_parameters_that_change_and_ends_within_the_file() -> None:
    other = SPS[:3] + b"\x0b" + SPS[4:]
    data = stream(SPS, PPS, IDR, END, SPS, other, PPS, IDR)
    facts = read(data).facts
    assert [(path, value) for path, value in facts if path.startswith("SPS")] == [
        ("SPS/count", "3"),
        ("SPS/version[1]", "first at byte 0"),
        ("SPS/version[2]", f"first at byte {len(stream(SPS, PPS, IDR, END, SPS))}"),
    ]
    assert ("end of sequence/first", f"at byte {len(stream(SPS, PPS, IDR))}") in facts


def test_what_comes_before_the_first_unit() -> None:
    data = stream(SPS, PPS)
    assert read(bytes(10) + data).leftovers == ()
    assert read(b"text" + data).leftovers == ((0, 4),)
    assert read(b"no unit at all").leftovers == ((0, 14),)
    assert read(b"").boxes == ()


def test_a_code_that_begins_no_unit() -> None:
    found = read(stream(SPS, PPS) + b"\x00\x00\x01\xba")
    assert found.problems == ("At byte 17: a start code is followed by a byte that begins no unit.",)


def test_units_across_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stream(SPS, PPS, *(IDR + bytes([n % 200 + 4]) * (n % 97) for n in range(500)), SLICE)
    whole = read(data)
    monkeypatch.setattr(annexb, "LONGEST_SET", 20)
    for size in (60, 61, 62, 63, 64, 97, 1000):
        monkeypatch.setattr(annexb, "WINDOW", size)
        assert read(data) == whole


def test_too_many_runs_share_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annexb, "MAX_BOXES", 3)
    data = stream(SPS, PPS, DELIMITER, SLICE, DELIMITER)
    found = read(data)
    assert [box.kind for box in found.boxes] == ["SPS", "PPS", "units of several kinds"]
    assert dict(found.facts)["access unit delimiter/count"] == "2"
    assert (found.leftovers, found.problems) == ((), ())


def test_too_many_units_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annexb, "MAX_UNITS", 3)
    data = stream(SPS, PPS, SLICE, SLICE, SLICE)
    found = read(data)
    assert found.leftovers == ((len(stream(SPS, PPS, SLICE)), len(data)),)
    assert "the rest is not read" in found.problems[0]


def test_what_is_taken_for_a_stream() -> None:
    assert looks_like_h264(stream(DELIMITER, SPS, PPS, IDR))
    hevc = stream(b"\x40\x01\x0c", b"\x42\x01\x01", b"\x44\x01\xc1", b"\x26\x01\xaf")
    assert looks_like_hevc(hevc)
    assert not looks_like_h264(hevc)
    assert not looks_like_hevc(stream(SPS, PPS, IDR))
    for head in (
        b"",
        bytes(100),
        b"x" + stream(SPS, PPS),
        stream(b"\xba", SPS),
        stream(IDR, SLICE),
        stream(b"\xb3\x10"),
    ):
        assert not looks_like_h264(head)
        assert not looks_like_hevc(head)


def test_a_real_film_of_h264(tmp_path: Path) -> None:
    data = film(tmp_path / "a.h264", size="160x120", seconds=1, vcodec="libx264").read_bytes()
    assert looks_like_h264(data[:4096])
    whole(read(data), {"SPS", "PPS", "SEI", "IDR slice", "slice"})


def test_a_real_film_of_hevc(tmp_path: Path) -> None:
    quiet: dict[str, Any] = {"x265-params": "log-level=none"}
    data = film(tmp_path / "a.hevc", size="160x120", seconds=1, vcodec="libx265", **quiet).read_bytes()
    assert looks_like_hevc(data[:4096])
    whole(read(data, read_hevc), {"VPS", "SPS", "PPS", "SEI", "IDR slice", "slice"})


def whole(found: Structure, kinds: set[str]) -> None:
    assert {box.kind for box in found.boxes} == kinds
    assert dict(found.facts)["slice/count"] == "24"
    assert (found.leftovers, found.problems) == ((), ())

"""Carving finds every coded picture of a film by its framing alone, and nothing in other bytes."""

import io
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read import carve
from entirety.read.carve import Carving, Coded
from entirety.read.container.isobmff.source import open_source
from read.films import film

HEADER = bytes.fromhex("0164001fffe1001a6764001facd9405005bb016c80000003008000001e078c18cb01000568ebe3cb22c0")
"""avcC of an H.264 stream of 1280 x 720."""


def packets(path: Path) -> tuple[str, bytes, list[tuple[bytes, bool]]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        coded = [(bytes(p), bool(p.is_keyframe)) for p in container.demux(stream) if p.size]
        return stream.codec_context.codec.canonical_name, bytes(stream.codec_context.extradata or b""), coded


def carved(codec: str, header: bytes, data: bytes) -> list[Coded]:
    carving = Carving(open_source(io.BytesIO(data), len(data)), codec, header)
    return list(carving.pictures(((0, len(data)),)))


@pytest.fixture(params=["libx264", "libx265"])
def coded(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, bytes, list[tuple[bytes, bool]]]:
    options: dict[str, Any] = {"vcodec": request.param, "g": 10, "bf": 2}
    if request.param == "libx264":
        options["slices"] = 3
    return packets(film(tmp_path / "film.mp4", seconds=1, **options))


def test_every_picture_is_found_at_its_place(coded: tuple[str, bytes, list[tuple[bytes, bool]]]) -> None:
    codec, header, pictures = coded
    found = carved(codec, header, b"".join(data for data, _ in pictures))
    at, expected = 0, []
    for data, key in pictures:
        expected.append(Coded(at, len(data), key))
        at += len(data)
    assert found == expected


@pytest.mark.parametrize("window", [100, 1 << 22])
def test_other_data_may_lie_between(
    coded: tuple[str, bytes, list[tuple[bytes, bool]]], window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carve, "WINDOW", window)
    codec, header, pictures = coded
    sound = bytes((7 * k * k + 13) % 251 for k in range(333))
    data, places = b"", []
    for picture, _ in pictures:
        data += sound
        places.append((len(data), len(picture)))
        data += picture
    assert [(one.offset, one.size) for one in carved(codec, header, data + sound)] == places


def test_a_picture_that_is_cut_off_is_none(coded: tuple[str, bytes, list[tuple[bytes, bool]]]) -> None:
    codec, header, pictures = coded
    assert len(carved(codec, header, pictures[0][0] + pictures[1][0][:40])) == 1


def test_start_codes_and_lengths_of_two_bytes_are_not_searched() -> None:
    source = open_source(io.BytesIO(b""), 0)
    for header in (b"", b"\0\0\0\1\x67\x64", HEADER[:4] + b"\xfd" + HEADER[5:]):
        assert not Carving(source, "h264", header).readable
    assert not Carving(source, "mpeg4", HEADER).readable


def test_a_file_made_of_beginnings_ends_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carve, "MOST_LOOKS", 5_000)
    data = b"\0\0\0\2\x09\xf0" * 50_000
    carving = Carving(open_source(io.BytesIO(data), len(data)), "h264", HEADER)
    assert list(carving.pictures(((0, len(data)),))) == []
    assert not carving.complete


@given(st.sampled_from(["h264", "hevc"]), st.binary(max_size=300))
def test_any_bytes_end(codec: str, data: bytes) -> None:
    for picture in carved(codec, HEADER, data):
        assert 0 <= picture.offset < picture.offset + picture.size <= len(data)

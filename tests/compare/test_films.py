"""Real films: stream copies in another order, a lossless encoding backwards, and a film that has nothing to do with the recording."""

import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import pytest

from entirety.compare.coverage import cover
from entirety.measure.signature import sign
from entirety.model.coverage import Coverage, Layer
from read.films import FFMPEG, film


def make(stream: Any) -> None:
    subprocess.run(stream.global_args("-v", "error", "-nostdin").compile(cmd=FFMPEG, overwrite_output=True), check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of ten seconds with a key picture every second, and what was made of it."""
    where = tmp_path_factory.mktemp("films")
    source = str(film(where / "source.mp4", seconds=10, vcodec="libx264", g=25, bf=2, preset="veryfast"))
    for name, start in (("late.mp4", 6), ("early.mp4", 2)):
        make(ffmpeg.output(ffmpeg.input(source, ss=start), str(where / name), t=2, c="copy"))
    (where / "list.txt").write_text("file 'late.mp4'\nfile 'early.mp4'\n", encoding="utf-8")
    make(ffmpeg.output(ffmpeg.input(str(where / "list.txt"), f="concat"), str(where / "swapped.mp4"), c="copy"))
    part = ffmpeg.input(source).video.filter("trim", start=3, end=5).filter("reverse").filter("setpts", "PTS-STARTPTS")
    make(ffmpeg.output(part, str(where / "backwards.mkv"), vcodec="ffv1"))
    other = ffmpeg.input("mandelbrot=size=162x122:rate=25", f="lavfi", t=2)
    make(ffmpeg.output(other, str(where / "other.mp4"), vcodec="libx264", preset="veryfast"))
    return where


def held(folder: Path, name: str) -> Coverage:
    return cover(sign(folder / name), [sign(folder / "source.mp4")])


@pytest.mark.parametrize(("name", "first"), [("late.mp4", 150), ("early.mp4", 50)])
def test_a_stream_copy_is_exact_to_the_packet(folder: Path, name: str, first: int) -> None:
    coverage = held(folder, name)
    (piece,) = coverage.pieces
    assert (piece.matched_by, piece.clip_first, piece.source_first) == (Layer.PACKETS, 0, first)
    clip, source = sign(folder / name), sign(folder / "source.mp4")
    last = source.sha256.tolist().index(clip.sha256[-1].tolist())
    assert (piece.clip_end, piece.source_end, piece.speed) == (len(clip), last + 1, Fraction(1))
    assert coverage.foreign == ()


def test_stream_copies_in_another_order(folder: Path) -> None:
    clip, coverage = sign(folder / "swapped.mp4"), held(folder, "swapped.mp4")
    source = sign(folder / "source.mp4")
    assert coverage.foreign == ()
    assert [piece.source_first for piece in coverage.pieces if piece.clip_end - piece.clip_first > 1] == [150, 50]
    recorded = source.sha256.tolist()
    for piece in coverage.pieces:
        assert piece.packets or piece.clip_end - piece.clip_first == 1
        assert recorded.index(clip.sha256[piece.clip_first].tolist()) == piece.source_first
        assert recorded.index(clip.sha256[piece.clip_end - 1].tolist()) == piece.source_end - 1


def test_a_lossless_encoding_backwards(folder: Path) -> None:
    (piece,) = held(folder, "backwards.mkv").pieces
    assert (piece.matched_by, piece.reversed, piece.speed) == (Layer.FRAMES, True, Fraction(1))
    assert (piece.clip_first, piece.clip_end, piece.source_first, piece.source_end) == (0, 50, 75, 125)


def test_another_film(folder: Path) -> None:
    coverage = held(folder, "other.mp4")
    assert coverage.pieces == ()
    assert [(part.first, part.end) for part in coverage.missing] == [(0, 250)]
    assert [(part.first, part.end, part.still) for part in coverage.foreign] == [(0, 50, False)]


def test_a_film_with_itself(folder: Path) -> None:
    coverage = held(folder, "source.mp4")
    (piece,) = coverage.pieces
    assert (piece.clip_first, piece.clip_end, piece.source_first, piece.source_end) == (0, 250, 0, 250)
    assert coverage.missing == ()
    assert coverage.foreign == ()

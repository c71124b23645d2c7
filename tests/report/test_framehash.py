from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from entirety.measure.clip import measure
from entirety.report.framehash import framehash_lines, rescale
from read.films import film, framehash

QUICK = ("device/video-avi.avi", "device/train.mov", "processed/cursed-vfr.mp4", "processed/edit-list-discard.mp4",
         "processed/movie-hello.ogg", "processed/gizmo.webm", "processed/legacy.mp4")  # fmt: skip

FILMS: dict[str, dict[str, Any]] = {
    "h264.mp4": {"vcodec": "libx264", "bf": 3},
    "h264.ts": {"vcodec": "libx264", "sound": True},
    "raw.h264": {"vcodec": "libx264"},
    "hevc10.mp4": {"vcodec": "libx265", "pix_fmt": "yuv420p10le"},
    "mpeg4.avi": {"vcodec": "mpeg4", "bf": 2},
    "mjpeg.avi": {"vcodec": "mjpeg"},
    "mpeg2.mpg": {"vcodec": "mpeg2video", "sound": True},
    "vp9.webm": {"vcodec": "libvpx-vp9"},
    "odd.mkv": {"vcodec": "ffv1", "pix_fmt": "yuv420p", "size": "161x123"},
    "rgb.mkv": {"vcodec": "ffv1", "pix_fmt": "gbrp10le", "size": "161x123"},
    "grey.mkv": {"vcodec": "ffv1", "pix_fmt": "gray", "size": "161x123"},
    "prores.mov": {"vcodec": "prores_ks", "pix_fmt": "yuv422p10le"},
    "bottom_up.avi": {"vcodec": "rawvideo", "pix_fmt": "bgr24", "size": "161x123"},
    "palette.nut": {"vcodec": "rawvideo", "pix_fmt": "pal8", "size": "161x123"},
    "packed.nut": {"vcodec": "rawvideo", "pix_fmt": "yuyv422", "size": "161x123"},
    "bits.nut": {"vcodec": "rawvideo", "pix_fmt": "monow", "size": "161x123"},
    "nv12.nut": {"vcodec": "rawvideo", "pix_fmt": "nv12", "size": "161x123"},
}


@pytest.mark.parametrize("name", FILMS)
def test_equals_ffmpeg_line_by_line(tmp_path: Path, name: str) -> None:
    clip = film(tmp_path / name, **FILMS[name])
    assert list(framehash_lines(measure(clip))) == framehash(clip)


@pytest.mark.parametrize("name", QUICK)
def test_equals_ffmpeg_on_real_clips(corpus: Path, name: str) -> None:
    assert list(framehash_lines(measure(corpus / name))) == framehash(corpus / name)


@pytest.mark.slow
def test_equals_ffmpeg_on_the_whole_corpus(corpus: Path) -> None:
    clips = sorted([*(corpus / "device").iterdir(), *(corpus / "processed").iterdir()])
    assert len(clips) >= 57
    assert [clip.name for clip in clips if list(framehash_lines(measure(clip))) != framehash(clip)] == []


def test_equals_ffmpeg_where_the_picture_size_changes(tmp_path: Path) -> None:
    small = film(tmp_path / "small.ts", vcodec="libx264")
    large = film(tmp_path / "large.ts", vcodec="libx264", size="322x242", output_ts_offset=0.6)
    clip = tmp_path / "both.ts"
    clip.write_bytes(small.read_bytes() + large.read_bytes())
    lines = list(framehash_lines(measure(clip)))
    assert lines == framehash(clip, output=("-noautoscale",))
    assert len({line.split(",")[4] for line in lines if line[0] != "#"}) == 2


def test_equals_ffmpeg_on_one_thread_where_the_clip_is_damaged(corpus: Path) -> None:
    clip = corpus / "hostile" / "1270303.webm"
    assert list(framehash_lines(measure(clip))) == framehash(clip, "-threads", "1")


def test_guesses_times_that_the_file_does_not_state(tmp_path: Path) -> None:
    clip = measure(film(tmp_path / "clip.mkv", seconds=0.2, vcodec="ffv1"))
    unset = np.iinfo(np.int64).min
    frames = replace(clip.frames, pts=np.array([unset, unset, 200, unset, unset]), duration=np.array([0, 40, 0, 0, 1]))
    lines = [line.split(",")[1:4] for line in framehash_lines(replace(clip, frames=frames)) if line[0] != "#"]
    assert [[int(field) for field in line] for line in lines] == [
        [0, 0, 1],
        [1, 1, 1],
        [5, 5, 4],
        [9, 9, 4],
        [13, 13, 4],
    ]


@pytest.mark.parametrize(("ticks", "expected"), [(1, 1), (-1, -1), (2, 1), (3, 2), (-3, -2), (0, 0)])
def test_rescales_halves_away_from_zero(ticks: int, expected: int) -> None:
    assert rescale(ticks, Fraction(1, 2), Fraction(1)) == expected

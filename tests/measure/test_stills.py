import hashlib
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from entirety.measure.clip import measure
from entirety.measure.stills import hidden_pictures, shown_pictures
from entirety.model.clip import Clip
from read.films import FFMPEG, film


def hidden_rows(clip: Clip) -> list[int]:
    """Stored packets that are not among the shown ones, or only to be decoded."""
    shown = clip.shown[clip.video]
    seen = set(shown.position[~shown.discard].tolist())
    return [row for row, place in enumerate(clip.packets.position.tolist()) if place not in seen]


@pytest.mark.parametrize(
    ("name", "coding"),
    [
        ("clip.mp4", "libx264"),
        ("clip.avi", "libx264"),
        ("clip.ts", "libx264"),
        ("clip.mkv", "ffv1"),
        ("clip.webm", "libvpx-vp9"),
    ],
)
def test_pictures_are_those_that_were_measured(tmp_path: Path, name: str, coding: str) -> None:
    path = film(tmp_path / name, seconds=1.6, vcodec=coding, g=10)
    clip = measure(path)
    wanted = [0, 17, 18, 39]
    pictures = shown_pictures(path, clip, wanted)
    assert [picture.number for picture in pictures] == wanted
    for picture in pictures:
        assert bytes.fromhex(picture.sha256) == clip.frames.sha256[picture.number].tobytes()
        assert hashlib.sha256(picture.png).hexdigest() == picture.png_sha256
        colours = cv2.imdecode(np.frombuffer(picture.png, np.uint8), cv2.IMREAD_COLOR)
        assert colours is not None
        assert colours.shape == (122, 162, 3)
    assert len({picture.png_sha256 for picture in pictures}) == 4


def test_pictures_are_turned_as_the_clip_asks(tmp_path: Path) -> None:
    level = film(tmp_path / "level.mp4", vcodec="libx264")
    turned = tmp_path / "turned.mp4"
    command = [FFMPEG, "-v", "error", "-display_rotation", "-90", "-i", str(level), "-c", "copy", str(turned)]
    subprocess.run(command, check=True)
    clip = measure(turned)
    assert clip.stream.rotation == 90
    (upright,) = shown_pictures(turned, clip, [3])
    (lying,) = shown_pictures(level, measure(level), [3])
    assert (upright.width, upright.height) == (122, 162)
    decoded = [cv2.imdecode(np.frombuffer(p.png, np.uint8), cv2.IMREAD_COLOR) for p in (upright, lying)]
    assert decoded[0] is not None
    assert decoded[1] is not None
    assert np.array_equal(decoded[0], np.rot90(decoded[1], -1))
    assert upright.sha256 == lying.sha256


def test_hidden_pictures_are_fetched_past_the_edit_list(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mp4", seconds=2, vcodec="libx264", g=50, bf=0)
    cut = tmp_path / "cut.mp4"
    subprocess.run([FFMPEG, "-v", "error", "-ss", "1", "-i", str(whole), "-c", "copy", str(cut)], check=True)
    clip = measure(cut)
    rows = hidden_rows(clip)
    assert len(rows) >= 20
    pictures = hidden_pictures(cut, clip, rows[:3])
    assert [picture.number for picture in pictures] == rows[:3]
    original = measure(whole)
    assert [bytes.fromhex(p.sha256) for p in pictures] == [original.frames.sha256[row].tobytes() for row in rows[:3]]


def test_a_changed_file_yields_no_picture(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", vcodec="libx264")
    clip = measure(path)
    film(path, vcodec="libx264", vf="negate")
    assert shown_pictures(path, clip, [2]) == []

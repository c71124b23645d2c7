from pathlib import Path

import cv2
import numpy as np

from detect.clips import make_clip
from entirety.measure.clip import measure
from entirety.measure.strip import EDGE, spread, strip_pictures
from entirety.model.time import UNSET
from read.films import film


def test_pictures_are_spread_over_the_clip_and_each_is_taken_once() -> None:
    clip = make_clip(1000, key=np.arange(1000) % 10 == 0)
    rows = spread(clip, 10)
    assert len(rows) == 10
    assert all(abs(row - (at + 0.5) * 100) <= 10 for at, row in enumerate(rows))
    assert spread(make_clip(1000, key=np.arange(1000) == 0)) == [0]
    assert spread(make_clip(10, pts=np.full(10, UNSET, np.int64))) == []


def test_each_is_the_measured_picture_made_small_and_turned(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", seconds=1.6, size="320x180", vcodec="libx264", g=10, sound=True)
    clip = measure(path)
    pictures = strip_pictures(path, clip)
    assert [picture.number for picture in pictures] == [0, 10, 20, 30]
    for picture in pictures:
        assert bytes.fromhex(picture.sha256) == clip.frames.sha256[picture.number].tobytes()
        assert picture.time == clip.frames.time(picture.number)
        small = cv2.imdecode(np.frombuffer(picture.png, np.uint8), cv2.IMREAD_COLOR)
        assert small is not None
        assert small.shape == (90, EDGE, 3)


def test_a_file_that_gives_another_picture_gives_none(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", seconds=0.8, vcodec="libx264", g=10)
    clip = measure(path)
    other = film(tmp_path / "other.mp4", seconds=0.8, vcodec="libx264", g=10, vf="negate")
    assert strip_pictures(other, clip) == []

"""Pictures at the ends of pieces are those that were measured, reduced."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from entirety.measure.boundary import WIDEST, reduced_pictures
from entirety.measure.signature import sign
from read.films import film


@pytest.mark.parametrize("name", ["clip.mp4", "clip.ts"])
def test_pictures_by_number(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name, size="640x360", seconds=1.6, vcodec="libx264", g=10)
    signature = sign(path)
    found = reduced_pictures(path, signature, [-1, 0, 17, 18, 39, 40])
    assert sorted(found) == [0, 17, 18, 39]
    for picture in found.values():
        colours = cv2.imdecode(np.frombuffer(picture.png, np.uint8), cv2.IMREAD_COLOR)
        assert colours is not None
        assert colours.shape == (picture.height, picture.width, 3)
        assert picture.width == WIDEST
    assert len({picture.png for picture in found.values()}) == 4


def test_a_changed_file_yields_no_picture(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", vcodec="libx264")
    signature = sign(path)
    film(path, vcodec="libx264", vf="negate")
    assert reduced_pictures(path, signature, [2]) == {}
    assert reduced_pictures(path, signature, []) == {}

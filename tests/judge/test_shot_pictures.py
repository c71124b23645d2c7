"""Small pictures of shots: made from what findings cite, the earliest of each shot, never larger, and only so many."""

import hashlib
from fractions import Fraction
from itertools import pairwise

import cv2
import numpy as np

from entirety.judge.shot_pictures import HEIGHT, MOST, WIDTH, shot_pictures
from entirety.model.audit import Still
from entirety.model.shots import ShotRow, ShotTable
from report.audits import still

Cited = list[tuple[Still, bytes]]


def table(*bounds: int) -> ShotTable:
    rows = tuple(
        ShotRow(first, last - 1, Fraction(first), Fraction(last), 1, "hard-cut", "") for first, last in pairwise(bounds)
    )
    return ShotTable(rows, len(rows))


def test_the_earliest_picture_of_each_shot_made_smaller() -> None:
    cited: Cited = [still("F001", "shown", frame) for frame in (12, 9, 10)]
    made = list(shot_pictures(table(0, 10, 20, 30), cited))
    assert [(one.finding, one.role, one.frame, one.file) for one, _ in made] == [
        ("", "shot", 9, "stills/shot-000009.png"),
        ("", "shot", 10, "stills/shot-000010.png"),
    ]
    for (one, png), (full, _) in zip(made, (cited[1], cited[2]), strict=True):
        assert one.sha256 == full.sha256, "of the frame that it shows"
        assert one.file_sha256 == hashlib.sha256(png).hexdigest()
        height, width, _ = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR).shape  # type: ignore[union-attr] # a PNG of ours
        assert (width, height) == (one.width, one.height) == (WIDTH, 135)
        assert height <= HEIGHT


def test_the_same_bytes_twice() -> None:
    cited: Cited = [still("F001", "shown", frame) for frame in (9, 10)]
    assert list(shot_pictures(table(0, 10, 20), cited)) == list(shot_pictures(table(0, 10, 20), cited))


def test_hidden_pictures_and_clips_of_one_shot_give_none() -> None:
    assert not list(shot_pictures(table(0, 10, 20), [still("F001", "hidden", 3)]))
    assert not list(shot_pictures(table(0, 10), [still("F001", "shown", 3)]))
    assert not list(shot_pictures(ShotTable((), 0), []))


def test_only_the_first_shots_get_one() -> None:
    cited: Cited = [still("F001", "shown", frame) for frame in range(40)]
    assert [one.frame for one, _ in shot_pictures(table(*range(41)), cited)] == list(range(MOST))

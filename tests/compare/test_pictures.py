"""Pieces by what the pictures show: found where they come from, and nowhere else."""

from fractions import Fraction

import cv2
import numpy as np
import pytest

from compare.scenes import RATE, Greys, Window, at, encoded, footage, found, near, recording
from entirety.model.coverage import Layer
from entirety.model.signature import ACROSS, DOWN

CROP: Window = (0.05, 0.95, 0.05, 0.95)


@pytest.fixture(scope="module")
def scene() -> Greys:
    return recording()[:90]


def test_pieces_in_another_order_one_of_them_twice_around_something_else(scene: Greys) -> None:
    other = footage(7, at(0, 1.6), camera=9)
    pieces = found(encoded(np.concatenate([scene[64:84], scene[24:44], other, scene[64:84]])), scene)
    assert near(pieces, [(0, 20, 64, 84), (20, 40, 24, 44), (56, 76, 64, 84)])
    assert {(one.source, one.speed, one.reversed, one.mirrored, one.matched_by) for one in pieces} == {
        (0, Fraction(1), False, False, Layer.PICTURES)
    }
    assert all(1 <= one.uncertainty <= 3 for one in pieces)


@pytest.mark.parametrize(("backwards", "mirrored"), [(True, False), (False, True)])
def test_a_piece_backwards_or_mirrored_is_found(backwards: bool, mirrored: bool, scene: Greys) -> None:
    clip = scene[50:72][:: -1 if backwards else 1, :, :: -1 if mirrored else 1]
    pieces = found(encoded(clip), scene)
    assert near(pieces, [(0, 22, 50, 72)])
    assert (pieces[0].reversed, pieces[0].mirrored) == (backwards, mirrored)


@pytest.mark.slow
def test_pieces_of_one_clip_forwards_backwards_and_both() -> None:
    whole = recording()
    clip = np.concatenate([whole[10:40], whole[50:80][::-1], whole[80:110][::-1, :, ::-1]])
    pieces = found(encoded(clip), whole)
    assert near(pieces, [(0, 30, 10, 40), (30, 60, 50, 80), (60, 90, 80, 110)])
    assert [(one.reversed, one.mirrored) for one in pieces] == [(False, False), (True, False), (True, True)]


def test_a_slowed_piece_has_its_speed(scene: Greys) -> None:
    (piece,) = found(encoded(footage(1, 3 + at(0, 3) * 0.8)), scene[20:70])
    assert near([piece], [(0, 30, 10, 34)])
    assert float(piece.speed) == pytest.approx(0.8, rel=0.01)


@pytest.mark.parametrize("edit", ["crop", "bars"])
def test_an_edited_piece_is_found(edit: str, scene: Greys) -> None:
    clip = footage(1, at(4, 6.4), window=CROP)
    if edit == "bars":
        clip = np.full((24, DOWN, ACROSS), 16, np.uint8)
        clip[:, :, 6:42] = [cv2.resize(one, (36, DOWN), interpolation=cv2.INTER_AREA) for one in scene[40:64]]
    assert near(found(encoded(clip), scene), [(0, 24, 40, 64)])


def test_no_piece_lies_outside_the_gaps_and_times_are_those_of_the_pictures(scene: Greys) -> None:
    clip = encoded(scene[40:80])
    (piece,) = found(clip, scene, gaps=[(12, 32)])
    assert near([piece], [(12, 32, 52, 72)], within=0)
    assert piece.clip_span == (Fraction(12, RATE), Fraction(32, RATE))
    assert piece.source_span == (Fraction(52, RATE), Fraction(72, RATE))
    for gaps in ([], [(5, 5)], [(5, 8)]):
        assert found(clip, scene, gaps=gaps) == []


def test_nothing_is_found_of_a_picture_or_two_or_of_a_still(scene: Greys) -> None:
    for clip in (scene[:0], scene[:1], scene[:2], np.repeat(scene[50:51], 24, axis=0)):
        assert found(encoded(clip, noise=0), scene) == []
    for source in (scene[:0], scene[:1], scene[:2]):
        assert found(encoded(scene[40:64]), source) == []


def test_innocent_another_time_of_one_scene_is_not_found(scene: Greys) -> None:
    assert found(encoded(footage(1, at(60, 62.4))), scene) == []


def test_innocent_a_scene_in_which_nothing_happens_is_not_found() -> None:
    still = footage(1, at(0, 8), things=0)
    assert found(encoded(still[:24]), encoded(still, seed=8)) == []


@pytest.mark.parametrize("hand", [False, True])
def test_innocent_another_scene_is_not_found(hand: bool) -> None:
    assert found(encoded(footage(8, at(0, 2.4), camera=5, hand=hand)), recording(hand=hand)[:90]) == []

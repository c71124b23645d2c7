"""Pieces by what the pictures show: found where they come from, and nowhere else."""

import numpy as np
import pytest

from compare.scenes import at, encoded, footage, found, near
from entirety.model.coverage import Layer

SOURCE = footage(1, at(0, 12))


def test_pieces_in_another_order_around_something_else_are_found() -> None:
    other = footage(7, at(0, 2), camera=9)
    pieces = found(encoded(np.concatenate([SOURCE[200:260], other, SOURCE[60:120]])), SOURCE)
    assert near(pieces, [(0, 60, 200, 260), (110, 170, 60, 120)])
    assert {(one.speed, one.reversed, one.mirrored, one.matched_by) for one in pieces} == {
        (1, False, False, Layer.PICTURES)
    }


@pytest.mark.slow
@pytest.mark.parametrize(("backwards", "mirrored"), [(True, False), (False, True), (True, True)])
def test_a_piece_backwards_or_mirrored_is_found(backwards: bool, mirrored: bool) -> None:
    clip = SOURCE[100:160][:: -1 if backwards else 1, :, :: -1 if mirrored else 1]
    pieces = found(encoded(clip), SOURCE)
    assert near(pieces, [(0, 60, 100, 160)])
    assert (pieces[0].reversed, pieces[0].mirrored) == (backwards, mirrored)


def test_no_piece_lies_outside_the_gaps() -> None:
    assert near(found(encoded(SOURCE[100:200]), SOURCE, gaps=[(30, 80)]), [(30, 80, 130, 180)], within=0)


def test_nothing_is_found_where_there_is_nothing_to_see() -> None:
    for clip in (SOURCE[:1], SOURCE[:2], np.repeat(SOURCE[50:51], 60, axis=0)):
        assert found(encoded(clip, noise=0), SOURCE) == []
    for gaps in ([], [(5, 5)], [(5, 8)]):
        assert found(SOURCE[100:160], SOURCE, gaps=gaps) == []


def test_other_times_of_one_scene_are_not_found() -> None:
    assert found(encoded(footage(1, at(60, 62.5))), SOURCE) == []

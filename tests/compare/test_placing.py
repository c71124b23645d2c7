"""Placing: lines are tried heaviest first, what is left again, and nothing is kept that only moves alike."""

import numpy as np
import pytest

from compare.scenes import as_strip, at, encoded, footage, found, near, ranges, recording
from entirety.compare.placing import candidates, heavy, with_room
from entirety.model.signature import ACROSS, DOWN


def test_a_gap_shorter_than_a_piece_has_no_room() -> None:
    strip = as_strip(recording()[:40])
    assert with_room(strip, [(0, 9), (10, 20), (25, 40)]) == [(10, 20), (25, 40)]


def test_one_line_is_enough_for_one_piece() -> None:
    """What a line certainly explains, no other place is tried for: a recording of an hour would take minutes."""
    clip = as_strip(encoded(recording()[30:90]))
    placed = candidates(clip, as_strip(recording()), [(0, 60)])
    assert len(placed) <= 2
    assert [(run.first, run.end) for run in heavy(placed, (0, 60))] == [(0, 60)]


def test_innocent_the_same_movement_before_another_wall_is_no_copy() -> None:
    assert found(encoded(footage(1, at(4, 8), camera=9)), recording()) == []


def test_innocent_an_empty_or_black_clip_is_placed_nowhere() -> None:
    for clip in (recording()[:0], np.zeros((60, DOWN, ACROSS), np.uint8)):
        assert found(clip, recording()) == []


@pytest.mark.slow
def test_a_film_of_sixty_parts_is_told_apart_whole() -> None:
    """More lines than are looked at in one pass."""
    whole = footage(3, at(0, 150), hand=True)
    firsts = np.random.default_rng(4).permutation(60) * 25
    clip = np.concatenate([whole[first : first + 15] for first in firsts])
    pieces = found(encoded(clip), whole)
    expected = [(15 * k, 15 * k + 15, int(first), int(first) + 15) for k, first in enumerate(firsts)]
    assert near(pieces, expected, within=2), ranges(pieces)

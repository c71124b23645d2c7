"""Positions: a crop is found, and equal pictures lie exactly."""

import numpy as np
import pytest

from compare.scenes import at, footage
from entirety.compare.geometry import IDENTITY, lay, register


def test_equal_pictures_lie_exactly() -> None:
    scene = footage(1, at(0, 2, 5)).astype(np.float32)
    assert register(scene, scene) is IDENTITY
    assert register(scene[:0], scene[:0]) is IDENTITY


@pytest.mark.parametrize("hand", [False, True])
def test_a_crop_is_found(hand: bool) -> None:
    times = at(0, 2, 5)
    copy = footage(1, times, hand=hand, crop=0.05).astype(np.float32)
    warp = register(copy, footage(1, times, hand=hand).astype(np.float32))
    assert warp[0, 0] == pytest.approx(1 / 0.9, abs=0.03)
    assert warp[1, 1] == pytest.approx(1 / 0.9, abs=0.03)
    assert np.isnan(lay(copy[0], warp)[0, 0])


def test_flat_pictures_have_no_position() -> None:
    flat = np.full((3, 27, 48), 90, np.float32)
    assert register(flat, flat) is IDENTITY

"""Positions: a crop, another shape and a shift are found, equal pictures lie exactly, and what lies outside is no picture."""

import numpy as np
import pytest
from numpy.typing import NDArray

from compare.scenes import WHOLE, Window, at, encoded, footage
from entirety.compare.geometry import (
    IDENTITY,
    MOST_SCALE,
    MOST_SHEAR,
    MOST_SHIFT,
    Warp,
    lay,
    lay_back,
    positions,
    register,
)
from entirety.model.signature import ACROSS, DOWN

TIMES = at(0, 2, 5)
CROP: Window = (0.05, 0.95, 0.05, 0.95)
NARROW: Window = (0.1, 0.9, 0, 1)
SHIFTED: Window = (0.04, 1.04, -0.06, 0.94)


def drawn(window: Window = WHOLE, *, hand: bool = False) -> NDArray[np.float32]:
    return footage(1, TIMES, hand=hand, window=window).astype(np.float32)


def copied(window: Window = WHOLE, *, hand: bool = False) -> NDArray[np.float32]:
    return encoded(footage(1, TIMES, hand=hand, window=window)).astype(np.float32)


def due(window: Window) -> Warp:
    """Where in what shows only the window a sample of the whole lies, from the middles of the samples."""
    left, right, top, bottom = window
    across, down = 1 / (right - left), 1 / (bottom - top)
    aside = (0.5 / ACROSS - left) * across * ACROSS - 0.5
    below = (0.5 / DOWN - top) * down * DOWN - 0.5
    return np.array([[across, 0, aside], [0, down, below]], np.float32)


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("window", [CROP, NARROW, SHIFTED], ids=["crop", "narrow", "shifted"])
def test_a_position_is_found_to_a_third_of_a_sample(window: Window, hand: bool) -> None:
    warp, exact = register(copied(window, hand=hand), drawn(hand=hand)), due(window)
    corners = np.array([[x, y, 1] for x in (5, ACROSS - 6) for y in (3, DOWN - 4)]).T
    assert np.abs((warp - exact) @ corners).max() < 1 / 3


def test_equal_pictures_lie_exactly_and_so_do_those_of_another_encoding() -> None:
    scene = drawn()
    assert register(scene, scene) is IDENTITY
    assert register(copied(), scene) is IDENTITY
    assert register(scene[:0], scene[:0]) is IDENTITY


def test_flat_pictures_have_no_position() -> None:
    flat = np.full((3, DOWN, ACROSS), 90, np.float32)
    assert register(flat, flat) is IDENTITY
    assert register(drawn(), flat[:1].repeat(len(TIMES), 0)) is IDENTITY


def test_positions_begin_with_the_exact_one_and_stay_within_what_copies_are_put_through() -> None:
    for window in (CROP, (0.3, 0.7, 0.3, 0.7)):
        first, *others = positions(drawn(window), drawn())
        assert first is IDENTITY
        for warp in others:
            assert abs(warp[0, 0] - 1) <= MOST_SCALE
            assert abs(warp[1, 1] - 1) <= MOST_SCALE
            assert max(abs(warp[0, 1]), abs(warp[1, 0])) <= MOST_SHEAR
            assert np.abs(warp[:, 2]).max() <= MOST_SHIFT


def test_a_picture_laid_exactly_keeps_its_edges() -> None:
    picture = drawn()[0]
    assert np.array_equal(lay(picture, IDENTITY), picture)
    assert np.array_equal(lay_back(picture, IDENTITY), picture)


def test_what_lies_outside_is_no_picture() -> None:
    picture = drawn()[0]
    shift = np.array([[1, 0, 2], [0, 1, 0]], np.float32)
    # Sample 0 of the recording lies at sample 2 of the copy: the copy has more on the left, and the recording on the right.
    laid, back = lay(picture, shift), lay_back(picture, shift)
    assert np.array_equal(laid[:, :-2], picture[:, 2:])
    assert np.array_equal(back[:, 2:], picture[:, :-2])
    assert np.isnan(laid[:, -2:]).all()
    assert np.isnan(back[:, :2]).all()


def test_laying_back_is_the_way_back() -> None:
    picture, warp = drawn()[0], due(CROP)
    again = lay(lay_back(picture, warp), warp)
    known = np.isfinite(again)
    once = lay(picture, warp)
    assert known.mean() > 0.7
    # What is left is the softness of two interpolations.
    assert np.abs(again - picture)[known].mean() < np.abs(once - picture)[known].mean() / 4

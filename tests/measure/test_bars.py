"""Bars at the sides of a picture: even, dark, from the border inwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from entirety.measure.bars import DARK, EVEN, bars


def framed(top: int, bottom: int, left: int, right: int, level: int = 16) -> NDArray[np.uint8]:
    """A bright picture with bars of these widths."""
    grey = np.full((90, 160), level, np.uint8)
    grey[top : 90 - bottom, left : 160 - right] = 120
    return grey


@given(st.integers(0, 44), st.integers(0, 44), st.integers(0, 79), st.integers(0, 79), st.sampled_from([0, 16, DARK]))
def test_each_side_is_counted(top: int, bottom: int, left: int, right: int, level: int) -> None:
    assert bars(framed(top, bottom, left, right, level)) == (top, bottom, left, right)


@pytest.mark.parametrize("level", [0, 16, DARK])
def test_a_picture_that_is_dark_all_over_has_none(level: int) -> None:
    assert bars(np.full((90, 160), level, np.uint8)) == (0, 0, 0, 0)


@pytest.mark.parametrize("level", [DARK + 1, 128, 255])
def test_a_bright_border_is_no_bar(level: int) -> None:
    assert bars(framed(10, 10, 10, 10, level)) == (0, 0, 0, 0)


@pytest.mark.parametrize(("unevenness", "expected"), [(EVEN, 12), (EVEN + 1, 0)])
def test_what_coding_leaves_in_a_bar_does_not_break_it(unevenness: int, expected: int) -> None:
    grey = framed(12, 0, 0, 0)
    grey[:12, 80] += unevenness
    assert bars(grey)[0] == expected


def test_a_dark_line_within_the_picture_is_none() -> None:
    grey = framed(0, 0, 0, 0)
    grey[40:50] = 16
    assert bars(grey) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("where", "expected"),
    [((0, 0), (0, 89, 0, 159)), ((89, 159), (89, 0, 159, 0)), ((45, 80), (45, 44, 80, 79))],
)
def test_one_bright_sample_is_a_picture(where: tuple[int, int], expected: tuple[int, int, int, int]) -> None:
    grey = np.full((90, 160), 16, np.uint8)
    grey[where] = 255
    assert bars(grey) == expected

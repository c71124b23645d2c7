"""Strips: bars cut off, and only bars; backwards and mirrored."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from compare.scenes import Greys, as_strip, at, encoded, footage
from entirety.compare.strip import inner_area, turned, without_bars
from entirety.model.signature import ACROSS, DOWN


def _barred() -> Greys:
    barred = np.full((20, DOWN, ACROSS), 16, np.uint8)
    barred[:, 4:23] = [cv2.resize(one, (ACROSS, 19)) for one in footage(1, at(0, 4, 5), hand=True)]
    return barred


def test_bars_are_cut_off_also_with_a_logo_in_one() -> None:
    barred = _barred()
    assert inner_area(barred) == (5, 22, 0, ACROSS)
    barred[:, 1:3, 38:44] = 200
    assert inner_area(barred) == (5, 22, 0, ACROSS)
    assert without_bars(barred).shape == (20, DOWN, ACROSS)
    assert inner_area(np.ascontiguousarray(barred.transpose(0, 2, 1)).transpose(0, 2, 1)) == (5, 22, 0, ACROSS)


def test_a_sky_at_one_side_or_white_is_no_bar() -> None:
    scene = encoded(footage(1, at(0, 4, 5), hand=True))
    for level in (16, 255):
        sky = scene.copy()
        sky[:, :6] = level
        assert inner_area(sky) == (0, DOWN, 0, ACROSS)
    both = scene.copy()
    both[:, :4] = both[:, -4:] = 255
    assert inner_area(both) == (0, DOWN, 0, ACROSS)


def test_turning_twice_gives_the_strip_again() -> None:
    one = as_strip(footage(1, at(0, 1, 5)))
    other = turned(one, reversed_=True, mirrored=True)
    assert np.array_equal(other.grey, one.grey[::-1, :, ::-1])
    assert other.row(0) == len(one) - 1
    assert np.allclose(np.diff(other.times), one.step)
    assert np.array_equal(turned(other, reversed_=True, mirrored=True).grey, one.grey)


@settings(max_examples=25, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 3), st.just(DOWN), st.just(ACROSS))))
def test_any_pictures_keep_their_form(grey: Greys) -> None:
    top, bottom, left, right = inner_area(grey)
    assert 0 <= top < bottom <= DOWN
    assert 0 <= left < right <= ACROSS
    assert without_bars(grey).shape == grey.shape
    assert without_bars(grey).dtype == np.uint8

"""Repeats that fill a rate up, told from repeats of other kinds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.clips import make_clip
from entirety.detect.filled_rate import beside, new_pictures, shown_anew
from entirety.detect.picture_breaks import picture_breaks
from entirety.model.clip import Frames


def film(difference: list[float]) -> Frames:
    return make_clip(len(difference), difference=np.array(difference, np.float32)).frames


@pytest.mark.parametrize("cycle", [3, 4, 5])
def test_repeats_that_fill_a_rate_are_told_from_new_pictures(cycle: int) -> None:
    new = new_pictures(film([6.0 if row % cycle == 0 else 0.3 for row in range(90)]))
    assert new[10:80].tolist() == [row % cycle == 0 for row in range(10, 80)]


def test_repeats_that_fill_a_rate_are_left_out() -> None:
    shown = shown_anew(film([6.0 + row % 3 if row % 4 == 0 else 0.1 for row in range(120)]))
    assert shown[(shown >= 10) & (shown < 110)].tolist() == list(range(12, 110, 4))


def test_in_a_plain_film_nothing_changes() -> None:
    assert shown_anew(film([3.0 + row % 5 for row in range(120)])).tolist() == list(range(120))
    before, after = beside(np.arange(120), np.ones(120, np.bool_))
    assert (before[1:] == np.arange(119)).all()
    assert (after[:-1] == np.arange(1, 120)).all()


def test_a_film_turned_from_25_to_30_pictures_is_no_filled_one() -> None:
    # At either end the window may hold more repeats than one in six.
    shown = shown_anew(film([0.1 if row % 6 == 5 else 5.0 for row in range(120)]))
    assert shown.tolist() == list(range(120))


def test_the_new_picture_before_and_after_is_meant() -> None:
    new = np.arange(60) % 4 == 0
    before, after = beside(np.where(new, np.arange(60), 0), new)
    assert (before[32], after[32]) == (28, 36)


@given(st.lists(st.floats(0, 50, width=32), min_size=3, max_size=60))
def test_any_film_is_looked_at(difference: list[float]) -> None:
    list(picture_breaks(film(difference)))

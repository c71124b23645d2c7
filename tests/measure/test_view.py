"""The view in 144 block means, how rich each block is in detail, and what in it has stood still."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from entirety.measure.grey import ACROSS, DOWN
from entirety.measure.view import BLOCK, EDGE, LONG, STILL, Standing, details, views

Greys = NDArray[np.uint8]


def noise(seed: int, count: int = 1, low: int = 0, high: int = 256) -> Greys:
    return np.random.default_rng(seed).integers(low, high, (count, 90, 160), np.uint8)


def flat(level: int) -> Greys:
    return np.full((90, 160), level, np.uint8)


def with_mark(behind: Greys, height: int = EDGE) -> Greys:
    """The picture with a bright square of 4 x 4 in the middle of block 17 (second line, second column), `height` levels above 100."""
    marked = behind.copy()
    marked[10:20, 10:20] = 100
    marked[13:17, 13:17] = 100 + height
    return marked


def blocks(picture: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(picture.reshape(DOWN, BLOCK, ACROSS, BLOCK).sum(axis=(1, 3)).ravel(), np.int64)


@pytest.mark.parametrize("level", [0, 1, 16, 235, 255])
def test_a_flat_picture_is_its_level_in_256ths(level: int) -> None:
    view = views(flat(level)[np.newaxis])
    assert view.shape == (1, 144)
    assert view.dtype == np.uint16
    assert set(view[0].tolist()) == {level * 256}


@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_each_number_is_the_exact_mean_of_its_block(seed: int, count: int) -> None:
    greys = noise(seed, count)
    expected = [np.rint(blocks(grey.astype(np.int64)) * 256 / 100) for grey in greys]
    assert np.array_equal(views(greys), np.array(expected).reshape(count, 144))


def test_blocks_go_line_by_line() -> None:
    grey = flat(0)
    grey[20:30, 150:160] = 255
    assert np.flatnonzero(views(grey[np.newaxis])[0]).tolist() == [2 * 16 + 15]


def test_pictures_together_are_pictures_one_by_one() -> None:
    greys = noise(3, 129)
    assert np.array_equal(views(greys), np.concatenate([views(greys[n : n + 1]) for n in range(129)]))


def test_a_fraction_of_a_level_is_kept() -> None:
    grey = flat(90)
    grey[0, :10] = 91
    assert views(grey[np.newaxis])[0, 0] == round(90.1 * 256)


def test_a_flat_picture_has_no_detail() -> None:
    assert not details(flat(80)).any()


def test_detail_is_the_mean_difference_in_quarters() -> None:
    grey = flat(100)
    grey[:, ::2] = 110
    # The leftmost samples have no neighbour before them: 9 of 10 differences in the first column of blocks.
    assert set(details(grey).reshape(DOWN, ACROSS)[:, 0].tolist()) == {36}
    assert set(details(grey).reshape(DOWN, ACROSS)[:, 1:].ravel().tolist()) == {40}


def test_detail_stops_at_the_end_of_its_range() -> None:
    grey = flat(0)
    grey[:, ::2] = 255
    assert details(grey).max() == 255


@given(st.integers(0, 2**32 - 1), st.integers(1, 64))
@settings(max_examples=25, deadline=None)
def test_detail_is_exact(seed: int, reach: int) -> None:
    grey = noise(seed, high=reach)[0]
    change = np.zeros((90, 160), np.int64)
    change[:, 1:] = np.abs(np.diff(grey.astype(np.int64), axis=1))
    assert np.array_equal(details(grey), np.minimum(np.rint(blocks(change) / 25), 255))


def stood(pictures: list[Greys]) -> NDArray[np.uint8]:
    standing = Standing()
    for before, now in pairwise(pictures):
        standing.add(before, now)
    return standing.counts(pictures[-1])


def test_a_first_picture_has_nothing_that_stands() -> None:
    assert not stood([with_mark(flat(100))]).any()


def test_a_mark_stands_after_so_many_pictures_and_not_before() -> None:
    assert not stood([with_mark(flat(100))] * LONG).any()
    counts = stood([with_mark(flat(100))] * (LONG + 1))
    assert counts.shape == (144,)
    assert counts.dtype == np.uint8
    assert np.flatnonzero(counts).tolist() == [17]
    # Two samples on either side of each of the four sides: 4 x 4 inside and a ring of 4 x 4 outside it.
    assert counts[17] == 12 + 16


@pytest.mark.parametrize(("height", "seen"), [(EDGE - 1, False), (EDGE, True)])
def test_an_edge_has_a_least_height(height: int, seen: bool) -> None:
    assert stood([with_mark(flat(100), height)] * (LONG + 1)).any() == seen


@pytest.mark.parametrize(("change", "stands"), [(STILL, True), (STILL + 1, False)])
def test_what_an_encoder_mends_still_stands(change: int, stands: bool) -> None:
    pictures = [with_mark(flat(100), 60 + change * (number % 2)) for number in range(2 * LONG)]
    inside = stood(pictures)[17] == 12 + 16
    assert inside == stands


def test_what_moved_starts_again() -> None:
    still = [with_mark(flat(100))] * (2 * LONG)
    moved = [np.roll(still[0], 40, axis=1)]
    # Outside of its edge the background has stood all the while; the mark itself has not.
    for pictures, counted in ((1, 16), (LONG, 16), (LONG + 1, 12 + 16)):
        counts = stood(still + moved * pictures)
        assert (np.flatnonzero(counts).tolist(), counts[21]) == ([21], counted)


def test_a_mark_stands_on_footage_that_does_not() -> None:
    pictures = [with_mark(grey) for grey in noise(5, LONG + 1)]
    counts = stood(pictures)
    assert int(counts.argmax()) == 17
    assert counts.sum() - counts[17] < 20


def test_an_even_area_does_not_count_however_long_it_stands() -> None:
    assert not stood([flat(16)] * 300).any()


def test_standing_for_long_is_no_overflow() -> None:
    assert stood([with_mark(flat(100))] * 300)[17] == 12 + 16


def test_a_picture_full_of_edges_fills_its_blocks() -> None:
    grey = np.kron(np.indices((45, 80)).sum(axis=0) % 2, np.ones((2, 2))).astype(np.uint8) * 255
    counts = stood([grey] * (LONG + 1))
    assert counts.max() == 100

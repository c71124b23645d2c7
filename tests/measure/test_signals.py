from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from entirety.measure.difference import coarse, differences
from entirety.measure.grey import Small
from entirety.measure.luma import luma
from entirety.measure.motion import accelerations, flow_finder, motion, residuals
from entirety.measure.signals import BATCH, SignalColumns, Signals

Greys = NDArray[np.uint8]


def scene(steps: list[int]) -> Greys:
    """A smooth random texture that moves right, `steps` samples from picture to picture."""
    draw = np.random.default_rng(11)
    rough = draw.integers(40, 216, (24, 120)).astype(float)
    down, across = np.linspace(0, 23, 90), np.linspace(0, 119, 600)
    texture = np.array([np.interp(across, np.arange(120), line) for line in rough])
    texture = np.array([np.interp(down, np.arange(24), column) for column in texture.T]).T
    places = 300 - np.cumsum(steps)
    return np.stack([texture[:, place : place + 160] for place in places]).astype(np.uint8)


def measured(greys: Greys) -> SignalColumns:
    signals = Signals()
    tint = np.full((45, 80), 128, np.uint8)
    for grey in greys:
        signals.add(Small(grey, (tint, tint)))
    return signals.columns()


def test_luma_is_mean_and_spread() -> None:
    grey = np.zeros((1, 90, 160), np.uint8)
    grey[0, :45] = 100
    mean, spread = luma(grey)
    assert (mean[0], spread[0]) == (50, 50)


def test_differences_are_mean_levels() -> None:
    pictures = np.zeros((3, 9, 16), np.uint8)
    pictures[1] = 10
    pictures[2] = 7
    assert differences(pictures).tolist() == [10, 3]


def test_coarse_colours_are_block_means() -> None:
    planes = np.arange(2 * 45 * 80, dtype=np.int64).reshape(2, 45, 80).astype(np.uint8)
    expected = planes.reshape(2, 9, 5, 16, 5).mean(axis=(2, 4))
    assert np.abs(coarse(planes) - expected).max() <= 0.5


def test_residual_leaves_light_out() -> None:
    rests = np.full((1, 45, 80), 30, np.int16)
    assert residuals(rests)[0].mean() == 0
    rests[0, ::2] = 32
    assert 0.9 < residuals(rests)[0].mean() < 1.1


def test_steady_motion_is_found_and_explained() -> None:
    _, centres = motion(flow_finder(), scene([4] * 6))
    assert np.median(centres[..., 0]) == pytest.approx(4, abs=0.5)
    assert np.abs(np.median(centres[..., 1])) < 0.5
    assert accelerations(centres).max() < 2


def test_residual_is_what_the_motion_leaves() -> None:
    still, _ = motion(flow_finder(), scene([0] * 4))
    assert not still.any()
    moving, _ = motion(flow_finder(), scene([4] * 6))
    assert moving.mean(axis=1).max() < differences(scene([4] * 6)).min() / 4


def test_a_leap_raises_residual_and_acceleration() -> None:
    columns = measured(scene([2] * 10 + [60] + [2] * 9))
    assert int(columns.residual.argmax()) == 10
    assert int(columns.acceleration.argmax()) in {10, 11}
    assert columns.residual[10] > 4 * np.median(columns.residual[1:])


def test_first_rows_have_nothing_to_compare_with() -> None:
    columns = measured(scene([3] * 5))
    assert columns.difference[0] == columns.residual[0] == columns.colour[0] == 0
    assert columns.acceleration[:2].tolist() == [0, 0]
    assert columns.difference[1] > 0


@pytest.mark.parametrize("count", [0, 1, BATCH, BATCH + 1, 2 * BATCH + 7])
def test_batches_leave_no_seam(count: int) -> None:
    greys = scene([1] * (2 * BATCH + 7))[:count]
    columns = measured(greys)
    assert len(columns.phash) == len(columns.residual) == count
    expected = [0, *(np.abs(b.astype(int) - a).mean() for a, b in pairwise(greys))][:count]
    assert columns.difference == pytest.approx(np.array(expected, np.float32))


def test_views_are_block_means_of_each_picture() -> None:
    greys = scene([3] * 5)
    columns = measured(greys)
    assert columns.view.dtype == np.uint16
    expected = greys.reshape(5, 9, 10, 16, 10).mean(axis=(2, 4)).reshape(5, 144) * 256
    assert np.abs(columns.view - expected).max() <= 0.5


def test_motion_leads_from_the_picture_before_in_quarters() -> None:
    columns = measured(scene([4] * 6))
    assert (columns.motion.dtype.name, columns.motion.shape) == ("int8", (6, 144, 2))
    assert not columns.motion[0].any()
    assert np.median(columns.motion[1:, :, 0]) == pytest.approx(4 * 4, abs=2)
    assert abs(np.median(columns.motion[1:, :, 1])) <= 1


def test_the_rest_of_the_blocks_is_what_residual_is_the_mean_of() -> None:
    columns = measured(scene([2] * 10 + [60] + [2] * 9))
    assert (columns.rest.dtype.name, columns.rest.shape) == ("uint8", (20, 144))
    assert not columns.rest[0].any()
    assert columns.rest.mean(axis=1) / 4 == pytest.approx(columns.residual, abs=0.125)


def test_motion_and_rest_stop_at_the_end_of_their_range() -> None:
    draw = np.random.default_rng(1)
    columns = measured(np.kron(draw.integers(0, 2, (40, 18, 32)), np.ones((5, 5))).astype(np.uint8) * 255)
    assert columns.rest.max() == 255
    assert np.abs(columns.motion.astype(int)).max() <= 127


@pytest.mark.parametrize("level", [0, 255])
def test_flat_pictures_neither_move_nor_leave_a_rest(level: int) -> None:
    columns = measured(np.full((3, 90, 160), level, np.uint8))
    assert not columns.motion.any()
    assert not columns.rest.any()
    assert set(columns.view.ravel().tolist()) == {level * 256}


@pytest.mark.parametrize("count", [0, 1, 2, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH + 1])
def test_every_row_is_that_of_its_picture_and_the_one_before(count: int) -> None:
    draw = np.random.default_rng(7)
    greys = scene(draw.integers(-3, 4, 2 * BATCH + 1).tolist())[:count]
    greys = np.asarray(greys + draw.integers(0, 5, greys.shape), np.uint8)
    whole, again = measured(greys), measured(greys)
    for name in SignalColumns.__slots__:
        assert len(getattr(whole, name)) == count
        assert np.array_equal(getattr(whole, name), getattr(again, name))
    for row in {*range(min(count, 2)), *range(BATCH - 2, min(count, BATCH + 3)), *range(2 * BATCH - 1, count)}:
        if row < count:
            pair = measured(greys[max(row - 1, 0) : row + 1])
            for name in ("view", "motion", "rest", "residual", "difference", "luma", "phash"):
                assert np.array_equal(getattr(pair, name)[-1], getattr(whole, name)[row]), (name, row)

"""The hash of what moves: the same for copies, another one at another time, none where nothing moves."""

import numpy as np
from numpy.typing import NDArray

from compare.moving import encoded, footage
from entirety.compare.motion_hash import differing, motion_hashes, patterns


def times(count: int, rate: int = 25) -> NDArray[np.float64]:
    return np.arange(count) / rate


def test_a_copy_has_nearly_the_same_bits_and_another_time_has_not() -> None:
    one = motion_hashes(footage(1, 8), times(200))
    copy = motion_hashes(encoded(footage(1, 8), 3), times(200))
    other = motion_hashes(footage(2, 8), times(200))
    both = one.moves & copy.moves
    assert both.sum() > 150
    assert differing(one.bits, copy.bits)[both].mean() < 8
    assert differing(one.bits, other.bits)[one.moves & other.moves].mean() > 24


def test_where_nothing_moves_there_is_no_hash() -> None:
    still = np.repeat(footage(1, 0.04), 100, axis=0)
    assert not motion_hashes(still, times(100)).moves.any()
    assert not motion_hashes(encoded(still, 1, noise=0.5), times(100)).moves.any()


def test_a_lamp_that_lights_the_whole_picture_is_no_motion() -> None:
    still = np.repeat(footage(1, 0.04), 100, axis=0).astype(float)
    lamp = 1 + 0.3 * np.sin(np.arange(100) / 4)
    assert not motion_hashes((still * lamp[:, None, None] * 0.6).astype(np.uint8), times(100)).moves.any()


def test_the_first_pictures_have_no_hash_since_nothing_comes_before_them() -> None:
    moves = motion_hashes(footage(1, 4), times(100)).moves
    assert not moves[:10].any()
    assert moves[10:].mean() > 0.9


def test_a_copy_at_half_the_frame_rate_has_the_same_hashes() -> None:
    whole = footage(1, 8, rate=50)
    one, half = motion_hashes(whole, times(400, 50)), motion_hashes(whole[::2], times(200))
    both = one.moves[::2] & half.moves
    assert np.array_equal(one.bits[::2][both], half.bits[both])


def test_patterns_are_64_and_none_is_flat() -> None:
    assert patterns().shape == (64, 27 * 48)
    assert np.abs(patterns().sum(axis=1)).max() < 1e-3


def test_no_pictures_no_hashes() -> None:
    empty = motion_hashes(np.empty((0, 27, 48), np.uint8), np.empty(0))
    assert len(empty) == 0
    assert len(motion_hashes(footage(1, 0.04), times(1))) == 1

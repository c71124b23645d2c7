"""Noise in the even parts and sharpness in the rich ones, from pieces of lines."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from entirety.measure.grain import LEAST, grain
from entirety.measure.renewal import ACROSS, DOWN, LINES

PIECES = DOWN * LINES * ACROSS
Whole = NDArray[Any]


def noisy(spread: float, seed: int = 1, width: int = 64) -> NDArray[np.float64]:
    """Even grey with independent noise."""
    return 110 + np.random.default_rng(seed).normal(0, spread, (PIECES, width))


def whole(values: NDArray[np.float64], bits: int = 8) -> Whole:
    scaled = np.rint(np.clip(values * (1 << (bits - 8)), 0, (1 << bits) - 1))
    return scaled.astype(np.uint8 if bits == 8 else np.uint16)


def pieces(parts: Whole) -> Whole:
    """60 parts of 4 pieces, given part by part, in the order in which the lines of a picture run."""
    return parts.reshape(DOWN, ACROSS, LINES, -1).swapaxes(1, 2).reshape(PIECES, -1)


@pytest.mark.parametrize("spread", [0.5, 1, 2, 4, 8])
def test_noise_is_its_spread(spread: float) -> None:
    noise, _ = grain(whole(noisy(spread)), 8)
    # Of 60 equal parts the least noisy quarter is taken, so a little less than the spread comes out.
    assert noise == pytest.approx(spread, rel=0.12)


@pytest.mark.parametrize("bits", [9, 10, 12, 14, 16])
def test_deeper_samples_are_measured_in_the_same_levels(bits: int) -> None:
    eight, deep = grain(whole(noisy(4)), 8), grain(whole(noisy(4), bits), bits)
    assert deep == pytest.approx(eight, rel=0.03)


def test_sixteen_bits_of_full_contrast_do_not_overflow() -> None:
    rough = np.random.default_rng(2).integers(0, 256, (PIECES, 64)).astype(np.float64)
    assert grain(whole(rough, 16), 16)[1] == grain(whole(rough), 8)[1]


def test_noise_is_taken_where_the_picture_is_even_and_sharpness_where_it_is_rich() -> None:
    parts = noisy(1).reshape(60, LINES, 64)
    lines = np.random.default_rng(3).normal(0, 40, (20, LINES, 64)).cumsum(axis=2) % 90
    parts[:20] += lines
    noise, sharpness = grain(whole(pieces(parts)), 8)
    assert noise == pytest.approx(1, rel=0.15)
    parts[20:] = 110
    assert grain(whole(pieces(parts)), 8) == (0, sharpness)


def test_a_steady_slope_is_no_noise() -> None:
    slope = np.tile(np.arange(64.0) * 2, (PIECES, 1))
    assert grain(whole(slope), 8) == (0, 0.25)


def test_sharpness_falls_where_the_picture_is_enlarged() -> None:
    fine = np.random.default_rng(4).integers(20, 220, (PIECES, 32)).astype(np.float64)
    sharp = grain(whole(np.concatenate([fine, fine[:, ::-1]], axis=1)), 8)[1]
    enlarged = np.array([np.interp(np.arange(64) / 2, np.arange(32), line) for line in fine])
    assert grain(whole(enlarged), 8)[1] < 0.6
    assert 0.85 < sharp < 1.1


def test_a_flat_picture_has_no_noise_and_no_sharpness_to_tell() -> None:
    for level in (0, 255):
        noise, sharpness = grain(np.full((PIECES, 64), level, np.uint8), 8)
        assert noise == 0
        assert np.isnan(sharpness)


def test_too_short_pieces_tell_nothing() -> None:
    assert np.isnan(grain(whole(noisy(2, width=LEAST - 1)), 8)).all()
    assert np.isfinite(grain(whole(noisy(2, width=LEAST)), 8)).all()


@given(st.integers(0, 2**32 - 1), st.integers(LEAST, 64), st.integers(2, 256))
@settings(max_examples=30, deadline=None)
def test_any_samples_give_numbers_within_bounds_and_stay_as_they_are(seed: int, width: int, reach: int) -> None:
    samples = np.random.default_rng(seed).integers(0, reach, (PIECES, width), np.uint8)
    kept = samples.copy()
    noise, sharpness = grain(samples, 8)
    assert 0 <= noise < 4 * 255
    assert sharpness > 0
    assert grain(samples, 8) == (noise, sharpness)
    assert np.array_equal(samples, kept)


def test_brightness_does_not_matter() -> None:
    samples = whole(noisy(3))
    assert grain(samples, 8) == grain(np.asarray(samples + 50, np.uint8), 8)

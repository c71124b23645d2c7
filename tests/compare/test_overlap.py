"""Overlaps between clips: found with the offset exact to a picture, and never where there are none."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from compare.moving import encoded, footage, signature
from entirety.compare.overlap import overlaps
from entirety.model.coverage import Layer


def test_a_re_encoded_piece_is_found_at_its_offset() -> None:
    whole = footage(1, 30)
    one, other = signature(whole[: 25 * 18]), signature(encoded(whole[25 * 12 :], 2), start=3000)
    (found,) = overlaps([one, other])
    assert found.clips == (0, 1)
    assert found.offset == 12
    assert found.matched_by is Layer.PICTURES
    (begin, end), (there, until) = found.spans
    assert begin == pytest.approx(12, abs=0.1)
    assert end == pytest.approx(18, abs=0.1)
    assert there == begin - 12
    assert until == end - 12
    assert found.differing is not None
    assert found.differing < 8
    assert found.likeness is not None
    assert found.likeness > 0.8


def test_three_seconds_are_enough_and_one_is_not() -> None:
    whole = footage(1, 30)
    for length, count in ((3, 1), (1, 0)):
        one, other = whole[: 25 * 15].copy(), encoded(footage(2, 15), 3)
        other[100 : 100 + 25 * length] = encoded(whole[50 : 50 + 25 * length], 4)
        assert len(overlaps([signature(one), signature(other)])) == count


def test_equal_pictures_are_found_first_and_exactly() -> None:
    whole = footage(1, 20)
    (found,) = overlaps([signature(whole[: 25 * 12]), signature(whole[25 * 9 :])])
    assert found.matched_by is Layer.FRAMES
    assert found.offset == 9
    assert found.rows == ((225, 300), (0, 75))
    assert found.spans == ((Fraction(9), Fraction(12)), (Fraction(0), Fraction(3)))
    assert found.differing is None


def test_two_pieces_of_one_clip_are_two_overlaps() -> None:
    whole = footage(1, 40)
    cut = np.concatenate([whole[25 * 25 : 25 * 32], whole[25 * 5 : 25 * 12]])
    found = overlaps([signature(whole), signature(encoded(cut, 2))])
    assert [round(float(one.offset), 2) for one in found] == [-2, 25]


@pytest.mark.parametrize("camera", [0, 3])
def test_other_times_of_the_same_static_camera_share_nothing(camera: int) -> None:
    clips = [signature(encoded(footage(seed, 20, camera=camera), seed)) for seed in range(1, 9)]
    assert overlaps(clips) == ()


def test_the_same_standing_scene_shares_nothing() -> None:
    still = np.repeat(footage(1, 0.04), 250, axis=0)
    assert overlaps([signature(still), signature(still.copy()), signature(encoded(still, 2, noise=1))]) == ()


def _blinking(t: NDArray[Any], greys: NDArray[Any]) -> None:
    greys[:, 5:8, 5:8] = np.where(np.sin(6.28 * t)[:, None, None] > 0, 250, 20)


def _swinging(t: NDArray[Any], greys: NDArray[Any]) -> None:
    x = np.arange(48)[None, None, :] - (24 + 10 * np.sin(6.28 * t / 1.7))[:, None, None]
    greys += (80 * np.exp(-((x / 2.5) ** 2))).astype(np.uint8)


@pytest.mark.parametrize("regular", [_blinking, _swinging])
def test_what_repeats_itself_can_be_placed_nowhere(regular: Callable[[NDArray[Any], NDArray[Any]], None]) -> None:
    clips = []
    for seed, begin in ((1, 0.0), (2, 100.3)):
        greys = np.minimum(np.repeat(footage(1, 0.04), 400, axis=0), 170)
        regular(begin + np.arange(400) / 25, greys)
        clips.append(signature(encoded(greys, seed, noise=0.7)))
    assert overlaps(clips) == ()


def test_a_copy_at_another_frame_rate_is_placed_within_a_picture() -> None:
    whole = footage(1, 20, rate=150)
    one, other = signature(whole[::6]), signature(encoded(whole[150 * 5 :: 5], 2), rate=30)
    (found,) = overlaps([one, other])
    assert abs(found.offset - 5) <= Fraction(1, 25)


def test_clips_with_one_picture_or_none_that_moves_stop_nothing() -> None:
    assert overlaps([]) == ()
    assert overlaps([signature(footage(1, 0.04)), signature(footage(1, 0.04)), signature(footage(1, 0.08))]) == ()

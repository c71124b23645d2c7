"""Lines laid exactly: to a fraction of a picture, and to a percent of speed."""

import numpy as np
import pytest

from compare.scenes import as_strip, at, encoded, footage, recording
from entirety.compare.geometry import IDENTITY
from entirety.compare.refine import clip_rows, pairs, refine, rows_at, settle
from entirety.compare.search import Line


@pytest.mark.parametrize(("speed", "hand"), [(0.8, False), (1.25, True), (0.93, True)])
def test_a_rough_line_is_laid_to_half_a_picture_and_a_percent(speed: float, hand: bool) -> None:
    source = as_strip(recording(hand=hand))
    clip = as_strip(encoded(footage(1, 3.03 + at(0, 4) * speed, hand=hand)))
    # As wrong as the search may leave it: 3 % of speed, and a seventh of a second.
    rough = Line(speed + 0.03, 3.17 - 0.03 * 2, 0, 3.9, 1)
    found = refine(rough, clip, source)
    assert found is not None
    assert found[0].slope == pytest.approx(speed, rel=0.01)
    assert found[0].at(2) == pytest.approx(3.03 + 2 * speed, abs=0.05)
    # A moving camera between two pictures of the recording looks like a shift of less than half a sample.
    assert np.abs(found[1] - IDENTITY).max() < 0.5
    again = settle(found[0], clip, source, [])
    assert again is not None
    assert again[0].slope == pytest.approx(speed, rel=0.01)
    assert again[0].at(2) == pytest.approx(3.03 + 2 * speed, abs=0.05)
    assert np.abs(again[1] - IDENTITY).max() < 0.5


def test_a_cropped_copy_is_laid_with_its_position() -> None:
    clip = as_strip(encoded(footage(1, at(4, 8), window=(0.05, 0.95, 0.05, 0.95))))
    found = refine(Line(1.02, 4.05, 0, 3.9, 1), clip, as_strip(recording()))
    assert found is not None
    line, warp = found
    assert line.slope == pytest.approx(1, rel=0.01)
    assert line.at(2) == pytest.approx(6, abs=0.05)
    assert (warp[0, 0], warp[1, 1]) == pytest.approx((1 / 0.9, 1 / 0.9), abs=0.02)


def test_a_known_position_is_taken_where_a_piece_cannot_tell_its_own() -> None:
    source = as_strip(recording())
    clip = as_strip(encoded(footage(1, at(4, 6), window=(0.05, 0.95, 0.05, 0.95))))
    line = Line(1, 4, 0, 1.9, 1)
    exact = np.array([[1 / 0.9, 0, -2.61], [0, 1 / 0.9, -1.44]], np.float32)
    wrong = np.array([[1, 0, 4], [0, 1, 4]], np.float32)
    settled = settle(line, clip, source, [exact, wrong])
    assert settled is not None
    assert settled[1] is not wrong
    assert settled[1][0, 0] == pytest.approx(1 / 0.9, abs=0.02)


def test_a_clip_that_lies_no_better_here_than_beside_is_refused() -> None:
    still = np.repeat(recording()[40:41], 60, axis=0)
    line = Line(1, 1, 0, 3.9, 1)
    assert refine(line, as_strip(encoded(still[:40])), as_strip(encoded(still, seed=8))) is None


def test_a_line_outside_the_recording_or_with_too_few_pictures_is_refused() -> None:
    source, clip = as_strip(recording()), as_strip(recording()[40:80])
    for offset in (-20, 40):
        assert refine(Line(1, offset, 0, 3.9, 1), clip, source) is None
    for first, last in ((0, 0.1), (5, 6)):
        assert refine(Line(1, 4, first, last, 1), clip, source) is None
        assert settle(Line(1, 4, first, last, 1), clip, source, []) is None


def test_rows_are_those_nearest() -> None:
    one = as_strip(footage(1, at(0, 1, 5)), 5)
    assert rows_at(one, np.array([-1, 0.0, 0.09, 0.11, 0.8, 9])).tolist() == [0, 0, 0, 1, 4, 4]
    assert clip_rows(Line(1, 0, 0.2, 0.6, 1), one, 9).tolist() == [1, 2, 3]
    assert clip_rows(Line(1, 0, 0, 0.8, 1), one, 3).tolist() == [0, 2, 4]
    assert not len(clip_rows(Line(1, 0, 5, 6, 1), one, 9))


def test_pairs_are_the_pictures_of_both_on_the_line() -> None:
    copy, there = pairs(Line(2, 1, 0, 0.4, 1), as_strip(recording()[10:20]), as_strip(recording()), 99)
    assert np.array_equal(copy, recording()[10:15])
    assert np.array_equal(there, recording()[10:20:2])

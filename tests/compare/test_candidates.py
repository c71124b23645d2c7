"""Candidates: what copies are put through leaves them at their place; what is none is refused."""

import numpy as np
import pytest

from compare.scenes import Greys, as_strip, at, encoded, footage
from entirety.compare.candidates import OF_PICTURES, joined, laid
from entirety.compare.evidence import Way, usual
from entirety.compare.search import Line

SCENES = {hand: footage(1, at(0, 12), hand=hand) for hand in (False, True)}


def _captioned(piece: Greys) -> Greys:
    piece = piece.copy()
    piece[:, 21:25, 8:40] = 230
    return piece


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("edit", ["none", "caption", "contrast", "crop"])
def test_an_edited_copy_is_laid_where_it_comes_from(edit: str, hand: bool) -> None:
    piece = SCENES[hand][100:200]
    clip = {
        "none": encoded(piece),
        "caption": encoded(_captioned(piece)),
        "contrast": encoded(piece, contrast=0.6, level=60),
        "crop": encoded(footage(1, at(4, 8), hand=hand, crop=0.05)),
    }[edit]
    one = as_strip(clip)
    found = laid(Way(one, usual(one)), Line(1.02, 4.1, 0, 3.96, 1), as_strip(SCENES[hand]), OF_PICTURES)
    assert found is not None
    assert found.line.slope == pytest.approx(1, rel=0.01)
    assert found.line.at(2) == pytest.approx(6, abs=0.04)
    assert found.along.weight.sum() > 60


@pytest.mark.parametrize("rate", [15, 30])
def test_a_converted_rate_is_laid_where_it_comes_from(rate: int) -> None:
    one = as_strip(encoded(footage(1, at(4, 8, rate))), rate)
    found = laid(Way(one, usual(one)), Line(1.02, 4.1, 0, 3.9, 1), as_strip(SCENES[False]), OF_PICTURES)
    assert found is not None
    assert found.line.at(2) == pytest.approx(6, abs=0.04)


@pytest.mark.parametrize("hand", [False, True])
def test_another_time_and_a_still_are_refused(hand: bool) -> None:
    for clip in (footage(1, at(60, 64), hand=hand), np.repeat(SCENES[hand][150:151], 100, axis=0)):
        one = as_strip(encoded(clip))
        assert laid(Way(one, usual(one)), Line(1, 4, 0, 3.96, 1), as_strip(SCENES[hand]), OF_PICTURES) is None


def test_lines_of_neighbouring_windows_are_one() -> None:
    windows = [Line(1, 4, k * 2, k * 2 + 4, 2) for k in range(4)]
    assert [(round(one.slope, 6), one.first, one.last) for one in joined([*windows, Line(1, 9, 0, 4, 1)])] == [
        (1, 0, 10),
        (1, 0 + 0, 4),
    ]

"""The search: the line on which a stretch lies is among the candidates, whatever its speed."""

import numpy as np
import pytest

from compare.scenes import Greys, as_strip, at, encoded, footage
from entirety.compare.search import RATE, SUPPORT, WINDOW, Changes, Line, changes, lines


def searched(clip: Greys, source: Changes) -> list[Line]:
    return lines(changes(as_strip(clip), RATE / 2), source)


@pytest.fixture(scope="module", params=[False, True], ids=["standing", "hand"])
def hand(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def source(hand: bool) -> Changes:
    return changes(as_strip(footage(1, at(0, 20), hand=hand)), RATE)


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.25])
def test_a_copied_stretch_names_its_place(speed: float, hand: bool, source: Changes) -> None:
    clip = encoded(footage(1, 6 + at(0, 5) * speed, hand=hand))
    best = max(searched(clip, source), key=lambda one: one.weight)
    assert best.at(2.5) == pytest.approx(6 + 2.5 * speed, abs=0.25)
    assert best.slope == pytest.approx(speed, abs=0.06)
    assert 0 <= best.first < best.last <= 5


def test_each_half_of_a_clip_names_its_own_place(hand: bool, source: Changes) -> None:
    halves = [footage(1, at(first, first + 4), hand=hand) for first in (12, 3)]
    named = searched(encoded(np.concatenate(halves)), source)
    for moment, place in ((2, 14), (6, 5)):
        best = max((one for one in named if one.first <= moment <= one.last), key=lambda one: one.weight)
        assert best.at(moment) == pytest.approx(place, abs=0.25)


def test_noise_and_another_scene_name_nothing_that_a_copy_would_not_outweigh(hand: bool, source: Changes) -> None:
    copy = max(one.weight for one in searched(encoded(footage(1, at(6, 11), hand=hand)), source))
    noise = np.random.default_rng(3).integers(0, 255, (50, 27, 48), dtype=np.uint8)
    for other in (noise, footage(8, at(0, 5), camera=5, hand=hand)):
        assert max((one.weight for one in searched(other, source)), default=0) < copy / 2


def test_what_stands_does_not_change() -> None:
    still = as_strip(np.repeat(footage(1, at(0, 0.1)), 40, axis=0))
    vectors = changes(still, RATE / 2).vectors
    assert not vectors[:, : vectors.shape[1] // 2].any()
    flat = changes(as_strip(np.full((40, 27, 48), 16, np.uint8)), RATE)
    assert not flat.vectors.any()
    assert lines(flat, flat) == []


def test_a_short_stretch_names_nothing(source: Changes) -> None:
    short = changes(as_strip(footage(1, at(0, 0.3))), RATE / 2)
    assert not len(short.moments)
    assert lines(short, source) == []
    assert searched(footage(1, at(0, 0.4 + (SUPPORT - 1) / RATE)), source) == []
    assert lines(source, short) == []


def test_a_window_of_the_clip_names_a_few_places_only(hand: bool, source: Changes) -> None:
    named = searched(encoded(footage(1, at(6, 14), hand=hand)), source)
    assert len(named) <= 4 * 8 / (WINDOW / 2)

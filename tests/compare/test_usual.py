"""What is usual in a clip: shot by shot, what stands and how far it strays."""

import numpy as np
import pytest

from compare.scenes import as_strip, at, encoded, footage
from entirety.compare.usual import LEAST_NOISE, usual
from entirety.model.signature import ACROSS, DOWN


def test_a_new_shot_has_a_usual_of_its_own() -> None:
    one, other = footage(1, at(0, 2), things=0), footage(2, at(0, 3), camera=9, things=0)
    known = usual(as_strip(np.concatenate([one, other])))
    assert known.shot.tolist() == [0] * 20 + [1] * 30
    assert np.array_equal(known.standing.reshape(-1, DOWN, ACROSS), [one[0], other[0]])


@pytest.mark.parametrize("hand", [False, True])
def test_what_moves_is_no_new_shot(hand: bool) -> None:
    assert not usual(as_strip(encoded(footage(1, at(0, 4), hand=hand)))).shot.any()


def test_what_passes_is_not_usual() -> None:
    stands = footage(1, at(0, 3), things=0)
    passed = stands.copy()
    # A few samples for six of thirty pictures: so many that the mean would show them.
    passed[10:16, 9:12, 20:24] += 60
    assert np.array_equal(usual(as_strip(passed)).standing, usual(as_strip(stands)).standing)


def test_the_spread_is_that_of_the_errors_and_never_less_than_rounding() -> None:
    stands = footage(1, at(0, 10), things=0)
    assert usual(as_strip(stands)).spread == pytest.approx(LEAST_NOISE)
    spread = usual(as_strip(encoded(stands, noise=4))).spread
    assert float(np.median(spread)) == pytest.approx(4, abs=0.75)  # whole grey levels

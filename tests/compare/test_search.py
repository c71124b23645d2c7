"""The search: the line on which a stretch lies is among the candidates, whatever its speed."""

import numpy as np
import pytest

from compare.scenes import as_strip, at, encoded, footage
from entirety.compare.search import RATE, changes, lines


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("speed", [0.8, 1.0, 1.25])
def test_the_line_is_named(speed: float, hand: bool) -> None:
    source = as_strip(footage(1, at(0, 20, 10), hand=hand), 10)
    clip = as_strip(encoded(footage(1, 6 + at(0, 5, 10) * speed, hand=hand)), 10)
    best = max(lines(changes(clip, RATE / 2), changes(source, RATE)), key=lambda one: one.weight)
    assert best.at(2.5) == pytest.approx(6 + 2.5 * speed, abs=0.25)
    assert best.slope == pytest.approx(speed, abs=0.06)


def test_stills_and_short_stretches_name_nothing() -> None:
    source = changes(as_strip(footage(1, at(0, 10, 10)), 10), RATE)
    still = as_strip(np.repeat(footage(1, at(0, 0.1, 10)), 40, axis=0), 10)
    short = changes(as_strip(footage(1, at(0, 0.3, 10)), 10), RATE / 2)
    assert not len(short.moments)
    assert lines(short, source) == []
    moving = np.linalg.norm(changes(still, RATE / 2).vectors[:, : source.vectors.shape[1] // 2], axis=1)
    assert not moving.any()

"""Lines laid exactly: to a picture, and to a percent of speed."""

import numpy as np
import pytest

from compare.scenes import as_strip, at, encoded, footage
from entirety.compare.refine import clip_rows, refine, rows_at, settle
from entirety.compare.search import Line


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("speed", [0.8, 1.0, 1.25])
def test_a_rough_line_is_laid_to_a_percent(speed: float, hand: bool) -> None:
    source = as_strip(footage(1, at(0, 16), hand=hand))
    clip = as_strip(encoded(footage(1, 5 + at(0, 5) * speed, hand=hand)))
    rough = Line(speed + 0.03, 5.1 - 0.03 * 2.5, 0, 4.96, 1)
    found = refine(rough, clip, source)
    assert found is not None
    assert found[0].slope == pytest.approx(speed, rel=0.01)
    assert found[0].at(2.5) == pytest.approx(5 + 2.5 * speed, abs=0.04)
    again = settle(found[0], clip, source, [found[1]])
    assert again is not None
    assert again[0].slope == pytest.approx(speed, rel=0.01)


def test_rows_are_those_nearest() -> None:
    one = as_strip(footage(1, at(0, 1, 5)), 5)
    assert rows_at(one, np.array([-1, 0.0, 0.09, 0.11, 0.8, 9])).tolist() == [0, 0, 0, 1, 4, 4]
    assert clip_rows(Line(1, 0, 0.2, 0.6, 1), one, 9).tolist() == [1, 2, 3]
    assert not len(clip_rows(Line(1, 0, 5, 6, 1), one, 9))
    assert refine(Line(1, 0, 5, 6, 1), one, one) is None

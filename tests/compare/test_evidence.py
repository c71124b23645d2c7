"""Evidence: a copy speaks for its place, something else against it, and what stands for none."""

import numpy as np
import pytest

from compare.scenes import Greys, as_strip, as_way, at, captioned, encoded, footage, recording
from entirety.compare.evidence import EVERY, LONG, NEAR, evidence, explained, rival, strangeness
from entirety.compare.geometry import IDENTITY, Warp
from entirety.compare.search import Line
from entirety.compare.strip import Strip

LINE = Line(1, 4, 0, 3.9, 1)


def source(hand: bool = False) -> Strip:
    return as_strip(recording(hand=hand))


def weights(clip: Greys, there: Strip, warp: Warp = IDENTITY, line: Line = LINE) -> list[float]:
    return list(evidence(line, warp, as_way(as_strip(clip)), there, range(len(clip))).weight)


@pytest.mark.parametrize("hand", [False, True])
def test_a_copy_speaks_for_its_place_and_another_time_against_it(hand: bool) -> None:
    assert sum(weights(encoded(recording(hand=hand)[40:80]), source(hand))) > 100
    assert sum(weights(encoded(footage(1, at(60, 64), hand=hand)), source(hand))) < 0


def test_a_standing_scene_speaks_for_no_place() -> None:
    still = footage(1, at(0, 12), things=0)
    said = weights(encoded(still[40:80]), as_strip(encoded(still, seed=8)))
    assert max(said) < 1
    assert -40 < sum(said) < 5


def test_what_moves_in_one_of_both_only_never_speaks_for_the_place() -> None:
    still = footage(1, at(0, 12), things=0)
    assert sum(weights(encoded(still[40:80]), source())) < -100
    assert max(weights(encoded(recording()[40:80]), as_strip(still))) <= 0


def test_only_the_pictures_that_come_from_the_line_speak_for_it() -> None:
    clip = recording()[40:80].copy()
    clip[20:30] = footage(7, at(0, 1), camera=0)
    said = np.array(weights(encoded(clip), source()))
    assert (said[20:30] < 0).all()
    assert said[:20].sum() > 50
    assert said[30:].sum() > 25


def test_pictures_are_counted_from_the_first_that_is_asked() -> None:
    way = as_way(as_strip(encoded(recording()[40:80])))
    whole, part = (evidence(LINE, IDENTITY, way, source(), one) for one in (range(40), range(12, 25)))
    assert (whole.first, part.first) == (0, 12)
    assert part.weight.tolist() == pytest.approx(whole.weight[12:25].tolist())


def test_of_a_long_line_the_ends_and_every_few_pictures_are_weighed() -> None:
    rate, seconds = 5, LONG + 5
    greys = footage(1, at(0, seconds, rate))
    long, clip = as_strip(greys, rate), as_way(as_strip(encoded(greys), rate))
    line = Line(1, 0, 0, float(long.times[-2]), 1)
    asked = evidence(line, IDENTITY, clip, long, range(len(long))).weight != 0
    ends, inner = asked[: int(NEAR * rate)], asked[int(NEAR * rate) : -int(NEAR * rate)]
    assert ends.mean() > 0.9
    assert 0.8 / EVERY < inner.mean() <= 1.1 / EVERY


def test_a_cropped_copy_speaks_for_its_place_only_where_it_lies() -> None:
    clip = encoded(footage(1, at(4, 8), window=(0.05, 0.95, 0.05, 0.95)))
    warp = np.array([[1 / 0.9, 0, -2.61], [0, 1 / 0.9, -1.44]], np.float32)
    assert sum(weights(clip, source(), warp)) > 100
    assert sum(weights(clip, source(), warp)) > 2 * sum(weights(clip, source()))


def test_a_copy_is_explained_and_another_time_is_not() -> None:
    rows = np.arange(0, 40, 3)
    copy, other = as_strip(encoded(recording()[40:80])), as_strip(encoded(footage(1, at(60, 64))))
    assert np.nanmedian(explained(LINE, IDENTITY, copy, source(), rows)) > 0.9
    assert np.nanmedian(explained(LINE, IDENTITY, other, source(), rows)) < 0.5
    still = footage(1, at(0, 12), things=0)
    assert np.isnan(explained(LINE, IDENTITY, as_strip(encoded(still[:40])), as_strip(still), rows)).all()


def test_of_two_lines_the_right_one_disagrees_less() -> None:
    rows, copy = np.arange(40), as_strip(encoded(recording()[40:80]))
    right, wrong = (LINE, IDENTITY), (Line(1, 7, 0, 3.9, 1), IDENTITY)
    assert rival(right, wrong, copy, source(), rows) < 0.2
    assert rival(wrong, right, copy, source(), rows) > 5
    assert rival(right, right, copy, source(), rows) == 1


@pytest.mark.parametrize(("contrast", "level"), [(0.9, 15), (0.5, 70)])
def test_a_copy_is_not_strange_even_with_a_caption_and_another_wall_is(contrast: float, level: float) -> None:
    copy, wall = recording()[40:80], footage(1, at(4, 8), camera=9)
    for clip, low, high in ((copy, 0, 0.1), (captioned(copy), 0, 0.25), (wall, 0.4, 9)):
        shown = as_strip(encoded(clip, contrast=contrast, level=level))
        assert low <= strangeness(LINE, IDENTITY, shown, source()) < high

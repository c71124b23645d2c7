"""The search for a former rhythm: the right one, none where there is none, and nothing that the present encoding makes by itself."""

import numpy as np
import pytest

from detect.clips import make_clip
from detect.rhythms import renewed, rhythm, sizes, twice, uneven
from entirety.detect.former_period import ENOUGH, SHORTEST, former, in_the_scene, strongest
from entirety.detect.former_signals import coded_sizes, deviations, present_period, signals
from entirety.model.time import UNSET


@pytest.mark.parametrize("period", [8, 12, 15, 25, 30, 50, 60, 97])
def test_the_period_is_found_exactly(period: int) -> None:
    found = former(twice(800, period, first=5))
    assert found is not None
    name, comb = found
    assert (name, comb.period, comb.first) == ("renewal", period, 5)
    assert comb.score > ENOUGH


def test_coded_sizes_tell_where_the_picture_does_not() -> None:
    found = former(make_clip(600, group=250, packets=sizes(600, 250, rhythm(600, 25, 3))))
    assert found is not None
    assert (found[0], found[1].period, found[1].first) == ("size", 25, 3)


def test_noise_has_no_rhythm() -> None:
    """The bound on chance: at most one in fifty, here none of sixty."""
    scores = []
    for seed in range(60):
        values = renewed(300, [], seed=seed)
        comb = strongest(deviations(make_clip(300, renewal=values).frames, values), 0)
        scores.append(comb.score if comb is not None else 0.0)
    assert max(scores) < ENOUGH


def test_single_tall_places_are_no_rhythm() -> None:
    """Nine scene changes without order: no comb may take them for teeth."""
    places = [31, 58, 101, 157, 166, 230, 290, 333, 371]
    clip = make_clip(400, renewal=renewed(400, places, 4.0))
    found = former(clip)
    assert found is not None
    assert found[1].score < ENOUGH


def test_what_the_present_group_does_drops_out() -> None:
    """Key frames every 30 and a mended picture ten frames after each: that is this encoding, not another."""
    clip = make_clip(600, group=30, renewal=renewed(600, rhythm(600, 30, 10)))
    found = former(clip)
    assert present_period(clip.frames) == 30
    assert found is not None
    assert found[1].score < ENOUGH


def test_a_former_period_beside_a_present_one_is_found() -> None:
    found = former(twice(900, 25, first=4, group=60))
    assert found is not None
    assert (found[1].period, found[1].first) == (25, 4)


def test_what_bidirectional_pictures_do_drops_out() -> None:
    """P B B P B B: the pictures between are coarser, always in the same places."""
    count, group = 600, 250
    place = np.arange(count) % 3
    kind = np.where(place == 0, 2, 3).astype(np.int8)
    kind[::group] = 1
    level = 0.1 * uneven(count) + np.array([0.0, 0.9, 0.4])[place]
    found = former(make_clip(count, group=group, kind=kind, renewal=np.exp(level).astype(np.float32)))
    assert found is not None
    assert found[1].score < ENOUGH


def test_where_every_picture_stands_alone_a_rhythm_is_still_found() -> None:
    clip = make_clip(
        600, key=np.ones(600, np.bool_), kind=np.ones(600, np.int8), renewal=renewed(600, rhythm(600, 15, 2))
    )
    found = former(clip)
    assert found is not None
    assert (found[1].period, found[1].first) == (15, 2)


def test_nothing_is_said_of_few_frames() -> None:
    for count in (1, 2, SHORTEST, 31):
        assert former(make_clip(count)) is None


def test_a_still_picture_and_missing_measurements_are_no_rhythm() -> None:
    for values in (np.zeros(300, np.float32), np.full(300, 0.05, np.float32)):
        found = former(make_clip(300, renewal=values, packets={"size": np.full(300, 900, np.int64)}))
        assert found is None or found[1].score < ENOUGH


def test_sizes_follow_their_pictures_through_another_decode_order() -> None:
    clip = make_clip(6, packets={"pts": np.array([0, 2, 1, 4, 3, 5]) * 512, "size": np.array([9, 8, 7, 6, 5, 4])})
    assert list(coded_sizes(clip)) == [9, 7, 8, 5, 6, 4]
    unset = make_clip(3, pts=np.array([0, UNSET, 99], np.int64))
    assert list(coded_sizes(unset)[1:]) == [0, 0]


def test_a_scene_with_a_rhythm_is_recognised() -> None:
    light = (110 + uneven(600)).astype(np.float32)
    light[rhythm(600, 30)] += 20
    assert in_the_scene(make_clip(600, group=250, luma=light).frames, 30)
    assert not in_the_scene(make_clip(600, group=250, luma=(110 + uneven(600)).astype(np.float32)).frames, 30)


def test_every_signal_has_a_value_for_each_frame() -> None:
    clip = twice(300, 25)
    for z in signals(clip).values():
        assert len(z) == 300
        assert np.isnan(z[clip.frames.key]).all()

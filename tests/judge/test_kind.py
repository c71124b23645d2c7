"""What kind of file a clip is: coding, pace, and whether software left its name."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import make_clip
from entirety.judge.kind import kind
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.time import UNSET
from judge.test_answer import finding


def timed(pts: "NDArray[np.int64] | list[int]", base: Fraction = Fraction(1, 1000)) -> Clip:
    """A clip whose shown frames have these times in ticks of `base`."""
    clip = make_clip(len(pts), pts=np.asarray(pts, np.int64))
    return replace(clip, streams=tuple(replace(stream, time_base=base) for stream in clip.streams))


def pace(clip: Clip) -> str:
    return kind(clip, []).split(" ")[1]


def test_the_usual_clip() -> None:
    assert kind(make_clip(100), []) == "h264 steady unnamed"


@pytest.mark.parametrize(
    ("weight", "origin"), [(Weight.STRONG, "software"), (Weight.SUPPORTING, "software"), (Weight.NEUTRAL, "unnamed")]
)
def test_software_that_left_its_name(weight: Weight, origin: str) -> None:
    assert kind(make_clip(100), [finding("writer-trace", weight)]).endswith(origin)
    assert kind(make_clip(100), [finding("hard-cut", weight)]).endswith("unnamed")


def test_rounding_to_milliseconds_is_steady() -> None:
    assert pace(timed(np.round(np.arange(200) * 1000 / 30).astype(np.int64))) == "steady"
    assert pace(timed(np.round(np.arange(200) * 1000 / 240).astype(np.int64))) == "steady"


def test_a_cut_and_a_few_lost_pictures_are_steady() -> None:
    pts = np.arange(200) * 40
    pts[100:] += 5000
    pts[150:] += 40
    assert pace(timed(pts)) == "steady"


def test_unusual_steps_all_along_are_variable() -> None:
    steps = np.where(np.arange(199) % 10 == 0, 80, 40)
    assert pace(timed(np.concatenate(([0], np.cumsum(steps))))) == "variable"


def test_lost_pictures_where_a_tick_is_a_whole_step() -> None:
    """AVI counts in pictures: two ticks are two steps, not rounding."""
    steps = np.where(np.arange(199) % 4 == 0, 2, 1)
    assert pace(timed(np.concatenate(([0], np.cumsum(steps))), Fraction(1, 25))) == "variable"
    assert pace(timed(np.arange(200), Fraction(1, 25))) == "steady"


@pytest.mark.parametrize(("rate", "expected"), [(4, "low-rate"), (15, "low-rate"), (16, "steady"), (25, "steady")])
def test_low_rates(rate: int, expected: str) -> None:
    assert pace(timed(np.arange(100) * (90000 // rate), Fraction(1, 90000))) == expected


@pytest.mark.parametrize("pts", [[0], [0, 40], [UNSET] * 5, [7] * 5])
def test_too_few_times_to_tell(pts: list[int]) -> None:
    assert pace(timed(pts)) == "steady"


def test_pictures_without_a_time_and_out_of_order() -> None:
    pts = (np.arange(100) * 40).astype(np.int64)
    pts[50] = UNSET
    pts[[20, 21]] = pts[[21, 20]]
    assert pace(timed(pts)) == "steady"

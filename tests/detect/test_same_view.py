"""A change of size over which the view goes on, told from one at which something else begins."""

from dataclasses import replace

import numpy as np

from detect.clips import BASE, SPS_FACTS, TICKS, make_clip
from entirety.detect import format_change, stream_join
from entirety.detect.same_view import GOES_ON, goes_on
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import ParameterSet


def resized(bits: int = 0, gap: int = 0, contrast: float = 40.0, height: int = 480) -> Clip:
    """320 x 240 before frame 50 and 640 wide from there on, `bits` of the perceptual hash other, `gap` further ticks later."""
    after = np.arange(100) >= 50
    return make_clip(
        100,
        width=np.where(after, 640, 320).astype(np.int32),
        height=np.where(after, height, 240).astype(np.int32),
        phash=np.where(after, (1 << bits) - 1, 0).astype(np.uint64),
        dhash=np.zeros(100, np.uint64),
        pts=np.arange(100, dtype=np.int64) * TICKS + np.where(after, gap, 0),
        contrast=np.full(100, contrast, np.float32),
    )


def weights(clip: Clip) -> list[Weight]:
    return [finding.weight for finding in format_change.CHECK.run(clip)]


def test_the_same_view_in_time_goes_on() -> None:
    assert goes_on(resized().frames, 50)
    assert goes_on(resized(bits=GOES_ON).frames, 50)
    assert BASE * TICKS * 25 == 1


def test_another_view_a_gap_or_an_empty_picture_does_not() -> None:
    assert not goes_on(resized(bits=GOES_ON + 1).frames, 50)
    assert not goes_on(resized(gap=TICKS).frames, 50)
    assert not goes_on(resized(contrast=3.0).frames, 50)
    assert not goes_on(resized().frames, 0)


def test_a_change_of_size_weighs_by_whether_the_view_goes_on() -> None:
    assert weights(resized()) == [Weight.NEUTRAL]
    assert weights(resized(bits=30)) == [Weight.STRONG]
    assert weights(resized(height=360)) == [Weight.STRONG], "another shape is no adaptation to a network"


def with_settings(clip: Clip, **facts: int) -> Clip:
    changed = tuple((name, facts.get(name, value)) for name, value in SPS_FACTS)
    sets = (ParameterSet("sps", 0, -1, b"1", SPS_FACTS), ParameterSet("sps", 0, 50, b"2", changed))
    return replace(clip, headers=make_clip(100, headers={"parameter_sets": sets}).headers)


def test_settings_that_go_with_the_size_are_no_second_sign() -> None:
    (told,) = stream_join.CHECK.run(with_settings(resized(), width=640, height=480))
    assert (told.code, told.weight) == ("parameter-sets", Weight.NEUTRAL)
    assert "go with the new size" in str(told.inference)
    (told,) = stream_join.CHECK.run(with_settings(resized(bits=30), width=640, height=480))
    assert told.weight is Weight.STRONG
    (told,) = stream_join.CHECK.run(with_settings(resized(), width=640, height=480, profile_idc=100))
    assert told.weight is Weight.DIRECT, "another profile does not go with the size"

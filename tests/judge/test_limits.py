"""Each limit is printed where it holds and only there."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detect.clips import make_clip
from entirety.judge.limits import limits
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import SoundHeaders
from judge.test_answer import finding

ORIGIN = frozenset({"writer-trace"})


def ids(clip: Clip, *weights: Weight) -> set[str]:
    return {said.id for said in limits(clip, [finding("writer-trace", weight) for weight in weights], ORIGIN)}


def test_every_file_has_its_two_general_limits() -> None:
    assert {"limit.hash", "limit.cut"} <= ids(make_clip(100))


def test_re_saved() -> None:
    assert "limit.re-saved" in ids(make_clip(100), Weight.STRONG)
    assert "limit.re-saved" not in ids(make_clip(100), Weight.NEUTRAL)


def test_a_service_wrote_the_file() -> None:
    assert "limit.platform" in ids(make_clip(100, track={"handler_name": "Twitter-vork muxer"}))
    assert "limit.platform" not in ids(make_clip(100))


def test_what_was_not_read() -> None:
    assert {"limit.codec", "limit.container"} <= ids(make_clip(100, headers=None, movie=None))
    assert not {"limit.codec", "limit.container", "limit.outer-structure"} & ids(make_clip(100))
    outer = ids(replace(make_clip(100), movie=None))
    assert "limit.outer-structure" in outer
    assert "limit.container" not in outer


def test_sound() -> None:
    assert "limit.silent" in ids(make_clip(100))
    clip = replace(make_clip(100, sound=True), sounds=())
    assert "limit.sound" in ids(clip)
    none: NDArray[np.int64] = np.zeros(0, np.int64)
    read = ids(replace(clip, sounds=(SoundHeaders(1, "aac", none, 48_000, (), (), none),)))
    assert "limit.sound-headers" in read
    assert "limit.sound" not in read


def test_low_rate() -> None:
    clip = make_clip(100)
    slow = replace(clip, frames=replace(clip.frames, time_base=Fraction(1, 2560)))  # five frames a second
    assert "limit.low-rate" in ids(slow)
    assert "limit.low-rate" not in ids(clip)


def test_still_scene() -> None:
    assert "limit.still" in ids(make_clip(100, residual=np.full(100, 0.01, np.float32)))
    assert "limit.still" not in ids(make_clip(100, residual=np.full(100, 3.0, np.float32)))


def test_what_was_cut_off_at_the_ends() -> None:
    assert "limit.ends" in ids(make_clip(100))
    assert "limit.ends" not in ids(make_clip(1))


def test_no_pictures() -> None:
    assert "limit.no-pictures" in ids(make_clip(0))

"""A break weighs less where damage explains it, or where another check tells the same fact."""

from dataclasses import replace

import numpy as np

from detect.clips import make_clip
from entirety.detect.encoder_runs import Break, reverting
from entirety.detect.stream_join_weights import NEAR_DAMAGE, weight_of, with_form
from entirety.model.finding import Weight


def test_a_broken_number_beside_damage_is_a_sign_at_most() -> None:
    clip, broken = make_clip(150), Break("frame-num", 80, "5", "7", number=True)
    assert weight_of(clip, broken) is Weight.STRONG
    for away, weight in ((NEAR_DAMAGE, Weight.SUPPORTING), (NEAR_DAMAGE + 1, Weight.STRONG)):
        corrupt = np.arange(150) == 80 + away
        assert weight_of(replace(clip, frames=replace(clip.frames, corrupt=corrupt)), broken) is weight


def test_a_stated_shape_alone_is_told_by_format_change() -> None:
    clip = make_clip(150)
    shape = Break("parameter-sets", 50, "", "", frozenset({"sequence.aspect_ratio_information"}))
    more = replace(shape, fields=shape.fields | {"sequence.frame_rate_code"})
    assert with_form(clip, shape)
    assert (weight_of(clip, shape), weight_of(clip, more)) == (Weight.NEUTRAL, Weight.DIRECT)


def test_a_content_that_differs_in_a_few_bytes_and_goes_again_is_damage() -> None:
    assert reverting([b"abcd", b"abXd", b"abcd"]) == {1, 2}
    assert reverting([b"abcd", b"WXYZ", b"abcd"]) == set()
    assert reverting([b"abcd", b"abXd", b"abXe"]) == set()
    assert reverting([b"abcd", b"abXd"]) == set()

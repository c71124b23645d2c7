"""Thinning keeps the peaks, whatever the length of the clip."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from detect.clips import make_clip
from entirety.judge.timeline import BINS, MOST_KEYS, thin
from entirety.model.time import UNSET


def test_a_peak_survives_in_its_bin() -> None:
    change = np.full(5000, 0.5, np.float32)
    change[1234] = 9.0
    clip = make_clip(5000, residual=change)
    timeline = thin(clip, Fraction(200))
    assert timeline.bins == BINS == len(timeline.change)
    assert max(timeline.change) == 9.0
    assert timeline.change.index(9.0) == 1234 * BINS // 5000


def test_a_short_clip_has_a_bin_for_two_frames() -> None:
    assert thin(make_clip(10), Fraction(2, 5)).bins == 5


def test_key_frames_are_thinned_and_counted_from_the_first_frame() -> None:
    clip = make_clip(5000, key=np.ones(5000, bool))
    timeline = thin(clip, Fraction(200))
    assert len(timeline.keys) <= MOST_KEYS
    assert timeline.keys[0] == 0


def test_frames_without_a_time_are_left_out() -> None:
    clip = make_clip(100)
    lost = replace(clip, frames=replace(clip.frames, pts=np.full(100, UNSET, np.int64)))
    assert set(thin(lost, Fraction(0)).change) == {0.0}

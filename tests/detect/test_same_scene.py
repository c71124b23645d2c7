"""The border between one view and unlike views."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.clips import make_clip
from detect.views import AT, FINE, FIRST, SECOND, N, bits, cut, mixed
from entirety.detect.same_scene import CHUNK, LIKE, correlations, likeness, same_scene, unlike_views


def test_unlike_views_differ_in_light_and_in_shapes() -> None:
    frames = cut().frames
    assert np.flatnonzero(unlike_views(frames)).tolist() == [AT]
    assert np.flatnonzero(unlike_views(frames, 2)).tolist() == [AT, AT + 1]
    assert not same_scene(frames, AT - 1, AT)
    assert same_scene(frames, AT, AT + 5)


@pytest.mark.parametrize("turned", [0, 4, 9])
def test_a_lamp_leaves_the_shapes(turned: int) -> None:
    frames = cut(phash=bits(turned), dhash=bits(turned)).frames
    assert likeness(frames)[AT] < LIKE
    assert not unlike_views(frames).any()
    assert same_scene(frames, AT - 1, AT)


def test_people_who_moved_leave_the_light() -> None:
    share = np.where(np.arange(N) >= AT, 0.25, 0.0)
    frames = mixed(share, phash=bits(30), dhash=bits(30)).frames
    assert not unlike_views(frames).any()
    assert same_scene(frames, AT - 1, AT)


def test_brightness_and_contrast_as_a_whole_do_not_count() -> None:
    one = np.rint(FIRST * FINE).astype(np.uint16)[None]
    other = np.rint((40 + 0.5 * FIRST) * FINE).astype(np.uint16)[None]
    assert correlations(one, other)[0] == pytest.approx(1, abs=1e-3)


def test_bars_are_no_likeness() -> None:
    barred = [np.where(np.repeat(np.arange(9), 16) % 8 < 2, 0, view) for view in (FIRST + 60, SECOND + 60)]
    one, other = (np.rint(view * FINE).astype(np.uint16)[None] for view in barred)
    assert np.corrcoef(barred[0], barred[1])[0, 1] > 0.6
    assert correlations(one, other)[0] < 0.3


def test_empty_pictures_are_not_told_apart() -> None:
    frames = cut(contrast=np.full(N, 1, np.float32)).frames
    assert not unlike_views(frames).any()
    assert same_scene(frames, AT - 1, AT)
    even = np.full((1, 144), 100 * FINE, np.uint16)
    assert correlations(even, np.rint(FIRST * FINE).astype(np.uint16)[None]).tolist() == [1]


def test_the_border_agrees_with_itself_over_parts_of_a_long_film() -> None:
    n = CHUNK + 40
    frames = cut(CHUNK + 1, n).frames
    assert np.flatnonzero(unlike_views(frames)).tolist() == [CHUNK + 1]


def test_few_pictures_are_looked_at() -> None:
    for n in (0, 1, 2):
        assert not unlike_views(make_clip(n).frames).any()


@given(st.integers(0, 2**32 - 1))
def test_both_ways_of_asking_agree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {
        "view": rng.integers(0, 65_536, (12, 144)).astype(np.uint16),
        "phash": rng.integers(0, 2**20, 12).astype(np.uint64),
        "dhash": rng.integers(0, 2**20, 12).astype(np.uint64),
    }
    frames = make_clip(12, **columns).frames
    asked = [not same_scene(frames, row - 1, row) for row in range(1, 12)]
    assert unlike_views(frames)[1:].tolist() == asked

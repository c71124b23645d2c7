"""Shots of a clip: what lies between breaks to another view and gradual transitions."""

from itertools import pairwise

import numpy as np
import pytest

from detect.clips import make_clip, ripple
from detect.views import AT, N, bits, cut, mixed, shares
from entirety.detect.shots import Shot, shots


def test_a_steady_clip_is_one_shot() -> None:
    assert shots(make_clip(N)) == (Shot(0, N - 1, "end"),)
    assert shots(make_clip(1)) == (Shot(0, 0, "end"),)
    assert shots(make_clip(0)) == ()


def test_a_cut_ends_a_shot() -> None:
    first, second = shots(cut())
    assert first == Shot(0, AT - 1, "hard-cut")
    assert second == Shot(AT, N - 1, "end")
    assert (len(first), len(second)) == (AT, N - AT)


def test_the_pictures_of_a_dissolve_belong_to_no_shot() -> None:
    first, second = shots(mixed(shares(N, 90, 20)))
    assert (first.ended_by, second.ended_by) == ("gradual-transition", "end")
    assert first.transition is not None
    start, end = first.transition
    assert (first.last, second.first) == (start - 1, end + 1)
    assert start == pytest.approx(90, abs=6)
    assert end == pytest.approx(110, abs=6)


def test_cuts_and_dissolves_together() -> None:
    share = shares(300, 90, 20)
    share[200:] = 0
    assert [shot.ended_by for shot in shots(mixed(share))] == ["gradual-transition", "hard-cut", "end"]


def test_a_fade_at_the_beginning_leaves_no_shot_before_it() -> None:
    up = np.clip(np.arange(N) / 20, 0, 1)
    whole = mixed(np.zeros(N)).frames
    view = np.rint(whole.view * up[:, None] + 16 * 256 * (1 - up[:, None])).astype(np.uint16)
    (shot,) = shots(mixed(np.zeros(N), view=view, contrast=(whole.contrast * up).astype(np.float32)))
    assert shot.ended_by == "end"
    assert shot.first == pytest.approx(20, abs=4)


def test_what_a_lamp_may_have_done_separates_no_shots() -> None:
    luma = ripple(N, 110, 1) + np.where(np.arange(N) >= AT, 40, 0).astype(np.float32)
    assert len(shots(cut(luma=luma, phash=bits(12), dhash=bits(12)))) == 1


def test_damage_separates_no_shots() -> None:
    assert len(shots(cut(corrupt=np.isin(np.arange(N), [AT])))) == 1


def test_appended_footage_that_cannot_be_decoded_is_one_shot() -> None:
    """Its settings are not in the file: whatever breaks its damaged pictures show are none of its own."""
    clip = cut(corrupt=np.arange(N) >= 75)
    assert clip.frames.key[75]
    assert AT > 75
    assert shots(clip) == (Shot(0, 74, "stream-join"), Shot(75, N - 1, "end"))


@pytest.mark.parametrize("n", [2, 3, 5, 40])
def test_shots_cover_the_clip_in_order(n: int) -> None:
    share = (np.arange(n) // 7 % 2).astype(np.float64)
    found = shots(mixed(share))
    assert (found[0].first, found[-1].last) == (0, n - 1)
    assert all(one.last + 1 == other.first for one, other in pairwise(found))

"""moved_on: one view, shifted by no more than the camera can have gone meanwhile."""

from typing import Any

import numpy as np
import pytest

from detect.views import AT, FINE, FIRST, HASH, OTHER, N, cut, mixed
from entirety.detect.moved_on import moved_on
from entirety.model.clip import Clip

SCENE = 110 + 40 * np.random.default_rng(3).standard_normal((9, 60))


def turned(across: int, *, speed: float = 0.0, down: int = 0) -> Clip:
    """From AT on the view lies so many blocks further in a wide scene; before and after the camera turns at a speed, samples a picture."""
    views = [SCENE[:, 20:36], np.roll(SCENE, down, axis=0)[:, 20 + across : 36 + across]]
    second = np.arange(N) >= AT
    hashes = np.where(second, OTHER, HASH).astype(np.uint64)
    view = np.stack([views[int(late)].clip(0, 255).ravel() for late in second]) * FINE
    motion = np.zeros((N, 144, 2), np.int8)
    motion[:, :, 0] = round(-4 * speed)
    columns: dict[str, Any] = {"phash": hashes, "dhash": hashes.copy(), "motion": motion}
    return mixed(np.zeros(N), view=np.rint(view).astype(np.uint16), **columns)


def test_one_view_is_that_view() -> None:
    assert moved_on(mixed(np.zeros(N)).frames, AT - 15, AT + 15)


def test_another_view_is_not() -> None:
    assert not moved_on(cut().frames, AT - 15, AT + 15)


@pytest.mark.parametrize("down", [-1, 0, 1])
def test_a_hand_moves_the_view_by_a_block(down: int) -> None:
    assert moved_on(turned(1, down=down).frames, AT - 15, AT + 15)


@pytest.mark.parametrize(("across", "same"), [(2, True), (3, True), (4, False)])
def test_a_camera_that_turns_gets_as_far_as_its_speed_takes_it(across: int, same: bool) -> None:
    """A sample a picture, 30 pictures: three blocks of ten samples."""
    assert moved_on(turned(across, speed=1).frames, AT - 15, AT + 15) is same


def test_time_taken_out_takes_it_further() -> None:
    assert not moved_on(turned(2).frames, AT - 15, AT + 15)


def test_however_fast_it_turns_a_third_of_the_picture_is_the_most() -> None:
    assert moved_on(turned(5, speed=20).frames, AT - 15, AT + 15)
    assert not moved_on(turned(6, speed=20).frames, AT - 15, AT + 15)


def test_a_view_without_light_and_shade_may_be_any() -> None:
    even = np.where((np.arange(N) >= AT)[:, None], 90.0, FIRST) * FINE
    assert moved_on(cut(view=np.rint(even).astype(np.uint16)).frames, AT - 15, AT + 15)


@pytest.mark.parametrize(("before", "after"), [(0, N - 1), (0, 1), (N - 2, N - 1)])
def test_the_ends_of_the_clip_have_fewer_neighbours(before: int, after: int) -> None:
    assert isinstance(moved_on(cut().frames, before, after), bool)

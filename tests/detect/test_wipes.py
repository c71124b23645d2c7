"""wipes: a line along which the parts of the picture are made anew, whatever moves on either side of it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from detect.views import AT, FINE, N, cut, mixed, shares
from entirety.detect.wipe_lines import lines
from entirety.detect.wipes import passes, wipes
from entirety.model.clip import Clip

COLUMN, LINE = np.tile(np.arange(16), 9), np.repeat(np.arange(9), 16)
PLACES = {"left": 15 - COLUMN, "right": COLUMN, "up": 8 - LINE, "down": LINE}


def wiped(length: int, place: NDArray[np.int64] = COLUMN, *, moving: float = 0.0) -> Clip:
    """Each part turns while the line is in it, the last `length` pictures after the first; all parts go up and down meanwhile."""
    within = max(1, length / len(np.unique(place)))
    times = AT - length / 2 + (length - within) * place / place.max()
    share = np.clip((np.arange(N)[:, None] - times) / within, 0, 1)
    clip = mixed(share)
    sway = moving * np.sin(np.arange(N)[:, None] / 9 + np.arange(144) % 7)
    view = np.clip(clip.frames.view / FINE + sway, 0, 255) * FINE
    return mixed(share, view=np.rint(view).astype(np.uint16))


@pytest.mark.parametrize(
    ("length", "way"), [*((length, way) for length in (8, 15, 30) for way in PLACES), (60, "left"), (60, "right")]
)
def test_a_line_is_found_to_the_picture_in_every_direction(length: int, way: str) -> None:
    (found,) = wipes(wiped(length, PLACES[way]).frames)
    assert found.first == pytest.approx(AT - length / 2, abs=4)
    assert found.last == pytest.approx(AT + length / 2, abs=5)
    assert found.on_line > 0.95


def test_views_that_move_hide_no_line() -> None:
    (found,) = wipes(wiped(30, moving=12).frames)
    assert found.on_line > 0.85


def test_parts_that_turn_in_no_order_are_no_wipe() -> None:
    place = np.random.default_rng(5).permutation(144)
    assert list(wipes(wiped(30, place).frames)) == []


def test_cuts_and_dissolves_are_no_wipes() -> None:
    assert list(wipes(cut().frames)) == []
    assert list(wipes(mixed(shares(N, AT - 15, 30)).frames)) == []


def test_a_line_over_one_and_the_same_view_is_no_wipe() -> None:
    """A shadow that crosses the scene: each part is dark for a moment, one after the other."""
    times = AT - 15 + 2 * COLUMN
    dark = (np.abs(np.arange(N)[:, None] - times) <= 1) * 60
    view = np.clip(mixed(np.zeros(N)).frames.view / FINE - dark, 0, 255) * FINE
    clip = mixed(np.zeros(N), view=np.rint(view).astype(np.uint16))
    assert list(lines(clip.frames))
    assert list(wipes(clip.frames)) == []


def test_a_line_that_takes_three_pictures_is_too_quick_to_be_one() -> None:
    assert list(wipes(wiped(3).frames)) == []


def test_two_wipes_are_two() -> None:
    first, second = (np.clip(np.arange(N)[:, None] - at - 2 * COLUMN, 0, 1) for at in (40, 130))
    assert [found.first for found in wipes(mixed(first - second).frames)] == pytest.approx([40, 130], abs=4)


def test_what_moves_with_the_line_passes() -> None:
    (still,) = wipes(wiped(32).frames)
    assert not passes(wiped(32).frames, still)
    frames = wiped(32).frames
    frames.motion[AT - 16 : AT + 20, :, 0] = 4 * 160 // 32
    (moved,) = wipes(frames)
    assert moved.drift == pytest.approx(1, abs=0.2)
    assert passes(frames, moved)


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_the_shortest_clips_have_none(n: int) -> None:
    assert list(wipes(mixed(shares(n, 1, 4)).frames)) == []

"""The model of how a file counts its time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip
from entirety.detect.rate_model import WORDS, Name, RateModel, off_grid, rate_model
from entirety.detect.steps import restarts, steps

PLAIN = np.full(300, TICKS, np.int64)


def model(ticks: NDArray[np.int64]) -> RateModel:
    times = np.concatenate([[0], np.cumsum(ticks)]).astype(np.int64)
    clip = make_clip(len(times), packets={"pts": times, "dts": times})
    habit = steps(clip, 0, restarts(clip.packets, clip.container))
    assert habit is not None
    return rate_model(habit)


def at(rows: list[int], ticks: float) -> NDArray[np.int64]:
    made = PLAIN.copy()
    made[rows] = int(ticks)
    return made


FILES: list[tuple[Name, NDArray[np.int64]]] = [
    ("constant", PLAIN),
    ("constant", at([100], 50 * TICKS)),
    ("constant", at([100, 200], 1.7 * TICKS)),
    ("constant", at([100, 101, 102, 103], 0.1 * TICKS)),
    ("rounded", np.diff(np.round(np.arange(301) * 12_800 / 29.97 / 12).astype(np.int64) * 12)),
    ("motion-triggered", at([40, 80, 120, 160], 90 * TICKS)),
    ("dropping", at(list(range(5, 300, 9)), 2 * TICKS)),
    ("low-light", at(list(range(120, 260)), 2 * TICKS)),
    ("low-light", at(list(range(40, 260)), 2 * TICKS)),
    ("variable", PLAIN + np.arange(300) * 7919 % 200),
    ("counted", np.full(300, 3, np.int64)),
]


@pytest.mark.parametrize(("name", "ticks"), FILES)
def test_each_model_by_its_steps(name: Name, ticks: NDArray[np.int64]) -> None:
    found = model(ticks)
    assert found.name == name
    assert found.words == WORDS[name]
    assert found.whole == (name in ("constant", "rounded", "motion-triggered", "dropping"))


def test_every_model_is_met() -> None:
    assert {name for name, _ in FILES} == set(WORDS)


def test_the_step_is_finer_than_a_tick() -> None:
    ticks = np.diff(np.round(np.arange(301) * 12_800 / 29.97)).astype(np.int64)
    assert abs(model(ticks).step - 12_800 / 29.97) < 0.01


def test_the_nearest_whole_step_is_one_at_least() -> None:
    assert off_grid(np.array([0, 60, 100, 170, 320]), 100.0).tolist() == [-100, -40, 0, -30, 20]


@given(st.lists(st.integers(0, 2**40), min_size=9, max_size=60))
def test_any_steps_have_a_model(ticks: list[int]) -> None:
    times = np.concatenate([[0], np.cumsum(ticks)]).astype(np.int64)
    clip = make_clip(len(times), packets={"pts": times, "dts": times})
    habit = steps(clip, 0, restarts(clip.packets, clip.container))
    if habit is not None:
        found = rate_model(habit)
        assert 0 <= found.kept <= 1
        assert found.step > 0

"""Jumps of a former rhythm: found where frames are missing, silent where the rhythm goes on or is not there."""

import numpy as np
import pytest

from detect.rhythms import cut, renewed, rhythm, twice
from entirety.detect.former_signals import signals
from entirety.detect.phase_jumps import MARGIN, phase_jumps


@pytest.mark.parametrize("removed", [2, 6, 14, 25, 40])
def test_a_removal_is_found_with_its_size(removed: int) -> None:
    (jump,) = phase_jumps(signals(cut(removed))["renewal"], 0)
    assert (jump.period, jump.shift) == (30, removed % 30)
    assert jump.before < 290 <= jump.after
    # The margin on both sides, and less than two periods between the last place of the one and the first of the other.
    assert jump.after - jump.before < (2 * MARGIN + 2) * 30


def test_whole_periods_leave_no_trace() -> None:
    assert phase_jumps(signals(cut(60))["renewal"], 0) == []


def test_a_jump_by_one_frame_says_nothing() -> None:
    assert phase_jumps(signals(cut(1))["renewal"], 0) == []


def test_two_removals_are_two_jumps() -> None:
    count, period = 900, 25
    places = np.concatenate([rhythm(300, period), rhythm(600, period, 307), rhythm(count, period, 615)])
    clip = twice(count, period, renewal=renewed(count, places))
    first, second = phase_jumps(signals(clip)["renewal"], 0)
    assert first.before < 307 <= first.after
    assert second.before < 615 <= second.after


@pytest.mark.parametrize("seed", range(10))
def test_a_rhythm_that_goes_on_does_not_jump(seed: int) -> None:
    clip = twice(600, 30, renewal=renewed(600, rhythm(600, 30, 7), seed=seed))
    assert phase_jumps(signals(clip)["renewal"], 0) == []


def test_a_rhythm_that_fades_does_not_jump() -> None:
    clip = twice(600, 30, renewal=renewed(600, rhythm(300, 30, 7)))
    assert phase_jumps(signals(clip)["renewal"], 0) == []


def test_noise_does_not_jump() -> None:
    for seed in range(20):
        clip = twice(600, 30, renewal=renewed(600, [], seed=seed))
        assert phase_jumps(signals(clip)["renewal"], 0) == []
    assert phase_jumps(np.full(500, np.nan), 0) == []
    assert phase_jumps(np.zeros(0), 0) == []

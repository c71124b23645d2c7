"""How one file counts its pictures: the model against which every step of its clock is held, named beside each finding.

A fixed clock gives equal steps; rounding to milliseconds makes them tremble; a camera that drops pictures leaves whole multiples of its step;
in low light steps double; a recorder that waits for movement pauses. A step is odd only where the file's own model does not give it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entirety.detect.spans import AHEAD, runs
from entirety.detect.steps import FEWEST, STEADY, Steps

Name = Literal["constant", "rounded", "counted", "motion-triggered", "dropping", "low-light", "variable"]

WORDS: dict[Name, str] = {
    "constant": "even: apart from single places, steps differ by no more than the smallest unit in which the file counts",
    "rounded": "even, with times rounded to about a millisecond",
    "counted": "counted: the smallest unit in which the file counts is hardly finer than its pictures",
    "motion-triggered": "even, with many pauses",
    "dropping": "whole multiples of one step",
    "low-light": "single and double steps, in stretches",
    "variable": "variable",
}
"""What is measured and no more; what may cause it stands among the explanations."""
COARSE = 4
"""Ticks in a step up to which steps are counts of ticks, and nothing finer can be read off them."""
TOGETHER = 1
"""Seconds within which odd steps are one place: a join shifts the pictures that are shown around it, and no more."""
DOUBLED = 0.9
"""Share of steps that must be single or double for low light: chosen; the rest are the steps in which a camera changes over."""


@dataclass(frozen=True, slots=True)
class RateModel:
    """What the steps of one stream keep to."""

    name: Name
    step: float
    """Mean of the steps that equal the usual one, ticks: finer than any single step of a rounded clock."""
    kept: float
    """Share of all steps, pauses aside, that are as this model says."""

    @property
    def whole(self) -> bool:
        """Steps are multiples of one step, so that any other is an exception."""
        return self.name in ("constant", "rounded", "motion-triggered", "dropping")

    @property
    def words(self) -> str:
        """As it is printed beside a finding."""
        return WORDS[self.name]


def rate_model(habit: Steps) -> RateModel:
    """The model that fits; `variable` where no other does."""
    kept = np.ones(len(habit.ticks), np.bool_)
    kept[habit.pauses()] = False
    off = np.abs(habit.ticks - habit.usual)
    equal = habit.ticks[kept & (off <= habit.tolerance)]
    step = float(equal.mean()) if len(equal) else float(habit.usual)
    if habit.usual <= COARSE:
        return RateModel("counted", step, _share(habit, kept, off <= habit.tolerance))
    tests: dict[Name, NDArray[np.bool_]] = {
        "constant": off <= 1,
        "rounded": off <= habit.tolerance,
        "dropping": np.abs(off_grid(habit.ticks, step)) <= habit.tolerance,
    }
    doubled = _doubled(habit.ticks[kept], habit)
    for name, test in tests.items():
        if name == "dropping" and doubled >= DOUBLED:
            return RateModel("low-light", step, doubled)
        share = _share(habit, kept, test)
        if share >= STEADY:
            pausing = name != "dropping" and len(habit.pauses()) > habit.few_pauses
            return RateModel("motion-triggered" if pausing else name, step, share)
    return RateModel("variable", step, _share(habit, kept, tests["rounded"]))


def places(habit: Steps, odd: Sequence[int]) -> list[list[int]]:
    """Odd steps, in order, those within TOGETHER of the first one of their place together."""
    found: list[list[int]] = []
    for k in odd:
        if found and (int(habit.times[k]) - int(habit.times[found[-1][0]])) * habit.base <= TOGETHER:
            found[-1].append(k)
        else:
            found.append([k])
    return found


def _share(habit: Steps, kept: NDArray[np.bool_], passed: NDArray[np.bool_]) -> float:
    """Share of the steps that pass, pauses aside; steps around a few single places are left aside too, however short the clip is."""
    odd = np.flatnonzero(kept & ~passed)
    # As far as decoding runs ahead of showing reaches what a join shifts: so many odd steps are one place at most.
    few = 0 < len(odd) <= habit.few_pauses * AHEAD and len(odd) * FEWEST <= int(kept.sum())
    if few and len(places(habit, odd.tolist())) <= habit.few_pauses:
        return 1.0
    return float(np.mean(passed[kept])) if kept.any() else 0.0


def off_grid(ticks: NDArray[np.int64], step: float) -> NDArray[np.float64]:
    """Ticks from each step to the nearest whole multiple of `step`, one at least."""
    return np.asarray(ticks - np.maximum(1, np.round(ticks / step)) * step, np.float64)


def _doubled(others: NDArray[np.int64], habit: Steps) -> float:
    """Share of single and double steps, where both come in stretches; 0 where they do not."""
    # Where more than half of the film is dark the usual step is the double one.
    halves = int((np.abs(2 * others - habit.usual) <= 2 * habit.tolerance).sum())
    single = habit.usual / 2 if halves >= FEWEST else float(habit.usual)
    double = np.abs(others - 2 * single) <= habit.tolerance + single / COARSE
    simple = np.abs(others - single) <= habit.tolerance
    stretches = len(runs(double))
    if int(double.sum()) < FEWEST * max(1, stretches):
        return 0.0
    return float(np.mean(double | simple))

"""robust_z: the same as the plain definition, whatever the length, the gaps and the outliers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from entirety.detect.statistics import CHUNK, FEWEST, NORMAL, robust_z

FLOOR = 0.2887
"""1/sqrt(12): what rounding to whole grey levels scatters by."""


def plain(values: NDArray[np.float64], half: int, guard: int, floor: float) -> list[float]:
    """The definition, one row at a time."""
    out = []
    for k, value in enumerate(values):
        near = [
            values[j]
            for j in range(max(0, k - half), min(len(values), k + half + 1))
            if abs(j - k) > guard and np.isfinite(values[j])
        ]
        if len(near) < FEWEST or not np.isfinite(value):
            out.append(0.0)
            continue
        middle = np.median(near)
        scale = NORMAL * np.median(np.abs(np.array(near) - middle))
        out.append(float((value - middle) / max(scale, floor)))
    return out


@given(
    arrays(np.float64, st.integers(0, 60), elements=st.floats(-100, 100) | st.just(float("nan"))),
    st.integers(2, 16),
    st.integers(0, 1),
)
def test_equals_the_definition(values: NDArray[np.float64], half: int, guard: int) -> None:
    assert robust_z(values, half, guard, floor=0.5) == pytest.approx(plain(values, half, guard, 0.5), abs=1e-9)


def test_one_step_stands_out_and_does_not_hide_itself() -> None:
    values = np.tile([1.0, 2.0, 3.0, 2.0], 20)
    values[40] = 50.0
    z = robust_z(values, floor=FLOOR)
    assert z.argmax() == 40
    assert z[40] > 30
    assert np.delete(z, 40).max() < 3


def test_a_still_scene_is_divided_by_the_floor_and_not_by_zero() -> None:
    values = np.zeros(40)
    values[20] = 1.0
    assert robust_z(values, floor=0.5)[20] == 2.0


def test_chunks_join_without_a_seam() -> None:
    values = np.random.default_rng(1).normal(size=CHUNK + 40)
    whole, tail = robust_z(values, floor=FLOOR), robust_z(values[CHUNK - 40 :], floor=FLOOR)
    assert whole[CHUNK - 10 :] == pytest.approx(tail[30:])


@pytest.mark.parametrize(("half", "guard", "floor"), [(1, 1, 1.0), (15, -1, 1.0), (15, 1, 0.0)])
def test_refuses_a_window_that_holds_nothing(half: int, guard: int, floor: float) -> None:
    with pytest.raises(ValueError, match="window"):
        robust_z(np.zeros(5), half, guard, floor=floor)

"""Rows of runs at an even pace, and what is none."""

import numpy as np
import pytest

from entirety.compare.cadence import even_rows
from entirety.compare.runs import equal_runs

RECORDING = np.arange(300, dtype=np.int64)


@pytest.mark.parametrize(
    "shown",
    [
        [n for n in range(300) if n % 5],
        [shown for n in range(300) for shown in ([n, n] if n % 4 == 0 else [n])],
        list(range(0, 300, 2)),
        list(range(299, 0, -2)),
    ],
)
def test_an_even_pace_is_one_row(shown: list[int]) -> None:
    rows = list(even_rows(equal_runs(np.array(shown, np.int64), RECORDING)))
    assert len(rows) == 1
    assert np.array_equal(RECORDING[rows[0].source], np.array(shown)[rows[0].clip])
    assert len(rows[0]) >= len(shown) - 5


@pytest.mark.parametrize(
    "shown",
    [
        list(range(300)),
        [n for n in range(300) if n not in {40, 90, 200, 230}],
        [n for n in range(300) if n % 50 > 9],
    ],
)
def test_cuts_are_no_pace(shown: list[int]) -> None:
    assert list(even_rows(equal_runs(np.array(shown, np.int64), RECORDING))) == []

"""The choice of lines, checked by hand and for any evidence."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.compare.align import NONE, align
from entirety.compare.evidence import Evidence


def _along(first: int, weights: list[float]) -> Evidence:
    return Evidence(first, np.array(weights))


def test_the_likeliest_path_is_taken() -> None:
    # 20 + 20 - 5 + 20 on line 0 beats leaving it for one picture at 12 each way; line 1 pays its price of 12 once.
    runs = align([_along(0, [20, 20, -5, 20, 0, 0, 0]), _along(4, [20, 20, 20])], 0, 7)
    assert [(one.line, one.first, one.end, one.weight) for one in runs] == [(0, 0, 4, 55), (1, 4, 7, 60)]


def test_a_line_that_is_not_worth_its_price_is_left() -> None:
    assert align([_along(0, [5, 5, 1])], 0, 3) == []
    assert [(one.first, one.end) for one in align([_along(0, [5, 5, 3])], 0, 3)] == [(0, 3)]
    assert align([], 0, 3) == []


def test_a_boundary_in_pictures_that_say_nothing_is_uncertain() -> None:
    (run,) = align([_along(0, [20, 20, 0, 0, -20, -20])], 0, 6)
    assert run.first == 0
    assert 2 <= run.end <= 4
    assert run.uncertainty == 2


WEIGHTS = st.lists(st.integers(-40, 40).map(float), max_size=25)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), WEIGHTS), max_size=4), st.integers(0, 20), st.integers(1, 20))
def test_runs_lie_in_the_range_in_order_and_apart(
    lines: list[tuple[int, list[float]]], first: int, length: int
) -> None:
    runs = align([_along(*one) for one in lines], first, first + length)
    ends = [first, *(bound for run in runs for bound in (run.first, run.end)), first + length]
    assert ends == sorted(ends)
    for run in runs:
        assert run.first < run.end
        assert 0 <= run.line < len(lines)
        assert run.line != NONE
        begin, weights = lines[run.line]
        assert begin <= run.first
        assert run.end <= begin + len(weights)
        assert run.weight > 0
        assert run.uncertainty >= 0

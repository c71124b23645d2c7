"""The choice of lines, checked by hand and for any evidence."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.compare.align import CHANGE, NONE, align
from entirety.compare.evidence import Evidence


def _along(first: int, weights: Sequence[float]) -> Evidence:
    return Evidence(first, np.array(weights))


def test_the_likeliest_path_is_taken() -> None:
    # 20 + 20 - 5 + 20 on line 0 beats leaving it for one picture at 12 each way; line 1 pays its price of 12 once.
    runs = align([_along(0, [20, 20, -5, 20, 0, 0, 0]), _along(4, [20, 20, 20])], 0, 7)
    assert [(one.line, one.first, one.end, one.weight) for one in runs] == [(0, 0, 4, 55), (1, 4, 7, 60)]


def test_a_line_that_is_not_worth_its_price_is_left() -> None:
    assert align([_along(0, [5, 5, 1])], 0, 3) == []
    assert [(one.first, one.end) for one in align([_along(0, [5, 5, 3])], 0, 3)] == [(0, 3)]
    assert align([], 0, 3) == []


def test_pictures_that_speak_for_no_line_are_given_to_none() -> None:
    runs = align([_along(0, [10] * 4 + [-8] * 4 + [10] * 4)], 0, 12)
    # The same line twice: a piece that is repeated, or goes on behind something else.
    assert [(one.line, one.first, one.end) for one in runs] == [(0, 0, 4), (0, 8, 12)]


def test_two_lines_in_either_order_and_one_of_them_twice() -> None:
    one, other = [9] * 5 + [-9] * 5 + [9] * 5, [-9] * 5 + [9] * 5 + [-9] * 5
    runs = align([_along(0, one), _along(0, other)], 0, 15)
    assert [(one.line, one.first, one.end) for one in runs] == [(0, 0, 5), (1, 5, 10), (0, 10, 15)]


def test_passing_from_one_line_to_the_next_is_paid_once() -> None:
    first = [10.0] * 4 + [0.0] * 4
    for gain, lines in ((CHANGE / 4 - 0.1, [0]), (CHANGE / 4 + 0.1, [0, 1])):
        runs = align([_along(0, first), _along(0, [0.0] * 4 + [gain] * 4)], 0, 8)
        assert [one.line for one in runs] == lines


def test_evidence_outside_the_range_does_not_count() -> None:
    (run,) = align([_along(0, [50] * 30)], 10, 20)
    assert (run.first, run.end, run.weight, run.uncertainty) == (10, 20, 500, 0)
    assert align([_along(25, [50] * 30)], 10, 20) == []


def test_a_clear_boundary_is_certain() -> None:
    (run,) = align([_along(0, [20, 20, 20, -20, -20, -20])], 0, 6)
    assert (run.end, run.uncertainty) == (3, 0)


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

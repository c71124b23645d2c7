"""Pairs of equal pictures become pieces on straight lines of time."""

from fractions import Fraction

import numpy as np
import pytest

from compare.signatures import signature
from entirety.compare.lines import Pairs, pieces, simplest, speed
from entirety.model.coverage import Layer


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        ("1/3", "1/2", "1/2"),
        ("5/4", "5/4", "5/4"),
        ("124/100", "126/100", "5/4"),
        ("79/100", "81/100", "4/5"),
        ("3", "4", "3"),
    ],
)
def test_the_simplest_fraction(least: str, most: str, expected: str) -> None:
    assert simplest(Fraction(least), Fraction(most)) == Fraction(expected)


def test_rounded_times_do_not_change_the_speed() -> None:
    tick = (Fraction(1, 1000), Fraction(1, 90000))
    assert speed(Fraction(4001, 1000), Fraction(4), tick) == 1
    assert speed(Fraction(3201, 1000), Fraction(4), tick) == Fraction(5, 4)
    assert speed(Fraction(0), Fraction(0), tick) == 1


def test_a_change_of_speed_ends_a_piece() -> None:
    source = signature(range(1, 101), name="source.mp4")
    ticks = [2 * n for n in range(50)] + [100 + 4 * n for n in range(50)]
    clip = signature(range(1, 101), pts=ticks, time_base=Fraction(1, 50), last=4)
    pairs = Pairs(np.arange(100), np.arange(100))
    first, second = pieces(clip, source, pairs, Layer.FRAMES)
    assert (first.clip_first, first.clip_end, first.speed) == (0, 50, Fraction(1))
    assert (second.clip_first, second.clip_end, second.speed) == (50, 100, Fraction(1, 2))


def test_a_leap_in_time_ends_a_piece() -> None:
    source = signature(range(1, 101), name="source.mp4")
    clip = signature(range(1, 101), pts=[*range(40), *range(60, 120)])
    pairs = Pairs(np.arange(100), np.arange(100))
    ranges = [(piece.clip_first, piece.clip_end, piece.speed) for piece in pieces(clip, source, pairs, Layer.FRAMES)]
    assert ranges == [(0, 40, Fraction(1)), (40, 100, Fraction(1))]

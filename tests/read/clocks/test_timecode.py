"""Time codes become counts of pictures, which go on evenly whatever the counting."""

from fractions import Fraction

import numpy as np

from entirety.model.headers import EmbeddedClock
from entirety.read.clocks.timecode import Timecodes

NTSC = Fraction(30_000, 1_001)


def clock(codes: list[tuple[int, int]], rate: Fraction, *, drops: bool = False) -> EmbeddedClock:
    kept = Timecodes()
    for row, (seconds, frames) in enumerate(codes):
        kept.take(row, seconds, frames, drops=drops)
    return kept.clock("test", 0, rate)


def test_plain_code() -> None:
    read = clock([(59, 24), (60, 0), (60, 1)], Fraction(25))
    assert (read.base, read.daily, read.stated.tolist()) == (Fraction(1, 25), True, [1499, 1500, 1501])


def test_left_out_numbers_leave_no_gap() -> None:
    assert np.diff(clock([(59, 29), (60, 2), (60, 3)], NTSC, drops=True).stated).tolist() == [1, 1]
    assert np.diff(clock([(599, 29), (600, 0)], NTSC, drops=True).stated).tolist() == [1]


def test_counted_numbers_leave_no_gap_either() -> None:
    assert np.diff(clock([(59, 29), (60, 0)], NTSC).stated).tolist() == [1]


def test_pictures_counted_in_pairs() -> None:
    codes = [(s, f) for s in range(3) for f in range(25) for _ in range(2)]
    read = clock(codes, Fraction(50))
    assert read.base == Fraction(1, 25)
    assert read.stated.tolist() == [k // 2 for k in range(150)]


def test_without_pictures_seconds_are_the_unit() -> None:
    assert clock([(5, 0), (6, 0)], Fraction(25)).base == 1
    assert clock([(5, 3), (6, 4)], Fraction(0)).base == 1

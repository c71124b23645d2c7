from datetime import UTC, datetime

import pytest

from entirety.read.clocks.moments import bcd, moment, of_day


def test_counts_from_1970() -> None:
    assert moment((2019, 5, 6), (18, 15, 7)) == int(datetime(2019, 5, 6, 18, 15, 7, tzinfo=UTC).timestamp())


def test_leap_second_is_the_next_second() -> None:
    assert moment((2016, 12, 31), (23, 59, 60)) == moment((2017, 1, 1), (0, 0, 0))


@pytest.mark.parametrize("day", [(2019, 2, 29), (0, 1, 1), (2019, 13, 1), (-1, 1, 1)])
def test_no_such_day(day: tuple[int, int, int]) -> None:
    assert moment(day, (0, 0, 0)) is None


@pytest.mark.parametrize("time", [(24, 0, 0), (0, 60, 0), (0, 0, 61), (0, 0, -1)])
def test_no_such_time(time: tuple[int, int, int]) -> None:
    assert moment((2019, 1, 1), time) is None
    assert of_day(*time) is None


def test_decimal_digits() -> None:
    assert (bcd(0x59), bcd(0x5A), bcd(0xD9, 0x7F), bcd(0xA0)) == (59, -1, 59, -1)

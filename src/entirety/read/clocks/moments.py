"""Turns dates and times of day, as recordings write them, into whole units since a fixed beginning."""

from datetime import datetime, timedelta

BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - a beginning to count from; recordings seldom name their zone
DAY_S = 86_400
LEAP_SECOND = 60


def moment(day: tuple[int, int, int], time: tuple[int, int, int]) -> int | None:
    """Seconds since the beginning of 1970 in the zone of the recording itself; None where no such moment exists.

    `day` is year, month and day, `time` hour, minute and second.
    """
    hour, minute, second = time
    if not 0 <= second <= LEAP_SECOND:
        return None
    try:
        # A leap second is written as 60.
        date = datetime(*day, hour, minute, min(second, LEAP_SECOND - 1))  # noqa: DTZ001 - as above
    except ValueError:
        return None
    return (date - BEGINNING) // timedelta(seconds=1) + (second == LEAP_SECOND)


def of_day(hour: int, minute: int, second: int) -> int | None:
    """Seconds since midnight; None where no such time exists."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second <= LEAP_SECOND):
        return None
    return (hour * 60 + minute) * 60 + second


def bcd(byte: int, mask: int = 0xFF) -> int:
    """Two decimal digits in one byte; -1 where a digit is none."""
    tens, units = (byte & mask) >> 4, byte & mask & 15
    return tens * 10 + units if tens <= 9 and units <= 9 else -1

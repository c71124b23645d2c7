"""Reads dates as files state them: with a time zone, without one, to the second or to the day."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SINCE_1904 = 2_082_844_800
"""Seconds from 1904-01-01, where MP4 and QuickTime begin to count, to 1970-01-01, where computers do."""
LAST = 253_402_300_799
"""The last second of the year 9999; a file may state more."""
DAY = 86_400
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(
    r"(\d{4})[-:/](\d\d)[-:/](\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
SPOKEN = re.compile(r"(?:[a-z]{3},? )?([a-z]{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})", re.ASCII)
"""As AVI files have it: `Mon Nov 29 21:32:23 2010`."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date."""

    seconds: int
    """Since 1970-01-01 UTC; as if in UTC where no zone is stated."""
    zoned: bool
    """The text says which time zone it is in."""
    precision: int = 1
    """Seconds: 1, 60 or a day."""

    def __str__(self) -> str:
        if self.precision >= DAY:
            return written(self.seconds)[:10]
        return written(self.seconds) if self.zoned else f"{written(self.seconds)[:-1]} (no time zone stated)"


def written(seconds: int) -> str:
    """ISO 8601 in UTC, to the second; a date beyond the year 9999 as that year's end."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(seconds, LAST))
    return moment.isoformat().replace("+00:00", "Z")


def of_header(count: int) -> Moment:
    """A count of seconds since 1904, as headers of MP4 and QuickTime files hold it, in UTC by the standard."""
    return Moment(min(count - SINCE_1904, LAST), zoned=True)


def parse(text: str) -> Moment | None:
    """The date that a text begins with; None where there is none, or none that exists."""
    if (found := ISO.match(text.strip())) is not None:
        year, month, day, hour, minute, second, zone = found.groups()
        precision = DAY if hour is None else 1 if second is not None else 60
        return _moment(tuple(int(part or 0) for part in (year, month, day, hour, minute, second)), zone, precision)
    if (found := SPOKEN.match(text.strip().lower())) is not None and found[1] in MONTHS:
        month, (day, hour, minute, second, year) = MONTHS.index(found[1]) + 1, found.groups()[1:]
        return _moment((int(year), month, int(day), int(hour), int(minute), int(second)), None, 1)
    return None


def _moment(parts: tuple[int, ...], zone: str | None, precision: int) -> Moment | None:
    try:
        year, month, day, hour, minute, second = parts
        stated = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    seconds = int((stated - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    if zone is not None and zone[0] in "+-":
        offset = 60 * int(zone[1:3]) + int(zone[-2:])
        seconds -= 60 * offset if zone[0] == "+" else -60 * offset
    return Moment(seconds, zone is not None, precision)

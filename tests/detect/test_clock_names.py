"""The plain names of clocks, and their readings as a person writes them."""

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import entirety
from detect.clips import make_clip
from entirety.detect.clock_names import NAMES, clock_name, reading_text
from entirety.detect.clock_readings import aligned
from entirety.model.headers import EmbeddedClock

READERS = Path(entirety.__file__).parent / "read"


def written(count: int, base: Fraction | int, *, daily: bool = True) -> str:
    stated = np.array([count, count + 1, count + 2], np.int64)
    read = EmbeddedClock("tmcd", 0, np.arange(3), stated, Fraction(base), daily)
    readings = aligned(make_clip(3), read)
    assert readings is not None
    return reading_text(readings, 0)


@pytest.mark.parametrize(
    ("count", "base", "said"),
    [
        (900_075, Fraction(1, 25), "10:00:03:00"),
        (900_135, Fraction(1, 25), "10:00:05:10"),
        (1_800, Fraction(1001, 30_000), "00:01:00:00 (no number left out)"),
        (24 * 60, Fraction(1001, 24_000), "00:01:00:00"),
        (3_661, 1, "01:01:01.000"),
        (-5, Fraction(1, 25), "picture -5"),
    ],
)
def test_readings_are_written_as_people_write_them(count: int, base: Fraction, said: str) -> None:
    assert written(count, base) == said


def test_dates_are_dates() -> None:
    assert written(1_600_000_000, 1, daily=False) == "2020-09-13 12:26:40"


def test_a_clock_without_a_plain_name_keeps_its_own() -> None:
    assert clock_name("new-kind") == "the clock new-kind"


def test_every_clock_of_the_readers_has_a_plain_name() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in READERS.rglob("*.py"))
    found = re.findall(r'(?:EmbeddedClock|\.clock|Form)\("([a-z0-9-]+)"', text)
    found += re.findall(r'^SOURCE(?:, BASE)? = "([a-z0-9-]+)"', text, re.MULTILINE)
    assert set(found) == set(NAMES)

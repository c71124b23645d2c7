"""The rows of pictures near findings: the right ones, each once, and never too many."""

from fractions import Fraction

import numpy as np
import pytest

from detect.clips import TICKS, TIMESCALE, make_clip
from entirety.judge.extract import BESIDE, MOST, extract
from entirety.model.audit import Numbered
from entirety.model.finding import Confidence, Finding, Sentence, Span, Weight
from entirety.model.time import UNSET


def one(first: int, last: int, weight: Weight = Weight.STRONG) -> Numbered:
    said = Sentence("x", "x")
    span = Span(Fraction(0), Fraction(0), first, last)
    return Numbered("F001", Finding("x", "x", said, said, span, weight, Confidence.HIGH, (), (), ""))


def test_rows_on_both_sides_of_both_ends() -> None:
    clip = make_clip(100)
    rows = extract(clip, [one(20, 60), one(22, 23)])
    assert [row.frame for row in rows] == [*range(15, 29), *range(55, 66)]
    row = rows[5]
    assert row.time == Fraction(20 * TICKS, TIMESCALE)
    assert row.duration == Fraction(TICKS, TIMESCALE)
    assert row.size == int(clip.packets.size[20])
    assert row.sha256 == clip.frames.sha256[20].tobytes().hex()


@pytest.mark.parametrize(
    ("found", "frames"),
    [
        (one(-1, -1), []),
        (one(0, 99, Weight.NEUTRAL), []),
        (one(0, 99), list(range(BESIDE + 1))),
        (one(98, -1), list(range(93, 100))),
    ],
)
def test_findings_without_a_place_and_of_the_whole_clip(found: Numbered, frames: list[int]) -> None:
    assert [row.frame for row in extract(make_clip(100), [found])] == frames


def test_never_more_than_the_bound() -> None:
    rows = extract(make_clip(3000), [one(at, at + 1) for at in range(0, 3000, 13)])
    assert MOST - 13 < len(rows) <= MOST


def test_times_that_are_not_stated_or_stated_twice() -> None:
    pts = np.arange(40, dtype=np.int64) * TICKS
    pts[20], twice = UNSET, pts.copy()
    twice[22] = twice[21]
    rows = {row.frame: row for row in extract(make_clip(40, pts=pts, packets={"pts": twice}), [one(20, 21)])}
    assert rows[20].time is None
    assert rows[20].size is None
    assert rows[21].size is None
    assert rows[19].size is not None
    assert extract(make_clip(0), [one(0, 0)]) == ()

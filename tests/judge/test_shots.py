"""The table of shots: every shown picture in its row, the finding that speaks of what lies between, and a bound on all of it."""

from dataclasses import replace
from fractions import Fraction
from typing import Final

import numpy as np
import pytest

from detect.clips import make_clip
from entirety.detect.shots import Shot
from entirety.judge import shots as place
from entirety.judge.shots import MOST, shot_table
from entirety.model.audit import Numbered
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Span, Weight
from entirety.model.time import UNSET
from judge.test_answer import finding

CUT: Final = "hard-cut"
FADE: Final = "gradual-transition"


def divided(monkeypatch: pytest.MonkeyPatch, *found: Shot) -> None:
    monkeypatch.setattr(place, "shots", lambda _: found)
    monkeypatch.setattr(place, "source_groups", lambda _, shots: tuple(1 + at % 2 for at in range(len(shots))))


def at(check: str, first: int, last: int) -> Finding:
    return replace(finding(check, Weight.STRONG), span=Span(Fraction(0), Fraction(0), first, last))


def numbered(*found: Finding) -> tuple[Numbered, ...]:
    return tuple(Numbered(f"F{number:03d}", one) for number, one in enumerate(found, 1))


def test_a_clip_without_breaks_is_one_shot() -> None:
    clip = make_clip(50)
    table = shot_table(clip, ())
    (row,) = table.rows
    assert (table.count, row.first, row.last, row.group, row.border, row.finding) == (1, 0, 49, 1, "end", "")
    assert row.start == clip.frames.time(0)
    assert row.end is not None
    assert row.end > (clip.frames.time(49) or 0)


def test_a_clip_without_pictures_has_none_and_says_so() -> None:
    table = shot_table(make_clip(0), ())
    assert (table.rows, table.count) == ((), 0)
    assert "No picture could be decoded" in str(table.reason)


def test_a_breakdown_costs_the_table_and_not_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(clip: Clip) -> tuple[Shot, ...]:
        raise ZeroDivisionError(clip)

    monkeypatch.setattr(place, "shots", breaks)
    table = shot_table(make_clip(50), ())
    assert table.rows == ()
    assert str(table.reason).endswith("broke down there (ZeroDivisionError).")


def test_each_border_names_the_finding_of_its_kind_at_its_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch, Shot(0, 19, CUT), Shot(20, 49, FADE, (50, 59)), Shot(60, 79, CUT), Shot(80, 99, "end"))
    found = numbered(
        at(FADE, 50, 59),
        at("jump-cut", 79, 80),
        at("source-change", 19, 20),
        at(CUT, 19, 20),
        at(CUT, 19, 20),
        at(CUT, 40, 41),
        at(CUT, -1, -1),
    )
    table = shot_table(make_clip(100), found)
    assert [row.finding for row in table.rows] == ["F004", "F001", "", ""]
    assert [row.border for row in table.rows] == [CUT, FADE, CUT, "end"]
    assert [row.group for row in table.rows] == [1, 2, 1, 2]


def test_a_finding_on_a_transition_that_begins_a_picture_earlier_or_later(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch, Shot(0, 49, FADE, (50, 59)), Shot(60, 99, "end"))
    for span in ((49, 60), (50, 59), (52, 58), (49, 50)):
        expected = "F001" if span[0] <= 60 and span[1] >= 49 else ""
        assert shot_table(make_clip(100), numbered(at(FADE, *span))).rows[0].finding == expected


def test_a_transition_at_the_end_of_the_clip_has_its_finding_too(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch, Shot(0, 79, FADE, (80, 99)))
    table = shot_table(make_clip(100), numbered(at(FADE, 80, 99)))
    assert table.divided
    assert [(row.last, row.border, row.finding) for row in table.rows] == [(79, FADE, "F001")]


def test_a_clip_that_is_one_transition_has_no_shots(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch)
    assert "belong to one gradual transition" in str(shot_table(make_clip(100), ()).reason)


def test_a_shot_ends_where_the_next_picture_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch, Shot(0, 49, FADE, (50, 59)), Shot(60, 99, "end"))
    clip = make_clip(100)
    first, second = shot_table(clip, ()).rows
    assert (first.end, second.start) == (clip.frames.time(50), clip.frames.time(60))


def test_times_that_no_picture_states(monkeypatch: pytest.MonkeyPatch) -> None:
    divided(monkeypatch, Shot(0, 49, CUT), Shot(50, 99, "end"))
    clip = make_clip(100)
    untimed = replace(clip, frames=replace(clip.frames, pts=np.full(100, UNSET)))
    assert [(row.start, row.first) for row in shot_table(untimed, ()).rows] == [(None, 0), (None, 50)]


def test_thousands_of_shots_are_counted_and_the_first_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    many = MOST + 100
    divided(monkeypatch, *(Shot(n, n, CUT) for n in range(many - 1)), Shot(many - 1, many - 1, "end"))
    clip: Clip = make_clip(many)
    table = shot_table(clip, numbered(*(at(CUT, n, n + 1) for n in range(0, 200, 2))))
    assert (table.count, len(table.rows)) == (many, MOST)
    assert [row.finding for row in table.rows[:4]] == ["F001", "", "F002", ""]

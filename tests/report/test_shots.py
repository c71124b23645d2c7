"""The table of shots in words: every row with its place, a long one cut short and counted, and an old audit said to have none."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction

import pytest

from entirety.model.audit import Audit
from entirety.model.finding import Sentence
from entirety.model.shots import ShotRow, ShotTable, group_name
from entirety.report.caption import caption
from entirety.report.figure import drawing
from entirety.report.shots import MOST_ROWS, lane, shots_view
from entirety.report.wording import Catalogue
from report.audits import SHOTS, hostile, ordinary

WORDS = Catalogue("en")


def table(count: int, *, kept: int | None = None, **changes: object) -> ShotTable:
    """`count` shots of one second, of two groups in turn."""
    rows = tuple(
        ShotRow(25 * at, 25 * at + 24, Fraction(at), Fraction(at + 1), 1 + at % 2, "hard-cut", "")
        for at in range(count if kept is None else kept)
    )
    last = replace(rows[-1], border="end")
    return ShotTable(tuple(replace(row, **changes) for row in (*rows[:-1], last)), count)  # type: ignore[arg-type] # by name


def with_shots(shots: ShotTable | None) -> Audit:
    return replace(ordinary()[0], shots=shots)


def test_each_shot_has_its_place_its_group_and_what_ends_it() -> None:
    told = shots_view(ordinary()[0], WORDS)
    assert told.lead[0] == "The picture shows 3 shots."
    rows = [(row.number, row.frames, row.pictures, row.length, row.group) for row in told.rows]
    assert rows == [
        ("1", "0 to 139", "140 pictures", "4.671 s", "A"),
        ("2", "140 to 249", "110 pictures", "3.670 s", "B"),
        ("3", "260 to 359", "100 pictures", "3.337 s", "A"),
    ]
    assert [(row.finding, row.border) for row in told.rows] == [
        ("F002", "hard cut"),
        ("", "gradual transition, no finding of its own"),
        ("", "end of the clip"),
    ]
    assert told.rows[1].when == "00:00:04.671 to 00:00:08.342"
    assert told.rest == ""


def test_a_small_picture_stands_in_the_row_of_its_shot() -> None:
    told = shots_view(ordinary()[0], WORDS)
    assert [row.picture.short if row.picture else None for row in told.rows] == ["Frame 90", "Frame 140", None]
    assert told.pictures
    assert "reduced copies" in told.notes[-1]
    bare = shots_view(with_shots(table(3, first=9000, last=9001)), WORDS)
    assert not bare.pictures
    assert not any("reduced copies" in note for note in bare.notes)


def test_a_clip_of_one_shot_has_a_sentence_and_no_table() -> None:
    told = shots_view(with_shots(table(1)), WORDS)
    assert told.lead[0].startswith(
        "The picture shows one shot: frames 0 to 24, 1.000 s. No break to another view was seen;"
    )
    assert told.lead[0].endswith("are not listed here and can be missed.")
    assert not told.rows
    assert not told.notes
    assert not list(lane(table(1), Fraction(0)))


def test_one_shot_that_fades_out_has_its_row() -> None:
    row = replace(table(1).rows[0], border="gradual-transition", finding="F003")
    told = shots_view(with_shots(ShotTable((row,), 1)), WORDS)
    assert told.lead[0] == "The picture shows 1 shot."
    assert [(one.finding, one.border) for one in told.rows] == [("F003", "gradual transition")]


def test_the_finding_says_which_kind_of_transition() -> None:
    audit = ordinary()[0]
    found = tuple(replace(one, finding=replace(one.finding, code="dissolve")) for one in audit.findings)
    shots = table(2, border="gradual-transition", finding="F002")
    told = shots_view(replace(audit, findings=found, shots=shots), WORDS)
    assert [(row.finding, row.border) for row in told.rows] == [("F002", "dissolve")] * 2


def test_what_could_not_be_examined_was_not_divided() -> None:
    damaged = with_shots(table(1))
    assert any("breaks are not looked for" in line for line in shots_view(damaged, WORDS).lead)
    assert not any("not looked for" in line for line in shots_view(replace(damaged, unexamined=()), WORDS).lead)


def test_an_audit_of_before_there_were_shots_says_so() -> None:
    told = shots_view(with_shots(None), WORDS)
    assert told.lead == ("No shots were looked for when this audit was made: the program that made it knew of none.",)
    assert told.rows == ()
    assert "Shots" not in "".join(caption(with_shots(None), WORDS))


def test_a_clip_without_pictures() -> None:
    reason = Sentence("shots.none", "No picture could be decoded.")
    assert shots_view(with_shots(ShotTable((), 0, reason)), WORDS).lead == ("No picture could be decoded.",)
    assert shots_view(with_shots(ShotTable((), 0)), WORDS).lead == ("No shots are listed.",)


def test_a_long_table_is_cut_short_and_counted() -> None:
    told = shots_view(with_shots(table(MOST_ROWS)), WORDS)
    assert (len(told.rows), told.rest) == (MOST_ROWS, "")
    told = shots_view(with_shots(table(MOST_ROWS + 1)), WORDS)
    assert (len(told.rows), told.rest) == (MOST_ROWS, "1 further shot is not listed here; audit.json has it.")
    told = shots_view(with_shots(table(9000, kept=5000)), WORDS)
    assert told.rest.startswith(
        "8,940 further shots are not listed here; audit.json has them. Of these, 4,000 are only"
    )
    assert told.lead[0] == "The picture shows 9,000 shots."


def test_shots_alike_say_that_of_all() -> None:
    assert (
        shots_view(with_shots(table(4, group=1)), WORDS).notes[0].startswith("All these shots are in one source group")
    )
    assert shots_view(with_shots(table(4)), WORDS).notes[0].startswith("Shots with the same letter are in one")


def test_times_that_are_not_stated_or_go_back() -> None:
    untimed = shots_view(with_shots(table(2, start=None, end=None)), WORDS).rows[0]
    assert (untimed.when, untimed.length) == ("not stated to not stated", "not stated")
    back = shots_view(with_shots(table(2, start=Fraction(9), end=Fraction(1))), WORDS).rows[0]
    assert back.length == "times go back"


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (99_999, "EQXC")],
)
def test_names_of_groups(number: int, name: str) -> None:
    assert group_name(number) == name


def test_an_unknown_border_and_a_finding_that_is_not_there_stay_text() -> None:
    told = shots_view(with_shots(table(2, border="made-up", finding="F999")), WORDS)
    assert (told.rows[0].border, told.rows[0].finding) == ("made-up, no finding of its own", "")


def test_the_drawing_has_a_box_for_each_shot_and_none_for_a_transition() -> None:
    assert [(round(start, 3), round(end, 3), name) for start, end, name in lane(SHOTS, Fraction(0))] == [
        (0.0, 4.671, "A"),
        (4.671, 8.342, "B"),
        (8.675, 12.012, "A"),
    ]
    svg, alt = drawing(ordinary()[0], WORDS)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [texts.count(letter) for letter in ("A", "B", "Shots")] == [2, 1, 1]
    assert "3 shots." in alt
    boxes = [e for e in root.iter("{http://www.w3.org/2000/svg}path") if e.attrib.get("fill") == "#fff"]
    assert boxes[0].attrib["d"].count("z") == 2
    assert any(line.startswith("Shots: one box for each") for line in caption(ordinary()[0], WORDS))


@pytest.mark.parametrize(
    "shots",
    [
        table(20_000),
        table(3000, start=Fraction(10**39), end=Fraction(-(10**39), 7)),
        table(3000, start=None),
        table(3, group=99_999, first=2**63, last=2**63, border="a" * 20),
    ],
    ids=["many", "wild", "untimed", "large"],
)
def test_whatever_a_table_holds_is_drawn_and_told_within_bounds(shots: ShotTable) -> None:
    audit = replace(hostile()[0], shots=shots)
    svg, _ = drawing(audit, WORDS)
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert len(svg) < 300_000
    assert len(shots_view(audit, WORDS).rows) <= MOST_ROWS

"""What the words say follows from the audit."""

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from entirety.model.audit import Answer, Audit, Numbered
from entirety.model.finding import Outcome, Question, Span, Status, Weight
from entirety.report.compose import compose, report_id
from entirety.report.figure import drawing
from entirety.report.view import View
from entirety.report.wording import Catalogue
from report.audits import finding, hostile, many, ordinary, plain, quiet, still


def view(audit: Audit) -> View:
    return compose(audit, Catalogue("en"), "ab" * 32, [])


def one(audit: Audit, **changes: object) -> Audit:
    """The audit with its first finding alone, changed."""
    changed = replace(audit.findings[0].finding, **changes)  # type: ignore[arg-type] # fields by name
    return replace(audit, findings=(Numbered("F001", changed),))


def test_the_report_id_depends_on_file_and_version_only() -> None:
    audit = ordinary()[0]
    assert report_id(audit) == report_id(replace(audit, run=None, findings=()))
    assert report_id(audit) != report_id(replace(audit, tool=replace(audit.tool, version="0.2.0")))
    assert report_id(audit).startswith("E-")
    assert len(report_id(audit)) == 14


def test_every_check_appears_once_in_its_section() -> None:
    told = view(ordinary()[0])
    assert [c.id for c in told.clear] == ["stream-join", "frozen-picture"]
    assert [c.id for c in told.other] == ["timecode-break", "mains-hum-phase", "jump-cut"]
    assert len(told.checks) == 8
    assert told.tally.startswith("Checks in all: 8. With findings: 3. Nothing found: 2.")


def test_what_a_check_could_not_see_here_stands_beside_its_outcome() -> None:
    told = view(ordinary()[0])
    assert {c.id: c.here for c in told.checks if c.here} == {
        "timestamp-gap": "Times were rounded to 1 ms.",
        "frozen-picture": "Nothing moved from 0 to 4 s: a cut there cannot be seen.",
    }
    assert told.blind_found == ("What timestamp gap looks for: Times were rounded to 1 ms.",)
    assert view(quiet()).blind_found == ()


def test_before_and_after_at_a_join() -> None:
    pair = view(ordinary()[0]).findings[0].pair
    assert [(p.label, p.title) for p in pair] == [
        ("Before", "Frame 90, file presentation time 00:00:03.003"),
        ("After", "Frame 91, file presentation time 00:00:03.036"),
    ]


def test_pictures_of_a_stretch_say_where_they_lie() -> None:
    audit = one(ordinary()[0], span=Span(Fraction(3), Fraction(4), 90, 120), hidden=())
    stills = tuple(still("F001", "shown", frame)[0] for frame in (89, 90, 120, 121))
    told = view(replace(audit, stills=stills)).findings[0]
    assert [p.label for p in told.pictures] == ["Before", "At the place", "At the place", "After"]
    assert [p.short for p in told.pair] == ["Frame 90", "Frame 120"]


def test_footage_that_returns_stands_beside_its_first_showing() -> None:
    span = Span(Fraction(3), Fraction(4), 90, 120)
    audit = one(ordinary()[0], span=span, hidden=(), check="repeated-footage", code="repeat")
    stills = tuple(still("F001", "shown", frame)[0] for frame in (40, 90, 70, 120))
    told = view(replace(audit, stills=stills)).findings[0]
    assert tuple(p.label for p in told.pair) == ("First time", "Again")
    assert [p.short for p in told.pair] == ["Frame 40", "Frame 90"]


@pytest.mark.parametrize("listed", [(89, 90), (121, 120), (89, 90, 121, 120)])
def test_a_check_names_its_pair_by_order(listed: tuple[int, ...]) -> None:
    audit = one(ordinary()[0], span=Span(Fraction(3), Fraction(4), 90, 120), hidden=())
    stills = tuple(still("F001", "shown", frame)[0] for frame in listed)
    told = view(replace(audit, stills=stills)).findings[0]
    assert [p.short for p in told.pair] == [f"Frame {frame}" for frame in listed[:2]]


def test_a_hidden_picture_stands_in_on_page_one() -> None:
    audit = ordinary()[0]
    stills = (still("F001", "shown", 0)[0], still("F001", "hidden", 7)[0], still("F001", "hidden", 9)[0])
    told = view(replace(one(audit, span=Span(Fraction(0), Fraction(0), 0, 0)), stills=stills)).findings[0]
    assert [p.label for p in told.pair] == ["At the place", "Stored, not shown"]
    none_shown = view(replace(one(audit, span=Span(Fraction(0), Fraction(0))), stills=stills[1:])).findings[0]
    assert [p.short for p in none_shown.pair] == ["Picture 7"]
    assert none_shown.frames == "no shown frame"


def test_neutral_observations_are_counted_and_not_main() -> None:
    audit = one(ordinary()[0], weight=Weight.NEUTRAL)
    page = view(audit).page
    assert page.main == ()
    assert plain(page.count) == (
        "There is no finding that carries weight. 1 finding in all: 1 neutral observation. Section 5 has the details."
    )


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (Weight.DIRECT, "How it came about is not settled: 2 explanations are open."),
        (Weight.STRONG, "Not stronger, because 2 explanations are open."),
        (Weight.NEUTRAL, ""),
    ],
)
def test_why_not_stronger(weight: Weight, words: str) -> None:
    assert view(one(ordinary()[0], weight=weight)).findings[0].why_not == words


def test_considered_explanations_are_counted() -> None:
    audit = ordinary()[0]
    told = view(audit).findings[0]
    assert told.considered.startswith("F001: 1 excluded, 1 not excluded, 1 not tested. Still open: The owner shortened")
    settled = tuple(replace(i, status=Status.EXCLUDED) for i in audit.findings[0].finding.innocent)
    assert view(one(audit, innocent=settled)).findings[0].considered == "F001: 3 excluded."
    assert view(one(audit, innocent=())).findings[0].considered == "F001: none."


def test_an_explanation_without_declaration_keeps_its_slug() -> None:
    told = view(replace(ordinary()[0], declarations=())).findings[0]
    assert told.explanations[0].cause == "gallery-trim"
    assert told.title == "hidden-footage"


def test_no_conclusion_on_one_question() -> None:
    told = view(ordinary()[0])
    assert [(q.word, q.sentence) for q in told.questions][1] == (
        "No conclusion",
        "The analysis does not allow a conclusion on this question.",
    )
    assert len(view(replace(quiet(), questions=((Question.WHOLE, Answer.NONE_FOUND),))).questions) == 1


def test_a_changed_file_raises_the_alarm() -> None:
    told = view(replace(quiet(), sha256_after="0" * 64))
    assert "changed during the analysis" in told.page.banner[0]
    assert "CANNOT" in told.integrity[0].upper()
    assert view(quiet()).page.banner == ()


def test_a_file_that_counts_from_elsewhere() -> None:
    assert any("00:00:10.500" in line for line in view(replace(quiet(), start=Fraction(21, 2))).scope)
    assert not any("own count starts" in line for line in view(quiet()).scope)


def test_an_index_without_stream() -> None:
    assert view(replace(quiet(), video=7)).item[0] == ("File name", "clip 07 двор.mp4")


def test_a_check_that_failed_without_a_reason() -> None:
    audit = quiet()
    checks = (replace(audit.checks[0], outcome=Outcome.FAILED), *audit.checks[1:])
    assert view(replace(audit, checks=checks)).other[0].reason == "no reason recorded"


@pytest.mark.parametrize(
    "audit", [ordinary()[0], quiet(), hostile()[0], many(500)], ids=["ordinary", "quiet", "hostile", "many"]
)
def test_the_drawing_is_well_formed_and_stays_inside(audit: Audit) -> None:
    svg, alt = drawing(audit, Catalogue("en"))
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert all(0 <= float(e.attrib["x"]) <= 1000 for e in texts)
    assert "12.012 s" in alt
    ids = {(e.text or "").split(" ")[0] for e in texts if (e.text or "").startswith("F")} - {"Findings"}
    assert bool(ids) == bool(audit.findings)
    assert len(ids) <= 11


def test_findings_that_lie_together_share_a_pin() -> None:
    audit = replace(
        ordinary()[0],
        findings=tuple(Numbered(f"F00{n}", finding("hidden-footage", Weight.STRONG, 90 + n)) for n in (1, 2, 3)),
    )
    svg, _ = drawing(audit, Catalogue("en"))
    assert ">F001 +2<" in svg


def test_a_clip_without_length_is_drawn_empty() -> None:
    audit = replace(ordinary()[0], timeline=replace(ordinary()[0].timeline, duration=Fraction(0)))
    assert "no shown length" in drawing(audit, Catalogue("en"))[0]


def test_the_drawing_starts_at_the_first_shown_frame() -> None:
    audit = one(ordinary()[0], span=Span(Fraction(15), Fraction(15), 0, 0))
    moved = replace(audit, timeline=replace(audit.timeline, origin=Fraction(15)))
    assert '<path d="M118.0 62V' in drawing(moved, Catalogue("en"))[0]
    assert "00:00:15.000" in drawing(moved, Catalogue("en"))[0]

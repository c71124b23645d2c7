"""The small drawing beside a finding: well formed, inside its frame, small."""

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

from entirety.model.finding import Span
from entirety.report.place import WIDTH, place
from entirety.report.wording import Catalogue
from report.audits import many, ordinary

WORDS = Catalogue("en")


def test_the_arrow_stands_where_the_finding_lies() -> None:
    audit = ordinary()[0]
    svg, alt = place(audit, audit.findings[0], WORDS)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert alt == (
        "The whole clip as a line from 00:00:00.000 to 00:00:12.012; an arrow marks finding F001, from 00:00:03.003 to 00:00:03.036."
    )
    pin = next(e for e in root.iter("{http://www.w3.org/2000/svg}text") if e.text == "F001")
    assert abs(float(pin.attrib["x"]) - WIDTH * 3.02 / 12.012) < 4


def test_a_place_outside_of_the_clip_is_drawn_at_its_edge() -> None:
    audit = ordinary()[0]
    one = audit.findings[0]
    for at in (Fraction(-5), Fraction(99)):
        moved = replace(one, finding=replace(one.finding, span=Span(at, at, 0, 0)))
        svg, alt = place(audit, moved, WORDS)
        xs = [float(e.attrib["x"]) for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - ours
        assert all(0 <= x <= WIDTH for x in xs)
        assert "from -" not in alt


def test_a_clip_without_length_has_no_drawing() -> None:
    audit = ordinary()[0]
    empty = replace(audit, timeline=replace(audit.timeline, duration=Fraction(0), change=()))
    assert place(empty, audit.findings[0], WORDS) == ("", "")


def test_it_stays_small() -> None:
    audit = many(500)
    assert len(place(audit, audit.findings[0], WORDS)[0]) < 4000

"""Marks of findings in the drawing: a stronger one is never painted over."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from entirety.model.audit import Numbered
from entirety.model.finding import Span, Weight
from entirety.report.pins import SHAPES, pins
from entirety.report.wording import Catalogue
from report.audits import finding, many, ordinary

STRONG, OPEN = (SHAPES[weight].format(x="@").split("@")[1] for weight in (Weight.STRONG, Weight.SUPPORTING))


def marks(*places: tuple[float, Weight]) -> str:
    """The drawing of findings at these seconds of a clip of 12.012 s, strongest first."""
    found = tuple(
        Numbered(
            f"F{n:03d}", replace(finding("hidden-footage", weight, 0), span=Span(Fraction(at), Fraction(at), 0, 0))
        )
        for n, (at, weight) in enumerate(places, 1)
    )
    return "".join(pins(replace(ordinary()[0], findings=found), 300, Catalogue("en")))


def test_the_strongest_lies_on_top() -> None:
    """Ten units apart, two marks overlap; which of them lies further left does not matter."""
    for other in (5.86, 6.14):
        drawn = marks((6, Weight.STRONG), (other, Weight.SUPPORTING))
        assert drawn.index(OPEN) < drawn.index(STRONG)


def test_at_one_place_the_strongest_alone_is_drawn() -> None:
    for other in (5.95, 6.0, 6.05):
        drawn = marks((6, Weight.STRONG), (other, Weight.SUPPORTING))
        assert STRONG in drawn
        assert OPEN not in drawn
    assert "F001 +1" in marks((6, Weight.STRONG), (6.05, Weight.SUPPORTING)), "the other is still counted"


def test_groups_do_not_paint_over_each_other() -> None:
    """The last mark of one group and the first of the next can lie side by side."""
    drawn = marks((6.14, Weight.STRONG), (4.9, Weight.SUPPORTING), (6.3, Weight.SUPPORTING))
    assert drawn.count(OPEN) == 2
    assert drawn.rindex(OPEN) < drawn.index(STRONG)


def test_marks_keep_apart_however_many_there_are() -> None:
    drawn = "".join(pins(many(500), 300, Catalogue("en")))
    places = sorted(
        float(x) for x in re.findall(r'<path d="M([\d.]+) 60l|<circle cx="([\d.]+)"', drawn) for x in x if x
    )
    assert places
    assert all(later - earlier >= 8 for earlier, later in pairwise(places))

"""What could not be examined: time that two parts share counts once, and a part without a place is not the whole clip."""

from fractions import Fraction

from entirety.model.audit import UNPLACED, Unexamined, covered
from entirety.model.finding import Sentence
from entirety.report.unexamined import banner, rows
from entirety.report.wording import Catalogue

WORDS = Catalogue("en")


def part(start: float, end: float, first: int = 0, last: int = 9) -> Unexamined:
    return Unexamined(Fraction(start), Fraction(end), first, last, Sentence("unexamined.damaged", "Damaged."))


def seconds(parts: list[Unexamined]) -> Fraction:
    return covered((one.start, one.end) for one in parts)


NOWHERE = Unexamined(Fraction(0), Fraction(0), -1, -1, Sentence(UNPLACED, "Missing: {missing}.", (("missing", 2),)))


def test_shared_time_counts_once() -> None:
    assert seconds([]) == 0
    assert seconds([part(3, 4), part(0, 1)]) == 2
    assert seconds([part(0, 6), part(3, 4)]) == 6
    assert seconds([part(3, 5), part(0, 4), part(5, 6)]) == 6


def test_a_part_that_ends_before_it_begins_takes_nothing_away() -> None:
    assert seconds([part(5, 2), part(6, 7)]) == 1


def test_the_banner_is_no_longer_than_the_clip() -> None:
    assert list(banner([part(0, 6), part(3, 4)], WORDS)) == [
        "2 parts of the clip could not be examined, 6.000 s in all (section 4)."
    ]
    assert list(banner([], WORDS)) == []


def test_what_has_no_place_is_said_to_have_none() -> None:
    assert rows([part(3, 4), NOWHERE], WORDS) == (
        ("00:00:03.000 to 00:00:04.000", "frames 0 to 9", "Damaged."),
        ("not known", "not known", "Missing: 2."),
    )
    alone = list(banner([NOWHERE], WORDS))
    assert len(alone) == 1
    assert "without a place" in alone[0]
    assert len(list(banner([part(3, 4), NOWHERE], WORDS))) == 2

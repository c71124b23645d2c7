"""How a scan ends: the page's own sentence as the last line, and a code that says whether something was left out."""

from dataclasses import replace

import pytest

from entirety.cli.audit import FailOn
from entirety.cli.scan_result import result
from entirety.model.audit import Answer
from entirety.model.case import Case, Entry, Fate, Item
from entirety.report import case_words
from report.cases import drawn, entry, item

CLIP = entry("a.mp4", "a")


def case(*entries: Entry, items: tuple[Item, ...] = ()) -> Case:
    return replace(drawn(), entries=entries, items=items, overlaps=None)


def test_the_last_line_is_the_sentence_of_the_page() -> None:
    _, last = result(drawn(), FailOn.NEVER, strict=False)
    assert last == f"{case_words.result(drawn())} No answer shows that a recording is whole"


@pytest.mark.parametrize("fate", Fate)
def test_the_code_says_whether_something_was_left_out(fate: Fate) -> None:
    clip = (item("a.mp4", "a", Answer.NONE_FOUND),) if fate is Fate.AUDITED else ()
    met = case(replace(CLIP, fate=fate), items=clip)
    unasked = fate in {Fate.AUDITED, Fate.NOT_VIDEO, Fate.EMPTY, Fate.LINK, Fate.SPECIAL}
    failed = 4 if fate is Fate.CHANGED else 3
    assert result(met, FailOn.NEVER, strict=False)[0] == (0 if unasked else failed)
    assert result(met, FailOn.NEVER, strict=True)[0] == (0 if fate is Fate.AUDITED else failed)


def test_other_files_are_nothing_left_out() -> None:
    assert result(case(entry("a.txt", "a", Fate.NOT_VIDEO)), FailOn.NEVER, strict=True)[0] == 0


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 3)])
def test_an_audit_with_a_gap_is_left_out_by_a_strict_scan_alone(strict: bool, code: int) -> None:
    clip = item("a.mp4", "a", Answer.NONE_FOUND, unexamined=1)
    assert result(case(CLIP, items=(clip,)), FailOn.NEVER, strict=strict)[0] == code


def test_an_answer_that_was_asked_for_sets_the_code() -> None:
    met = case(CLIP, items=(item("a.mp4", "a", Answer.DIRECT),))
    assert result(met, FailOn.DIRECT, strict=False)[0] == 1
    assert result(met, FailOn.NEVER, strict=False)[0] == 0

"""The second program's opinion on paper: what differs stands in a table, and where there is none, that is said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from entirety.errors import CannotOpen
from entirety.judge.second_opinion import REASONS
from entirety.model.second_opinion import SecondOpinion
from entirety.model.second_reading import Trouble
from entirety.report.compose import compose
from entirety.report.document import from_document, parse, serialise, to_document
from entirety.report.html import to_html
from entirety.report.pdf import to_pdf
from entirety.report.second_opinion import second_lines, second_view
from entirety.report.wording import Catalogue
from report.audits import ordinary, quiet

WORDS = Catalogue("en")


def test_what_differs_stands_in_the_table_and_the_rest_in_sentences() -> None:
    view = second_view(ordinary()[0].second, WORDS)
    assert view.rows == (("Pictures (stored / shown)", "398 / 360", "397"),)
    assert view.lead[0].endswith("Both say the same of: Container.")
    assert any("differ in 1 point, listed below" in line for line in view.lead)
    assert any("changes no answer" in line for line in view.lead)
    assert view.lead[-1].endswith("Video coding.")
    assert view.stated == (("Writing application", "Lavf59.27.100"),)


def test_where_all_agree_one_sentence_says_so() -> None:
    second = ordinary()[0].second
    assert second is not None
    view = second_view(replace(second, compared=second.compared[1:2]), WORDS)
    assert view.rows == ()
    assert view.lead == (
        "MediaInfo 24.12, another program, was asked to read the file as well. Both say the same of: Container.",
    )


@pytest.mark.parametrize("trouble", list(Trouble))
def test_where_there_is_none_the_reason_is_said(trouble: Trouble) -> None:
    second = SecondOpinion("", REASONS[trouble])
    assert second_view(second, WORDS).lead == (f"There is no second opinion. {REASONS[trouble]}",)
    assert second_lines(second, WORDS) == [f"Second opinion: {REASONS[trouble]}"]
    audit = replace(quiet(), second=second)
    assert from_document(parse(serialise(to_document(audit)))) == audit


def test_an_audit_that_asked_nobody_says_so() -> None:
    assert second_view(None, WORDS).lead == ("No second program was asked when this audit was made.",)
    assert second_lines(None, WORDS) == []


def test_an_older_audit_still_reads() -> None:
    document = to_document(replace(quiet(), second=None))
    del document["second"]
    with pytest.raises(CannotOpen, match="second"):
        from_document(document)
    document["findings"] = []
    del document["copies"]
    assert from_document(document).second is None


@pytest.mark.parametrize(
    ("member", "value"), [("program", 5), ("compared", {}), ("stated", [["a"]]), ("reason", "Because.")]
)
def test_a_changed_member_is_named(member: str, value: object) -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["second"][member] = value
    with pytest.raises(CannotOpen, match="second"):
        from_document(document)


def test_it_is_in_every_printed_form(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    view = compose(audit, WORDS, "ab" * 32, [])
    page = to_html(view, audit.answer.value, pngs).decode("utf-8")
    assert '<table id="second-rows">' in page
    assert "398 / 360" in page
    bare = replace(quiet(), second=audit.second)
    assert to_pdf(compose(bare, WORDS, "ab" * 32, []), tmp_path).startswith(b"%PDF")
    assert "Pictures (stored / shown): 398 / 360, there 397" in second_lines(audit.second, WORDS)[0]

"""What was stated about a case is printed as stated or as not stated, on paper as on screen, and nothing in it acts."""

from dataclasses import fields, replace
from pathlib import Path

from entirety.model.stated import Stated
from entirety.report.compose import compose, report_id
from entirety.report.stated import SHORT, all_stated, reviewed, sign_view
from entirety.report.wording import Catalogue
from report.audits import HOSTILE, STATED, ordinary
from report.printed import printed
from report.test_html import Page, page
from report.test_pdf import text

WORDS = Catalogue("en")


def test_every_entry_is_printed_or_said_to_be_missing() -> None:
    none, some = all_stated(None, WORDS), all_stated(STATED, WORDS)
    assert [label for label, _ in none] == [label for label, _ in some]
    assert len(none) == len(fields(Stated)) == 18
    assert {value for _, value in none} == {"not stated"}
    assert dict(some)["Exhibit number"] == "7"
    assert [label for label, value in some if value == "not stated"] == [
        "Russian wording reviewed by",
        "Kazakh wording reviewed by",
    ]


def test_a_report_is_a_draft_until_its_block_is_filled_in() -> None:
    assert sign_view(None, WORDS).stamp == "Unsigned draft"
    assert sign_view(replace(STATED, operator_place=""), WORDS).stamp == "Unsigned draft"
    ready = sign_view(STATED, WORDS)
    assert ready.stamp == "To be signed"
    assert "draft" not in ready.note
    assert ready.lines[-1].value == "to be signed here"


def test_an_amended_report_names_the_one_it_replaces_and_has_another_id() -> None:
    audit = ordinary()[0]
    amended = compose(replace(audit, stated=STATED), WORDS, "ab" * 32, [])
    assert amended.page.sign.amended == (
        "Amended report: it replaces report E-0123456789ab. Reason: the exhibit number was wrong."
    )
    assert amended.report_id != report_id(audit)
    plain = compose(audit, WORDS, "ab" * 32, [])
    assert plain.page.sign.amended == ""
    assert plain.sign.version == "No earlier report was named that this one replaces."


def test_who_reviewed_a_translation() -> None:
    assert reviewed(STATED, WORDS) == ""
    russian = Catalogue("en")
    russian.language = "ru"
    assert reviewed(None, russian).startswith("Draft translation")
    assert reviewed(Stated(translation_ru="A. Reviewer"), russian) == "Wording reviewed by A. Reviewer, as stated."


def test_the_page_shows_what_was_stated() -> None:
    audit, pngs = ordinary()
    one = page(replace(audit, stated=STATED), pngs)
    for said in ("4-17/2026", "City court, second chamber", "for the defence", "A. Askarova, counsel", "2026-03-01"):
        assert said in one.within["case-details"]
    assert "by e-mail, as an attachment" in one.within["stated"]
    assert "it replaces report E-0123456789ab" in one.within["amended"]
    assert "To be signed" in one.text
    assert "Unsigned draft" not in one.text
    assert "technical analyst, not a court-appointed expert" in one.within["section-9"]


def test_hostile_texts_are_text_and_page_one_stays_one_page(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    worst = Stated(**{field.name: HOSTILE[at % len(HOSTILE)][:300] for at, field in enumerate(fields(Stated))})
    held = replace(audit, stated=worst)
    one: Page = page(held, pngs)
    assert {tag for tag, _ in one.tags} == {tag for tag, _ in page(replace(audit, stated=STATED), pngs).tags}
    assert all(len(value) < SHORT + 400 for value in one.within["case-details"].split("\n"))
    first = text(printed(held, pngs, tmp_path), "-l", "1")
    assert "to be signed here" in first
    assert "Contents" not in first

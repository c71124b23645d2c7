"""The form of the PDF: a validator confirms what it claims, the record is attached, nothing is cut, links have their page."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from entirety.errors import Mismatch
from entirety.report.compose import compose
from entirety.report.html import TEMPLATES
from entirety.report.pdf import to_pdf
from entirety.report.wording import Catalogue
from report.audits import ordinary, quiet
from report.printed import attached, pictures, print_of, printed, record, refused, texts

MILLIMETRE = 72 / 25.4
"""Points."""


@pytest.mark.parametrize("name", ["ordinary", "hostile", "crowded"])
def test_a_validator_confirms_archive_and_accessible_form(name: str) -> None:
    pdf = print_of(name)
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert refused(pdf, "3a") == []
    assert refused(pdf, "ua1") == []


def test_without_a_run_it_claims_the_accessible_form_alone() -> None:
    pdf = print_of("quiet")
    assert b"pdfaid" not in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert refused(pdf, "ua1") == []
    assert any("ID-SCHEMA" in line for line in refused(pdf, "3a"))


def test_the_validator_sees_what_is_wrong() -> None:
    pdf = print_of("ordinary")
    other = pdf.replace(b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>2</pdfaid:part>")
    assert [line.split(":")[0] for line in refused(other, "3a")] == ["PDFA3A-ID-PART-001"]
    mute = pdf.replace(b"/Alt", b"/Alx")
    assert any("FIGURE-ALTERNATIVE-TEXT" in line for line in refused(mute, "ua1"))
    levels = pdf.replace(b"/S/H2", b"/S/H4")
    assert any("HEADING-NESTING" in line for line in refused(levels, "ua1"))


def test_the_record_is_attached_byte_for_byte() -> None:
    audit, _ = ordinary()
    pdf = print_of("ordinary")
    assert attached(pdf) == {"audit.json": record(audit)}
    assert b"/AFRelationship/Source" in pdf
    assert b"/Subtype/application#2Fjson" in pdf
    assert "attached to it" in " ".join(texts(pdf))
    assert attached(print_of("quiet")) == {}
    assert "attached to it" not in " ".join(texts(print_of("quiet")))


def test_another_record_is_not_attached(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    printed(audit, pngs, tmp_path)
    view = compose(audit, Catalogue("en"), sha256(record(audit)).hexdigest(), [])
    (tmp_path / "audit.json").write_bytes(record(quiet()))
    with pytest.raises(Mismatch, match=r"audit\.json is missing, or is not the one"):
        to_pdf(view, tmp_path)
    (tmp_path / "audit.json").unlink()
    with pytest.raises(Mismatch):
        to_pdf(view, tmp_path)


def test_what_the_document_says_of_itself() -> None:
    audit, _ = ordinary()
    pdf = print_of("ordinary")
    digest = sha256(record(audit)).hexdigest()
    assert f"audit.json SHA-256 {digest}".encode() in pdf
    assert b"Technical analysis report on a video file E-" in pdf
    assert b"/Lang(en)" in pdf
    assert b"/CreationDate(D:20260302100000Z)" in pdf
    assert b"/JavaScript" not in pdf
    assert b"/Launch" not in pdf
    assert b"/Encrypt" not in pdf


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_language_is_the_view_s(language: str, tmp_path: Path) -> None:
    view = replace(compose(quiet(), Catalogue("en"), "ab" * 32, []), language=language)
    assert f"/Lang({language})".encode() in to_pdf(view, tmp_path)


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
def test_a4_and_nothing_within_8_mm_of_the_edge(name: str) -> None:
    pages = pictures(print_of(name), 2.0)
    edge = int(8 * MILLIMETRE * 2)
    for number, shades in enumerate(pages, 1):
        assert shades.shape == pytest.approx((297 * MILLIMETRE * 2, 210 * MILLIMETRE * 2), abs=2)
        inner = np.full(shades.shape, 255, np.uint8)
        inner[edge:-edge, edge:-edge] = shades[edge:-edge, edge:-edge]
        assert np.array_equal(inner, shades), f"page {number} has ink at its edge"
        assert shades.min() < 60, f"page {number} is pale"


def test_every_page_has_its_number_and_the_last_the_end() -> None:
    said = texts(print_of("ordinary"))
    for number, text in enumerate(said, 1):
        assert f"page {number} of {len(said)}" in text
    assert [at for at, text in enumerate(said, 1) if "End of report" in text] == [len(said)]


def test_links_on_page_one_name_the_page_they_lead_to() -> None:
    audit, _ = ordinary()
    said = texts(print_of("ordinary"))
    found = dict(re.findall(r"(F\d{3}) \(see page (\d+)\)", said[0]))
    assert found.keys() == {"F001", "F002", "F003"}
    for name, number in found.items():
        claim = next(one.finding.claim for one in audit.findings if one.id == name)
        place = said[int(number) - 1]
        assert name in place
        assert claim.text.split("{")[0].strip() in place


def test_grey_type_is_dark_enough_on_grey_paper() -> None:
    source = (TEMPLATES / "frame.typ").read_text(encoding="utf-8") + (TEMPLATES / "report.typ").read_text(
        encoding="utf-8"
    )
    grey = re.search(r'#let grey = rgb\("#(\w{6})"\)', source)
    papers = re.findall(r'fill: rgb\("#(\w{6})"\)', source)
    assert grey
    assert papers
    for paper in ("ffffff", *papers):
        assert contrast(grey[1], paper) >= 4.5


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, 1.4.3."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_page_numbers_take_the_order_of_words_from_the_catalogue(tmp_path: Path) -> None:
    view = compose(quiet(), Catalogue("en"), "ab" * 32, [])
    words = view.words | {"pdf.page_of": "[total] беттің [page]-беті"}
    said = texts(to_pdf(replace(view, words=words), tmp_path))
    assert f"{len(said)} беттің 1-беті" in said[0]

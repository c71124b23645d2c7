"""The findings for spreadsheets: one row each, codes as in the audit, no cell that runs."""

import csv
import io
from dataclasses import replace

from entirety.model.audit import Audit, Numbered
from entirety.report.case_csv import FORMULA
from entirety.report.exports import exports
from entirety.report.table import HEAD, MOST_RANGES
from entirety.report.wording import Catalogue
from report.exported import hostile, ordinary, quiet


def rows(audit: Audit) -> list[dict[str, str]]:
    content = exports(audit, Catalogue("en"))["findings.csv"]
    assert content.startswith(b"\xef\xbb\xbfid,check,")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_is_one_row_per_finding_with_all_that_the_audit_says() -> None:
    audit = ordinary()
    found = rows(audit)
    assert [row["id"] for row in found] == [one.id for one in audit.findings]
    first = found[0]
    assert set(first) == set(HEAD)
    assert (first["check"], first["revision"], first["code"]) == ("hidden-footage", "2", "seen")
    assert (first["strength"], first["confidence"]) == ("direct", "high")
    assert (first["start"], first["start_s"], first["start_frame"]) == ("00:00:03.003", "3.003000", "90")
    assert first["byte_ranges"] == "48-8192 9000-9100"
    assert first["claim"].startswith("The file stores 4 pictures")
    assert first["inference"].startswith("In our assessment")
    assert [part.split(":")[0] for part in first["explanations"].split(" | ")] == [
        "gallery-trim [not excluded]",
        "reorder-delay [excluded]",
        "pre-roll [not tested]",
    ]
    assert first["reproduce"].startswith("ffmpeg ")
    assert first["stills"].split()[0] == "stills/shown-000090.png"
    assert rows(quiet()) == []


def test_no_cell_is_a_formula_and_no_row_is_broken() -> None:
    audit = hostile()
    found = rows(audit)
    assert len(found) == len(audit.findings)
    for row in found:
        assert all(not FORMULA.search(cell) for cell in row.values())
        assert all(character.isprintable() for cell in row.values() for character in cell)


def test_a_finding_of_no_shown_picture_has_no_number_of_one_and_long_lists_are_counted() -> None:
    audit = ordinary()
    first = audit.findings[0].finding
    many = tuple((at, at + 1) for at in range(0, 2000, 2))
    changed = replace(first, span=replace(first.span, first=-1, last=-1, byte_ranges=many))
    row = rows(replace(audit, findings=(Numbered("F001", changed),)))[0]
    assert (row["start_frame"], row["end_frame"]) == ("", "")
    assert row["byte_ranges"].endswith(f"[+{1000 - MOST_RANGES}]")

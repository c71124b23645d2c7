"""The index for spreadsheets: a row per name, no cell that runs, no name that hides."""

import csv
import io

import pytest

from entirety.model.case import Case
from entirety.report.case_csv import HEAD, case_csv, safe
from report.cases import drawn, large


def table(case: Case) -> list[dict[str, str]]:
    text = case_csv(case).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_is_a_row_for_every_name_and_every_row_is_whole() -> None:
    case = drawn()
    read = list(csv.reader(io.StringIO(case_csv(case).decode("utf-8-sig"), newline="")))
    assert read[0] == list(HEAD)
    assert len(read) == len(case.entries) + 1
    assert {len(row) for row in read} == {len(HEAD)}
    found = table(case)
    assert [row["sha256"] for row in found] == [one.sha256 for one in case.entries]
    assert [row["outcome"] for row in found] == [one.fate.value for one in case.entries]


def test_it_is_utf_8_with_its_mark_and_the_line_ends_of_the_standard() -> None:
    content = case_csv(drawn())
    assert content.startswith(b"\xef\xbb\xbfnumber,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(drawn().entries) + 1
    assert "двор/камера 1.mp4" in content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'<U+0009>=1"),
        ("\rx", "'<U+000D>x"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("a;=1;x; @y", "a;'=1;x;' @y"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (7, "7"),
    ],
)
def test_no_cell_is_a_formula(cell: object, written: str) -> None:
    assert safe(cell) == written


def test_no_cell_of_the_nasty_case_is_a_formula_whichever_sign_parts_the_cells() -> None:
    content = case_csv(drawn()).decode("utf-8-sig")
    for mark in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=mark):
            assert not [cell for cell in row if cell.strip()[:1] in ("=", "+", "-", "@") and cell.strip()]


def test_names_show_what_they_hide() -> None:
    paths = [row["path"] for row in table(drawn())]
    assert "<U+202E>gpj.exe<U+202C>.mp4" in paths
    assert "line<U+000A>break<U+000D>.mp4" in paths
    assert "bytes <U+DCFF><U+DCFE>.mp4" in paths
    (row,) = [row for row in table(drawn()) if row["path"].startswith("bytes")]
    assert bytes.fromhex(row["path_bytes"]) == b"bytes \xff\xfe.mp4"


def test_groups_and_reports_are_in_it() -> None:
    found = {row["path"]: row for row in table(drawn())}
    assert found["cam0/clip 00.mp4"]["same_content_group"] == found["cam9/clip 00.mp4"]["same_content_group"] != ""
    assert found["cam0/clip 00.mp4"]["report"].endswith("/report.html")
    assert found["empty.mp4"]["report"] == ""
    assert sum(row["outcome"] == "not-video" for row in table(large(100))) == 10

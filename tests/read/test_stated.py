"""The case file: read when it is one, refused in one sentence when it is not."""

from pathlib import Path

import pytest

from entirety.errors import CannotOpen, EntiretyError, Unsupported
from entirety.model.stated import Stated, names, ready
from entirety.read.stated import LARGEST, LONGEST, parse_stated, read_stated

WHOLE = """
[case]
number = "4-17/2026"
court = "Суд  города\\nАлматы"

[received]
on = 2026-03-01
how = "by hand"

[report]
replaces = "E-0123456789ab"
why = "the exhibit number was wrong"
"""


def test_what_is_stated(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(f"\ufeff{WHOLE}", encoding="utf-8")
    assert read_stated(tmp_path / "case.toml") == Stated(
        case_number="4-17/2026",
        case_court="Суд города Алматы",
        received_on="2026-03-01",
        received_how="by hand",
        report_replaces="E-0123456789ab",
        report_why="the exhibit number was wrong",
    )


def test_nothing_is_stated() -> None:
    assert parse_stated(b"", "case.toml") == Stated()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[case]\nnumbr = 'x'", r"unknown entry 'numbr' in \[case\]; known are number, exhibit, court, party\.$"),
        ("[judge]\nname = 'x'", r"unknown table 'judge'; known are case, received, operator, report, translation\.$"),
        ("case = 'x'", r"case must be a table, \[case\]"),
        ("[case]\nnumber = 417", r"case\.number must be a text in quotation marks or a date\.$"),
        ("[case]\nnumber = ['x']", r"case\.number must be a text"),
        (f"[case]\nnumber = '{'x' * (LONGEST + 1)}'", r"case\.number has 301 characters; at most 300 are printed\.$"),
        ('[case]\nnumber = "a\\u202eb"', r"holds a character that cannot be seen"),
        ("[report]\nwhy = 'x'", r"report\.why without report\.replaces"),
        ("[case\n", r"is not readable as TOML in UTF-8"),
        ("a" * 200 + " = 1", r"unknown table 'a{57}\.\.\.'"),
        ("x = " + "[" * 3000, r"is not readable as TOML"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(Unsupported, match=said):
        parse_stated(text.encode(), "case.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00", b"a = " + b"{a=" * 500])
def test_any_bytes_end_in_a_sentence(content: bytes) -> None:
    with pytest.raises(EntiretyError, match=r"\.$"):
        parse_stated(content, "case.toml")


def test_a_file_that_cannot_be_read_or_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match=r"The case file 'case\.toml' cannot be read: .*\.$"):
        read_stated(tmp_path / "case.toml")
    (tmp_path / "case.toml").write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(Unsupported, match="larger than 65,536 bytes"):
        read_stated(tmp_path / "case.toml")


def test_the_tables_of_a_case_file() -> None:
    assert list(names()) == ["case", "received", "operator", "report", "translation"]
    assert sum(len(entries) for entries in names().values()) == 18


def test_when_a_report_can_be_signed() -> None:
    block = dict.fromkeys(("operator_name", "operator_capacity", "operator_contact", "operator_date"), "x")
    assert not ready(None)
    assert not ready(Stated(**block))
    assert ready(Stated(**block, operator_place="Almaty"))

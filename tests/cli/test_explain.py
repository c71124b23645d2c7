"""`explain` prints error rates of the revision that is there, and of no other."""

from dataclasses import replace

import pytest

import entirety.knowledge.performance
from entirety.cli.explain import explain
from entirety.detect import CHECKS
from entirety.knowledge.performance import Counted, Row, Table

CHECK = CHECKS[0]
NONE = "There is no performance data for this revision of the check.\n"
ROW = Row(
    "reporting",
    "continuous",
    "camera",
    "h264 steady software",
    "untouched",
    "untouched",
    40,
    240.0,
    (("none-found", 40),),
    ((CHECK.id, Counted(0, 0, 3, 3, 0)),),
)
TABLE = Table("ab" * 32, "2026-02-14", "0.1.0", "0123abcd", "7.1", 40, 40, ((CHECK.id, CHECK.revision),), (ROW,), ())


def said(table: Table | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(entirety.knowledge.performance, "table", lambda: table)
    explain(CHECK.id)
    return capsys.readouterr().out


def test_no_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(None, monkeypatch, capsys).endswith(f"\n\n{NONE}")


def test_a_table_of_another_revision(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    other = replace(TABLE, revisions=((CHECK.id, CHECK.revision + 1),))
    assert said(other, monkeypatch, capsys).endswith(f"\n\n{NONE}")


def test_a_table_of_this_revision(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(TABLE, monkeypatch, capsys)
    assert NONE not in printed
    assert "3 of 40" in printed

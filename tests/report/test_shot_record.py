"""Shots and blindness in the saved document: there together, absent together, and never taken on trust."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from entirety.errors import CannotOpen
from entirety.model.audit import Audit
from entirety.report.document import from_document, serialise, to_document
from entirety.report.record import Json
from report.audits import BLIND_HERE, SHOTS, ordinary


def document() -> dict[str, Any]:
    saved: dict[str, Any] = json.loads(serialise(to_document(ordinary()[0])))
    return saved


def older() -> dict[str, Any]:
    """As written by a program that looked for no shots."""
    saved = document()
    del saved["shots"]
    for check in saved["checks"]:
        del check["blind_here"], check["blind_here_message"]
    return saved


def test_both_survive_saving() -> None:
    restored = from_document(document())
    assert restored.shots == SHOTS
    assert {check.id: check.blind_here for check in restored.checks if check.blind_here} == BLIND_HERE


def test_an_audit_of_an_older_program_is_read_without() -> None:
    audit: Audit = from_document(older())
    assert audit.shots is None
    assert not any(check.blind_here for check in audit.checks)


def test_a_clip_without_pictures_has_no_table() -> None:
    saved = json.loads(serialise(to_document(replace(ordinary()[0], shots=None))))
    assert saved["shots"] is None
    assert from_document(saved).shots is None


def test_one_does_not_go_missing_alone() -> None:
    without_shots = document()
    del without_shots["shots"]
    with pytest.raises(CannotOpen, match="shots"):
        from_document(without_shots)
    with_shots = older() | {"shots": document()["shots"]}
    with pytest.raises(CannotOpen, match="blind_here"):
        from_document(with_shots)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("last", -1),
        ("first", 140),
        ("first", -1),
        ("start", "1/0"),
        ("end_s", None),
        ("group", -2),
        ("group", 2**70),
        ("border", "<b>cut</b>"),
        ("border", "a" * 500),
        ("finding", "../F001"),
        ("finding", None),
    ],
)
def test_a_shot_that_cannot_be(member: str, value: Json) -> None:
    saved = document()
    saved["shots"]["rows"][0][member] = value
    if member == "end_s":
        assert from_document(saved).shots == SHOTS, "a decimal beside the exact time is for other readers"
        return
    with pytest.raises(CannotOpen, match="shots"):
        from_document(saved)


def test_fewer_shots_counted_than_listed_are_refused() -> None:
    saved = copy.deepcopy(document())
    saved["shots"]["count"] = 2
    with pytest.raises(CannotOpen, match=r"shots\.count"):
        from_document(saved)

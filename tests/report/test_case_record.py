"""What is kept of an audit for the index: drawn rightly, the same after a way through JSON, and refused wherever it was changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from entirety.model.case import MOST_LISTED
from entirety.report.case_record import LONGEST, item_from, item_record, listed_item
from entirety.report.document import from_document, load
from report.audits import HOSTILE, hostile, many, ordinary

AUDIT, _ = ordinary()
SHORT = AUDIT.custody.sha256[:32]
FOLDER, PICTURE = f"items/{SHORT}", f"pictures/{SHORT}.jpg"


def record() -> dict[str, Any]:
    return json.loads(json.dumps(item_record(listed_item(AUDIT, FOLDER, PICTURE))))  # type: ignore[no-any-return]


def test_an_item_holds_what_the_audit_says() -> None:
    item = listed_item(AUDIT, FOLDER, PICTURE)
    assert (item.sha256, item.name, item.answer, item.folder) == (
        AUDIT.custody.sha256,
        AUDIT.custody.name,
        AUDIT.answer,
        FOLDER,
    )
    assert (item.codec, item.width, item.height, item.frames, item.length) == (
        "h264",
        1920,
        1080,
        360,
        Fraction(12012, 1000),
    )
    assert [one.id for one in item.findings] == ["F001", "F002", "F003", "F004"]
    assert item.findings[0].claim == str(AUDIT.findings[0].finding.claim)
    assert item.findings[0].bytes == (48, 8192)
    assert item.not_run == (("jump-cut", "It broke down: ValueError."),)
    assert ("stream-join", 2) in item.revisions
    assert not {"jump-cut", "mains-hum-phase", "timecode-break"} & dict(item.revisions).keys()
    assert item.unexamined == 1
    assert item.pictured in {one.finding for one in AUDIT.stills}
    assert item.pictured == next(one.id for one in AUDIT.findings if one.id in {two.finding for two in AUDIT.stills})
    assert listed_item(AUDIT, FOLDER, "").pictured == ""


@pytest.mark.parametrize("audit", [AUDIT, hostile()[0], many(250)], ids=["ordinary", "hostile", "many"])
def test_nothing_is_lost_on_the_way_through_json(audit: Any) -> None:
    item = listed_item(audit, f"items/{audit.custody.sha256[:32]}", "")
    text = json.dumps(item_record(item), sort_keys=True)
    assert text.isascii()
    assert item_from(json.loads(text)) == item


@pytest.mark.parametrize("file", sorted(ROOT.glob("reports/example/*/audit.json")), ids=lambda file: file.parent.name)
def test_an_audit_of_a_real_clip_passes_too(file: Path) -> None:
    audit = from_document(load(file))
    item = listed_item(audit, f"items/{audit.custody.sha256[:32]}", f"pictures/{audit.custody.sha256[:32]}.jpg")
    assert item.findings
    assert item_from(json.loads(json.dumps(item_record(item)))) == item


def test_the_index_takes_the_strongest_and_counts_the_rest() -> None:
    item = listed_item(many(MOST_LISTED + 7), FOLDER, "")
    assert (len(item.findings), item.more) == (MOST_LISTED, 7)


def test_a_text_from_the_file_cannot_make_a_record_grow() -> None:
    audit, _ = hostile()
    longest = replace(
        audit.findings[0].finding, claim=replace(audit.findings[0].finding.claim, values=(("text", "x" * 10**6),))
    )
    audit = replace(audit, findings=(replace(audit.findings[0], finding=longest),))
    item = listed_item(audit, FOLDER, "")
    assert len(item.findings[0].claim) <= LONGEST
    assert len(json.dumps(item_record(item))) < 10_000


def setting(*place: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        part: Any = document
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = to

    return change


OTHER = "ab" * 16


CHANGES: tuple[Callable[[dict[str, Any]], object], ...] = (
    setting("folder", to="items/../../etc"),
    setting("folder", to=f"items/{OTHER}"),
    setting("folder", to=f"items/{SHORT}\n"),
    setting("folder", to=f"/items/{SHORT}"),
    setting("picture", to=f"pictures/{OTHER}.jpg"),
    setting("picture", to="https://example.org/x.jpg"),
    setting("picture", to=None),
    setting("picture", to=""),
    setting("pictured", to=""),
    setting("pictured", to="<b>"),
    setting("sha256", to="AB" * 32),
    setting("sha256", to="ab" * 32),
    setting("answer", to="whole"),
    setting("width", to=True),
    setting("width", to=1920.0),
    setting("width", to=-1),
    setting("frames", to=10**30),
    setting("length", to="-1/2"),
    setting("length", to="2/4"),
    setting("length", to="1/0"),
    setting("length", to=f"{'9' * 100}/1"),
    setting("sentence", to="x" * (LONGEST + 1)),
    setting("name", to="x" * 40_000),
    setting("kind", to=["h264"]),
    setting("findings", to={}),
    setting("findings", 0, "id", to="<b>"),
    setting("findings", 0, "check", to="a" * 300),
    setting("findings", 0, "bytes", to=[9, 3]),
    setting("findings", 0, "bytes", to=[-1, 3]),
    setting("findings", 0, "bytes", to=[1]),
    setting("findings", 0, "first", to=-2),
    setting("findings", 0, "weight", to="certain"),
    setting("findings", 0, "claim", to="x" * (LONGEST + 1)),
    setting("findings", 0, "more", to=1),
    setting("more", to=-1),
    setting("not_run", 0, "check", to="../x"),
    setting("not_run", 0, "reason", to="x" * (LONGEST + 1)),
    setting("not_run", to=[{"check": "a", "reason": ""}] * 1000),
    setting("revisions", 0, "revision", to="2"),
    setting("revisions", to=None),
    setting("unexamined", to=-1),
    setting("more_of_this", to=1),
    lambda document: document.pop("picture"),
    lambda document: document["findings"][0].pop("bytes"),
    lambda document: document["findings"].extend(document["findings"] * MOST_LISTED),
)


@pytest.mark.parametrize("change", CHANGES, ids=map(str, range(len(CHANGES))))
def test_a_changed_record_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    changed = record()
    item_from(changed)
    change(changed)
    with pytest.raises(ValueError, match="no record of an item"):
        item_from(changed)


@pytest.mark.parametrize("value", [None, 1, "x", [], [record()], {}, *HOSTILE[:2]])
def test_what_is_no_record_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="no record of an item"):
        item_from(value)

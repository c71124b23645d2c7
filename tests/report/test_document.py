"""audit.json: nothing is lost, nothing foreign is believed, and the same audit always gives the same bytes."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import entirety.report
from entirety.errors import CannotOpen, EntiretyError, Unsupported
from entirety.model.audit import Audit, CheckResult
from entirety.model.copies import Copy
from entirety.model.finding import Measured, Outcome, Question
from entirety.report.difference import differences
from entirety.report.document import declared, from_document, load, parse, serialise, to_document
from entirety.report.record import Json, Object, exact
from judge.coverages import coverage, piece
from report.audits import HOSTILE, STATED, hostile, many, ordinary, performance, quiet

SCHEMA = json.loads(
    (Path(entirety.report.__file__).parent / "schema" / "audit-1.schema.json").read_text(encoding="utf-8")
)


def audits() -> list[Audit]:
    return [ordinary()[0], quiet(), hostile()[0], many(30)]


@pytest.mark.parametrize("audit", audits(), ids=["ordinary", "quiet", "hostile", "many"])
def test_there_and_back(audit: Audit) -> None:
    document = to_document(audit)
    written = serialise(document)
    assert from_document(parse(written)) == audit
    assert serialise(to_document(from_document(parse(written)))) == written


@pytest.mark.parametrize("audit", audits(), ids=["ordinary", "quiet", "hostile", "many"])
def test_the_schema_holds(audit: Audit) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(to_document(audit))


def test_the_schema_is_closed() -> None:
    def objects(part: object) -> Iterator[dict[str, object]]:
        if isinstance(part, dict):
            if part.get("type") == "object":
                yield part
            for item in part.values():
                yield from objects(item)
        elif isinstance(part, list):
            for item in part:
                yield from objects(item)

    closed = list(objects(SCHEMA))
    assert len(closed) > 20
    assert all("additionalProperties" in part for part in closed)
    assert [part for part in closed if part["additionalProperties"] is not False] == [
        {"type": "object", "additionalProperties": {"type": ["string", "number"]}}
    ]


def test_the_names_that_others_rely_on() -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    assert document["schema_version"] == 1
    assert set(document["custody"]) == {"name", "sha256", "bytes", "modified", "sha256_after"}
    assert {"container", "duration_s", "frames", "streams"} <= set(document["clip"])
    assert set(document["questions"]) == {"whole", "original", "continuous"}
    span = document["findings"][0]["span"]
    assert span["start"] == "3003/1000"
    assert (span["start_s"], span["start_frame"], span["end_frame"]) == (3.003, 90, 91)
    assert document["checks"][6]["reason"] == "The hum is -61.5 dB, too weak."


def test_characters_without_a_picture_are_escaped_in_the_file() -> None:
    written = serialise(to_document(hostile()[0]))
    text = written.decode("utf-8")
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "\\u202e" in text
    assert "\\udcff" in text
    assert "клип" in text
    assert [tag[1] for tag in json.loads(text)["clip"]["tags"]] == list(HOSTILE)


def test_numbers_of_numeric_libraries_and_no_numbers() -> None:
    audit = ordinary()[0]
    one = audit.findings[0]
    values = (np.int64(7), np.float32(0.5), float("nan"), float("inf"))
    measured = tuple(Measured("m", value, None) for value in values)  # type: ignore[arg-type] # what a careless check hands over
    changed = replace(audit, findings=(replace(one, finding=replace(one.finding, measured=measured)),))
    findings = json.loads(serialise(to_document(changed)))["findings"]
    assert [m["value"] for m in findings[0]["measured"]] == [7, 0.5, "nan", "inf"]


def test_the_declarations_come_from_the_program_where_the_audit_has_none() -> None:
    bare = replace(quiet(), declarations=(), rule=())
    from entirety.judge.answer import RULE

    assert [row.condition for row in declared(bare).rule] == [row.condition for row in RULE]
    assert declared(quiet()) == quiet()


def test_only_the_run_record_differs_between_runs() -> None:
    audit = ordinary()[0]
    assert audit.run is not None
    again = replace(audit, run=replace(audit.run, started="2031-01-01T00:00:00+00:00", seconds=9.5))
    one, other = to_document(audit), to_document(again)
    assert [key for key in one if one[key] != other[key]] == ["run"]


def test_every_member_is_asked_for() -> None:
    """Take away, or make of another kind, each member in turn: each time a sentence, never a traceback and never silence."""
    audit = ordinary()[0]
    compared = CheckResult("against-recording", 1, Question.WHOLE, Outcome.CLEAR, None, 0)
    held = replace(
        audit, checks=(*audit.checks, compared), coverage=coverage([piece(0, 10, 300)], clip=310), stated=STATED
    )
    whole: Object = json.loads(serialise(to_document(held)))
    paths = list(_paths(whole))
    assert len(paths) > 150
    for path in paths:
        for damage in (_without, _wrong):
            broken = copy.deepcopy(whole)
            if damage(broken, path):
                with pytest.raises((CannotOpen, Unsupported), match=r"\.$"):
                    from_document(broken)


DERIVED = (
    *("start_s", "end_s", "duration_s", "shown_s", "time_s", "length_s"),
    *("source_start_s", "source_end_s", "clip_start_s", "clip_end_s", "speed", "continues_previous"),
)
"""Decimals beside an exact number, and what follows from the rest: for other readers, not read back."""


def _paths(part: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every member of every object, and of each list the first item."""
    if isinstance(part, dict):
        for key, item in part.items():
            if key not in DERIVED and path[-1:] != ("values",):
                yield (*path, key)
                yield from _paths(item, (*path, key))
    elif isinstance(part, list) and part:
        yield from _paths(part[0], (*path, 0))


def _holder(document: Object, path: tuple[str | int, ...]) -> Object:
    holder: Json = document
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index] # walks a path that was taken from the same document
    assert isinstance(holder, dict)
    return holder


def _without(document: Object, path: tuple[str | int, ...]) -> bool:
    del _holder(document, path)[str(path[-1])]
    return True


def _wrong(document: Object, path: tuple[str | int, ...]) -> bool:
    _holder(document, path)[str(path[-1])] = {"of": ["another", "kind"]}
    return True


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_sentence(content: bytes) -> None:
    with pytest.raises(EntiretyError, match=r"\.$"):
        parse(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"schema_version": NaN}',
        b'{"schema_version": 1}',
        b"\xff\xfe",
        b'{"schema_version": 1' + b"0" * 5000 + b"}",
    ],
)
def test_what_is_no_audit(content: bytes) -> None:
    with pytest.raises((CannotOpen, Unsupported), match=r"\.$"):
        parse(content)


def test_a_newer_schema_is_named() -> None:
    with pytest.raises(Unsupported, match="schema version 2"):
        parse(b'{"schema_version": 2}')


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match=r"audit\.json cannot be read"):
        load(tmp_path / "audit.json")


@pytest.mark.parametrize(
    ("member", "text"),
    [("file", "../../etc/passwd"), ("file", "stills/../x.png"), ("file", "/stills/shown-1.png"), ("sha256", "0" * 63)],
)
def test_a_still_cannot_point_elsewhere(member: str, text: str) -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["stills"][0][member] = text
    with pytest.raises(CannotOpen, match=member):
        from_document(document)


COPY = Copy("orphan", 0, "hidden-orphan-0.mkv", "ab" * 32, 25, 3)


def test_working_copies_and_further_pictures_stand_together() -> None:
    audit = replace(ordinary()[0], copies=(COPY,))
    document = json.loads(serialise(to_document(audit)))
    assert from_document(document).copies == (COPY,)
    for name, text in (
        ("file", "hidden-orphan-0.mp4"),
        ("file", "../hidden-orphan-0.mkv"),
        ("role", "shown"),
        ("lead", -1),
    ):
        broken = copy.deepcopy(document)
        broken["copies"][0][name] = text
        with pytest.raises(CannotOpen, match=name):
            from_document(broken)
    del document["copies"]
    with pytest.raises(CannotOpen, match="copies"):
        from_document(document)
    for finding in document["findings"]:
        del finding["further"]
    assert from_document(document).copies == ()


def test_a_review_copy_is_one_by_name_and_role_alike() -> None:
    seen = Copy("review", 0, "review-copy.mp4", "ab" * 32, 360, 0)
    audit = replace(ordinary()[0], copies=(COPY, seen))
    document = json.loads(serialise(to_document(audit)))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert from_document(document).copies == (COPY, seen)
    for at, name, text in ((0, "file", "review-copy.mp4"), (1, "role", "track"), (1, "file", "review-copy-2.mp4")):
        broken = copy.deepcopy(document)
        broken["copies"][at][name] = text
        with pytest.raises(CannotOpen, match="file"):
            from_document(broken)


@pytest.mark.parametrize("template", ["{stored:>999999999}", "{stored.real}", "{nothing}", "{stored"])
def test_a_sentence_cannot_ask_for_more_than_its_values(template: str) -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["findings"][0]["claim_message"]["template"] = template
    with pytest.raises(CannotOpen, match="claim"):
        from_document(document)


def test_rates_stand_in_the_audit_and_in_each_finding() -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    assert document["kind"] == "h264 steady software"
    rates = {one["check"]: one for one in document["performance"]}
    assert list(rates) == ["hidden-footage", "timestamp-gap", "stream-join"]
    assert [one["performance"] for one in document["findings"]] == [
        rates["hidden-footage"],
        rates["timestamp-gap"],
        rates["timestamp-gap"],
        None,
    ]
    assert rates["timestamp-gap"]["found"][0] == {
        "group": "remove-copy",
        "near": 9,
        "frame": 8,
        "clips": 12,
        "not_run": 0,
    }
    assert rates["timestamp-gap"]["set"]["clips"] == 4210


def test_an_audit_of_before_there_were_rates_is_still_read() -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    for holder in (document, *document["findings"]):
        holder.pop("kind", None)
        del holder["performance"]
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert from_document(document) == replace(ordinary()[0], kind="", performance=())


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("false", -1),
        ("false_clips", 41),
        ("clips", 1.5),
        ("hours", -0.5),
        ("hours", float("nan")),
        ("check", "../x"),
        ("kind", "vp9 steady software"),
        ("check", "timestamp-gap"),
    ],
)
def test_rates_that_cannot_be(member: str, value: Json) -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["performance"][0][member] = value
    with pytest.raises(CannotOpen, match="performance"):
        from_document(document)


@pytest.mark.parametrize(("member", "value"), [("near", 13), ("frame", 10**30), ("group", "<b>"), ("clips", -1)])
def test_counts_of_edits_that_cannot_be(member: str, value: Json) -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["performance"][1]["found"][0][member] = value
    with pytest.raises(CannotOpen, match=r"performance\[1\]\.found\[0\]"):
        from_document(document)


def test_a_finding_cannot_state_other_rates_than_its_check() -> None:
    document = json.loads(serialise(to_document(ordinary()[0])))
    document["findings"][1]["performance"]["false_clips"] = 1
    with pytest.raises(CannotOpen, match=r"findings\[1\]\.performance"):
        from_document(document)
    document["findings"][1]["performance"] = None
    with pytest.raises(CannotOpen, match=r"findings\[1\]\.performance"):
        from_document(document)


def test_verify_sees_other_rates() -> None:
    audit = ordinary()[0]
    again = replace(audit, performance=(performance("hidden-footage", false=0, false_clips=0),))
    assert list(differences(to_document(audit), to_document(audit))) == []
    named = list(differences(to_document(audit), to_document(again)))
    assert "performance: 3 entries recorded, now 1" in named
    assert any(line.startswith("findings[1].performance: ") for line in named)


def test_exact_times() -> None:
    assert exact(Fraction(-1001, 30000)) == "-1001/30000"
    assert exact(None) is None


def test_an_audit_of_before_there_was_a_case_file_is_still_read() -> None:
    audit = replace(ordinary()[0], stated=STATED)
    document = json.loads(serialise(to_document(audit)))
    assert list(document)[2:4] == ["custody", "stated"]
    assert document["stated"]["case"]["number"] == "4-17/2026"
    assert from_document(document) == audit
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    for name in ("stated", "extract"):
        alone = {key: value for key, value in document.items() if key != name}
        with pytest.raises(CannotOpen, match=name):
            from_document(alone)
    old = {key: value for key, value in document.items() if key not in ("stated", "extract")}
    jsonschema.Draft202012Validator(SCHEMA).validate(old)
    assert from_document(old) == replace(audit, stated=None, extract=())


def test_what_somebody_stated_is_no_difference_of_analysis() -> None:
    audit = ordinary()[0]
    again = to_document(replace(audit, extract=audit.extract[1:]))
    assert list(differences(to_document(replace(audit, stated=STATED)), to_document(audit))) == []
    assert any(line.startswith("extract: ") for line in differences(to_document(audit), again))

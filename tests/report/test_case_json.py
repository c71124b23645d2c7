"""The index as JSON: valid by its schema, one entry for every name, every name had back, and no clock in it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from entirety.model.audit import Answer
from entirety.model.case import Case, Entry, Fate
from entirety.report.case_json import case_document
from entirety.report.case_names import address, path_from, path_hex, path_text
from entirety.report.case_rows import MOST_SAME, rows
from entirety.report.document import serialise
from report.cases import NASTY, STEADY, drawn, entry, item, large, table

SCHEMAS = Path(__file__).resolve().parents[2] / "src" / "entirety" / "report" / "schema"


def schema() -> Any:
    return json.loads((SCHEMAS / "index-1.schema.json").read_text(encoding="utf-8"))


def document(case: Case) -> Any:
    return json.loads(serialise(case_document(case, table())))


@pytest.mark.parametrize(
    "case",
    [drawn(), large(60), replace(drawn(), entries=(), items=(), overlaps=None, no_overlaps="Nothing to compare.")],
    ids=["drawn", "large", "empty"],
)
def test_the_document_follows_its_schema(case: Case) -> None:
    jsonschema.validate(document(case), schema())


def test_the_folder_has_its_name_and_a_picture_its_finding() -> None:
    found = document(replace(drawn(), folder="\udcff é"))
    assert found["folder"] == "\\xff é"
    assert all((one["picture"] is None) == (one["pictured"] is None) for one in found["items"])
    assert {one["pictured"] for one in found["items"]} == {None, "F001"}


def test_the_schema_refuses_what_is_not_in_it() -> None:
    wrong = document(drawn())
    wrong["items"][0]["score"] = 7
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())
    wrong = document(drawn())
    wrong["overlaps"]["groups"][0]["score"] = 7
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def test_the_schema_holds_that_of_overlaps_as_it_is() -> None:
    overlap = json.loads((SCHEMAS / "overlap-1.schema.json").read_text(encoding="utf-8"))
    overlap.pop("$schema")
    assert schema()["$defs"]["overlap"] == overlap


def test_every_name_met_is_there_and_can_be_had_back() -> None:
    case = drawn()
    found = document(case)["items"]
    assert [path_from(one["path"], one["path_bytes"]) for one in found] == [one.path for one in case.entries]
    assert {one["outcome"] for one in found} == {fate.value for fate in Fate}
    assert all(one["path"].encode("utf-8") for one in found)


@pytest.mark.parametrize("name", [*NASTY, "\\xff.mp4", "\udcff"])
def test_a_name_is_the_same_after_the_way_through_text(name: str) -> None:
    text, digits = path_text(name), path_hex(name)
    text.encode("utf-8")
    assert path_from(text, digits) == name
    assert address(name).isascii()
    assert not set(address(name)) & set(":?#<>\"' \n\\;=")


def test_the_totals_are_those_of_the_entries() -> None:
    case = drawn()
    totals = document(case)["totals"]
    assert totals["entries"] == len(case.entries) == sum(totals["by_outcome"].values())
    assert totals["clips"] == len(case.items) == sum(totals["clips_by_answer"].values())
    assert sum(totals["files_by_answer"].values()) == totals["by_outcome"]["audited"] == totals["clips"] + 2
    assert not totals["complete"]
    whole = document(large(40))["totals"]
    assert whole["complete"]
    assert list(whole["clips_by_answer"]) == [answer.value for answer in Answer]


def test_files_of_one_content_name_each_other_and_have_one_report() -> None:
    found = {one["path"]: one for one in document(drawn())["items"]}
    three = [found[path] for path in ("cam0/clip 00.mp4", "cam0/copy of clip 00.mp4", "cam9/clip 00.mp4")]
    assert len({one["report"] for one in three}) == 1
    assert three[1]["same_content"] == ["cam0/clip 00.mp4", "cam9/clip 00.mp4"]
    assert found["notes/readme.txt"]["same_content"] == ["notes/readme (2).txt"]
    assert found["clip 01.mp4" if "clip 01.mp4" in found else "cam1/clip 01.mp4"]["same_content"] == []


def test_empty_files_are_not_called_alike() -> None:
    empty = tuple(
        Entry(f"{n}.txt", 0, "e3" * 32, Fate.EMPTY, "The file has no bytes.", video_by_name=False) for n in "ab"
    )
    assert [row.same_group for row in rows(replace(drawn(), entries=empty))] == [None, None]


def test_many_equal_files_do_not_make_the_index_grow_without_bound() -> None:
    case = replace(
        drawn(),
        entries=tuple(entry(f"{at:04d}.mp4", "one") for at in range(300)),
        items=(item("0000.mp4", "one", Answer.NONE_FOUND),),
        overlaps=None,
    )
    found = rows(case)
    assert all(len(row.same) == MOST_SAME and row.more_same == 299 - MOST_SAME for row in found)
    assert all(row.entry.path not in row.same for row in found)


def test_overlap_groups_are_numbered_as_listed_and_clips_stand_under_their_paths() -> None:
    found = document(drawn())
    members = [one["path"] for one in found["items"] if one["overlap_group"] == 1]
    clips = found["overlaps"]["clips"]
    assert sorted(members) == sorted(clips[one["clip"]]["name"] for one in found["overlaps"]["groups"][0]["clips"])
    assert len(members) == 3


def test_an_audited_file_without_its_audit_is_an_error() -> None:
    with pytest.raises(ValueError, match="no audit of it"):
        rows(replace(drawn(), items=()))


def test_expected_flags_stand_with_what_they_were_counted_on() -> None:
    (steady,) = [
        one for one in document(drawn())["expected_flags"] if one["kind"] == STEADY and one["why_unknown"] is None
    ]
    assert (steady["measured"], steady["measured_flagged"]) == (100, 1)
    assert steady["expected"] == pytest.approx(steady["clips"] / 100)
    assert steady["expected_low"] < steady["expected"] < steady["expected_high"]

"""Edits without new encoding, counted together: what any check found, and each clip that is left with its reason."""

import csv
import io
import json

from entirety.knowledge.performance import Together, restore, store
from entirety.validate.model import Place, Result, Sighting, Truth
from entirety.validate.printed_copies import copies
from entirety.validate.score import rows, table
from entirety.validate.sheet import sheet
from validate.test_score import CUT, result, seen

GIVEN = {"date": "2026-01-01", "tool": "t", "commit": "c", "ffmpeg": "f"}
CLOSED = Truth("edited", 100, (Place(50, visible=True),), unseen="hevc-closed-groups")


def copied(
    truth: Truth, *sightings: Sighting, base: str = "a", edit: str = "cut-2-copy", condition: str = "camera"
) -> Result:
    spec = f"{base}/{condition}/{edit}"
    return result(truth, *sightings, spec=spec, base=base, edit=edit, condition=condition, group="remove-copy")


def test_one_check_is_enough_and_neutral_or_origin_findings_are_none() -> None:
    elsewhere = seen("stream-join", first=10, last=11, start_s=0.4, end_s=0.44)
    (row,) = rows(
        [
            copied(CUT, elsewhere, seen("timestamp-gap"), base="found"),
            copied(CUT, seen(weight="neutral"), seen("writer-trace", whole_clip=True), base="neutral"),
            copied(CUT, seen(first=45, last=46, start_s=1.8, end_s=1.84), base="near"),
        ]
    )
    assert row.together == Together(frame=1, near=2, lost=(("near", "missed"), ("neutral", "missed")))


def test_a_clip_without_a_place_is_found_by_any_finding() -> None:
    (row,) = rows([copied(Truth("edited", 100), seen("hidden-footage", whole_clip=True))])
    assert row.together == Together(1, 1, ())


def test_what_is_encoded_again_is_not_counted_together() -> None:
    (row,) = rows([result(CUT, edit="cut-2-encode")])
    assert row.together is None


def test_the_reason_is_the_recipe_s_and_a_found_clip_needs_none() -> None:
    made = rows([copied(CLOSED, base="lost", condition="hevc"), copied(CLOSED, seen(), base="seen", condition="hevc")])
    assert made[0].together == Together(1, 1, (("lost", "hevc-closed-groups"),))


def test_every_clip_that_was_not_found_is_printed_with_its_reason() -> None:
    made = rows(
        [
            copied(CUT, seen(), base="one"),
            copied(CUT, base="two"),
            copied(CLOSED, base="three", condition="hevc"),
            copied(CUT, seen(), base="four", edit="cut-within-raw"),
        ]
    )
    text = "\n".join(copies(made))
    assert "remove-copy: h264 2 of 3, hevc 0 of 1 (1)" in text
    assert "cut-within-raw: h264 1 of 1" in text
    assert "middle cuts and joins: found 2 of 4" in text
    assert "nothing is there to be seen 2 of 3" in text
    assert "missed: 1\n    two/camera/cut-2-copy" in text
    assert "invisible, hevc-closed-groups: whole closed groups" in text
    assert "    three/hevc/cut-2-copy" in text


def test_a_table_without_such_counts_says_so() -> None:
    assert "not counted" in "\n".join(copies(rows([result(CUT, edit="cut-2-encode")])))


def test_the_counts_are_stored_and_read_back_and_older_tables_have_none() -> None:
    whole = table([copied(CUT, base="two"), copied(CLOSED, condition="hevc")], **GIVEN)
    document = json.loads(store(whole))
    assert restore(document) == whole
    older = {**document, "format": 2, "rows": [row[:11] for row in document["rows"]]}
    assert [(row.together, row.seen) for row in restore(older).rows] == [(row.together, None) for row in whole.rows]
    oldest = {**document, "format": 1, "rows": [row[:10] for row in document["rows"]]}
    assert [(row.together, row.seen) for row in restore(oldest).rows] == [(None, None)] * 2


def test_the_sheet_has_a_line_for_all_checks_together() -> None:
    read = csv.DictReader(io.StringIO(sheet(table([copied(CUT, base="two"), copied(CUT, seen())], **GIVEN))))
    (line,) = [line for line in read if line["check"] == "any-check"]
    shown = ("clips", "found_within_one_frame", "missed", "false_findings", "not_found")
    assert [line[name] for name in shown] == ["2", "1", "1", "", "two:missed"]

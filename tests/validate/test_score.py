"""Counting: each rule of the score on results written by hand."""

import json
from dataclasses import replace
from typing import Any

import pytest

from entirety.detect import CHECKS
from entirety.knowledge.performance import Counted, Row, Seen, restore, store
from entirety.validate.compared import rivals
from entirety.validate.model import Place, Result, Sighting, Truth
from entirety.validate.score import mismatched, rows, table

CUT = Truth("edited", 100, (Place(50, visible=True),))
FREEZE = Truth("edited", 130, (Place(50, visible=False), Place(80, visible=False)))
STEADY = Truth("continuous", 100, software=False)


def seen(check: str = "hard-cut", **changed: Any) -> Sighting:
    values: dict[str, Any] = {
        "check": check,
        "code": "cut",
        "weight": "strong",
        "start_s": 1.96,
        "end_s": 2.0,
        "first": 49,
        "last": 50,
        "whole_clip": False,
    }
    return Sighting(**{**values, **changed})


def result(truth: Truth, *sightings: Sighting, **changed: Any) -> Result:
    values: dict[str, Any] = {
        "spec": "a/camera/cut",
        "base": "a",
        "source": "a",
        "half": "reporting",
        "condition": "camera",
        "edit": "cut",
        "group": "remove-encode",
        "recipe": "0" * 64,
        "truth": truth,
        "places_s": tuple(place.frame / 25 for place in truth.places),
        "frames": truth.frames,
        "seconds": truth.frames / 25,
        "kind": "h264 steady software",
        "answer": "indications",
        "outcomes": tuple(
            (check.id, "found" if any(s.check == check.id for s in sightings) else "clear") for check in CHECKS
        ),
        "sightings": sightings,
        "rivals": (),
    }
    return Result(**{**values, **changed})


def counted(one: Result, check: str = "hard-cut") -> Counted:
    (row,) = rows([one])
    return dict(row.checks)[check]


def test_a_cut_at_its_frame_is_found_within_one_frame_and_near() -> None:
    assert counted(result(CUT, seen())) == Counted(1, 1, 0, 0, 0)


@pytest.mark.parametrize(("first", "last", "frame"), [(50, 51, 1), (48, 49, 1), (47, 48, 0), (52, 53, 0)])
def test_one_frame_is_one_frame(first: int, last: int, frame: int) -> None:
    sighting = seen(first=first, last=last, start_s=first / 25, end_s=last / 25)
    assert counted(result(CUT, sighting)) == Counted(frame, 1, 0, 0, 0)


@pytest.mark.parametrize(("end_s", "expected"), [(2.5, Counted(0, 1, 0, 0, 0)), (2.6, Counted(0, 0, 1, 1, 0))])
def test_half_a_second_is_near_and_more_is_false(end_s: float, expected: Counted) -> None:
    assert counted(result(CUT, seen(start_s=end_s - 0.04, end_s=end_s, first=62, last=63))) == expected


def test_neutral_findings_count_for_nothing() -> None:
    assert counted(result(CUT, seen(weight="neutral"))) == Counted(0, 0, 0, 0, 0)
    assert counted(result(STEADY, seen(weight="neutral"))) == Counted(0, 0, 0, 0, 0)


def test_any_finding_on_a_continuous_clip_is_false_and_the_clip_counts_once() -> None:
    assert counted(result(STEADY, seen(), seen(start_s=3.0, end_s=3.04), seen(whole_clip=True))) == Counted(
        0, 0, 3, 1, 0
    )


def test_a_finding_about_the_whole_file_has_seen_the_edit_and_not_its_place() -> None:
    assert counted(result(CUT, seen("frame-count", whole_clip=True)), "frame-count") == Counted(0, 1, 0, 0, 0)


def test_a_finding_without_a_frame_is_near_at_best() -> None:
    assert counted(result(CUT, seen("hidden-footage", first=-1, last=-1)), "hidden-footage") == Counted(0, 1, 0, 0, 0)


def test_within_a_held_stretch_nothing_is_false() -> None:
    inside = seen("frozen-picture", start_s=2.6, end_s=2.62, first=65, last=65)
    assert counted(result(FREEZE, inside), "frozen-picture") == Counted(0, 0, 0, 0, 0)
    outside = seen("frozen-picture", start_s=4.2, end_s=4.4, first=105, last=110)
    assert counted(result(FREEZE, outside), "frozen-picture") == Counted(0, 0, 1, 1, 0)


def test_what_wrote_the_file_is_held_against_what_wrote_it() -> None:
    trace = seen("writer-trace", whole_clip=True)
    assert counted(result(CUT, trace), "writer-trace") == Counted(1, 1, 0, 0, 0)
    assert counted(result(replace(STEADY, software=True), trace), "writer-trace") == Counted(1, 1, 0, 0, 0)
    assert counted(result(STEADY, trace), "writer-trace") == Counted(0, 0, 1, 1, 0)


@pytest.mark.parametrize("outcome", ["skipped", "not applicable", "failed"])
def test_a_check_that_did_not_run_is_counted_apart(outcome: str) -> None:
    outcomes = tuple((check.id, outcome) for check in CHECKS)
    assert counted(result(CUT, outcomes=outcomes)) == Counted(0, 0, 0, 0, 1)


def test_a_refused_clip_counts_and_its_checks_did_not_run() -> None:
    (row,) = rows([result(CUT, answer="refused", outcomes=(), frames=0, kind="refused")])
    assert row.answers == (("refused", 1),)
    assert all(one == Counted(0, 0, 0, 0, 1) for _, one in row.checks)
    assert mismatched([result(CUT, answer="refused", frames=0)]) == ()


def test_rows_sum_up_clips_of_one_kind_and_keep_halves_apart() -> None:
    made = [result(CUT, seen()), result(CUT), result(CUT, half="tuning"), result(CUT, kind="h264 variable software")]
    by = {(row.half, row.kind): row for row in rows(made)}
    assert len(by) == 3
    both: Row = by["reporting", "h264 steady software"]
    assert (both.clips, both.seconds, dict(both.checks)["hard-cut"].near) == (2, 8.0, 1)


def test_a_clip_that_is_not_what_its_recipe_says_is_named() -> None:
    assert mismatched([result(CUT), result(CUT, spec="b", frames=99)]) == ("b",)


def test_the_table_does_not_depend_on_the_order_of_the_run() -> None:
    made = [result(CUT, spec="a", recipe="1" * 64), result(STEADY, spec="b", recipe="2" * 64)]
    given = {"date": "2026-01-01", "tool": "t", "commit": "c", "ffmpeg": "f"}
    one, other = table(made, **given), table(made[::-1], **given)
    assert one == other
    assert one.clips == 2
    assert one.set_sha256 != table([replace(made[0], recipe="3" * 64), made[1]], **given).set_sha256


def test_each_reported_cut_serves_one_place_and_ours_stand_in_the_same_measure() -> None:
    two = Truth("edited", 100, (Place(50, visible=True), Place(55, visible=True)))
    one = result(two, seen(), seen("stream-join"), rivals=(("scdet", (2.02, 4.0)),))
    by = {rival.name: rival for rival in rivals([one])}
    scdet, ours = by["scdet"], by["entirety hard-cut"]
    assert (scdet.visible, scdet.frame, scdet.near, scdet.reported, scdet.off, scdet.false) == (2, 1, 1, 2, 1, 1)
    assert (ours.visible, ours.frame, ours.near, ours.reported, ours.off, ours.false) == (2, 1, 1, 1, 0, 0)
    cuts = by["entirety cuts"]
    assert (cuts.visible, cuts.frame, cuts.reported) == (2, 1, 1)
    assert by["entirety any check"].reported == 1, "two checks at one place have seen one event"


def test_an_invisible_place_is_nothing_to_recall_and_no_false_cut_either() -> None:
    one = result(Truth("edited", 100, (Place(50, visible=False),)), rivals=(("scdet", (2.0,)),))
    scdet = next(rival for rival in rivals([one]) if rival.name == "scdet")
    assert (scdet.visible, scdet.near, scdet.reported, scdet.false) == (0, 0, 1, 0)


def test_a_stored_table_is_read_back_whole() -> None:
    made = [result(CUT, seen(), rivals=(("scdet", (2.02, 4.0)),)), result(STEADY, seen(), spec="b")]
    whole = table(made, date="2026-01-01", tool="t", commit="c", ffmpeg="f")
    assert whole.rivals
    assert restore(json.loads(store(whole))) == whole


def test_what_speaks_of_the_whole_file_names_no_place() -> None:
    everywhere = seen("hidden-footage", start_s=0.0, end_s=4.0, first=0, last=99)
    assert counted(result(CUT, everywhere), "hidden-footage") == Counted(
        frame=0, near=1, false=0, false_clips=0, not_run=0
    )
    nowhere = seen("hidden-footage", start_s=0.0, end_s=0.0, first=-1, last=-1)
    assert counted(result(CUT, nowhere), "hidden-footage") == Counted(
        frame=0, near=1, false=0, false_clips=0, not_run=0
    )


DISSOLVE = Truth("edited", 100, (Place(50, visible=False, over=50),))


def test_within_a_long_dissolve_nothing_is_off() -> None:
    whole = seen("hard-cut", first=26, last=74, start_s=1.04, end_s=2.96)
    assert counted(result(DISSOLVE, whole)) == Counted(1, 1, 0, 0, 0)
    late = seen("hard-cut", first=77, last=78, start_s=3.08, end_s=3.12)
    assert counted(result(DISSOLVE, late)) == Counted(0, 1, 0, 0, 0)
    away = seen("hard-cut", first=89, last=90, start_s=3.56, end_s=3.6)
    assert counted(result(DISSOLVE, away)) == Counted(0, 0, 1, 1, 0)
    one = result(DISSOLVE, rivals=(("scdet", (1.2, 2.9, 3.4, 3.8)),))
    scdet = next(rival for rival in rivals([one]) if rival.name == "scdet")
    assert (scdet.reported, scdet.off, scdet.false) == (4, 2, 1)


def test_checks_for_cuts_are_one_detector_and_a_transition_stands_in_its_middle() -> None:
    gradual = seen("gradual-transition", first=26, last=74, start_s=1.04, end_s=2.96)
    jump = seen("jump-cut", weight="supporting")
    by = {rival.name: rival for rival in rivals([result(DISSOLVE, gradual, jump, seen("jump-cut", weight="neutral"))])}
    assert (by["entirety cuts"].reported, by["entirety cuts"].off) == (1, 0)
    assert by["entirety hard-cut"].reported == 0


def test_any_check_for_cuts_will_do() -> None:
    (row,) = rows([result(CUT, seen("jump-cut"), scene="stirred"), result(CUT, seen("timestamp-gap"), scene="stirred")])
    assert row.seen == Seen("stirred", frame=1, near=1, grouped=1, parts=1)
    assert {one.seen.scene for one in rows([result(CUT, scene="still"), result(CUT, scene="moving")]) if one.seen} == {
        "still",
        "moving",
    }


def told(edit: str, *sightings: Sighting, scene: str = "", outcome: str = "clear") -> tuple[int, int]:
    (row,) = rows([result(CUT, *sightings, edit=edit, scene=scene, outcomes=(("source-change", outcome),))])
    assert row.seen is not None
    return row.seen.grouped, row.seen.parts


def test_two_recordings_are_to_be_told_apart_and_one_is_not() -> None:
    change = seen("source-change")
    assert told("join-encode", change) == (1, 1)
    assert told("join-encode", seen()) == (0, 1)
    assert told("rejoin", seen(), scene="moving") == (1, 1)
    assert told("rejoin", seen(), change, scene="moving") == (0, 1)
    assert told("rejoin", scene="still") == (0, 0), "a cut that nobody saw parts nothing"
    assert told("join-encode", change, outcome="skipped") == (0, 0)
    assert told("second-track-off", change) == (0, 0)

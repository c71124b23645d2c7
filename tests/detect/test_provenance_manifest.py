"""provenance-manifest: what a signed statement in the file says, as its signer's statement and no more."""

from typing import Any

import pytest

from detect.clips import make_clip, make_manifest
from detect.expectations import found, status
from entirety.detect.provenance_manifest import CHECK
from entirety.detect.run import run_check
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Question, Status, Weight
from entirety.model.provenance import Action, Reading

HASH = ("assertion.bmffHash.mismatch",)


def stated(**fields: Any) -> Clip:
    return make_clip(100, clip={"provenance": make_manifest(**fields)})


def steps(*names: str, own: bool = True) -> tuple[Action, ...]:
    return tuple(Action(name, "Editor 1.0", "", own) for name in names)


def told(clip: Clip) -> dict[str, Weight]:
    return {finding.code: finding.weight for finding in found(CHECK, clip)}


def the(clip: Clip, code: str) -> Finding:
    return next(finding for finding in found(CHECK, clip) if finding.code == code)


def test_no_manifest_says_nothing() -> None:
    result, findings = run_check(CHECK, make_clip(100))
    assert (result.outcome, findings) == (Outcome.NOT_APPLICABLE, ())
    assert "absence says nothing" in str(result.reason)


def test_without_the_library() -> None:
    result, findings = run_check(CHECK, stated(reading=Reading.NOT_INSTALLED))
    assert (result.outcome, findings) == (Outcome.SKIPPED, ())
    assert "not installed" in str(result.reason)
    assert result.question is Question.ORIGINAL


def test_a_camera_s_statement_is_neutral() -> None:
    clip = stated()
    assert told(clip) == {"valid": Weight.NEUTRAL}
    assert "Camera, Maker" in str(the(clip, "valid").claim)
    assert the(clip, "valid").span.byte_ranges == ((24, 1024),)


def test_edits_that_the_signer_states() -> None:
    clip = stated(actions=steps("c2pa.opened", "c2pa.cropped", "c2pa.trimmed"))
    assert told(clip) == {"valid": Weight.NEUTRAL, "edits-stated": Weight.SUPPORTING}
    assert the(clip, "edits-stated").also == (Question.WHOLE,)
    assert "c2pa.cropped, c2pa.trimmed" in str(the(clip, "edits-stated").claim)
    assert "signer" in str(the(clip, "edits-stated").inference)


def test_edits_of_an_earlier_file() -> None:
    clip = stated(actions=(*steps("c2pa.cropped", "c2pa.transcoded", own=False), *steps("c2pa.edited")))
    assert told(clip) == {
        "valid": Weight.NEUTRAL,
        "edits-stated": Weight.SUPPORTING,
        "edits-stated-earlier": Weight.NEUTRAL,
        "saving-stated-earlier": Weight.NEUTRAL,
    }
    assert "cropped" not in str(the(clip, "edits-stated").claim)
    assert "made from: c2pa.cropped" in str(the(clip, "edits-stated-earlier").claim)
    assert "nothing follows" in str(the(clip, "edits-stated-earlier").inference)
    assert {finding.also for finding in found(CHECK, clip)} == {()}


@pytest.mark.parametrize("name", ["cropped", "trimmed", "deleted", "removed", "redacted"])
def test_what_was_taken_away_bears_on_the_whole(name: str) -> None:
    assert the(stated(actions=steps(f"c2pa.{name}")), "edits-stated").also == (Question.WHOLE,)
    unfit = stated(reading=Reading.INVALID, failures=HASH, actions=steps(f"c2pa.{name}"))
    assert the(unfit, "edits-stated").also == ()


@pytest.mark.parametrize("name", ["created", "opened", "color_adjustments", "adjustedColor", "orientation", "enhanced"])
def test_what_cameras_do_is_no_edit(name: str) -> None:
    assert told(stated(actions=steps(f"c2pa.{name}"))) == {"valid": Weight.NEUTRAL}


def test_other_reports_than_a_mismatch_of_this_file_are_neutral() -> None:
    clip = stated(reading=Reading.UNDECIDED, remarks=("algorithm.unsupported",), actions=steps("c2pa.cropped"))
    assert told(clip) == {"undecided": Weight.NEUTRAL, "edits-stated": Weight.NEUTRAL}
    assert "algorithm.unsupported" in str(the(clip, "undecided").claim)
    assert the(clip, "edits-stated").also == ()


def test_saving_anew() -> None:
    assert told(stated(actions=steps("c2pa.transcoded"))) == {
        "valid": Weight.NEUTRAL,
        "saving-stated": Weight.SUPPORTING,
    }


def test_a_statement_that_does_not_fit_carries_nothing_but_that() -> None:
    clip = stated(reading=Reading.INVALID, failures=HASH, actions=steps("c2pa.edited"))
    assert told(clip) == {"invalid": Weight.SUPPORTING, "edits-stated": Weight.NEUTRAL}
    assert HASH[0] in str(the(clip, "invalid").claim)


def test_a_statement_that_cannot_be_read() -> None:
    assert told(stated(reading=Reading.UNREADABLE)) == {"unreadable": Weight.NEUTRAL}


def test_innocent_unknown_signer() -> None:
    clip = stated(signer="", issuer="")
    assert told(clip) == {"valid": Weight.NEUTRAL}
    assert "no name" in str(the(clip, "valid").claim)
    assert status(the(clip, "valid"), "unknown-signer") is Status.NOT_EXCLUDED


def test_innocent_changed_after_signing() -> None:
    clip = stated(reading=Reading.INVALID, failures=HASH)
    assert status(the(clip, "invalid"), "changed-after-signing") is Status.NOT_EXCLUDED
    assert status(the(stated(), "valid"), "changed-after-signing") is Status.EXCLUDED


def test_innocent_unfinished_copy() -> None:
    assert (
        status(the(stated(reading=Reading.INVALID, failures=HASH), "invalid"), "unfinished-copy") is Status.NOT_EXCLUDED
    )


def test_innocent_newer_specification() -> None:
    assert status(the(stated(reading=Reading.UNREADABLE), "unreadable"), "newer-specification") is Status.NOT_EXCLUDED


def test_innocent_routine_processing() -> None:
    clip = stated(actions=steps("c2pa.filtered"))
    assert status(the(clip, "edits-stated"), "routine-processing") is Status.NOT_EXCLUDED
    assert status(the(clip, "valid"), "routine-processing") is Status.EXCLUDED

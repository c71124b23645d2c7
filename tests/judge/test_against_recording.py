"""What a comparison with recordings becomes in the report: one finding for each difference, weighed by how the pictures were matched."""

import re
from dataclasses import replace

import pytest

from detect.clips import make_clip
from detect.test_declarations import BANNED
from entirety.detect import CHECKS
from entirety.detect.run import run_check
from entirety.judge.against_recording import CHECK, check_against
from entirety.judge.answer import BY_COMPARISON, RULE, by_comparison, judge
from entirety.judge.checks import LISTED
from entirety.judge.recording_findings import MOST
from entirety.judge.recording_innocent import EXPLANATIONS, ID
from entirety.judge.recording_words import CLAIMS, MEANS
from entirety.model.audit import Answer, CheckResult
from entirety.model.coverage import Coverage, Layer, SoundMatch
from entirety.model.finding import Finding, Outcome, Question, Status, Weight
from judge.coverages import coverage, piece

WHOLE = coverage([piece(0, 0, 1000)], clip=1000)
TWO = [piece(0, 100, 100), piece(100, 300, 100)]
"""Two parts of the recording, joined: 100 pictures before, 100 between, 600 after."""
LOOSE = [replace(one, matched_by=Layer.PICTURES, uncertainty=1, packets=0) for one in TWO]


def checked(compared: Coverage | None, frames: int | None = None) -> tuple[CheckResult, tuple[Finding, ...]]:
    clip = make_clip(frames if frames is not None else compared.clip.frames if compared is not None else 100)
    result, found = run_check(check_against(compared), clip)
    assert result.outcome is not Outcome.FAILED, str(result.reason)
    return result, found


def found(compared: Coverage) -> dict[str, Finding]:
    """By code; each once."""
    _, findings = checked(compared)
    assert len({one.code for one in findings}) == len(findings)
    return {one.code: one for one in findings}


def status(finding: Finding, slug: str) -> Status:
    return next(one.status for one in finding.innocent if one.slug == slug)


def test_without_a_recording_it_says_that_it_was_not_run() -> None:
    result, findings = checked(None)
    assert (result.outcome, findings) == (Outcome.SKIPPED, ())
    assert "--source" in str(result.reason)


def test_nothing_of_the_recording_in_the_clip_is_no_finding() -> None:
    result, findings = checked(coverage([], clip=50))
    assert (result.outcome, findings) == (Outcome.NOT_APPLICABLE, ())
    assert "Nothing of the recordings" in str(result.reason)


def test_two_readings_that_count_differently_are_not_mixed() -> None:
    result, findings = checked(WHOLE, frames=999)
    assert (result.outcome, findings) == (Outcome.SKIPPED, ())
    assert "1000 pictures" in str(result.reason)


def test_a_clip_that_shows_the_whole_recording_is_clear() -> None:
    result, findings = checked(WHOLE)
    assert (result.outcome, findings) == (Outcome.CLEAR, ())


def test_footage_between_two_parts_is_a_direct_trace_where_bytes_are_equal() -> None:
    seen = found(coverage(TWO, clip=200))
    assert set(seen) == {"left-out", "part"}
    left, part = seen["left-out"], seen["part"]
    assert (left.weight, left.also, left.stills) == (Weight.DIRECT, (Question.CONTINUOUS,), (99, 100))
    assert (left.span.first, left.span.last) == (99, 100)
    assert str(left.claim) == (
        "Frame 99 of the clip shows recording 1 up to 00:00:08.000; the next picture of it in the clip, frame 100, shows it from 00:00:12.000 "
        "on. In between the recording has 4.000 s. Of that, 4.000 s were found nowhere in the clip."
    )
    assert "-c copy" in left.reproduce
    assert (part.weight, part.also) == (Weight.DIRECT, ())
    assert "has 4.000 s before the earliest and 24.000 s after the latest" in str(part.claim)


def test_likeness_makes_a_strong_indication() -> None:
    seen = found(coverage(LOOSE, clip=200))
    assert {code: one.weight for code, one in seen.items()} == {"left-out": Weight.STRONG, "part": Weight.STRONG}
    assert "RECORDING" in seen["left-out"].reproduce
    assert "recording-%d.png" in seen["left-out"].reproduce


def test_a_step_within_the_doubt_of_likeness_is_none() -> None:
    near = [LOOSE[0], replace(LOOSE[1], source_first=202, source_end=302)]
    compared = coverage(near, clip=200)
    assert "left-out" not in found(replace(compared, missing=tuple(m for m in compared.missing if m.end - m.first > 2)))


def test_the_last_picture_of_a_stream_copy_belongs_to_its_part() -> None:
    """Two pictures that are shown before it were stored after it, and are not in the copy."""
    tail = replace(piece(98, 200, 1), matched_by=Layer.FRAMES)
    seen = found(coverage([piece(0, 100, 98), tail, piece(99, 300, 100)], clip=199))
    assert set(seen) == {"left-out", "part"}
    assert seen["left-out"].stills == (98, 99)


def test_another_order() -> None:
    seen = found(coverage([piece(0, 500, 500), piece(500, 0, 500)], clip=1000))
    assert set(seen) == {"order"}
    assert seen["order"].weight is Weight.DIRECT


def test_a_part_shown_twice_is_told_once() -> None:
    seen = found(coverage([piece(0, 0, 1000), piece(1000, 900, 100)], clip=1100))
    assert set(seen) == {"repeated"}
    assert dict(seen["repeated"].claim.values)["pictures"] == 100
    assert seen["repeated"].span.first == 1000


def test_a_part_shown_backwards() -> None:
    seen = found(coverage([piece(0, 0, 500), piece(500, 500, 500, reversed=True)], clip=1000))
    assert set(seen) == {"reversed"}
    assert "from 00:00:40.000 back to 00:00:20.000" in str(seen["reversed"].claim)


def test_a_mirrored_part_is_a_supporting_sign_only() -> None:
    seen = found(coverage([piece(0, 0, 1000, layer=Layer.PICTURES, mirrored=True)], clip=1000))
    assert {code: one.weight for code, one in seen.items()} == {"mirrored": Weight.SUPPORTING}


def test_another_speed() -> None:
    fast = piece(0, 0, 800, layer=Layer.PICTURES, source_frames=1000)
    seen = found(coverage([fast], clip=800))
    assert set(seen) == {"speed"}
    assert "at 1.250 of its pace: 40.000 s of the recording in 32.000 s of the clip" in str(seen["speed"].claim)
    slight = piece(0, 0, 995, layer=Layer.PICTURES, source_frames=1000)
    assert found(coverage([slight], clip=995)) == {}


@pytest.mark.parametrize(
    ("sound", "code", "frames", "weight"),
    [
        (SoundMatch.OTHER, "sound-other", 1000, Weight.STRONG),
        (SoundMatch.OTHER, "sound-other", 100, Weight.NEUTRAL),
        (SoundMatch.REMOVED, "sound-removed", 1000, Weight.SUPPORTING),
        (SoundMatch.ADDED, "sound-added", 1000, Weight.SUPPORTING),
    ],
)
def test_another_sound(sound: SoundMatch, code: str, frames: int, weight: Weight) -> None:
    seen = found(coverage([piece(0, 0, frames, sound=sound)], clip=frames, sources=(frames,)))
    assert {one: finding.weight for one, finding in seen.items()} == {code: weight}


def test_what_no_recording_has() -> None:
    inside = [piece(0, 0, 500), piece(550, 500, 500)]
    assert {c: one.weight for c, one in found(coverage(inside, clip=1050)).items()} == {"foreign": Weight.STRONG}
    still = found(coverage(inside, clip=1050, still=True))
    assert {c: one.weight for c, one in still.items()} == {"foreign-still": Weight.NEUTRAL}
    short = [piece(0, 0, 500), piece(510, 500, 500)]
    assert {c: one.weight for c, one in found(coverage(short, clip=1010)).items()} == {"foreign": Weight.SUPPORTING}


def test_what_lies_outside_a_recording_is_no_sign() -> None:
    findings = checked(coverage([piece(50, 0, 1000)], clip=1100))[1]
    assert [(one.code, one.weight, one.span.first) for one in findings] == [
        ("beyond", Weight.NEUTRAL, 0),
        ("beyond", Weight.NEUTRAL, 1050),
    ]


def test_beyond_one_end_and_not_the_other() -> None:
    seen = found(coverage([piece(50, 0, 900)], clip=950))
    assert {c: one.weight for c, one in seen.items()} == {"beyond": Weight.NEUTRAL, "part": Weight.STRONG}
    late = found(coverage([piece(50, 100, 900)], clip=950))
    assert {c: one.weight for c, one in late.items()} == {"foreign": Weight.SUPPORTING, "part": Weight.STRONG}


def test_a_transition_at_a_place_that_is_reported_is_told_of_there() -> None:
    seen = found(coverage([piece(0, 0, 100), piece(110, 200, 800)], clip=910))
    assert set(seen) == {"left-out"}
    assert seen["left-out"].weight is Weight.STRONG
    values = {one.name: one.value for one in seen["left-out"].measured}
    assert values["pictures of the clip at this place that no recording has"] == 10


def test_two_recordings() -> None:
    joined = [piece(0, 0, 500), piece(500, 100, 400, source=1)]
    findings = checked(coverage(joined, clip=900, sources=(1000, 500)))[1]
    assert [(one.code, one.weight) for one in findings] == [
        (code, Weight.DIRECT) for code in ("other-recording", "part", "part")
    ]
    following = [piece(0, 0, 1000), piece(1000, 0, 500, source=1)]
    seen = found(coverage(following, clip=1500, sources=(1000, 500)))
    assert {c: one.weight for c, one in seen.items()} == {"next-recording": Weight.NEUTRAL}


def test_footage_left_out_of_a_part_that_runs_backwards() -> None:
    back = [piece(0, 600, 400, reversed=True), piece(400, 0, 400, reversed=True)]
    findings = checked(coverage(back, clip=800))[1]
    assert sorted(one.code for one in findings) == ["left-out", "reversed", "reversed"]
    left = next(one for one in findings if one.code == "left-out")
    assert "up to 00:00:24.000" in str(left.claim)
    assert "from 00:00:16.000 on" in str(left.claim)


def test_thousands_of_pieces_give_a_list_that_can_be_read() -> None:
    many = [piece(2 * at, 10 * at, 2) for at in range(1000)]
    missing = coverage(many[:1], clip=2, sources=(10_000,)).missing
    gaps = tuple(replace(missing[0], first=10 * at + 2, end=10 * at + 10) for at in range(1000))
    base = replace(coverage([piece(0, 0, 2000)], clip=2000, sources=(10_000,)), pieces=tuple(many), missing=gaps)
    findings = checked(base)[1]
    assert sum(one.code == "left-out" for one in findings) == MOST


def test_the_answer_says_that_a_second_file_was_needed() -> None:
    compared = coverage(TWO, clip=200)
    result, findings = checked(compared)
    verdict = judge(findings, (result,), (), frames=200, missing=0)
    assert (verdict.answer, verdict.sentence) == (Answer.DIRECT, BY_COMPARISON)
    assert dict(verdict.questions)[Question.WHOLE] is Answer.DIRECT
    assert dict(verdict.questions)[Question.CONTINUOUS] is Answer.DIRECT
    assert by_comparison(Question.WHOLE, findings, (result,))
    own = replace(findings[0], check="hidden-footage")
    hidden = replace(result, id="hidden-footage")
    both = judge((*findings, own), (result, hidden), (), frames=200, missing=0)
    assert both.sentence == RULE[0].sentence
    assert not by_comparison(Question.WHOLE, (*findings, own), (result, hidden))
    loose = checked(coverage(LOOSE, clip=200))[1]
    assert judge(loose, (result,), (), frames=200, missing=0).answer is Answer.INDICATIONS


def test_a_clip_that_is_not_held_against_anything_is_answered_as_before() -> None:
    """With and without the check that was not run, on the question whether all is here."""
    for outcomes in ("ccc", "cc", "c"):
        mine = [CheckResult(f"one-{at}", 1, Question.WHOLE, Outcome.CLEAR, None, 0) for at in range(len(outcomes))]
        mine += [CheckResult(f"not-{at}", 1, Question.WHOLE, Outcome.SKIPPED, None, 0) for at in range(4 - len(mine))]
        skipped, _ = checked(None)
        answers = [dict(judge((), m, (), frames=9, missing=0).questions) for m in (mine, [*mine, skipped])]
        assert answers[0] == answers[1]


def test_the_declaration_is_complete_and_accuses_nobody() -> None:
    assert (*CHECKS, CHECK) == LISTED
    assert CHECK.id == ID
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", CHECK.id)
    assert all((CHECK.title, CHECK.sees, CHECK.needs, CHECK.innocent, CHECK.blind_spots, CHECK.references))
    said = [CHECK.title, CHECK.sees, *CHECK.blind_spots, *CLAIMS.values(), *MEANS.values()]
    for one in EXPLANATIONS.values():
        said += [one.cause, one.excluded, one.not_excluded, one.not_tested]
    assert [text for text in said if BANNED.search(text)] == []
    assert all(text.startswith("In our assessment") for text in MEANS.values())
    names = {
        name.removeprefix("test_innocent_").replace("_", "-") for name in globals() if name.startswith("test_innocent_")
    }
    assert names == set(EXPLANATIONS)


def test_innocent_recording_put_together() -> None:
    left = found(coverage(TWO, clip=200))["left-out"]
    assert status(left, "recording-put-together") is Status.NOT_TESTED
    assert "added to the recording" in str(left.inference)


def test_innocent_recorder_gaps() -> None:
    assert status(found(coverage(TWO, clip=200))["left-out"], "recorder-gaps") is Status.NOT_EXCLUDED
    swapped = found(coverage([piece(0, 500, 500), piece(500, 0, 500)], clip=1000))["order"]
    assert status(swapped, "recorder-gaps") is Status.EXCLUDED


def test_innocent_two_recorders() -> None:
    assert status(found(coverage(TWO, clip=200))["part"], "two-recorders") is Status.NOT_EXCLUDED


def test_innocent_chosen_parts() -> None:
    assert {status(one, "chosen-parts") for one in found(coverage(TWO, clip=200)).values()} == {Status.NOT_TESTED}


def test_innocent_lost_pictures() -> None:
    few = found(coverage([piece(0, 0, 400), piece(400, 405, 595)], clip=995))["left-out"]
    assert status(few, "lost-pictures") is Status.NOT_EXCLUDED
    again = found(coverage([piece(0, 0, 1000), piece(1000, 900, 100)], clip=1100))["repeated"]
    assert status(again, "lost-pictures") is Status.EXCLUDED


def test_innocent_pace_converted() -> None:
    fast = found(coverage([piece(0, 0, 960, layer=Layer.PICTURES, source_frames=1000)], clip=960))["speed"]
    assert status(fast, "pace-converted") is Status.NOT_EXCLUDED
    assert "1.042 of the recording's pace" in str(
        next(one.why for one in fast.innocent if one.slug == "pace-converted")
    )


def test_innocent_other_track() -> None:
    other = found(coverage([piece(0, 0, 1000, sound=SoundMatch.OTHER)], clip=1000))["sound-other"]
    assert status(other, "other-track") is Status.NOT_EXCLUDED


def test_innocent_looks_alike() -> None:
    assert status(found(coverage(LOOSE, clip=200))["left-out"], "looks-alike") is Status.NOT_EXCLUDED
    assert status(found(coverage(TWO, clip=200))["left-out"], "looks-alike") is Status.EXCLUDED

"""The runner: one outcome for each check, whatever the check does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from detect.clips import frame_rows, make_clip, rows
from entirety.detect.needs import FRAMES, H264, ISOBMFF, PACKETS
from entirety.detect.run import run_all, run_check
from entirety.detect.sentences import say
from entirety.model.clip import Clip
from entirety.model.finding import (
    Check,
    Confidence,
    Finding,
    Innocent,
    Outcome,
    Question,
    Span,
    Status,
    Weight,
)

INNOCENT = (("rain", "It rained."), ("wind", "It blew."))


def finding(**changes: Any) -> Finding:
    named = tuple(Innocent(slug, Status.EXCLUDED, say(f"x.{slug}", text)) for slug, text in INNOCENT)
    plain = Finding(
        check="weather",
        code="storm",
        claim=say("x.claim", "Seen."),
        inference=say("x.inference", "In our assessment a storm."),
        span=Span(make_clip(1).start, make_clip(1).start),
        weight=Weight.STRONG,
        confidence=Confidence.HIGH,
        measured=(),
        innocent=named,
        reproduce="ffmpeg -i CLIP",
    )
    return replace(plain, **changes)


def check(
    *findings: Finding,
    needs: tuple[Any, ...] = (),
    run: Callable[[Clip], Any] | None = None,
    blind_here: Callable[[Clip], Any] | None = None,
) -> Check:
    return Check(
        id="weather",
        revision=3,
        question=Question.WHOLE,
        title="Weather",
        sees="The sky.",
        needs=needs,
        innocent=INNOCENT,
        blind_spots=("Night.",),
        references=("None.",),
        run=run or (lambda _: findings),
        blind_here=blind_here,
    )


def test_found_and_clear() -> None:
    clip = make_clip(5)
    result, found = run_check(check(finding()), clip)
    assert (result.id, result.revision, result.outcome, result.reason, result.findings) == (
        "weather",
        3,
        Outcome.FOUND,
        None,
        1,
    )
    assert found == (finding(),)
    assert run_check(check(), clip)[0].outcome is Outcome.CLEAR


def test_what_a_check_cannot_see_here_stands_beside_its_outcome_whatever_it_found() -> None:
    said = say("x.here", "Nothing moved.")
    for findings, outcome in (((), Outcome.CLEAR), ((finding(),), Outcome.FOUND)):
        result, found = run_check(check(*findings, blind_here=lambda _: said), make_clip(5))
        assert (result.outcome, result.blind_here, found) == (outcome, said, findings)
    assert run_check(check(blind_here=lambda _: None), make_clip(5))[0].blind_here is None


def test_a_check_that_did_not_run_is_not_asked_what_it_cannot_see() -> None:
    def never(clip: Clip) -> None:
        raise AssertionError(clip)

    clip = make_clip(5, headers=None)
    result, _ = run_check(check(needs=(H264,), blind_here=never), clip)
    assert (result.outcome, result.blind_here) == (Outcome.NOT_APPLICABLE, None)


def test_an_error_in_saying_so_is_an_error_of_the_check() -> None:
    def breaks(clip: Clip) -> None:
        raise ZeroDivisionError(clip)

    result, found = run_check(check(finding(), blind_here=breaks), make_clip(5))
    assert (result.outcome, found, result.blind_here) == (Outcome.FAILED, (), None)
    assert "ZeroDivisionError at test_run.py:" in str(result.reason)


def test_an_error_is_an_outcome_with_its_name_and_place() -> None:
    def breaks(clip: Clip) -> Iterator[Finding]:
        yield finding()
        raise ZeroDivisionError("0x7f12 is an address and must not be printed")

    result, found = run_check(check(run=breaks), make_clip(5))
    assert (result.outcome, found, result.findings) == (Outcome.FAILED, (), 0)
    assert "ZeroDivisionError at test_run.py:" in str(result.reason)
    assert "0x7f12" not in str(result.reason)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"check": "climate"}, "calls itself climate"),
        ({"code": "Storm_1"}, "no code of lower-case words"),
        ({"innocent": finding().innocent[:1]}, "silent on wind"),
        ({"innocent": finding().innocent * 2}, "twice"),
        ({"innocent": (*finding().innocent, Innocent("snow", Status.EXCLUDED, say("x", "x")))}, "not declared"),
        ({"stills": tuple(range(9))}, "more than 8 pictures"),
        ({"hidden": tuple(range(9))}, "more than 8 pictures"),
        ({"span": Span(make_clip(1).start + 1, make_clip(1).start)}, "ends before it starts"),
    ],
)
def test_a_finding_beyond_the_declaration_is_a_failure(wrong: dict[str, Any], said: str) -> None:
    result, found = run_check(check(finding(**wrong)), make_clip(5))
    assert (result.outcome, found) == (Outcome.FAILED, ())
    assert said in str(result.reason)


def test_a_neutral_finding_may_leave_causes_out() -> None:
    neutral = finding(weight=Weight.NEUTRAL, innocent=())
    assert run_check(check(neutral), make_clip(5))[0].outcome is Outcome.FOUND


def test_each_need_says_what_is_missing() -> None:
    clip = make_clip(5)
    nothing = make_clip(5, headers=None, movie=None)
    nothing = replace(nothing, stored=(rows(clip.packets, []),), frames=frame_rows(clip.frames, []))
    for need, outcome, said in (
        (FRAMES, Outcome.SKIPPED, "No picture"),
        (PACKETS, Outcome.SKIPPED, "No coded picture"),
        (H264, Outcome.NOT_APPLICABLE, "coded as h264"),
        (ISOBMFF, Outcome.NOT_APPLICABLE, "no edit list"),
    ):
        assert run_check(check(finding(), needs=(need,)), clip)[0].outcome is Outcome.FOUND
        result, found = run_check(check(finding(), needs=(need,)), nothing)
        assert (result.outcome, found) == (outcome, ())
        assert said in str(result.reason)


def test_all_run_in_order() -> None:
    second = replace(check(), id="climate")
    results, found = run_all((check(finding(), finding(code="hail")), second), make_clip(5))
    assert [r.id for r in results] == ["weather", "climate"]
    assert [f.code for f in found] == ["storm", "hail"]

"""Where a site or messenger wrote the file anew, what its container says carries nothing, and the finding says why."""

from dataclasses import replace
from fractions import Fraction

from detect.clips import make_clip
from entirety.detect.known_writers import known
from entirety.detect.sentences import say
from entirety.detect.traces import traces
from entirety.detect.written_by import held_back, platforms
from entirety.model.finding import Confidence, Finding, Span, Weight

FINDING = Finding(
    check="leftovers",
    code="trailing",
    claim=say("leftovers.claim", "Seen."),
    inference=say("leftovers.inference", "In our assessment it is so."),
    span=Span(Fraction(0), Fraction(0)),
    weight=Weight.SUPPORTING,
    confidence=Confidence.HIGH,
    measured=(),
    innocent=(),
    reproduce="ffmpeg -i CLIP",
)


def test_a_service_is_named_once() -> None:
    clip = make_clip(10, sound=True, track={"handler_name": "Twitter-vork muxer"})
    assert "twitter" in [match.writer.id for match in known(traces(clip))]
    assert platforms(clip).count("Twitter") == 1


def test_other_software_is_no_service() -> None:
    clip = make_clip(10, clip={"tags": (("encoder", "Lavf61.7.100"),)})
    assert "library" in [match.writer.family for match in known(traces(clip))]
    assert platforms(clip) == ""


def test_a_finding_is_held_back_and_says_why() -> None:
    held = held_back(FINDING, "Twitter (X)")
    assert (held.weight, held.claim) == (Weight.NEUTRAL, FINDING.claim)
    assert str(held.inference).startswith("In our assessment nothing follows")
    assert "Twitter (X)" in str(held.inference)


def test_without_a_service_and_below_supporting_nothing_changes() -> None:
    assert held_back(FINDING, "") is FINDING
    neutral = replace(FINDING, weight=Weight.NEUTRAL)
    assert held_back(neutral, "Twitter (X)") is neutral

"""Where a site or messenger wrote the file anew, what its container says carries nothing, and the finding says why."""

from dataclasses import replace
from fractions import Fraction

from detect.clips import make_clip
from entirety.detect.known_writers import known
from entirety.detect.sentences import say
from entirety.detect.traces import traces
from entirety.detect.written_by import NAMING, held_back, platforms
from entirety.knowledge import writers
from entirety.model.container import Box
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


def test_structure_alone_names_no_service() -> None:
    """A box tree of a kind that a service writes is re-saved all the same; other checks are not silenced by it."""
    clip = make_clip(10)
    assert clip.movie is not None
    parts = tuple(Box(kind, 0, 8, 8, 8, f"moov/trak/mdia/minf/{kind}") for kind in ("dinf", "stbl", "vmhd"))
    items = tuple(Box(kind, 0, 8, 8, 8, f"moov/udta/meta/ilst/{kind}") for kind in ("gsst", "gstd"))
    last = Box("minf", 0, 32, 8, 32, "moov/trak[1]/mdia/minf", parts)
    built = replace(clip, movie=replace(clip.movie, boxes=(last, *items)))
    fitting = {match.writer.id: match.writer for match in known(traces(built))}
    assert {"google-media-header-last", "google-boxes"} <= set(fitting)
    assert platforms(built) == ""


def test_entries_of_services_without_a_text_say_that_others_may_write_so() -> None:
    for writer in writers():
        if writer.family == "platform" and not any(sign.where in NAMING for sign in writer.signs):
            assert writer.name.startswith("a program that writes as "), writer.id


def test_a_finding_is_held_back_and_says_why() -> None:
    held = held_back(FINDING, "Twitter (X)")
    assert (held.weight, held.claim) == (Weight.NEUTRAL, FINDING.claim)
    assert str(held.inference).startswith("In our assessment nothing follows")
    assert "Twitter (X)" in str(held.inference)


def test_without_a_service_and_below_supporting_nothing_changes() -> None:
    assert held_back(FINDING, "") is FINDING
    neutral = replace(FINDING, weight=Weight.NEUTRAL)
    assert held_back(neutral, "Twitter (X)") is neutral

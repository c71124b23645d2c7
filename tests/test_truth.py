"""Each sample is audited and held against what was really done to it."""

import json
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT
from entirety.judge.examine import examine
from entirety.model.audit import Audit, Tool
from entirety.model.finding import Weight

TRUTH = json.loads((ROOT / "samples" / "truth.json").read_text(encoding="utf-8"))
CLIPS = TRUTH["clips"]
TOOL = Tool("entirety", "test", "test", ())


@cache
def audited(clip: Path) -> Audit:
    """Each sample once, however many tests look at it."""
    return examine(clip, TOOL).audit


@pytest.mark.parametrize("truth", CLIPS, ids=lambda truth: str(truth["file"]))
def test_answer_and_findings_equal_the_truth(truth: dict[str, object], samples: Path) -> None:
    audit = audited(samples / str(truth["file"]))
    expected = truth["expect"]
    assert isinstance(expected, dict)
    assert audit.answer.value == expected["answer"], str(audit.reason)
    weighty = {n.finding.check for n in audit.findings if n.finding.weight is not Weight.NEUTRAL}
    assert weighty >= set(expected["checks"])
    assert weighty <= set(expected["checks"]) | set(expected["acceptable_checks"])


PLACED = [(truth, event) for truth in CLIPS for event in truth["events"] if event.get("seen_by")]


@pytest.mark.parametrize(("truth", "event"), PLACED, ids=lambda value: str(value.get("file") or value.get("kind")))
def test_each_event_is_found_at_its_frame(truth: dict[str, object], event: dict[str, object], samples: Path) -> None:
    """Within one frame of where the recipe put it, by every check that is said to see it."""
    audit = audited(samples / str(truth["file"]))
    seen_by = event["seen_by"]
    assert isinstance(seen_by, list)
    for check in seen_by:
        spans = [n.finding.span for n in audit.findings if n.finding.check == check]
        frame = int(str(event["frame"]))
        assert any(span.first - 1 <= frame <= span.last + 1 for span in spans), f"{check}: {spans}"


def test_hidden_pictures_are_counted_right(samples: Path) -> None:
    for truth in CLIPS:
        audit = audited(samples / truth["file"])
        assert audit.stored - audit.frames == truth.get("hidden_frames", 0), truth["file"]

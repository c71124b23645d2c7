"""Real clips that nobody here made: every one ends in an audit or in one clear sentence."""

from pathlib import Path

import pytest

from entirety.errors import EntiretyError
from entirety.judge.checks import LISTED
from entirety.judge.examine import examine
from entirety.model.audit import Tool
from entirety.model.finding import Question, Weight
from entirety.report.document import to_document

TOOL = Tool("entirety", "test", "test", ())


def ends_well(clip: Path) -> str:
    """Answer code, or the name of the error; everything else raises."""
    try:
        audit = examine(clip, TOOL).audit
    except EntiretyError as error:
        sentence = str(error)
        assert clip.name in sentence
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return type(error).__name__
    assert [check.id for check in audit.checks] == [check.id for check in LISTED]
    assert to_document(audit)["schema_version"] == 1
    return audit.answer.value


def test_hostile_files_end_well(corpus: Path) -> None:
    clips = sorted((corpus / "hostile").iterdir())
    assert len(clips) > 20
    for clip in clips:
        ends_well(clip)


@pytest.mark.slow
def test_every_file_ends_well(corpus: Path) -> None:
    clips = [clip for folder in ("device", "processed", "hostile") for clip in sorted((corpus / folder).iterdir())]
    ended = {f"{clip.parent.name}/{clip.name}": ends_well(clip) for clip in clips}
    for name, how in ended.items():
        print(f"{how:<14} {name}")
    assert len(ended) > 80


def test_recording_devices_give_no_sign_of_a_break(corpus: Path) -> None:
    questions = {check.id: check.question for check in LISTED}
    for clip in sorted((corpus / "device").iterdir()):
        audit = examine(clip, TOOL).audit
        false = [
            f"{n.finding.check}.{n.finding.code} at {n.finding.span.start}"
            for n in audit.findings
            if questions[n.finding.check] is Question.CONTINUOUS and n.finding.weight is not Weight.NEUTRAL
        ]
        assert not false, f"{clip.name}: {false}"

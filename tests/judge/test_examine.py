"""The audit of a file holds the rates of its own kind, the same in every run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from entirety.detect import CHECKS
from entirety.judge import examine as place
from entirety.judge.compared import compared
from entirety.judge.examine import examine
from entirety.knowledge.performance import Counted, Row, Table
from entirety.measure import stills
from entirety.measure.signature import sign
from entirety.model.audit import Answer, Tool, has_place
from entirety.model.finding import Question
from entirety.read.decode import Decoding, Picture
from entirety.report.document import from_document, to_document

TOOL = Tool("entirety", "0", "", ())


def table(kind: str) -> Table:
    """A table with twelve continuous clips of one kind, in which no check said anything."""
    counted = tuple((check.id, Counted(0, 0, 0, 0, 0)) for check in CHECKS)
    row = Row("reporting", "continuous", "camera", kind, "untouched", "untouched", 12, 72.0, (), counted)
    revisions = tuple((check.id, check.revision) for check in CHECKS)
    return Table("ab" * 32, "2026-02-14", "0", "0", "7", 12, 12, revisions, (row,), ())


def test_rates_of_its_own_kind(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = samples / "trim-edit-list.mp4"
    monkeypatch.setattr(place, "table", lambda: None)
    bare = examine(path, TOOL).audit
    assert bare.kind == "h264 steady unnamed"
    assert bare.performance == ()
    monkeypatch.setattr(place, "table", lambda: table(bare.kind))
    first, again = (examine(path, TOOL).audit for _ in range(2))
    assert [rates.check for rates in first.performance] == [
        check.id for check in CHECKS if check.question is not Question.ORIGINAL
    ]
    assert to_document(first) == to_document(again)
    assert from_document(to_document(first)).performance == first.performance
    assert replace(first, performance=()) == bare


def test_an_examination_can_hold_the_signature(samples: Path, tmp_path: Path) -> None:
    path, spool = samples / "trim-edit-list.mp4", tmp_path / "spool"
    plain = examine(path, TOOL, second=False)
    signed = examine(path, TOOL, second=False, threads=False, signed=True, spool=spool)
    assert plain.signature is None
    assert signed.audit == plain.audit
    assert signed.signature is not None
    alone = sign(path)
    assert np.array_equal(signed.signature.grey, alone.grey)
    assert np.array_equal(signed.signature.packets.sha256, alone.packets.sha256)
    assert spool.stat().st_size == alone.grey.size


def test_a_clip_that_is_held_against_a_recording_is_decoded_once(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes((samples / "trim-edit-list.mp4").read_bytes())
    recording = samples / "untouched-static.mp4"
    decoded: list[str] = []
    pictures = Decoding.pictures

    def noted(decoding: Decoding) -> Iterator[Picture]:
        decoded.append(decoding._path.name)
        return pictures(decoding)

    monkeypatch.setattr(Decoding, "pictures", noted)
    monkeypatch.setattr(stills, "shown_pictures", lambda *_: ())
    audit = examine(clip, TOOL, second=False, sources=[recording]).audit
    assert decoded == ["clip.mp4", "untouched-static.mp4"]
    assert audit.coverage == compared(clip, [recording])


def test_missing_pictures_without_a_place_are_no_stretch_of_the_clip(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "unplaced", lambda _: 2)
    audit = examine(samples / "untouched-static.mp4", TOOL, second=False).audit
    (part,) = audit.unexamined
    assert (part.start, part.end, part.first, part.last) == (audit.start, audit.start, -1, -1)
    assert not has_place(part)
    assert "did not say for which pictures" in str(part.reason)
    assert audit.answer is Answer.INCONCLUSIVE
    assert from_document(to_document(audit)).unexamined == audit.unexamined

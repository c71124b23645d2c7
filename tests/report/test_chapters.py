"""The findings as WebVTT: a small reader by the rules of the format finds each one at its time, whatever the texts hold."""

import re
from dataclasses import replace
from fractions import Fraction

from entirety.model.audit import Audit, Numbered
from entirety.report.chapters import POINT
from entirety.report.exports import exports
from entirety.report.wording import Catalogue
from report.exported import hostile, ordinary, quiet

TIME = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})")
Cue = tuple[str, Fraction, Fraction, str]


def read(audit: Audit) -> tuple[list[str], list[Cue]]:
    """Notes and cues."""
    text = exports(audit, Catalogue("en"))["chapters.vtt"].decode()
    first, *blocks = text.removesuffix("\n").split("\n\n")
    assert first == "WEBVTT"
    notes, cues = [], []
    for block in blocks:
        if block.startswith("NOTE\n"):
            assert "-->" not in block
            notes.append(block)
            continue
        name, times, payload = block.split("\n", 2)
        match = TIME.fullmatch(times)
        assert match is not None
        h1, m1, s1, h2, m2, s2 = (Fraction(part) for part in match.groups())
        assert not re.search(r"<|>|&(?!(amp|lt|gt);)", payload)
        cues.append((name, h1 * 3600 + m1 * 60 + s1, h2 * 3600 + m2 * 60 + s2, payload))
    return notes, cues


def moved(audit: Audit, **span: object) -> Audit:
    """With the first finding at another place."""
    first = audit.findings[0].finding
    changed = replace(first, span=replace(first.span, **span))  # type: ignore[arg-type] # fields by name
    return replace(audit, findings=(Numbered("F001", changed), *audit.findings[1:]))


def test_each_finding_has_its_cue_in_the_order_of_playing() -> None:
    audit = ordinary()
    notes, cues = read(audit)
    assert [cue[0] for cue in cues] == ["F004", "F001", "F002", "F003"]
    assert [cue[1] for cue in cues] == sorted(cue[1] for cue in cues)
    assert cues[1][1:3] == (Fraction("3.003"), Fraction("3.503"))
    assert "F001 What hidden footage looks for (Direct trace)" in cues[1][3]
    assert "The file stores 4 pictures" in cues[1][3]
    head, hidden = notes
    assert "F001 What hidden footage looks for: The file stores 4 pictures" in hidden
    assert "F002" not in hidden
    assert audit.custody.sha256 in head
    assert "clip 07 двор.mp4" in head
    assert "Each cue lasts at least half a second." in head
    assert "findings.csv" in head
    assert all(end - start >= POINT for _, start, end, _ in cues)


def test_times_count_from_the_start_that_the_file_states_and_never_before_it() -> None:
    later = replace(ordinary(), start=Fraction(3))
    assert {cue[0]: cue[1] for cue in read(later)[1]}["F001"] == Fraction("0.003")
    across = moved(later, start=Fraction(1), end=Fraction(5))
    assert {cue[0]: cue[1:3] for cue in read(across)[1]}["F001"] == (Fraction(0), Fraction(2))


def test_a_point_at_the_end_is_on_the_screen_before_the_clip_is_over() -> None:
    audit = ordinary()
    last = moved(audit, start=audit.shown, end=audit.shown)
    assert {cue[0]: cue[1:3] for cue in read(last)[1]}["F001"] == (audit.shown - POINT, audit.shown)


def test_what_lies_in_no_shown_picture_is_a_note() -> None:
    notes, cues = read(moved(ordinary(), first=-1, last=-1))
    assert [cue[0] for cue in cues] == ["F004", "F002", "F003"]
    assert "F001 What hidden footage looks for" in notes[1]


def test_no_text_of_a_file_is_markup_or_a_time() -> None:
    audit = hostile()
    nasty = replace(audit, custody=replace(audit.custody, name="a --> b\n\n00:00:00.000 --> 00:00:09.000\nx.mp4"))
    notes, cues = read(nasty)
    assert len(cues) == len(nasty.findings)
    assert "-- >" in notes[0]


def test_without_findings_it_is_a_file_all_the_same() -> None:
    assert read(quiet())[1] == []

"""Markers for editing programs, read back by the format's own library."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import opentimelineio as otio

from entirety.model.audit import Audit, Numbered
from entirety.report.exports import exports
from entirety.report.wording import Catalogue
from report.exported import hostile, many, ordinary, quiet


def text(audit: Audit) -> str:
    return exports(audit, Catalogue("en"))["markers.otio"].decode()


def clip(audit: Audit) -> Any:
    """The one clip, as the library reads it."""
    timeline = otio.adapters.read_from_string(text(audit), "otio_json")
    (track,) = timeline.tracks
    (one,) = track
    return one


def test_the_library_finds_each_finding_at_its_frame() -> None:
    audit = ordinary()
    one = clip(audit)
    assert one.name == "clip 07 двор.mp4"
    assert one.media_reference.target_url == "clip%2007%20%D0%B4%D0%B2%D0%BE%D1%80.mp4"
    assert one.metadata["entirety"]["sha256"] == audit.custody.sha256
    rate = float(Fraction(30000, 1001))
    assert [mark.marked_range.start_time for mark in one.markers] == [
        otio.opentime.RationalTime(found.finding.span.first, rate) for found in audit.findings
    ]
    first = one.markers[0]
    assert first.marked_range.duration == otio.opentime.RationalTime(1, rate)
    assert first.name == "F001 What hidden footage looks for"
    assert first.comment.startswith("The file stores 4 pictures")
    assert first.metadata["entirety"]["id"] == "F001"
    assert first.metadata["entirety"]["weight"] == "direct"
    assert len({mark.color for mark in one.markers}) == 4
    assert one.source_range.duration.value == audit.frames


def test_a_finding_about_the_whole_clip_is_as_long_as_the_clip_in_frames() -> None:
    audit = ordinary()
    first, last = audit.findings[0].finding, audit.frames - 1
    whole = replace(first, span=replace(first.span, start=Fraction(0), end=audit.shown, first=0, last=last))
    step = Fraction(1001, 30000)
    join = replace(first, span=replace(first.span, start=(last - 1) * step, end=last * step, first=last - 1, last=last))
    one = clip(replace(audit, findings=(Numbered("F001", whole), Numbered("F002", join))))
    assert one.markers[0].marked_range == one.source_range
    assert one.markers[0].marked_range.duration.value == audit.frames
    assert one.markers[1].marked_range.duration.value == 1


def test_a_variable_rate_is_told_in_thousandths_and_no_timecode_is_made_up() -> None:
    audit = replace(ordinary(), constant_rate=False)
    mark = clip(audit).markers[0]
    assert (mark.marked_range.start_time.rate, mark.marked_range.start_time.value) == (1000, 3003)
    assert mark.marked_range.duration.value == 33
    stated = replace(ordinary(), frames=700)
    assert clip(stated).markers[0].marked_range.start_time.rate == 1000


def test_what_lies_in_no_shown_picture_is_listed_apart() -> None:
    audit = ordinary()
    first = audit.findings[0].finding
    changed = replace(first, span=replace(first.span, first=-1, last=-1))
    one = clip(replace(audit, findings=(Numbered("F001", changed),)))
    assert len(one.markers) == 0
    assert [left["id"] for left in one.metadata["entirety"]["findings_without_a_place"]] == ["F001"]


def test_nasty_names_and_many_findings_are_read_as_well() -> None:
    audit = hostile()
    assert len(clip(audit).markers) == len(audit.findings)
    assert "\u202e" not in json.dumps(json.loads(text(audit)), ensure_ascii=False)
    assert len(clip(many(60)).markers) == 60
    assert len(clip(quiet()).markers) == 0

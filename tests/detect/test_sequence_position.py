"""sequence-position: signs that a file is one of a row; always neutral, and it says what to ask for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from entirety.detect.file_names import FORMS, named
from entirety.detect.run import run_check
from entirety.detect.sequence_position import CHECK
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight


def called(name: str, n: int = 100, **more: Any) -> Clip:
    """The steady clip under another name."""
    clip = make_clip(n, **more)
    return replace(clip, custody=replace(clip.custody, name=name))


def only(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    assert finding.weight is Weight.NEUTRAL
    return finding


def test_a_plain_file_is_no_finding() -> None:
    assert found(CHECK, make_clip(100)) == []
    assert found(CHECK, called("evidence.mp4")) == []
    assert found(CHECK, called("VID_20191220_170832.mp4")) == []


def test_without_a_picture() -> None:
    result, _ = run_check(CHECK, make_clip(0))
    assert result.outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("name", "form", "neighbours"),
    [
        ("GX020123.MP4", "gopro-chapter", ("GX010123.MP4", "GX030123.MP4")),
        ("GH010123.MP4", "gopro-chapter", ("GH020123.MP4",)),
        ("GOPR0001.MP4", "gopro-first-chapter", ("GP010001.MP4",)),
        ("GP010001.MP4", "gopro-later-chapter", ("GOPR0001.MP4", "GP020001.MP4")),
        ("GP020001.MP4", "gopro-later-chapter", ("GP010001.MP4", "GP030001.MP4")),
        ("DJI_0001.MP4", "camera-number", ("DJI_0000.MP4", "DJI_0002.MP4")),
        ("IMG_9999.MOV", "camera-number", ("IMG_9998.MOV",)),
        ("MOVI0001.avi", "numbered-recorder-file", ("MOVI0000.avi", "MOVI0002.avi")),
        ("NO000123.mov", "numbered-recorder-file", ("NO000122.mov", "NO000124.mov")),
        ("20220105_120000_F.mp4", "dashcam", ()),
        ("2022_0105_120000_001F.MP4", "dashcam", ()),
        ("VID-20220105-WA0001.mp4", "messenger", ("VID-20220105-WA0000.mp4", "VID-20220105-WA0002.mp4")),
        ("ch01_20220105120000.mp4", "recorder-channel", ()),
        ("00001.MTS", "avchd", ("00000.MTS", "00002.MTS")),
        ("segment001.ts", "segment", ("segment000.ts", "segment002.ts")),
        ("20220105_120000.mp4", "dated", ()),
    ],
)
def test_names(name: str, form: str, neighbours: tuple[str, ...]) -> None:
    known = named(name)
    assert known is not None
    assert (known.form.id, known.neighbours) == (form, neighbours)


def test_every_form_states_its_source() -> None:
    assert all(form.source.endswith(".") and form.says for form in FORMS)


def test_it_says_what_to_ask_for() -> None:
    said = str(only(called("GX020123.MP4")).inference)
    assert "GX010123.MP4 and GX030123.MP4" in said
    assert "ask for" in said


def test_first_fragment() -> None:
    assert "number 77" in str(only(make_clip(100, movie={"fragments": (77, 78)})).claim)
    assert found(CHECK, make_clip(100, movie={"fragments": (1, 2)})) == []


def test_clock_at_the_first_picture() -> None:
    late = np.arange(100, dtype=np.int64) * TICKS + 25 * TICKS * 1000
    assert "1000.000 s" in str(only(make_clip(100, pts=late)).claim)
    start_of_a_muxer = np.arange(100, dtype=np.int64) * TICKS + 25 * TICKS * 2
    assert found(CHECK, make_clip(100, pts=start_of_a_muxer)) == []


def test_innocent_loop_recorder() -> None:
    finding = only(make_clip(1500))
    assert "1 min" in str(finding.claim)
    assert status(finding, "loop-recorder") is Status.NOT_EXCLUDED
    assert status(finding, "size-split") is Status.EXCLUDED


def test_innocent_size_split() -> None:
    clip = make_clip(100)
    finding = only(replace(clip, custody=replace(clip.custody, size=4_003_000_000)))
    assert "4 GiB" in str(finding.claim)
    assert status(finding, "size-split") is Status.NOT_EXCLUDED


def test_innocent_running_number() -> None:
    finding = only(called("IMG_1234.MOV"))
    assert status(finding, "running-number") is Status.NOT_EXCLUDED
    assert status(finding, "loop-recorder") is Status.EXCLUDED


def test_innocent_time_of_day() -> None:
    clip = make_clip(100)
    coded = replace(clip, streams=(replace(clip.stream, tags=(("timecode", "11:12:47;22"),)),))
    finding = only(coded)
    assert "11:12:47;22" in str(finding.claim)
    assert status(finding, "time-of-day") is Status.NOT_EXCLUDED
    zero = replace(clip, streams=(replace(clip.stream, tags=(("timecode", "00:00:00:00"),)),))
    assert found(CHECK, zero) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name_is_known_or_not(name: str) -> None:
    named(name)
    found(CHECK, called(name))


def test_devices_of_the_corpus_are_neutral(devices: dict[str, Clip]) -> None:
    for clip in devices.values():
        assert all(finding.weight is Weight.NEUTRAL for finding in found(CHECK, clip))

"""format-change: the form of the picture changes within the clip."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import SPS_FACTS, frame_rows, make_clip
from detect.films import encode
from entirety.detect.format_change import CHECK, MOST
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.headers import CodedHeaders, ParameterSet


def found(clip: Clip) -> list[Finding]:
    result, findings = run_check(CHECK, clip)
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), result.reason
    return list(findings)


def status(finding: Finding, slug: str) -> Status:
    return next(i.status for i in finding.innocent if i.slug == slug)


def sized(width: int, height: int, at: int = 50) -> Clip:
    """320 x 240 first, another size from frame `at` on."""
    later = np.arange(100) >= at
    w, h = (np.where(later, new, old).astype(np.int32) for new, old in ((width, 320), (height, 240)))
    return make_clip(100, width=w, height=h)


def interlaced(rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Clip:
    return make_clip(100, interlaced=rows)


def test_steady_is_silent() -> None:
    assert found(make_clip()) == []
    assert found(make_clip(1)) == []


def test_a_new_size_with_its_place() -> None:
    (finding,) = found(sized(640, 360))
    assert (finding.code, finding.weight) == ("size", Weight.STRONG)
    assert (finding.span.start, finding.span.first, finding.span.last, finding.stills) == (
        Fraction(2),
        49,
        50,
        (49, 50),
    )
    assert "From frame 50 on" in str(finding.claim)
    assert "320 x 240 before, 640 x 360 from there on" in str(finding.claim)


def test_a_new_pixel_format() -> None:
    clip = make_clip(100, format=(np.arange(100) >= 30).astype(np.int16), formats=("yuv420p", "yuvj420p"))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.span.last) == ("pixel-format", Weight.STRONG, 30)
    assert finding.measured[0].value == "yuvj420p"
    assert finding.measured[0].threshold == "yuv420p"


def test_fields_once_and_for_good_are_strong() -> None:
    (finding,) = found(interlaced(np.arange(100) >= 50))
    assert (finding.code, finding.weight, finding.span.last) == ("field-order", Weight.STRONG, 50)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("time_scale", 60, "stated-rate"), ("sar_width", 4, "pixel-shape"), ("matrix_coefficients", 1, "colour")],
)
def test_what_sequence_headers_state(name: str, value: int, code: str) -> None:
    facts = tuple({**dict(SPS_FACTS), name: value}.items())
    first = make_clip().headers
    assert first is not None
    later = ParameterSet("sps", 0, 50, b"\x67 other", facts)
    (finding,) = found(make_clip(headers={"parameter_sets": (*first.parameter_sets, later)}))
    assert (finding.code, finding.weight, finding.span.last) == (code, Weight.STRONG, 50)
    other = replace(later, number=1)
    assert found(make_clip(headers={"parameter_sets": (*first.parameter_sets, other)})) == []
    assert found(make_clip(headers={"parameter_sets": (*first.parameter_sets, replace(later, packet=0))})) == []


STATED = [
    ("sequence", {"frame_rate_code": 3, "aspect_ratio_information": 2}, {"frame_rate_code": 4}, ["stated-rate"]),
    (
        "sequence",
        {"frame_rate_code": 3, "aspect_ratio_information": 2},
        {"aspect_ratio_information": 3},
        ["pixel-shape"],
    ),
    ("vol", {"vop_time_increment_resolution": 25}, {"vop_time_increment_resolution": 30_000}, ["stated-rate"]),
    ("vol", {"aspect_ratio_info": 1}, {"aspect_ratio_info": 15, "par_width": 16, "par_height": 15}, ["pixel-shape"]),
    ("sequence", {"color_range": 0, "color_primaries": 1}, {"color_primaries": 9}, ["colour"]),
    ("sequence", {"bit_rate_value": 7}, {"bit_rate_value": 9}, []),
]


@pytest.mark.parametrize(("kind", "before", "after", "codes"), STATED)
def test_what_headers_of_other_codecs_state(
    kind: str, before: dict[str, int], after: dict[str, int], codes: list[str]
) -> None:
    sets = tuple(
        ParameterSet(kind, 0, packet, bytes([packet + 1]), tuple({**before, **facts}.items()))
        for packet, facts in ((-1, {}), (50, after))
    )
    clip = replace(make_clip(headers=None), coded=coded(sets))
    findings = found(clip)
    assert [(f.code, f.span.last) for f in findings] == [(code, 50) for code in codes]
    assert found(replace(clip, coded=coded(sets[:1]))) == []


def test_a_rate_stated_in_two_sets_is_told_once() -> None:
    sets = tuple(
        ParameterSet(kind, 0, packet, bytes([packet + 1]), (("num_units_in_tick", 1), ("time_scale", scale)))
        for packet, scale in ((-1, 25), (50, 30))
        for kind in ("vps", "sps")
    )
    (finding,) = found(replace(make_clip(headers=None), coded=coded(sets)))
    assert (finding.code, finding.measured[0].value, finding.measured[0].threshold) == (
        "stated-rate",
        "1 / 30",
        "1 / 25",
    )


def coded(sets: tuple[ParameterSet, ...], n: int = 100) -> CodedHeaders:
    none = np.zeros(n, np.int16)
    return CodedHeaders("mpeg2video", none.astype(np.int8), none > 0, none - 1, {}, sets, (), np.zeros(0, np.int64))


def test_many_changes_end_in_one_finding() -> None:
    width = np.where(np.arange(100) % 2 == 0, 320, 640).astype(np.int32)
    findings = found(make_clip(100, width=width))
    assert [f.code for f in findings] == ["size"] * MOST + ["further"]
    assert findings[-1].weight is Weight.NEUTRAL
    assert f"{99 - MOST} further changes" in str(findings[-1].claim)


def test_skipped_without_input() -> None:
    clip = make_clip()
    assert run_check(CHECK, replace(clip, frames=frame_rows(clip.frames, [])))[0].outcome is Outcome.SKIPPED


def test_innocent_webrtc_adaptation() -> None:
    assert status(found(sized(640, 480))[0], "webrtc-adaptation") is Status.NOT_EXCLUDED
    assert status(found(sized(640, 360))[0], "webrtc-adaptation") is Status.EXCLUDED


def test_innocent_rotation() -> None:
    assert status(found(sized(240, 320))[0], "rotation") is Status.NOT_EXCLUDED
    assert status(found(sized(640, 480))[0], "rotation") is Status.EXCLUDED


def test_innocent_recorder_setting() -> None:
    assert status(found(sized(640, 360))[0], "recorder-setting") is Status.NOT_EXCLUDED


def test_innocent_adaptive_field_coding() -> None:
    (finding,) = found(interlaced(np.arange(100) % 7 == 0))
    assert (finding.weight, status(finding, "adaptive-field-coding")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert found(interlaced(np.arange(100) >= 95))[0].weight is Weight.NEUTRAL
    assert status(found(sized(640, 480))[0], "adaptive-field-coding") is Status.EXCLUDED


def test_two_films_of_different_size_in_one_stream(tmp_path: Path) -> None:
    parts = [encode(tmp_path / f"{size}.ts", size=size, seconds=2) for size in ("160x120", "192x108")]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    findings = [f for f in found(measure(joined)) if f.code == "size"]
    assert [(f.weight, f.span.first, f.span.last) for f in findings] == [(Weight.STRONG, 49, 50)]


@pytest.mark.parametrize("options", [{}, {"flags": "+ilme+ildct", "x264opts": "tff=1"}])
def test_an_encoded_film_is_silent(tmp_path: Path, options: dict[str, Any]) -> None:
    assert found(measure(encode(tmp_path / "film.mp4", **options))) == []


def test_untouched_devices_are_silent(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        assert found(clip) == [], name


def test_every_sentence_can_be_said() -> None:
    for clip in (sized(640, 360), interlaced(np.arange(100) >= 50)):
        for finding in found(clip):
            assert all("{" not in str(i.why) for i in finding.innocent)
            assert str(finding.inference).startswith("In our assessment")
            assert "CLIP" in finding.reproduce

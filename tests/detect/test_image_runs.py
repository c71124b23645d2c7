"""Where the images of motion JPEG begin to be built in another way."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np

from detect.clips import make_clip
from detect.expectations import found
from detect.films import FFMPEG
from entirety.detect.coded_runs import coded_breaks
from entirety.detect.encoder_runs import Break
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import CodedHeaders, ParameterSet

N = 100
PLAIN, OTHER = b"\xdb\xc0\xc4\xda", b"\xe0\xdb\xdb\xc0\xda"


def sets(kind: str, *changes: tuple[int, bytes]) -> list[ParameterSet]:
    return [ParameterSet(kind, 0, packet, payload, ()) for packet, payload in changes]


def images(*settings: ParameterSet, quantiser: Any = 12, **columns: Any) -> Clip:
    """A steady stream of images; whatever is named replaces the steady column."""
    plain = {"width": 320, "height": 240, "tables": 1, "markers": 1}
    every = {name: np.broadcast_to(np.asarray(c, np.int32), N).copy() for name, c in {**plain, **columns}.items()}
    steps = np.broadcast_to(np.asarray(quantiser, np.int16), N).copy()
    every_set = settings or (*sets("markers", (0, PLAIN)), *sets("dqt", (0, b"form")))
    ones = np.ones(N, np.int8)
    said = CodedHeaders("mjpeg", ones, ones.astype(np.bool_), steps, every, tuple(every_set), (), np.zeros(0, np.int64))
    clip = make_clip(N, headers=None)
    return replace(clip, coded=said, streams=(replace(clip.streams[0], codec="mjpeg"),))


def breaks(clip: Clip) -> list[Break]:
    return [one for kind in coded_breaks(clip) for one in kind]


def from_row(row: int, value: int, before: int = 1) -> Any:
    return np.where(np.arange(N) >= row, value, before)


def test_steady_images_are_silent() -> None:
    assert breaks(images()) == []
    assert found(CHECK, images()) == []


def test_other_segments_are_another_run() -> None:
    clip = images(*sets("markers", (0, PLAIN), (50, OTHER)), markers=from_row(50, 2))
    (one,) = breaks(clip)
    assert (one.code, one.row, one.before, one.after) == ("segments", 50, "DQT SOF0 DHT SOS", "APP0 DQT DQT SOF0 SOS")
    (finding,) = found(CHECK, clip)
    assert finding.weight is Weight.STRONG
    assert "DQT SOF0 DHT SOS -> APP0 DQT DQT SOF0 SOS" in [measured.value for measured in finding.measured]


def test_segments_of_single_images_are_no_break() -> None:
    clip = images(*sets("markers", (0, OTHER), (1, PLAIN)), markers=from_row(1, 2))
    assert breaks(clip) == []


def test_tables_of_another_form_between_fixed_ones_are_strong() -> None:
    clip = images(*sets("dqt", (0, b"a"), (50, b"b")), tables=from_row(50, 2), quantiser=from_row(50, 20, 12))
    (one,) = breaks(clip)
    assert (one.code, one.row, one.before, one.after, one.weight) == ("quantiser-form", 50, "12", "20", Weight.STRONG)


def test_tables_of_another_form_under_rate_control_are_supporting() -> None:
    clip = images(*sets("dqt", (0, b"a"), (50, b"b")), tables=np.arange(N) // 5)
    (one,) = breaks(clip)
    assert (one.code, one.weight) == ("quantiser-form", Weight.SUPPORTING)


def test_forms_that_change_often_are_a_note() -> None:
    forms = [(k, bytes((k,))) for k in range(0, N, 10)]
    (one,) = breaks(images(*sets("dqt", *forms), tables=np.arange(N) // 10))
    assert (one.row, one.weight, one.count) == (10, Weight.NEUTRAL, 9)


def test_the_same_tables_at_another_quality_are_a_note() -> None:
    (one,) = breaks(images(tables=from_row(50, 2), quantiser=from_row(50, 30, 12)))
    assert (one.code, one.row, one.before, one.after, one.weight) == ("quantiser-scale", 50, "12", "30", Weight.NEUTRAL)


def test_rate_control_is_silent() -> None:
    assert breaks(images(tables=np.arange(N) % 7, quantiser=10 + np.arange(N) % 7)) == []


def test_what_goes_with_another_size_is_left_to_format_change() -> None:
    changed = (*sets("markers", (0, PLAIN), (50, OTHER)), *sets("dqt", (0, b"a"), (50, b"b")))
    assert breaks(images(*changed, markers=from_row(50, 2), tables=from_row(50, 2), width=from_row(50, 640, 320))) == []


def film(path: Path, quality: int, **options: Any) -> Path:
    source = ffmpeg.input("testsrc2=s=160x120:r=25:d=1", f="lavfi")
    ffmpeg.output(source, str(path), vcodec="mjpeg", **{"q:v": quality}, **options).run(cmd=FFMPEG, quiet=True)
    return path


def join(target: Path, *parts: Path) -> Clip:
    names = target.with_suffix(".txt")
    names.write_text("".join(f"file {part.name}\n" for part in parts))
    ffmpeg.input(str(names), f="concat").output(str(target), c="copy").run(cmd=FFMPEG, quiet=True)
    return measure(target)


def test_real_joins(tmp_path: Path) -> None:
    one, two = film(tmp_path / "one.mov", 3), film(tmp_path / "two.mov", 9)
    flat = film(tmp_path / "flat.mov", 3, intra_matrix=",".join(["16"] * 64))
    (scaled,) = found(CHECK, join(tmp_path / "scaled.mov", one, two))
    (formed,) = found(CHECK, join(tmp_path / "formed.mov", one, flat))
    assert (scaled.code, scaled.weight, scaled.span.last) == ("quantiser-scale", Weight.NEUTRAL, 25)
    assert (formed.code, formed.weight, formed.span.last) == ("quantiser-form", Weight.STRONG, 25)


def test_real_camera_with_rate_control_is_silent(corpus: Path) -> None:
    assert found(CHECK, measure(corpus / "device" / "video-avi.avi")) == []

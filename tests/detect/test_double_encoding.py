"""double-encoding: the former period is found in films that were encoded twice, and not in films that were encoded once."""

from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from detect.clips import make_clip
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.rhythms import renewed, rhythm, sizes, twice, uneven
from entirety.detect.double_encoding import CHECK
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Outcome, Question, Status, Weight


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_fires_with_the_period_and_where_it_begins() -> None:
    finding = one(twice(600, 30, first=7))
    assert finding.weight is Weight.SUPPORTING
    assert finding.confidence is Confidence.HIGH
    assert "every 30 frames, counted from frame 7" in str(finding.claim)
    assert finding.measured[0].value == 30
    assert CHECK.question is Question.ORIGINAL
    assert (finding.span.first, finding.span.last) == (0, 599)


def test_fires_on_coded_sizes_alone() -> None:
    finding = one(make_clip(600, group=250, packets=sizes(600, 250, rhythm(600, 25, 3))))
    assert "coded picture is larger" in str(finding.claim)
    assert finding.measured[0].value == 25


@pytest.mark.parametrize("seed", range(8))
def test_silent_on_steady_footage(seed: int) -> None:
    assert found(CHECK, make_clip(400, group=30, renewal=renewed(400, [], seed=seed))) == []
    assert found(CHECK, make_clip(400, group=250, renewal=renewed(400, [], seed=seed))) == []


@pytest.mark.parametrize(("group", "period"), [(30, 30), (60, 30), (30, 60)])
def test_silent_where_the_present_groups_hide_it(group: int, period: int) -> None:
    assert found(CHECK, twice(900, period, first=4, group=group)) == []


def test_skipped_where_the_clip_is_too_short() -> None:
    assert run_check(CHECK, make_clip(63))[0].outcome is Outcome.SKIPPED


@pytest.mark.parametrize("codec", ["vp8", "vp9", "av1", "theora"])
def test_not_applicable_to_codecs_that_refresh_by_themselves(codec: str) -> None:
    clip = twice()
    stream = clip.stream.__class__(**{**{f: getattr(clip.stream, f) for f in clip.stream.__slots__}, "codec": codec})
    assert run_check(CHECK, make_clip(600, clip={"streams": (stream,)}))[0].outcome is Outcome.NOT_APPLICABLE


def test_innocent_saved_again() -> None:
    assert status(one(twice()), "saved-again") is Status.NOT_EXCLUDED


def test_innocent_device_encodes_twice() -> None:
    assert status(one(twice()), "device-encodes-twice") is Status.NOT_EXCLUDED


def test_innocent_refresh_without_key_frames() -> None:
    assert status(one(twice()), "refresh-without-key-frames") is Status.NOT_EXCLUDED


def test_innocent_periodic_scene() -> None:
    """A lamp that flickers in the same rhythm: the finding says no more than that."""
    luma = (110 + uneven(600)).astype(np.float32)
    luma[rhythm(600, 30, 7)] += 20
    finding = one(twice(600, 30, first=7, luma=luma))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "periodic-scene") is Status.NOT_EXCLUDED


def test_innocent_periodic_scene_excluded() -> None:
    finding = one(twice(600, 30))
    assert status(finding, "periodic-scene") is Status.EXCLUDED


def encoded(source: Path, target: Path, **options: object) -> Path:
    """Encode a film as it is."""
    made = ffmpeg.input(str(source)).output(str(target), **{"vcodec": "libx264", "preset": "veryfast", **options})
    made.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return target


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A still, noisy scene as a camera encodes it, with a key frame every 15, and that again with a program's defaults."""
    folder = tmp_path_factory.mktemp("double")
    scene = ffmpeg.input("smptehdbars=s=320x180:r=25:d=9", f="lavfi").filter("noise", alls=9, allf="t", all_seed=3)
    once = folder / "once.mp4"
    camera = {"vcodec": "libx264", "preset": "veryfast", "crf": 23, "pix_fmt": "yuv420p"}
    camera |= {"g": 15, "keyint_min": 15, "sc_threshold": 0, "bf": 0}
    ffmpeg.output(scene, str(once), **camera).run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return {"once": once, "twice": encoded(once, folder / "twice.mp4", crf=20)}


def test_a_real_film_encoded_once_is_silent(films: dict[str, Path]) -> None:
    assert found(CHECK, measure(films["once"])) == []


def test_a_real_film_encoded_twice_tells_its_former_period(films: dict[str, Path]) -> None:
    finding = one(measure(films["twice"]))
    assert (finding.weight, finding.measured[0].value) == (Weight.SUPPORTING, 15)


def test_a_stored_clip_that_was_saved_again_tells_its_cameras_period(corpus: Path) -> None:
    """An old clip with a key frame every 300 frames and, under them, one every 12."""
    finding = one(measure(corpus / "processed" / "video02.avi"))
    assert finding.measured[0].value == 12

"""encoding-break: the jump of a former rhythm is found at the place of a removal, and nowhere in whole clips."""

from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from detect.clips import make_clip
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.rhythms import cut, renewed, rhythm, twice, uneven
from entirety.detect.encoding_break import CHECK
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_fires_where_frames_were_left_out() -> None:
    finding = one(cut(6))
    assert finding.weight is Weight.SUPPORTING
    assert "6 frames early (or 24 frames late)" in str(finding.claim)
    assert finding.span.first < 290 <= finding.span.last


@pytest.mark.parametrize("seed", range(6))
def test_silent_on_steady_footage_encoded_once_or_twice(seed: int) -> None:
    assert found(CHECK, make_clip(400, group=30, renewal=renewed(400, [], seed=seed))) == []
    assert found(CHECK, twice(600, 25, renewal=renewed(600, rhythm(600, 25), seed=seed))) == []


def test_silent_where_whole_periods_are_missing() -> None:
    assert found(CHECK, cut(30)) == []


def test_skipped_where_the_clip_is_too_short() -> None:
    assert run_check(CHECK, make_clip(63))[0].outcome is Outcome.SKIPPED


def test_innocent_frames_lost_before() -> None:
    assert status(one(cut(2)), "frames-lost-before") is Status.NOT_EXCLUDED


def test_innocent_former_rhythm_irregular() -> None:
    assert status(one(cut(11)), "former-rhythm-irregular") is Status.NOT_EXCLUDED


def test_innocent_noise() -> None:
    assert status(one(cut(11)), "noise") is Status.EXCLUDED


def test_innocent_rate_converted() -> None:
    assert status(one(cut(6)), "rate-converted") is Status.NOT_EXCLUDED


def test_innocent_rate_converted_throughout_is_silent() -> None:
    """A frame more every second: no side has one rhythm, and nothing is said."""
    places = np.concatenate([np.arange(0, 25, 12) + start for start in range(0, 1470, 26)])
    assert found(CHECK, make_clip(1500, group=250, renewal=renewed(1500, places))) == []


def test_neutral_where_the_scene_has_the_rhythm() -> None:
    luma = (110 + uneven(600)).astype(np.float32)
    luma[rhythm(600, 30, 7)] += 20
    assert one(cut(6, luma=luma)).weight is Weight.NEUTRAL


def saved(tmp_path: Path, removed: str) -> Clip:
    """A still, noisy scene with a key frame every 15 frames, encoded again with or without a part of it."""
    once, again = tmp_path / "once.mp4", tmp_path / "again.mp4"
    scene = ffmpeg.input("smptehdbars=s=320x180:r=25:d=18", f="lavfi").filter("noise", alls=9, allf="t", all_seed=3)
    plain = {"vcodec": "libx264", "preset": "veryfast", "pix_fmt": "yuv420p"}
    camera = {"crf": 23, "g": 15, "keyint_min": 15, "sc_threshold": 0, "bf": 0}
    ffmpeg.output(scene, str(once), **plain, **camera).run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    kept = ffmpeg.input(str(once)).filter("select", removed).filter("setpts", "N/25/TB")
    ffmpeg.output(kept, str(again), crf=20, **plain).run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return measure(again)


def test_a_real_short_removal_from_a_still_scene(tmp_path: Path) -> None:
    """Five frames, 0.2 s, of which nothing can be seen."""
    finding = one(saved(tmp_path, "not(between(n,220,224))"))
    assert finding.measured[0].value == 15
    assert finding.measured[1].value == 5
    assert finding.span.first <= 220 <= finding.span.last


def test_a_real_clip_saved_again_whole_is_silent(tmp_path: Path) -> None:
    assert found(CHECK, saved(tmp_path, "gte(n,0)")) == []

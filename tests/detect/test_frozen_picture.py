"""frozen-picture: pictures that are repeated while everything around them moves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import TICKS, hashes, make_clip, make_view, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect.damage import built_on_damage
from entirety.detect.frozen_picture import CHECK
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

N = 300


def standing(*stretches: tuple[int, int], n: int = N, usual: float = 3.0, rest: float = 0.0, **changes: Any) -> Clip:
    """A moving clip in which frames first to last repeat the one before, for each (first, last)."""
    difference, sha256, left, view = ripple(n, usual, usual / 5), hashes(n), make_clip(n).frames.rest, make_view(n)
    for first, last in stretches:
        difference[first : last + 1] = rest
        left[first : last + 1] = 0
        view[first : last + 1] = view[first - 1]
        if rest == 0:
            sha256[first : last + 1] = sha256[first - 1]
    return make_clip(n, **{"difference": difference, "sha256": sha256, "rest": left, "view": view, **changes})


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []


def test_identical_pictures_between_moving_ones_are_strong() -> None:
    finding = one(standing((100, 129)))
    assert (finding.code, finding.weight) == ("freeze", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (99, 129)
    assert (float(finding.span.start), float(finding.span.end)) == (99 * 0.04, 130 * 0.04)
    assert "here 30 of the 30 that follow the first one are." in str(finding.claim)
    assert (finding.measured[0].value, finding.measured[0].threshold) == (1.24, 0.5)
    assert finding.stills == (98, 99, 129, 130)
    assert "framehash" in finding.reproduce


def test_repeats_that_were_encoded_again_are_strong_too() -> None:
    finding = one(standing((100, 129), rest=0.02))
    assert finding.weight is Weight.STRONG
    assert "here 0 of the 30 " in str(finding.claim)
    assert "framehash" not in finding.reproduce
    for stretch in ("between(n,98,99)", "between(n,114,114)", "between(n,129,130)"):
        assert stretch in finding.reproduce.replace("\\", "")


def test_the_end_is_when_the_next_picture_comes() -> None:
    late = np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) >= 130) * TICKS // 2
    assert float(one(standing((100, 129), pts=late)).span.end) == pytest.approx(130.5 * 0.04)


def test_key_frame_inside_does_not_divide() -> None:
    clip = standing((100, 135), rest=0.01, group=120)
    clip.frames.difference[120] = 0.8
    assert (one(clip).span.first, one(clip).span.last) == (99, 135)


def test_shorter_than_half_a_second_is_silent() -> None:
    assert found(CHECK, standing((100, 110))) == []


def test_two_stretches_are_two_findings() -> None:
    assert [finding.span.first for finding in found(CHECK, standing((60, 80), (160, 190)))] == [59, 159]


def test_at_an_end_of_the_clip_it_is_a_note() -> None:
    finding = one(standing((270, 299)))
    assert finding.weight is Weight.NEUTRAL
    assert "begins or ends" in str(finding.claim)
    assert status(finding, "static-scene") is Status.NOT_EXCLUDED


def test_innocent_low_rate_recorder() -> None:
    repeats = ripple(N, 3, 0.6)
    repeats[np.arange(N) % 3 != 0] = 0  # 8 pictures a second filled up to 25
    assert found(CHECK, make_clip(N, difference=repeats)) == []
    slow = ripple(N, 3, 0.6)
    slow[np.arange(N) % 25 != 0] = 0  # one picture a second
    assert found(CHECK, make_clip(N, difference=slow)) == []
    finding = one(standing((50, 65), (100, 115), (150, 168), (200, 215), (250, 265)))
    assert (finding.weight, finding.span.first, finding.measured[4].value) == (Weight.NEUTRAL, 149, 5)
    assert status(finding, "low-rate-recorder") is Status.NOT_EXCLUDED


def test_innocent_decoder_repeat() -> None:
    clip = standing((100, 129))
    assert status(one(clip), "decoder-repeat") is Status.EXCLUDED
    clip.frames.difference[130] = 12
    assert status(one(clip), "decoder-repeat") is Status.NOT_EXCLUDED


def test_innocent_damaged_data(tmp_path: Path) -> None:
    """Pictures written over with nothing: the decoder shows the one before, or none, and no freeze is reported."""
    path = tmp_path / "film.mp4"
    whole = film(path, hold=0)
    data = bytearray(path.read_bytes())
    for row in range(60, 85):
        at, size = int(whole.packets.position[row]), int(whole.packets.size[row])
        data[at + 12 : at + size] = bytes(size - 12)
    path.write_bytes(data)
    clip = measure(path)
    assert built_on_damage(clip)[60:80].any()
    assert found(CHECK, clip) == []


def test_innocent_damaged_data_elsewhere_is_not_excluded() -> None:
    assert status(one(standing((100, 129))), "damaged-data") is Status.EXCLUDED
    near, far = (np.isin(np.arange(N), [row]) for row in (110, 20))
    assert found(CHECK, standing((100, 129), corrupt=near)) == []
    assert status(one(standing((100, 129), corrupt=far)), "damaged-data") is Status.NOT_EXCLUDED


def test_innocent_buffering_pause() -> None:
    assert status(one(standing((100, 129))), "buffering-pause") is Status.NOT_EXCLUDED


def test_innocent_static_scene() -> None:
    difference = ripple(N, 0.2, 0.1)
    difference[100:140] = 0.002
    assert found(CHECK, make_clip(N, difference=difference)) == []
    fading = (
        ripple(N, 3, 0.5) * np.abs(np.cos(np.arange(N) / 40)).astype(np.float32) ** 4
    )  # motion comes to rest and starts
    assert found(CHECK, make_clip(N, difference=fading)) == []


def test_innocent_lens_covered() -> None:
    contrast = ripple(N, 40, 1)
    contrast[99:130] = 0.5
    finding = one(standing((100, 129), contrast=contrast))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "lens-covered") is Status.NOT_EXCLUDED


def test_innocent_screen_content() -> None:
    assert status(one(standing((100, 129))), "screen-content") is Status.NOT_TESTED
    paused = ripple(N, 12, 2)
    paused[100:130] = 1.0  # a cursor or a corner of the screen goes on
    assert found(CHECK, make_clip(N, difference=paused)) == []


def swinging(pace: float, *, painted: float, first: int = 100, last: int = 114) -> Clip:
    """The view swings to and fro, from frame first to last at another pace; compression changes each picture there by so many grey levels."""
    paces = np.ones(N)
    paces[first : last + 1] = pace
    way = 40 * np.sin(np.cumsum(paces)[:, None] / 9 + np.arange(144) % 7)
    difference, rest = ripple(N, 3, 0.6), np.full((N, 144), 8, np.uint8)
    difference[first : last + 1], rest[first : last + 1] = painted, 1
    view = np.rint((110 + way) * 256).astype(np.uint16)
    return make_clip(N, difference=difference, rest=rest, view=view)


@pytest.mark.parametrize("last", [106, 114, 160])
def test_what_stands_is_found_though_compression_goes_on_painting_it(last: int) -> None:
    """Each picture differs by a fifth of what is usual, for as long as half a second or more, and the view goes nowhere."""
    clip = swinging(0, painted=0.6, last=last)
    if last < 112:
        clip = replace(clip, frames=replace(clip.frames, pts=clip.frames.pts * 2))
    finding = one(clip)
    assert (finding.weight, finding.span.first, finding.span.last) == (Weight.SUPPORTING, 99, last)
    assert "compression goes on changing it" in str(finding.inference)


def test_innocent_static_scene_where_it_moves_less_for_a_while() -> None:
    """Each picture differs by as little as above, but the view goes on."""
    assert found(CHECK, swinging(0.3, painted=0.6)) == []
    assert found(CHECK, swinging(0, painted=1.2)) == []


def test_innocent_screen_content_where_only_a_pointer_moves() -> None:
    """It changes the brightness of two parts; the flow reports motion in thirty."""
    difference, rest, view = ripple(N, 0.3, 0.05), np.zeros((N, 144), np.uint8), np.full((N, 144), 100 * 256)
    rest[:, 40:70] = 8
    view[:, 50:52] += 2560 * (np.arange(N)[:, None] % 2)
    difference[100:130], rest[100:130], view[100:130] = 0, 0, view[99]
    columns: dict[str, Any] = {"difference": difference, "rest": rest}
    assert found(CHECK, make_clip(N, view=view.astype(np.uint16), **columns)) == []
    view[:, 40:70] += 2560 * (np.arange(N)[:, None] % 2)
    view[100:130] = view[99]
    assert one(make_clip(N, view=view.astype(np.uint16), **columns)).weight is Weight.SUPPORTING


def test_few_pictures_over_a_gap_in_time_are_no_freeze() -> None:
    times = np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) >= 102) * 30 * TICKS
    assert found(CHECK, standing((100, 103), pts=times)) == []


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(12))[0].outcome is Outcome.SKIPPED


def film(path: Path, *, hold: int, crf: int = 23) -> Clip:
    """Noise that drifts over a view; one picture held for `hold` further frames."""
    source = ffmpeg.input("smptehdbars=s=320x180:r=25", f="lavfi", t=6)
    picture = source.filter("scroll", horizontal=0.01).filter("noise", alls=10, allf="t", all_seed=5)
    if hold:
        picture = picture.filter("loop", loop=hold, size=1, start=75)  # counts from 1.filter("setpts", "N/25/TB")
    options = {"vcodec": "libx264", "crf": crf, "g": 50, "bf": 0, "pix_fmt": "yuv420p", "preset": "veryfast"}
    picture.output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    return measure(path)


def test_real_held_picture(tmp_path: Path) -> None:
    finding = one(film(tmp_path / "hold.mp4", hold=30))
    assert (finding.weight, finding.span.first, finding.span.last) == (Weight.STRONG, 74, 104)
    assert status(finding, "decoder-repeat") is Status.EXCLUDED


@pytest.mark.parametrize("crf", [18, 34])
def test_real_moving_film_is_silent(tmp_path: Path, crf: int) -> None:
    assert found(CHECK, film(tmp_path / "film.mp4", hold=0, crf=crf)) == []


@pytest.mark.parametrize("name", ["hero7.mp4", "c.mov"])
def test_device_files_are_silent(devices: dict[str, Clip], name: str) -> None:
    assert found(CHECK, devices[name]) == []


@pytest.mark.parametrize("name", ["processed/bottle-detection.mp4", "processed/pattern-sd-grey-bar.mp4"])
def test_corpus_is_silent(corpus: Path, name: str) -> None:
    assert found(CHECK, measure(corpus / name)) == []

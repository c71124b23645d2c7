"""jump-cut: time missing within one scene."""

from pathlib import Path
from typing import Any

import cv2
import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import BLOCKS, TICKS, make_clip, make_looks, make_view, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.test_hard_cut import film, walkers
from detect.views import bits, later
from entirety.detect.added_overlay import CHECK as OVERLAY
from entirety.detect.damage import damaged_spans
from entirety.detect.hard_cut import CHECK as HARD_CUT
from entirety.detect.jump_blind import blind_here
from entirety.detect.jump_cut import CHECK
from entirety.detect.jump_leaps import leaps
from entirety.detect.jump_weights import WEIGHTS
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.looks import LOOK
from entirety.model.time import UNSET

N, AT = 200, 110
SOME = list(range(60, 90))
"""Blocks in the middle of the picture."""


def spiked(column: NDArray[np.float32], rows: list[int], height: float) -> NDArray[np.float32]:
    column = column.copy()
    column[rows] += np.float32(height)
    return column


def leap(
    height: float = 12,
    rows: tuple[int, ...] = (AT,),
    blocks: list[int] = SOME,
    turned: int = 4,
    n: int = N,
    **changes: Any,
) -> Clip:
    """A steady clip in which some blocks are at once in another place, and stay there."""
    view, motion, rest = make_view(n).astype(np.int64), np.zeros((n, BLOCKS, 2), np.int8), np.full((n, BLOCKS), 8)
    rest += np.round(np.sin(np.arange(n) * 1.3))[:, None].astype(np.int64)
    difference = ripple(n, 1.5, 0.4)
    for row in rows:
        view[row:, blocks] += np.array([1, -1] * len(blocks))[: len(blocks)] * round(height * 256)
        motion[row, blocks] = 24
        rest[row, blocks] = 40
        rest[row] += 8
        difference[row] += np.float32(height / 4)
    columns: dict[str, Any] = {
        "view": np.clip(view, 0, 65_280).astype(np.uint16),
        "motion": motion,
        "rest": rest.astype(np.uint8),
        "difference": difference,
        "residual": spiked(ripple(n, 2, 0.4), list(rows), 4),
        "phash": bits(turned, slice(AT, None), n),
        "dhash": bits(turned, slice(AT, None), n),
    }
    return make_clip(n, **{**columns, **changes})


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, leap(rows=())) == []


def test_leap_is_strong_and_prints_what_it_was_weighed_by() -> None:
    finding = one(leap())
    assert (finding.code, finding.weight) == ("leap", Weight.STRONG)
    assert (finding.span.first, finding.span.last, float(finding.span.end)) == (AT - 1, AT, 4.4)
    assert finding.stills == (AT - 1, AT)
    assert "30 of the 144 parts" in str(finding.claim)
    assert [m.threshold for m in finding.measured] == [1.5, 6.5, 6.5, 20.0, None, None, None, None]
    assert all(float(m.value) >= m.threshold for m in finding.measured if isinstance(m.threshold, float))


def test_one_kind_of_signal_is_not_strong() -> None:
    assert one(leap(motion=np.zeros((N, BLOCKS, 2), np.int8))).weight is Weight.SUPPORTING
    assert one(leap(height=3)).weight is Weight.SUPPORTING
    assert found(CHECK, leap(rows=(), residual=spiked(ripple(N, 2, 0.4), [AT], 4))) == []


def test_weights_say_where_they_come_from() -> None:
    import entirety.detect.jump_weights as module

    assert len(WEIGHTS) == 14
    assert WEIGHTS["back"] < 0
    assert WEIGHTS["key"] < 0
    assert all(weight > 0 for name, weight in WEIGHTS.items() if name not in ("back", "key"))
    assert module.__doc__
    assert "tuning half" in module.__doc__


def test_near_the_ends_nothing_is_told() -> None:
    assert found(CHECK, leap(rows=(5,))) == []
    assert found(CHECK, leap(rows=(N - 4,))) == []


def test_innocent_several_shots_by_one_operator() -> None:
    assert status(one(leap()), "several-shots-by-one-operator") is Status.NOT_EXCLUDED


def test_innocent_dropped_frames() -> None:
    assert status(one(leap()), "dropped-frames") is Status.NOT_EXCLUDED
    rhythm = found(CHECK, leap(rows=(50, 80, 110, 140), height=5))
    assert [finding.weight for finding in rhythm] == [Weight.NEUTRAL]


def test_innocent_low_rate_whose_repeats_move_a_little() -> None:
    beats = tuple(range(AT - 15, AT + 16, 5))
    assert found(CHECK, leap(height=12, rows=beats)) == []


def test_innocent_low_rate() -> None:
    assert status(one(leap()), "low-rate") is Status.EXCLUDED
    held = leap().frames.difference.copy()
    held[AT - 2 : AT] = 0
    finding = one(leap(difference=held))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "low-rate") is Status.NOT_EXCLUDED
    held[AT - 12 : AT] = 0  # a picture that stood so long hid as much
    assert found(CHECK, leap(height=5, difference=held)) == []


def test_innocent_late_picture() -> None:
    assert status(one(leap()), "late-picture") is Status.EXCLUDED
    assert found(CHECK, leap(pts=later(3, AT))) == []
    finding = one(leap(pts=later(50, AT)))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "late-picture") is Status.NOT_EXCLUDED


@pytest.mark.parametrize("length", [1, 2, 4])
def test_innocent_flash(length: int) -> None:
    flash = leap(rows=(AT, AT + length))
    view = flash.frames.view.copy()
    view[AT + length :] = make_view(N)[AT + length :]
    assert found(CHECK, leap(rows=(AT, AT + length), view=view)) == []
    assert status(one(leap()), "flash") is Status.EXCLUDED


def test_moving_from_shadow_into_light_is_no_lamp() -> None:
    luma = ripple(N, 110, 1) + np.where(np.arange(N) >= AT, 9, 0).astype(np.float32)
    finding = one(leap(height=40, blocks=list(range(20, 140)), luma=luma))
    assert status(finding, "light-switched") is Status.NOT_EXCLUDED


def test_innocent_light_switched() -> None:
    luma = ripple(N, 110, 1) + np.where(np.arange(N) >= AT, 40, 0).astype(np.float32)
    assert found(CHECK, leap(luma=luma)) == []
    assert status(one(leap(turned=12, luma=luma)), "light-switched") is Status.NOT_EXCLUDED
    assert status(one(leap()), "light-switched") is Status.EXCLUDED


def test_innocent_fast_pan() -> None:
    assert found(CHECK, leap(rows=tuple(range(AT, AT + 8)), height=4)) == []
    assert status(one(leap()), "fast-pan") is Status.EXCLUDED


def test_innocent_shake() -> None:
    assert found(CHECK, leap(rows=(AT, AT + 1, AT + 2))) == []
    assert status(one(leap()), "shake") is Status.EXCLUDED
    assert status(one(leap(blocks=list(range(20, 140)))), "shake") is Status.NOT_EXCLUDED


def test_innocent_shake_that_displaces_the_whole_view() -> None:
    blocks = list(range(20, 140))
    apart, together = np.zeros((N, BLOCKS, 2), np.int8), np.zeros((N, BLOCKS, 2), np.int8)
    apart[AT, blocks] = np.where(np.arange(len(blocks)) % 2, 24, -24)[:, None]
    together[AT] = 24
    assert one(leap(blocks=blocks, motion=apart)).weight is Weight.STRONG
    knock = one(leap(blocks=blocks, motion=together))
    assert knock.weight is Weight.SUPPORTING
    assert status(knock, "shake") is Status.NOT_EXCLUDED
    moving = leap(blocks=blocks, motion=together).frames.view.astype(np.int64)
    drift = np.clip(moving + np.arange(N)[:, None] * np.resize([90, -90], BLOCKS), 0, 65_280)
    assert [f.knocked for f in leaps(leap(blocks=blocks, motion=together, view=drift.astype(np.uint16)).frames)] == [
        False
    ]


def test_innocent_sudden_motion() -> None:
    assert status(one(leap()), "sudden-motion") is Status.NOT_EXCLUDED
    assert found(CHECK, leap(rows=(AT, AT + 2), height=5)) == []  # a gesture lasts


def test_innocent_screen_content() -> None:
    assert status(one(leap()), "screen-content") is Status.NOT_TESTED
    still = np.tile(np.arange(60, 60 + BLOCKS) * 256, (N, 1))
    still[AT:, SOME] += 3000
    finding = one(leap(view=still.astype(np.uint16)))
    assert finding.weight is Weight.NEUTRAL
    assert "as on a screen" in str(finding.inference)


def test_innocent_key_frame_pumping() -> None:
    key = np.isin(np.arange(N), [0, AT])
    finding = one(leap(key=key))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "key-frame-pumping") is Status.NOT_EXCLUDED
    assert status(one(leap()), "key-frame-pumping") is Status.EXCLUDED
    keys = tuple(range(10, N - 10, 15))
    assert found(CHECK, leap(rows=keys, height=3, key=np.isin(np.arange(N), keys))) == []


def test_innocent_overlay_display() -> None:
    assert found(CHECK, leap(blocks=list(range(10, 30)))) == []
    assert found(CHECK, leap(blocks=list(range(116, 140)))) == []
    assert status(one(leap()), "overlay-display") is Status.EXCLUDED


def test_innocent_overlay_display_that_runs() -> None:
    second = tuple(range(10, N, 25))
    assert found(CHECK, leap(rows=second, blocks=[60, 61])) == []
    # Beside a running display, a leap is seen in the other parts.
    rest = leap().frames.rest.copy()
    rest[np.ix_(np.array(second), np.array([3, 4]))] = 60
    assert [f.span.last for f in found(CHECK, leap(rest=rest))] == [AT]


def test_what_is_laid_over_a_part_is_left_to_added_overlay() -> None:
    ends, place = (102, 160), [67, 68, 69, 70]
    view, looks, rest = make_view(N), make_looks(-(-N // LOOK)), np.full((N, BLOCKS), 8, np.uint8)
    view[ends[0] : ends[1], place] += 40 * 256
    looks.standing[np.ix_(np.arange(15, 20), np.array(place))] = 30
    rest[np.ix_(np.array(ends), np.array(place))] = 80
    drawn = leap(rows=ends, blocks=place, view=view, looks=looks, rest=rest)
    assert [f.code for f in found(OVERLAY, drawn)] == ["drawn"]
    assert found(CHECK, drawn) == []
    # Where the rest of the picture does not go on either, there is more than that.
    rest[np.array(ends)] = np.maximum(rest[np.array(ends)], 24)
    more = found(CHECK, leap(rows=ends, blocks=place, view=view, looks=looks, rest=rest))
    assert [f.span.last for f in more] == list(ends)


def test_innocent_damaged_data() -> None:
    assert status(one(leap()), "damaged-data") is Status.EXCLUDED
    elsewhere = leap(corrupt=np.isin(np.arange(N), [30]))
    assert damaged_spans(elsewhere)
    assert status(one(elsewhere), "damaged-data") is Status.NOT_EXCLUDED
    assert found(CHECK, leap(corrupt=np.isin(np.arange(N), [AT - 2]))) == []


def test_change_of_size_is_left_to_another_check() -> None:
    width = np.where(np.arange(N) < AT, 320, 640).astype(np.int32)
    assert found(CHECK, leap(width=width)) == []


def test_unset_times_are_told_of() -> None:
    unset = np.full(N, np.iinfo(np.int64).min)
    assert run_check(CHECK, leap(pts=unset))[0].outcome is Outcome.SKIPPED


def test_a_film_of_leaps_keeps_the_clearest() -> None:
    n = 6000
    apart = np.cumsum(np.tile([37, 41, 45], 60))
    rows = tuple(int(row) for row in apart if row < n - 20)
    view = make_view(n)
    view[np.cumsum(np.isin(np.arange(n), rows)) % 2 == 1] += np.where(np.isin(np.arange(BLOCKS), SOME), 2000, 0).astype(
        np.uint16
    )
    clip = leap(rows=rows, n=n, view=view)
    assert len(leaps(clip.frames)) > 100
    assert len(found(CHECK, clip)) == 100


def test_skipped_without_pictures() -> None:
    for count in (0, 1, 10):
        assert run_check(CHECK, make_clip(count))[0].outcome is Outcome.SKIPPED


def test_says_where_nothing_moved() -> None:
    still = np.tile(np.arange(60, 60 + BLOCKS) * 256, (N, 1)).astype(np.uint16)
    blind = run_check(CHECK, make_clip(N, view=still))[0].blind_here
    assert str(blind).startswith("Throughout the clip (8.0 s) so little moves")
    unset = make_clip(N, view=still, pts=np.where(np.arange(N) == 50, UNSET, np.arange(N) * TICKS))
    assert blind_here(unset) is not None
    drift = np.cumsum(np.tile(np.sin(np.arange(BLOCKS) * 2.3) * 256, (N, 1)), axis=0)
    moving = np.clip(30_000 + drift, 0, 65_280).astype(np.uint16)
    assert run_check(CHECK, make_clip(N, view=moving))[0].blind_here is None


def passing(source: Any) -> Any:
    """Somebody who goes to and fro before a view that stands."""
    somebody = ffmpeg.input("testsrc=s=60x110:r=25", f="lavfi", t=8)
    there = ffmpeg.overlay(source, somebody, x="130+100*sin(t*1.3)", y=50)
    return there.filter("noise", alls=6, allf="t", all_seed=5)


def test_real_film_with_time_taken_out(tmp_path: Path) -> None:
    def cut(source: Any) -> Any:
        return passing(source).filter("select", "not(between(n,52,67))").filter("setpts", "N/25/TB")

    clip = film(tmp_path / "cut.mp4", cut, "smptehdbars=s=320x180:r=25", 7)
    assert [(finding.span.last, finding.weight) for finding in found(CHECK, clip)] == [(52, Weight.STRONG)]
    assert found(HARD_CUT, clip) == []
    assert found(CHECK, film(tmp_path / "whole.mp4", passing, "smptehdbars=s=320x180:r=25", 7)) == []


def drawn(path: Path, places: NDArray[np.float64]) -> Clip:
    """A view with somebody who walks before it; the camera is turned to these places in it, one for each picture."""
    random = np.random.default_rng(3)
    texture = cv2.GaussianBlur(random.normal(0, 1, (200, 460)), (0, 0), 5)
    view = (120 + 18 * texture / texture.std() + np.linspace(-40, 40, 200)[:, None]).astype(np.float32)
    pictures = []
    for number, place in enumerate(places):
        shown = cv2.getRectSubPix(view, (320, 180), (float(place) + 170, 100))
        at = int(140 + 90 * np.sin(number * 0.08))
        shown[80:160, at : at + 30] = 40 + 130 * (np.indices((80, 30)).sum(axis=0) // 9 % 2)
        pictures.append(np.clip(shown + random.normal(0, 2, shown.shape), 0, 255).astype(np.uint8))
    source = ffmpeg.input("pipe:", format="rawvideo", pix_fmt="gray", s="320x180", r=25)
    output = source.output(str(path), vcodec="libx264", crf=20, g=50, bf=0, pix_fmt="yuv420p", preset="veryfast")
    output.run(cmd=FFMPEG, input=np.stack(pictures).tobytes(), quiet=True)
    return measure(path)


@pytest.mark.parametrize("stays", [1.0, 0.85])
def test_real_knock_against_a_standing_camera_is_told_from_missing_time(tmp_path: Path, stays: float) -> None:
    n = np.arange(130)
    clip = drawn(tmp_path / "knock.mp4", np.where(n >= 70, 11.0 * stays ** (n - 70.0), 0.0).astype(np.float64))
    assert [(leap.frame, leap.knocked, leap.clear) for leap in leaps(clip.frames)] == [(70, True, False)]
    assert status(one(clip), "shake") is Status.NOT_EXCLUDED


def test_real_time_taken_out_of_a_pan_is_no_knock(tmp_path: Path) -> None:
    n = np.arange(130)
    clip = drawn(tmp_path / "pan.mp4", (0.4 * n + np.where(n >= 70, 14.0, 0.0)).astype(np.float64))
    assert [(leap.frame, leap.knocked) for leap in leaps(clip.frames)] == [(70, False)]


def test_real_break_between_unlike_views_is_left_to_hard_cut(tmp_path: Path) -> None:
    def cut(source: Any) -> Any:
        return walkers(source).filter("select", "not(between(n,75,104))").filter("setpts", "N/25/TB")

    clip = film(tmp_path / "cut.mp4", cut, "smptehdbars=s=320x180:r=25", 6)
    assert found(CHECK, clip) == []
    assert [finding.span.last for finding in found(HARD_CUT, clip)] == [75]


@pytest.mark.parametrize("times", ["between(n,60,61)", "gte(n,70)"])
def test_real_flash_and_lamp_are_silent(tmp_path: Path, times: str) -> None:
    def lit(source: Any) -> Any:
        return walkers(source).filter("eq", brightness=0.3, enable=times)

    assert found(CHECK, film(tmp_path / "lit.mp4", lit, "smptehdbars=s=320x180:r=25", 5)) == []


@pytest.mark.parametrize("name", ["VID_20191220_170832.mp4", "train.mov", "video-avi.avi"])
def test_device_files_are_silent(devices: dict[str, Clip], name: str) -> None:
    assert run_check(CHECK, devices[name])[1] == ()

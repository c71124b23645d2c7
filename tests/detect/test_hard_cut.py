"""hard-cut: a picture that shows another view than the one before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import make_clip, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.views import AT, FINE, FIRST, N, bits, cut, later, mixed, shares, shown
from entirety.detect.break_rules import distances
from entirety.detect.damage import damaged_spans
from entirety.detect.hard_cut import CHECK, MOST
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, mixed(np.zeros(N))) == []


def test_unlike_views_are_strong() -> None:
    finding = one(cut())
    assert (finding.code, finding.weight) == ("cut", Weight.STRONG)
    assert (finding.span.first, finding.span.last, float(finding.span.end)) == (99, 100, 4.0)
    assert finding.stills == (99, 100)
    assert str(finding.claim).startswith(
        "Between frame 99 and frame 100, at 00:00:04.000, the picture changes at once to another view."
    )
    assert finding.measured[1].value == 60
    assert [measured.threshold for measured in finding.measured] == [0.8, 20, 40, 0.25, 0.6, None, None]


@pytest.mark.parametrize("at", [2, 3, 8, N - 8, N - 3, N - 2])
def test_cuts_near_an_end_are_found(at: int) -> None:
    assert one(cut(at)).span.last == at


def test_cuts_among_cuts_are_found() -> None:
    places = [20, 26, 31, 50, 57, 100, 106]
    share = (np.searchsorted(places, np.arange(N), "right") % 2).astype(np.float64)
    assert [finding.span.last for finding in found(CHECK, mixed(share))] == places


def test_views_of_one_scene_are_left_to_jump_cut() -> None:
    share = np.where(np.arange(N) >= AT, 0.3, 0.0)
    assert found(CHECK, mixed(share, phash=bits(30), dhash=bits(30))) == []
    assert found(CHECK, cut(phash=bits(9), dhash=bits(9))) == []


def test_empty_pictures_are_not_compared() -> None:
    assert found(CHECK, cut(contrast=np.full(N, 1, np.float32))) == []


def test_a_mixed_picture_between_two_shots_is_one_cut() -> None:
    for part, frame in ((0.55, AT), (0.45, AT + 1)):
        share = np.where(np.arange(N) > AT, 1.0, 0.0)
        share[AT] = part
        finding = one(mixed(share))
        assert (finding.span.last, finding.stills) == (frame, (AT - 1, AT + 1))


def test_distances_count_the_bits_of_both_hashes() -> None:
    frames = cut(phash=bits(7), dhash=bits(7)).frames
    assert distances(frames, 1)[[AT - 1, AT, AT + 1]].tolist() == [0, 14, 0]
    assert distances(frames, 2)[[AT - 1, AT, AT + 1]].tolist() == [0, 14, 14]


def test_no_more_findings_than_anybody_reads() -> None:
    share = (np.arange(1500) // 7 % 2).astype(np.float64)
    assert len(found(CHECK, mixed(share))) == MOST


@pytest.mark.parametrize("slug", ["several-shots-by-one-operator", "camera-switch", "ptz-preset"])
def test_causes_that_no_picture_can_exclude(slug: str) -> None:
    assert status(one(cut()), slug) is Status.NOT_EXCLUDED


def test_innocent_several_shots_by_one_operator() -> None:
    assert one(cut(pts=later(50))).weight is Weight.SUPPORTING  # the time stamps tell of the pause
    assert one(cut(pts=later(8))).weight is Weight.STRONG  # another view is not a third of a second later


def test_innocent_camera_switch() -> None:
    assert "how many cameras" in innocent(one(cut()), "camera-switch")


def test_innocent_camera_switch_that_goes_round_is_neutral() -> None:
    turns = (np.arange(N) // 40 % 2).astype(np.float64)
    assert [finding.weight for finding in found(CHECK, mixed(turns))] == [
        Weight.STRONG
    ] * 4  # twice each way: an editor does that too
    longer = (np.arange(300) // 40 % 2).astype(np.float64)
    assert {finding.weight for finding in found(CHECK, mixed(longer))} == {Weight.NEUTRAL}
    uneven = np.isin(np.searchsorted([40, 80, 130, 170, 240, 270], np.arange(300), side="right"), (1, 3, 5)).astype(
        np.float64
    )
    assert {finding.weight for finding in found(CHECK, mixed(uneven))} == {Weight.STRONG}


def test_innocent_ptz_preset() -> None:
    assert "turned" in innocent(one(cut()), "ptz-preset")


@pytest.mark.parametrize("length", [1, 2, 4])
def test_innocent_flash(length: int) -> None:
    luma = ripple(N, 110, 1)
    luma[AT : AT + length] += 60
    assert found(CHECK, shown(AT, AT + length, luma=luma)) == []


def test_innocent_flash_longer_is_a_shot() -> None:
    assert [finding.span.last for finding in found(CHECK, shown(AT, AT + 6))] == [AT, AT + 6]


def test_innocent_light_switched() -> None:
    luma = ripple(N, 110, 1) + np.where(np.arange(N) >= AT, 40, 0).astype(np.float32)
    assert found(CHECK, cut(luma=luma, phash=bits(9), dhash=bits(9))) == []
    finding = one(cut(luma=luma, phash=bits(12), dhash=bits(12)))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "light-switched") is Status.NOT_EXCLUDED
    assert status(one(cut()), "light-switched") is Status.NOT_EXCLUDED  # another lamp need not change the mean


def test_innocent_lens_switch() -> None:
    """From frame AT on the middle of the view is shown, twice as large."""
    small = np.repeat(np.repeat(FIRST.reshape(9, 16), 2, axis=0), 2, axis=1)
    view = np.where(np.arange(N)[:, None] >= AT, small[4:13, 8:24].ravel(), FIRST)
    finding = one(cut(view=np.rint(view * FINE).astype(np.uint16)))
    assert (finding.weight, status(finding, "lens-switch")) == (Weight.SUPPORTING, Status.NOT_EXCLUDED)
    assert status(one(cut()), "lens-switch") is Status.EXCLUDED


def test_innocent_shake() -> None:
    assert status(one(cut()), "shake") is Status.EXCLUDED


def test_innocent_fast_pan() -> None:
    assert found(CHECK, mixed(shares(N, AT, 4), rest=np.full((N, 144), 8, np.uint8))) == []
    phases = np.clip(np.arange(N) - AT, 0, 12)[:, None] * 0.8
    swung = 110 + 50 * np.sin(np.tile(np.arange(16), 9) * 0.5 + phases) * np.cos(np.repeat(np.arange(9), 16) * 0.7)
    rows = np.where(np.arange(N) < AT + 6, 0, 30)
    hashes = np.array([(1 << int(k)) - 1 for k in rows], np.uint64)
    assert found(CHECK, make_clip(N, view=(swung * FINE).astype(np.uint16), phash=hashes, dhash=hashes)) == []


def test_innocent_key_frame_pumping() -> None:
    rest = np.full((N, 144), 8, np.uint8)
    rest[::25] = 60
    assert found(CHECK, mixed(np.zeros(N), rest=rest, phash=bits(12, slice(None, None, 25)))) == []


def test_innocent_dropped_frames() -> None:
    still = ripple(N, 3, 0.6)
    still[AT - 4 : AT] = 0.1
    finding = one(cut(difference=still, phash=bits(12), dhash=bits(12)))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "dropped-frames") is Status.NOT_EXCLUDED


def test_innocent_dropped_frames_in_a_filled_rate() -> None:
    """A slow recorder's film filled up: every fourth picture is new, and shows much else while the camera is swung round."""
    share = np.repeat([0.0, 1.0] * (N // 8), 4)
    jumps = np.where(np.arange(N) % 4 == 0, 9, 0.1).astype(np.float32)
    assert found(CHECK, mixed(share, difference=jumps)) == []


def test_innocent_sudden_motion() -> None:
    """Something fills half the picture at once, and the other half stays."""
    covered = np.repeat((np.arange(N) >= AT).astype(np.float64)[:, None], 144, axis=1)
    covered[:, np.tile(np.arange(16), 9) < 8] = 0
    assert found(CHECK, mixed(covered, phash=bits(30), dhash=bits(30))) == []


def test_innocent_sudden_motion_that_fills_the_view_is_neutral() -> None:
    door = np.tile(FIRST, (N, 1))
    door[AT:] = np.where(np.tile(np.arange(16), 9) < 3, 40 + 10 * np.repeat(np.arange(9), 16), 90)
    finding = one(cut(view=np.rint(door * FINE).astype(np.uint16)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "sudden-motion") is Status.NOT_EXCLUDED


def test_a_telephone_that_is_turned_shows_the_same_scene() -> None:
    views = np.tile(FIRST, (N, 1))
    upright = np.rot90(FIRST.reshape(9, 16), 3)
    rows, columns = np.linspace(0, 15, 9).round().astype(int), np.linspace(0, 8, 16).round().astype(int)
    views[AT:] = upright[rows][:, columns].ravel()
    sides = np.where(np.arange(N) < AT, 320, 240).astype(np.int32)
    columns_of: dict[str, Any] = {"view": np.rint(views * FINE).astype(np.uint16)}
    assert len(found(CHECK, cut(**columns_of))) == 1
    assert found(CHECK, cut(**columns_of, width=sides, height=(560 - sides).astype(np.int32))) == []


def innocent(finding: Finding, slug: str) -> str:
    return next(str(each.why) for each in finding.innocent if each.slug == slug)


def test_innocent_damaged_data(tmp_path: Path) -> None:
    """Data written over in one key frame: neither the damage nor the next key frame, which repairs the picture, is a break."""
    sound = film(tmp_path / "film.mp4", walkers, "smptehdbars=s=320x180:r=25")
    at, size = int(sound.packets.position[50]), int(sound.packets.size[50])
    data = (tmp_path / "film.mp4").read_bytes()
    middle = at + size // 8
    (tmp_path / "damaged.mp4").write_bytes(data[:middle] + b"\xff" * (at + size - middle) + data[at + size :])
    clip = measure(tmp_path / "damaged.mp4")
    assert damaged_spans(clip)
    assert found(CHECK, clip) == []


def test_innocent_damaged_data_elsewhere_is_not_excluded() -> None:
    assert status(one(cut()), "damaged-data") is Status.EXCLUDED
    marks = np.isin(np.arange(N), [30])
    assert status(one(cut(corrupt=marks)), "damaged-data") is Status.NOT_EXCLUDED
    for place, silent in ((AT, True), (AT - 1, True), (AT - 25, True), (AT - 27, False), (AT + 1, False)):
        assert (found(CHECK, cut(corrupt=np.isin(np.arange(N), [place]))) == []) is silent, place


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(3))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(4))[0].outcome is Outcome.CLEAR


def film(
    path: Path, shape: Callable[[Any], Any], source: str = "mandelbrot=s=320x180:r=25", seconds: float = 6
) -> Clip:
    """A moving picture, its frames changed by `shape`, encoded as a camera would."""
    picture = shape(ffmpeg.input(f"{source}", f="lavfi", t=seconds))
    options = {"vcodec": "libx264", "crf": 23, "g": 50, "bf": 0, "pix_fmt": "yuv420p", "preset": "veryfast"}
    picture.output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    return measure(path)


def walkers(source: Any) -> Any:
    """Noise that drifts over a slowly moving view."""
    return source.filter("scroll", horizontal=0.01, vertical=0.004).filter("noise", alls=6, allf="t", all_seed=5)


def test_real_untouched_film_is_silent(tmp_path: Path) -> None:
    assert found(CHECK, film(tmp_path / "film.mp4", walkers, "smptehdbars=s=320x180:r=25")) == []


def test_real_join_of_unlike_scenes(tmp_path: Path) -> None:
    other = ffmpeg.input("smptehdbars=s=320x180:r=25", f="lavfi", t=3)

    def joined(source: Any) -> Any:
        return ffmpeg.concat(walkers(source.trim(end_frame=75)), walkers(other))

    finding = one(film(tmp_path / "join.mp4", joined, "mandelbrot=s=320x180:r=25", 3))
    assert (finding.weight, finding.span.last) == (Weight.STRONG, 75)


@pytest.mark.parametrize("times", ["between(n,60,60)", "between(n,60,62)", "gte(n,70)"])
def test_real_flash_and_lamp_are_silent(tmp_path: Path, times: str) -> None:
    def lit(source: Any) -> Any:
        return walkers(source).filter("eq", brightness=0.3, enable=times)

    assert found(CHECK, film(tmp_path / "lit.mp4", lit, "smptehdbars=s=320x180:r=25")) == []


@pytest.mark.parametrize("name", ["VID_20191220_170832.mp4", "c.mov", "hero7.mp4", "train.mov", "video-avi.avi"])
def test_device_files_are_silent(devices: dict[str, Clip], name: str) -> None:
    clip = devices[name]
    assert run_check(CHECK, clip)[1] == ()

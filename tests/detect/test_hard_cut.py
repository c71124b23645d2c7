"""hard-cut: pictures that do not continue the one before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect.break_rules import distances
from entirety.detect.damage import damaged_spans
from entirety.detect.hard_cut import CHECK
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

N = 200
AT = 100


def view(bits: int, rows: slice = slice(AT, None), n: int = N) -> NDArray[np.uint64]:
    """One perceptual hash throughout, with `bits` of it turned in some rows."""
    column = np.full(n, 0x0F0F_3C3C_5A5A_9696, np.uint64)
    column[rows] ^= np.uint64((1 << bits) - 1)
    return column


def spike(column: NDArray[np.float32], rows: list[int], height: float) -> NDArray[np.float32]:
    column = column.copy()
    column[rows] = height
    return column


def broken(bits: int, residual: float = 9.0, acceleration: float = 4.0, **changes: Any) -> Clip:
    """A steady clip in which frame AT leaps: `bits` of either hash turn for good."""
    columns: dict[str, Any] = {
        "phash": view(bits),
        "dhash": view(bits),
        "residual": spike(ripple(N, 2, 0.4), [AT], residual),
        "acceleration": spike(ripple(N, 0.8, 0.2), [AT, AT + 1], acceleration),
    }
    return make_clip(N, **{**columns, **changes})


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, make_clip(N, phash=view(0), dhash=view(0))) == []


def test_unlike_scenes_are_strong() -> None:
    finding = one(broken(30))
    assert (finding.code, finding.weight) == ("cut", Weight.STRONG)
    assert (finding.span.first, finding.span.last, float(finding.span.end)) == (99, 100, 4.0)
    assert finding.stills == (99, 100)
    assert "60 of 128 bits" in str(finding.claim)
    assert finding.measured[3].value == 60
    assert [measured.threshold for measured in finding.measured] == [None, None, None, 40, None]


def test_leap_within_a_scene_is_strong_when_clear_and_supporting_when_not() -> None:
    assert one(broken(7)).weight is Weight.STRONG
    assert one(broken(3, residual=4.2, acceleration=1.6)).weight is Weight.SUPPORTING


def test_each_rule_prints_its_own_bounds() -> None:
    def bounds(clip: Clip) -> list[object]:
        measured = one(clip).measured
        return [measured[k].threshold for k in (0, 1, 3)]

    assert bounds(broken(7)) == [7.0, 6.0, 10]
    assert bounds(broken(3)) == [12.0, 6.0, None]
    assert bounds(broken(3, residual=4.2, acceleration=1.6)) == [6.0, 3.0, None]
    assert bounds(broken(11, residual=3.28, acceleration=9.0)) == [4.0, 12.0, 20]
    assert bounds(broken(9, acceleration=0.8)) == [12.0, None, 12]
    assert bounds(broken(9, acceleration=0.8, residual=4.6)) == [5.0, None, 12]


def test_one_signal_alone_is_silent() -> None:
    assert found(CHECK, broken(3, acceleration=0.8)) == []
    assert found(CHECK, broken(3, residual=2.0)) == []


def test_changed_view_can_be_the_second_signal() -> None:
    finding = one(broken(9, acceleration=0.8))
    assert finding.weight is Weight.SUPPORTING
    trembling = view(9)
    assert len(found(CHECK, broken(9, acceleration=0.8, residual=4.6))) == 1
    trembling[::6] ^= np.uint64(0xFFF)  # the view changes as much again and again
    assert found(CHECK, broken(9, acceleration=0.8, residual=4.6, phash=trembling, dhash=trembling)) == []


def test_busy_scene_needs_less_residual() -> None:
    finding = one(broken(11, residual=3.28, acceleration=9.0))
    assert finding.weight is Weight.SUPPORTING
    assert 4 <= float(finding.measured[0].value) < 5


def test_unlike_scenes_near_the_end_are_found() -> None:
    rows = slice(N - 4, None)
    assert one(make_clip(N, phash=view(30, rows), dhash=view(30, rows))).span.last == N - 4


def test_empty_pictures_are_not_compared() -> None:
    dark: dict[str, Any] = {
        "contrast": np.full(N, 1, np.float32),
        "residual": ripple(N, 0.2, 0.1),
        "acceleration": ripple(N, 0.1, 0.1),
    }
    assert found(CHECK, make_clip(N, phash=view(30), dhash=view(30), **dark)) == []


def test_distances_count_the_bits_of_both_hashes() -> None:
    frames = broken(7).frames
    assert distances(frames, 1)[[AT - 1, AT, AT + 1]].tolist() == [0, 14, 0]
    assert distances(frames, 2)[[AT - 1, AT, AT + 1]].tolist() == [0, 14, 14]


def test_innocent_several_shots_by_one_operator() -> None:
    assert status(one(broken(30)), "several-shots-by-one-operator") is Status.NOT_EXCLUDED


def test_innocent_camera_switch() -> None:
    assert status(one(broken(30)), "camera-switch") is Status.NOT_EXCLUDED
    assert status(one(broken(7)), "camera-switch") is Status.EXCLUDED


def test_innocent_ptz_preset() -> None:
    assert status(one(broken(30)), "ptz-preset") is Status.NOT_EXCLUDED
    assert status(one(broken(7)), "ptz-preset") is Status.EXCLUDED


@pytest.mark.parametrize("length", [1, 2, 4])
def test_innocent_flash(length: int) -> None:
    lit = slice(AT, AT + length)
    luma = ripple(N, 110, 1)
    luma[lit] += 60
    rows = [AT, AT + length]
    residual = spike(ripple(N, 2, 0.4), rows, 20)
    columns: dict[str, Any] = {"luma": luma, "residual": residual, "acceleration": spike(ripple(N, 0.8, 0.2), rows, 6)}
    assert found(CHECK, make_clip(N, phash=view(12, lit), dhash=view(12, lit), **columns)) == []


def test_innocent_flash_without_light_is_a_damaged_picture() -> None:
    lit = slice(AT, AT + 1)
    clip = broken(30, phash=view(30, lit), dhash=view(30, lit))
    assert found(CHECK, clip) == []


def test_innocent_light_switched() -> None:
    luma = ripple(N, 110, 1) + np.where(np.arange(N) >= AT, 40, 0).astype(np.float32)
    assert found(CHECK, broken(4, luma=luma)) == []
    finding = one(broken(12, luma=luma))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "light-switched") is Status.NOT_EXCLUDED


def test_innocent_fast_pan() -> None:
    rows = list(range(AT, AT + 10))
    residual, motion = spike(ripple(N, 2, 0.4), rows, 9), spike(ripple(N, 0.8, 0.2), rows, 6)
    assert found(CHECK, make_clip(N, residual=residual, acceleration=motion, phash=view(0), dhash=view(0))) == []


def test_innocent_key_frame_pumping() -> None:
    keys = [25 * k for k in range(1, 12)]
    n = 300
    residual, motion = spike(ripple(n, 0.3, 0.1), keys, 4), spike(ripple(n, 0.2, 0.1), keys, 1.5)
    assert (
        found(CHECK, make_clip(n, residual=residual, acceleration=motion, phash=view(0, n=n), dhash=view(0, n=n))) == []
    )
    lone: dict[str, Any] = {
        "residual": spike(ripple(n, 0.3, 0.1), [250], 4),
        "acceleration": spike(ripple(n, 0.2, 0.1), [250], 1.5),
    }
    views: dict[str, Any] = {"phash": view(2, slice(250, None), n), "dhash": view(1, slice(250, None), n)}
    assert found(CHECK, make_clip(n, group=250, **lone, **views)) == []


def test_innocent_dropped_frames() -> None:
    still = ripple(N, 3, 0.6)
    still[AT - 4 : AT] = 0.1
    finding = one(broken(7, difference=still))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "dropped-frames") is Status.NOT_EXCLUDED


def later(pictures: int) -> NDArray[np.int64]:
    """Time stamps that leave out this many pictures before frame AT."""
    return np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) >= AT) * pictures * TICKS


@pytest.mark.parametrize("lost", [3, 8, 20])
def test_innocent_dropped_frames_that_the_times_tell(lost: int) -> None:
    assert len(found(CHECK, broken(7))) == 1
    assert found(CHECK, broken(7, pts=later(lost))) == []


def test_leap_at_a_long_gap_supports_it_and_no_more() -> None:
    assert one(broken(7, pts=later(50))).weight is Weight.SUPPORTING
    assert one(broken(14, pts=later(8))).weight is Weight.SUPPORTING
    assert one(broken(30, pts=later(50))).weight is Weight.SUPPORTING
    assert one(broken(30, pts=later(8))).weight is Weight.STRONG  # another scene is not a quarter of a second later


def test_innocent_dropped_frames_and_sudden_motion_stay_open_for_unlike_pictures() -> None:
    for bits in (7, 20, 30):
        finding = one(broken(bits))
        assert status(finding, "dropped-frames") is Status.NOT_EXCLUDED
        assert status(finding, "sudden-motion") is Status.NOT_EXCLUDED


def test_innocent_damaged_data(tmp_path: Path) -> None:
    """Data written over in one key frame: neither the damage nor the next key frame, which repairs the picture, is a break."""
    sound = film(tmp_path / "film.mp4", walkers, "smptehdbars=s=320x180:r=25")
    at, size = int(sound.packets.position[50]), int(sound.packets.size[50])
    data = (tmp_path / "film.mp4").read_bytes()
    middle = at + size // 8
    (tmp_path / "damaged.mp4").write_bytes(data[:middle] + b"\xff" * (at + size - middle) + data[at + size :])
    clip = measure(tmp_path / "damaged.mp4")
    assert damaged_spans(clip)
    assert 100 in [leap.frame for leap in picture_breaks(clip.frames)]
    assert found(CHECK, clip) == []


def test_innocent_damaged_data_elsewhere_is_not_excluded() -> None:
    assert status(one(broken(30)), "damaged-data") is Status.EXCLUDED
    marks = np.isin(np.arange(N), [30])
    assert status(one(broken(30, corrupt=marks)), "damaged-data") is Status.NOT_EXCLUDED
    for place, silent in ((AT, True), (AT - 1, True), (AT - 25, True), (AT - 26, False), (AT + 1, False)):
        assert (found(CHECK, broken(30, corrupt=np.isin(np.arange(N), [place]))) == []) is silent, place


def test_innocent_sudden_motion() -> None:
    assert status(one(broken(7)), "sudden-motion") is Status.NOT_EXCLUDED
    rows = [AT, AT + 1, AT + 2]  # a gesture lasts
    residual = spike(ripple(N, 2, 0.4), rows, 8)
    assert (
        found(
            CHECK,
            make_clip(
                N, residual=residual, acceleration=spike(ripple(N, 0.8, 0.2), rows, 4), phash=view(7), dhash=view(7)
            ),
        )
        == []
    )


def test_film_turned_to_another_rate_is_silent() -> None:
    rows = list(range(5, N, 5))
    residual, motion = spike(ripple(N, 4, 0.3), rows, 7), spike(ripple(N, 0.3, 0.1), rows, 1.5)
    assert found(CHECK, make_clip(N, residual=residual, acceleration=motion, phash=view(0), dhash=view(0))) == []


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(10))[0].outcome is Outcome.SKIPPED


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


def test_real_cut_within_a_scene(tmp_path: Path) -> None:
    def cut(source: Any) -> Any:
        return walkers(source).filter("select", "not(between(n,75,124))").filter("setpts", "N/25/TB")

    finding = one(film(tmp_path / "cut.mp4", cut, "smptehdbars=s=320x180:r=25", 8))
    assert (finding.weight, finding.span.last) == (Weight.STRONG, 75)


@pytest.mark.parametrize("times", ["between(n,60,60)", "between(n,60,62)", "gte(n,70)"])
def test_real_flash_and_lamp_are_silent(tmp_path: Path, times: str) -> None:
    def lit(source: Any) -> Any:
        return walkers(source).filter("eq", brightness=0.3, enable=times)

    assert found(CHECK, film(tmp_path / "lit.mp4", lit, "smptehdbars=s=320x180:r=25")) == []


@pytest.mark.parametrize("name", ["VID_20191220_170832.mp4", "c.mov", "hero7.mp4", "train.mov", "video-avi.avi"])
def test_device_files_are_silent(corpus: Path, name: str) -> None:
    clip = measure(corpus / "device" / name)
    assert run_check(CHECK, clip)[1] == ()


def test_real_road_with_time_taken_out(corpus: Path, tmp_path: Path) -> None:
    picture = ffmpeg.input(str(corpus / "processed" / "traffic_camera.mp4"), t=14)
    picture = picture.filter("scale", 640, -2).filter("select", "not(between(n,175,225))").filter("setpts", "N/25/TB")
    path = tmp_path / "road.mp4"
    picture.output(str(path), vcodec="libx264", crf=23, pix_fmt="yuv420p", preset="veryfast").run(
        cmd=FFMPEG, quiet=True
    )
    assert [finding.span.last for finding in found(CHECK, measure(path))] == [175]

"""cadence-change: pictures that are repeated or left out at a fixed distance."""

import re
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import BLOCKS, TICKS, make_clip, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.views import cut
from entirety.detect.cadence_change import CHECK
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

N = 300


def paced(pace: NDArray[np.float64], **changes: Any) -> Clip:
    """A clip in which picture k moves `pace[k]` times as far as usual."""
    n = len(pace)
    difference = ripple(n, 3, 0.4) * pace
    steps = (1.2 + 0.1 * np.sin(np.arange(n)[:, None] + np.arange(BLOCKS))) * pace[:, None]
    view = (100 + np.cumsum(steps * np.where(np.arange(n) // 60 % 2, -1, 1)[:, None], axis=0)) * 256
    columns: dict[str, Any] = {
        "difference": difference,
        "residual": np.asarray(ripple(n, 2, 0.3) * pace, np.float32),
        "view": np.asarray(view, np.uint16),
    }
    return make_clip(n, **{**columns, **changes})


def marked(first: int, last: int, period: int, height: float) -> NDArray[np.float64]:
    rows = np.arange(N)
    return np.where((rows >= first) & (rows <= last) & (rows % period == 0), height, 1.0)


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, paced(np.ones(N))) == []


@pytest.mark.parametrize("height", [0.02, 0.3])
def test_slower_stretch(height: float) -> None:
    finding = one(paced(marked(100, 175, 5, height)))
    assert (finding.code, finding.weight) == ("slower", Weight.SUPPORTING)
    assert "Every 5th picture from" in str(finding.claim)
    assert "only 4 in 5 pictures are new." in str(finding.claim)
    assert "slowed to 80% of its speed" in str(finding.inference)
    assert str(finding.inference).endswith("every 5th stands, or nearly.")
    before, mark = finding.stills
    assert (mark % 5, before) == (0, mark - 1)
    assert 100 <= mark <= 175
    (saved,) = re.findall(r"between\(n,(\d+),(\d+)\)", finding.reproduce.replace("\\", ""))
    assert int(saved[0]) < before < mark < int(saved[1]) < int(saved[0]) + 12
    assert abs(finding.span.first - 98) <= 3
    assert abs(finding.span.last - 175) <= 3


def test_faster_stretch() -> None:
    finding = one(paced(marked(100, 160, 4, 1.7)))
    assert (finding.code, finding.weight) == ("faster", Weight.SUPPORTING)
    assert abs(finding.span.first - 98) <= 3
    assert abs(finding.span.last - 160) <= 3


@pytest.mark.parametrize(("period", "height"), [(5, 0.02), (6, 0.02), (4, 1.7), (2, 0.02)])
def test_innocent_rate_conversion(period: int, height: float) -> None:
    finding = one(paced(marked(0, N, period, height)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "rate-conversion") is Status.NOT_EXCLUDED


def test_innocent_joined_rates() -> None:
    inside = one(paced(marked(100, 175, 5, 0.02)))
    assert status(inside, "joined-rates") is Status.EXCLUDED
    at_end = one(paced(marked(220, N, 5, 0.02)))
    assert status(at_end, "joined-rates") is Status.NOT_EXCLUDED
    pace, views = marked(100, 175, 5, 0.02), cut(98, N).frames
    moved = paced(pace).frames.view - np.uint16(100 * 256)
    columns = {"view": views.view + moved, "rest": views.rest, "phash": views.phash, "dhash": views.dhash}
    joined = paced(pace, **columns)
    assert [found.frame for found in picture_breaks(joined.frames)] == [98]
    finding = one(joined)
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "joined-rates") is Status.NOT_EXCLUDED
    assert "at 00:00:03.920; ask" in str(next(i.why for i in finding.innocent if i.slug == "joined-rates"))


@pytest.mark.parametrize(("period", "said"), [(2, "2nd"), (3, "3rd"), (4, "4th")])
def test_ordinals(period: int, said: str) -> None:
    assert f"Every {said} picture" in str(one(paced(marked(0, N, period, 0.02))).claim)


def test_innocent_low_light() -> None:
    finding = one(paced(marked(150, 220, 3, 0.02)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "low-light") is Status.NOT_EXCLUDED
    assert status(finding, "rate-conversion") is Status.EXCLUDED


def test_innocent_filled_rate() -> None:
    repeats = marked(100, 175, 5, 0.02)
    repeats[[20, 27, 40, 49, 63, 77, 85, 190, 203, 211, 230, 244, 259, 266, 281]] = 0.02
    finding = one(paced(repeats))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "filled-rate") is Status.NOT_EXCLUDED


def test_innocent_slow_motion() -> None:
    assert status(one(paced(marked(100, 175, 5, 0.02))), "slow-motion") is Status.NOT_EXCLUDED


def test_innocent_behind_for_a_while() -> None:
    finding = one(paced(marked(100, 175, 5, 0.02)))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "behind-for-a-while") is Status.NOT_EXCLUDED
    assert status(one(paced(marked(100, 160, 4, 1.7))), "behind-for-a-while") is Status.EXCLUDED


def test_uneven_times_and_still_scenes_say_nothing() -> None:
    late = np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) % 5 == 0) * TICKS * 2 // 3
    assert found(CHECK, paced(marked(100, 175, 5, 0.02), pts=late)) == []
    assert found(CHECK, paced(marked(100, 175, 5, 0.02), difference=ripple(N, 0.1, 0.05))) == []
    unset = np.full(N, np.iinfo(np.int64).min)
    assert run_check(CHECK, paced(marked(100, 175, 5, 0.02), pts=unset))[0].outcome is Outcome.SKIPPED


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(30))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(31))[0].outcome is Outcome.CLEAR


@pytest.mark.parametrize(("speed", "code"), [(0.8, "slower"), (1.25, "faster")])
def test_real_film(tmp_path: Path, speed: float, code: str) -> None:
    pieces = []
    for first, end, pace in ((0, 60, 1.0), (60, 120, speed), (120, 200, 1.0)):
        source = ffmpeg.input("mandelbrot=s=320x180:r=25:end_pts=400", f="lavfi", t=8)
        piece = source.filter("trim", start_frame=first, end_frame=end).filter("setpts", f"(PTS-STARTPTS)/{pace}")
        pieces.append(piece.filter("fps", 25) if pace != 1 else piece)
    path = tmp_path / "film.mp4"
    graph = ffmpeg.concat(*pieces).filter("noise", alls=5, allf="t", all_seed=4).filter("setpts", "N/25/TB")
    options = {"vcodec": "libx264", "crf": 23, "g": 50, "pix_fmt": "yuv420p", "preset": "veryfast"}
    graph.output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    finding = one(measure(path))
    assert (finding.code, finding.weight) == (code, Weight.SUPPORTING)
    assert abs(finding.span.first - 60) <= 6


def test_innocent_joined_rates_in_a_real_film(tmp_path: Path) -> None:
    """A part of 20 pictures a second, brought to the 25 of what is before and after it."""
    view = ffmpeg.input("mandelbrot=s=320x180:r=25:end_pts=400", f="lavfi", t=6)
    slow = ffmpeg.input("smptehdbars=s=320x180:r=20", f="lavfi", t=3).filter("scroll", horizontal=0.02)
    parts = [
        view.filter("trim", start_frame=0, end_frame=60).filter("setpts", "PTS-STARTPTS"),
        slow.filter("fps", 25),
        ffmpeg.input("mandelbrot=s=320x180:r=25:end_pts=400", f="lavfi", t=5).filter("trim", start_frame=60),
    ]
    parts[2] = parts[2].filter("setpts", "PTS-STARTPTS")
    joined = ffmpeg.concat(*(part.filter("format", "yuv420p") for part in parts))
    graph = joined.filter("noise", alls=5, allf="t", all_seed=4).filter("setpts", "N/25/TB")
    path = tmp_path / "film.mp4"
    options = {"vcodec": "libx264", "crf": 23, "g": 50, "pix_fmt": "yuv420p", "preset": "veryfast"}
    graph.output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    finding = one(measure(path))
    assert abs(finding.span.first - 60) <= 6
    assert status(finding, "joined-rates") is Status.NOT_EXCLUDED

"""timestamp-gap: steps that are no whole number of pictures, and pictures crowded into one moment."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import TICKS, hashes, make_clip
from detect.expectations import found, status
from detect.films import FFMPEG, copy, encode
from entirety.detect.rate_model import WORDS
from entirety.detect.timestamp_gap import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Status, Weight


def stepped(*, n: int = 300, group: int = 25, **odd: Any) -> Clip:
    """A clip whose steps before the pictures `p...` are so many usual ones."""
    ticks = np.full(n, TICKS, np.int64)
    for name, steps in odd.items():
        ticks[int(name[1:])] = round(steps * TICKS)
    times = np.asarray(np.cumsum(ticks) - ticks[0], np.int64)
    return make_clip(n, group=group, packets={"pts": times, "dts": times}, pts=times)


def seen(clip: Clip) -> list[tuple[str, Weight, int]]:
    return [(f.code, f.weight, f.span.last) for f in found(CHECK, clip)]


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


@pytest.mark.parametrize(
    ("steps", "code"), [(1.3, "uneven"), (0.6, "uneven"), (2.6, "gap"), (1.65, "gap"), (0.1, "overlap")]
)
def test_an_uneven_step_is_a_sign_at_most(steps: float, code: str) -> None:
    assert seen(stepped(p150=steps)) == [(code, Weight.SUPPORTING, 150)]
    assert seen(stepped(p160=steps)) == [(code, Weight.SUPPORTING, 160)]


def test_key_pictures_that_are_common_say_nothing() -> None:
    assert seen(stepped(group=5, p150=1.3)) == [("uneven", Weight.SUPPORTING, 150)]


def test_joins_of_a_short_clip_are_all_told() -> None:
    places = seen(stepped(n=150, p50=2.6, p75=2.6, p100=2.6))
    assert places == [("gap", Weight.SUPPORTING, row) for row in (50, 75, 100)]


def test_odd_steps_within_a_second_are_one_place() -> None:
    assert seen(stepped(p150=0.01, p151=0.01, p152=0.01, p153=0.99)) == [("overlap", Weight.STRONG, 150)]


def test_pictures_crowded_into_one_moment_are_strong_anywhere() -> None:
    finding = one(stepped(p160=0.01, p161=0.0))
    assert (finding.code, finding.weight) == ("overlap", Weight.STRONG)
    assert finding.measured[3].value == WORDS["constant"]


def test_pictures_stored_twice_are_left_to_the_other_check() -> None:
    n, again = 300, hashes(300, "packet")
    again[150:153] = again[125:128]
    ticks = np.full(n, TICKS, np.int64)
    ticks[150:153] = 1
    times = np.asarray(np.cumsum(ticks) - ticks[0], np.int64)
    clip = make_clip(n, packets={"pts": times, "dts": times, "sha256": again}, pts=times)
    assert [f.weight for f in found(CHECK, clip)] == [Weight.NEUTRAL]


def test_innocent_dropped_frames_leave_whole_steps() -> None:
    assert one(stepped(p150=3)).weight is Weight.NEUTRAL
    finding = one(stepped(p150=2.6))
    assert status(finding, "dropped-frames") is Status.EXCLUDED


def test_innocent_dropped_frames_that_come_late_are_made_up_for() -> None:
    assert seen(stepped(p150=1.4, p151=0.6)) == []
    assert seen(stepped(p150=0.7, p152=1.3)) == []


def test_innocent_variable_rate_has_no_whole_steps() -> None:
    times = np.cumsum(TICKS + np.arange(300) * 7919 % 200).astype(np.int64)
    assert found(CHECK, make_clip(300, packets={"pts": times, "dts": times}, pts=times)) == []


def test_innocent_low_light_steps_double() -> None:
    ticks: NDArray[np.int64] = np.where((np.arange(300) > 120) & (np.arange(300) < 260), 2 * TICKS, TICKS)
    times = np.cumsum(ticks).astype(np.int64)
    assert found(CHECK, make_clip(300, packets={"pts": times, "dts": times}, pts=times)) == []


def test_innocent_start_up() -> None:
    assert seen(stepped(p5=1.4)) == []


def test_innocent_millisecond_rounding() -> None:
    times = np.round(np.round(np.arange(300) * 1000 / 23.976) * 12.8).astype(np.int64)
    assert found(CHECK, make_clip(300, packets={"pts": times, "dts": times}, pts=times)) == []


def test_many_uneven_steps_are_a_habit() -> None:
    many: dict[str, Any] = {f"p{row}": 1.3 for row in range(60, 400, 60)}
    clip = stepped(n=400, **many)
    assert [weight for _, weight, _ in seen(clip) if weight is not Weight.NEUTRAL] == []


@pytest.mark.parametrize("codec", ["libx264", "mpeg2video", "libx265"])
def test_real_cut_of_a_transport_stream_through_a_list(tmp_path: Path, codec: str) -> None:
    """A cut without encoding again, picture and sound, as programs do it that put parts one after another."""
    quiet = {"x265-params": "log-level=none:open-gop=0"} if codec == "libx265" else {}
    film = encode(tmp_path / "film.ts", seconds=6, sound=True, vcodec=codec, g=25, bf=2, sc_threshold=0, **quiet)
    copy(film, tmp_path / "part%d.ts", format="segment", segment_frames="50,75,100", map=0)
    listing = tmp_path / "list.txt"
    listing.write_text("file 'part0.ts'\nfile 'part2.ts'\n")
    joining = ffmpeg.input(str(listing), format="concat", safe=0).output(str(tmp_path / "joined.ts"), c="copy")
    joining.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    clip = measure(tmp_path / "joined.ts")
    (sign,) = [f for f in found(CHECK, clip) if f.code in ("gap", "uneven")]
    assert sign.weight is Weight.SUPPORTING
    assert abs(sign.span.last - len(measure(tmp_path / "part0.ts").packets)) <= 1
    assert found(CHECK, measure(film)) == []

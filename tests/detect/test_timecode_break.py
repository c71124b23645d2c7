"""timecode-break: the clocks inside the footage against the file's own times."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip, make_stream
from detect.expectations import found, status
from detect.films import copy
from detect.stamped import stamped
from entirety.detect.run import run_check
from entirety.detect.timecode_break import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.headers import EmbeddedClock
from entirety.model.time import UNSET

N, AT = 500, 260
STEP = 0.04
NUMBERS = np.arange(N)
SECONDS = NUMBERS * STEP
FRAME = Fraction(1, 25)
Readings = NDArray[Any]


def carrying(
    stated: Readings, *, source: str = "avchd-date", base: Fraction | int = 1, daily: bool = False, **changes: Any
) -> Clip:
    """A clip whose pictures carry these readings."""
    clip = make_clip(len(stated), **changes)
    rows = np.arange(len(stated))
    read = EmbeddedClock(source, 0, rows, np.asarray(stated).astype(np.int64), Fraction(base), daily)
    return replace(clip, clocks=(read,))


def dated(seconds: Readings, **changes: Any) -> Clip:
    """Whole seconds as a camera's calendar shows them at these moments."""
    return carrying(np.floor(seconds + 1_600_000_000.37), **changes)


def coded(frames: Readings, **changes: Any) -> Clip:
    """A time code of 25 pictures a second."""
    return carrying(frames, **{"source": "h264-pic-timing", "base": FRAME, "daily": True, **changes})


def later(values: Readings, by: float) -> Readings:
    return np.asarray(values + by * (np.arange(len(values)) >= AT))


def satellite(
    seconds: Readings, rows: Readings, source: str = "gpmf", base: Fraction | int = Fraction(1, 1000)
) -> Clip:
    """One reading a second or so in the track of a receiver; `rows` say which moments it has readings of."""
    clip = make_clip(2_000)
    track = replace(make_stream("video", len(rows)), index=1, kind="data", time_base=Fraction(1, 1000))
    times = (rows * 1000).astype(np.int64)
    packets = replace(make_clip(len(rows)).packets, pts=times, dts=times)
    read = EmbeddedClock(
        source, 1, np.arange(len(rows)), (seconds / float(base)).astype(np.int64), Fraction(base), source == "nmea"
    )
    return replace(clip, streams=(*clip.streams, track), stored=(*clip.stored, packets), clocks=(read,))


def only(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


@pytest.mark.parametrize("part", [0.0, 0.01, 0.37, 0.5, 0.99])
def test_steady_clocks_are_silent(part: float) -> None:
    assert found(CHECK, dated(SECONDS + part)) == []
    assert found(CHECK, coded(NUMBERS + 90_000)) == []


def test_time_code_that_leaps() -> None:
    clip = coded(later(NUMBERS, 250))
    finding = only(clip)
    assert (finding.code, finding.weight) == ("jump", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (AT - 1, AT)
    assert finding.measured[0].value == 10.0
    assert finding.measured[2].value == "00:00:10:09 -> 00:00:20:10"
    assert status(finding, "recorder-pause") is Status.NOT_EXCLUDED
    assert finding.span.byte_ranges[0][0] == int(clip.packets.position[AT - 1])


def test_time_code_that_goes_back() -> None:
    finding = only(coded(later(NUMBERS, -100) + 90_000))
    assert (finding.code, finding.weight, finding.measured[0].value) == ("back", Weight.STRONG, 4.0)
    assert status(finding, "recorder-pause") is Status.EXCLUDED


@pytest.mark.parametrize("pictures", [-3, 3])
def test_three_pictures_are_told_to_the_picture(pictures: int) -> None:
    finding = only(coded(later(NUMBERS, pictures) + 90_000))
    assert (finding.span.last, finding.weight) == (AT, Weight.STRONG)


def test_whole_seconds_that_leap() -> None:
    finding = only(dated(later(SECONDS, 7)))
    assert (finding.code, finding.weight) == ("jump", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (AT - 1, AT)
    assert str(finding.measured[2].value).startswith("2020-09-13 12:26:")


def test_half_a_second_shows_in_whole_seconds() -> None:
    finding = only(dated(later(SECONDS, 0.6)))
    assert finding.weight is Weight.SUPPORTING
    assert finding.span.first <= AT <= finding.span.last
    assert (finding.span.last - finding.span.first) * STEP < 1.5


def test_where_the_file_tells_times_twice_frames_are_named() -> None:
    times = later(NUMBERS * TICKS, -100 * TICKS).astype(np.int64)
    clip = coded(later(NUMBERS, 250), packets={"pts": times, "dts": times}, pts=times)
    said = str(only(clip).claim)
    assert "00:00:10.360 (frame 259) and 00:00:06.400 (frame 260)" in said
    assert said.endswith("go by the frame number.")
    assert "go by the frame" not in str(only(coded(later(NUMBERS, 250))).claim)


def test_two_leaps_are_two_findings() -> None:
    frames = later(NUMBERS, 250) + 500 * (NUMBERS >= 400)
    assert [finding.span.last for finding in found(CHECK, coded(frames))] == [AT, 400]


def test_two_clocks_are_told_each() -> None:
    clip = coded(later(NUMBERS, 250))
    date = dated(later(SECONDS, 10)).clocks
    assert [dict(f.claim.values)["clock"] for f in found(CHECK, replace(clip, clocks=clip.clocks + date))] == [
        "the time code in the picture data (H.264)",
        "the recording date in the picture data (AVCHD)",
    ]


def test_the_turn_of_the_day_is_no_leap() -> None:
    assert found(CHECK, coded((NUMBERS + 2_159_900) % 2_160_000)) == []
    # 29.97 pictures a second, no number left out: the count of a day is 86.4 s longer.
    ntsc = Fraction(1001, 30_000)
    times = (NUMBERS * float(12_800 * ntsc)).astype(np.int64)
    clip = coded((NUMBERS + 2_591_900) % 2_592_000, base=ntsc, packets={"pts": times, "dts": times}, pts=times)
    assert found(CHECK, clip) == []


def test_a_slow_drift_is_no_leap() -> None:
    assert found(CHECK, coded(np.floor(NUMBERS * 1.001 + 0.3))) == []


def test_one_damaged_reading_is_no_leap() -> None:
    for row in (0, 1, 77, N - 1):
        frames = NUMBERS.copy()
        frames[row] += 5_000
        assert found(CHECK, coded(frames)) == []


def test_pause_that_both_clocks_show_is_silent() -> None:
    times = later(NUMBERS * TICKS, 500 * TICKS).astype(np.int64)
    assert found(CHECK, coded(later(NUMBERS, 500), packets={"pts": times, "dts": times}, pts=times)) == []


def test_file_clock_that_starts_anew_is_left_to_others() -> None:
    times = np.concatenate([NUMBERS[:AT], NUMBERS[: N - AT]]) * TICKS
    assert found(CHECK, coded(NUMBERS, packets={"pts": times, "dts": times}, pts=times)) == []
    finding = only(coded(later(NUMBERS, 250), packets={"pts": times, "dts": times}, pts=times))
    assert finding.measured[0].value == 10.0


def test_readings_follow_the_order_of_showing() -> None:
    order = np.arange(N).reshape(-1, 4)[:, [0, 2, 3, 1]].ravel()
    times = (order * TICKS).astype(np.int64)
    assert found(CHECK, coded(order, packets={"pts": times}, pts=np.sort(times))) == []


def test_readings_at_groups_only() -> None:
    clip = coded(later(NUMBERS, 250))
    (read,) = clip.clocks
    rows = np.arange(0, N, 20)
    at_groups = replace(read, packet=rows, stated=read.stated[rows])
    finding = only(replace(clip, clocks=(at_groups,)))
    assert (finding.span.first, finding.span.last) == (AT - 20, AT)
    assert finding.weight is Weight.STRONG


def test_innocent_rounding() -> None:
    finding = only(dated(later(SECONDS, 7)))
    assert status(finding, "rounding") is Status.EXCLUDED
    for hidden in (0.04, 0.08, 0.12):
        assert found(CHECK, dated(later(SECONDS, hidden))) == []


def test_innocent_clock_set() -> None:
    finding = only(dated(later(SECONDS, -37)))
    assert status(finding, "clock-set") is Status.NOT_EXCLUDED
    corrected = only(dated(later(SECONDS, 1.2)))
    assert corrected.weight is Weight.SUPPORTING


@pytest.mark.parametrize("hours", [1, -1, 0.5, 5.5])
def test_innocent_summer_time(hours: float) -> None:
    finding = only(dated(later(SECONDS, 3600 * hours)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "summer-time") is Status.NOT_EXCLUDED
    near = only(dated(later(SECONDS, 3600 * hours + 3)))
    assert near.weight is Weight.STRONG
    assert status(near, "summer-time") is Status.EXCLUDED


def test_innocent_gps_loss() -> None:
    rows, rng = np.arange(60), np.random.default_rng(5)
    moments = rows + 1_600_000_000 + rng.normal(0, 0.05, 60)
    assert found(CHECK, satellite(moments, rows)) == []
    for leap in (18, 86_400 * 7_000):
        finding = only(satellite(moments + leap * (rows >= 30), rows))
        assert finding.weight is Weight.NEUTRAL
        assert status(finding, "gps-loss") is Status.NOT_EXCLUDED
    lost = np.concatenate([rows[:25], rows[40:]])
    assert found(CHECK, satellite(moments[lost], lost)) == []
    assert only(satellite((moments + 50 * (rows >= 40))[lost], lost)).weight is Weight.SUPPORTING
    missing = only(satellite(moments + 50 * (rows >= 30), rows))
    assert (missing.weight, status(missing, "gps-loss")) == (Weight.STRONG, Status.EXCLUDED)
    assert "stream.bin" in missing.reproduce
    assert (missing.span.first, missing.span.last) == (29 * 25, 30 * 25)


def test_innocent_recorder_pause() -> None:
    finding = only(dated(later(SECONDS, 90)))
    assert status(finding, "recorder-pause") is Status.NOT_EXCLUDED


def test_innocent_lost_pictures() -> None:
    """The code goes on over pictures that are not there; the file counts those that are."""
    finding = only(coded(later(NUMBERS, 12)))
    assert status(finding, "lost-pictures") is Status.NOT_EXCLUDED
    back = only(coded(later(NUMBERS, -12) + 90_000))
    assert status(back, "lost-pictures") is Status.EXCLUDED


def test_innocent_rec_run() -> None:
    times = later(NUMBERS * TICKS, 500 * TICKS).astype(np.int64)
    finding = only(coded(NUMBERS, packets={"pts": times, "dts": times}, pts=times))
    assert (finding.code, finding.weight) == ("stands", Weight.NEUTRAL)
    assert status(finding, "rec-run") is Status.NOT_EXCLUDED


def test_dropped_pictures_leave_one_note() -> None:
    drops = np.cumsum(np.isin(NUMBERS, np.arange(20, N, 30)) * 2)
    times = ((NUMBERS + drops) * TICKS).astype(np.int64)
    finding = only(coded(NUMBERS, packets={"pts": times, "dts": times}, pts=times))
    assert (finding.code, finding.weight) == ("stands", Weight.NEUTRAL)


def test_innocent_clip_list() -> None:
    clip = make_clip(N)
    track = replace(clip.stream, index=1, kind="data")
    packets = replace(make_clip(2).packets, pts=np.array([0, AT * TICKS]), dts=np.array([0, AT * TICKS]))
    for second, findings in ((AT, 0), (5_000, 1)):
        read = EmbeddedClock("tmcd", 1, np.arange(2), np.array([0, second]), FRAME, daily=True)
        told = found(
            CHECK, replace(clip, streams=(*clip.streams, track), stored=(*clip.stored, packets), clocks=(read,))
        )
        assert len(told) == findings
    assert told[0].weight is Weight.SUPPORTING
    assert status(told[0], "clip-list") is Status.NOT_EXCLUDED
    assert (told[0].span.first, told[0].span.last) == (0, AT)


@pytest.mark.parametrize("pictures", [2, 4, -2])
def test_innocent_drop_frame(pictures: int) -> None:
    finding = only(coded(later(NUMBERS, pictures) + 1_000))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "drop-frame") is Status.NOT_EXCLUDED


@pytest.mark.parametrize("pace", [0.25, 0.5, 1.2, 8, 30])
def test_innocent_time_lapse(pace: float) -> None:
    for clip in (dated(SECONDS * pace), coded(np.floor(NUMBERS * pace))):
        finding = only(clip)
        assert (finding.code, finding.weight) == ("speed", Weight.NEUTRAL)
        assert float(str(finding.claim).split(" about ")[1].split()[0]) == pytest.approx(pace, rel=0.06, abs=0.06)
        assert status(finding, "time-lapse") is Status.NOT_EXCLUDED


def test_leap_within_a_time_lapse() -> None:
    speed, leap = found(CHECK, dated(later(SECONDS * 30, 600)))
    assert (speed.code, leap.code, leap.span.last) == ("speed", "jump", AT)


def test_innocent_not_running() -> None:
    finding = only(dated(np.zeros(N)))
    assert (finding.code, finding.weight) == ("stands", Weight.NEUTRAL)
    assert status(finding, "not-running") is Status.NOT_EXCLUDED


def test_innocent_unsteady_clock() -> None:
    finding = only(coded(NUMBERS + 40 * (NUMBERS // 60)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "unsteady-clock") is Status.NOT_EXCLUDED


def test_a_clock_that_scatters_widely_is_named() -> None:
    rows = np.arange(60)
    finding = only(satellite(rows + 1_600_000_000 + 5 * (rows % 3), rows))
    assert (finding.code, finding.weight) == ("unsteady", Weight.NEUTRAL)
    assert status(finding, "unsteady-clock") is Status.NOT_EXCLUDED


def test_without_a_clock_it_does_not_apply() -> None:
    result, _ = run_check(CHECK, make_clip())
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert "time code" in str(result.reason)


def test_one_reading_has_no_course() -> None:
    clip = coded(NUMBERS[:8])
    (read,) = clip.clocks
    single = replace(clip, clocks=(replace(read, packet=read.packet[:1], stated=read.stated[:1]),))
    result, _ = run_check(CHECK, single)
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert "the time code in the picture data (H.264)" in str(result.reason)


def test_without_times_there_is_nothing_to_compare() -> None:
    unset = np.full(N, UNSET)
    result, _ = run_check(CHECK, coded(NUMBERS, packets={"pts": unset, "dts": unset}))
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_cut_of_a_real_film_is_found_to_the_picture(tmp_path: Path) -> None:
    whole = stamped(tmp_path / "whole.mp4", seconds=8)
    assert found(CHECK, measure(whole)) == []
    parts = [copy(whole, tmp_path / "a.ts", seconds=2), copy(whole, tmp_path / "b.ts", start=4)]
    names = tmp_path / "parts.txt"
    names.write_text("".join(f"file '{part}'\n" for part in parts))
    joined = copy_list(names, tmp_path / "cut.mp4")
    finding = only(measure(joined))
    assert (finding.code, finding.weight) == ("jump", Weight.STRONG)
    assert finding.span.last == 50
    assert finding.measured[0].value == pytest.approx(2, abs=0.05)


def copy_list(names: Path, path: Path) -> Path:
    import ffmpeg

    from detect.films import FFMPEG

    made = ffmpeg.input(str(names), format="concat", safe=0).output(str(path), c="copy")
    made.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return path


numbers = st.integers(-(2**62), 2**62)


@given(
    st.lists(st.tuples(st.integers(-3, 60), numbers), max_size=40),
    st.lists(st.one_of(numbers, st.just(UNSET), st.integers(0, 90_000)), min_size=50, max_size=50),
    st.fractions(min_value=0, max_value=2**31, max_denominator=2**31),
    st.booleans(),
)
@settings(deadline=None)
def test_any_readings(pairs: list[tuple[int, int]], times: list[int], base: Fraction, daily: bool) -> None:
    rows, stated = (np.array([pair[k] for pair in pairs], np.int64) for k in (0, 1))
    pts = np.array(times, np.int64)
    clip = make_clip(50, packets={"pts": pts, "dts": pts})
    for source in ("tmcd", "gpmf", "h264-pic-timing"):
        result, _ = run_check(CHECK, replace(clip, clocks=(EmbeddedClock(source, 0, rows, stated, base, daily),)))
        assert result.outcome is not Outcome.FAILED, str(result.reason)

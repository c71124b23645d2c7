"""timestamp-gap: steps in time against the file's own habit."""

import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from detect.films import FFMPEG, copy, encode
from entirety.detect.odd_steps import MOST_LISTED
from entirety.detect.rate_model import WORDS
from entirety.detect.run import run_check
from entirety.detect.timestamp_gap import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Outcome, Status, Weight
from entirety.model.time import UNSET


def timed(times: NDArray[np.int64], **changes: Any) -> Clip:
    """A clip whose pictures are stored and shown at these times (ticks)."""
    return make_clip(len(times), packets={"pts": times, "dts": times}, pts=times, **changes)


def steady(n: int = 300) -> NDArray[np.int64]:
    return np.arange(n, dtype=np.int64) * TICKS


def later(times: NDArray[np.int64], row: int, ticks: float) -> NDArray[np.int64]:
    """The same times with everything from `row` on moved."""
    return np.asarray(times + (np.arange(len(times)) >= row) * int(ticks), np.int64)


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(300, sound=True)) == []


def test_long_gap_in_a_steady_file_is_strong() -> None:
    clip = timed(later(steady(), 150, 50 * TICKS))
    (finding,) = found(CHECK, clip)
    assert (finding.code, finding.weight) == ("gap", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (149, 150)
    assert (float(finding.span.start), float(finding.span.end)) == (149 * 0.04, 200 * 0.04)
    assert finding.span.byte_ranges[0][0] == int(clip.packets.position[149])
    assert (finding.measured[0].value, finding.measured[0].threshold) == (2.04, 0.061)
    assert finding.stills == (149, 150)
    assert status(finding, "motion-triggered-recorder") is Status.NOT_EXCLUDED
    assert status(finding, "variable-rate") is Status.EXCLUDED


def test_gap_of_half_a_second_is_supporting() -> None:
    (finding,) = found(CHECK, timed(later(steady(), 150, 12 * TICKS)))
    assert (finding.code, finding.weight) == ("gap", Weight.SUPPORTING)


@pytest.mark.parametrize("row", [150, 160])
def test_gap_of_no_whole_number_of_pictures_is_a_sign_at_most(row: int) -> None:
    """A clock that is set right leaves the same, at a key picture too."""
    (finding,) = found(CHECK, timed(later(steady(), row, 0.7 * TICKS)))
    assert (finding.code, finding.weight, finding.span.last) == ("gap", Weight.SUPPORTING, row)
    assert status(finding, "dropped-frames") is Status.EXCLUDED
    assert finding.measured[3].value == WORDS["constant"]


def test_clock_that_goes_back_is_direct() -> None:
    (finding,) = found(CHECK, timed(later(steady(), 150, -120 * TICKS)))
    assert (finding.code, finding.weight) == ("backwards", Weight.DIRECT)
    assert (finding.span.first, finding.span.last) == (149, 150)
    assert "(frame 149)" in str(finding.claim)
    assert str(finding.claim).endswith(
        "with frame 150. Times go back in this file, so that they can occur twice; go by the frame number."
    )
    assert finding.measured[0].value == round(119 * 0.04, 4)
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED


def test_clock_that_goes_back_all_the_time_is_a_habit() -> None:
    times = steady(400)
    for row in range(40, 400, 40):
        times = later(times, row, -10 * TICKS)
    assert [(f.code, f.weight) for f in found(CHECK, timed(times)) if f.code == "backwards"] == [
        ("backwards", Weight.NEUTRAL)
    ]


@pytest.mark.parametrize("jump", [-400, 400])
def test_single_wrong_time_is_no_restart(jump: int) -> None:
    times = steady()
    times[150] += jump * TICKS
    assert "backwards" not in [finding.code for finding in found(CHECK, timed(times))]


def test_counter_of_a_transport_stream_that_starts_again_is_no_restart() -> None:
    times = later(steady() + 2**33 - 150 * TICKS, 150, -(2**33))
    assert "backwards" not in [finding.code for finding in found(CHECK, timed(times))]


def test_short_step_in_a_steady_file_is_an_overlap() -> None:
    (finding,) = found(CHECK, timed(later(steady(), 160, -0.8 * TICKS)))
    assert (finding.code, finding.weight) == ("overlap", Weight.SUPPORTING)


def test_odd_step_of_the_sound() -> None:
    clip = make_clip(300, sound=True)
    sound = clip.stored[1]
    times = later(sound.pts, 200, 512)
    moved = replace(sound, pts=times, dts=times)
    (finding,) = found(CHECK, replace(clip, stored=(clip.packets, moved), shown=(clip.packets, moved)))
    assert (finding.code, finding.weight) == ("sound-step", Weight.SUPPORTING)
    assert float(finding.span.start) == 199 * 1024 / 48000
    assert (finding.span.first, finding.span.last) == (106, 107)
    assert "(beside frame 106)" in str(finding.claim)


def test_last_blocks_of_the_sound_say_nothing() -> None:
    clip = make_clip(300, sound=True)
    sound = clip.stored[1]
    times = later(sound.pts, len(sound) - 1, -512)
    moved = replace(sound, pts=times, dts=times)
    assert found(CHECK, replace(clip, stored=(clip.packets, moved), shown=(clip.packets, moved))) == []


def test_innocent_variable_rate() -> None:
    steps = np.where(np.arange(600) % 7 == 0, 2 * TICKS, TICKS)
    assert found(CHECK, timed(np.cumsum(steps).astype(np.int64))) == []
    # A pause beside the habit is noted, not weighed.
    (finding,) = found(CHECK, timed(later(np.cumsum(steps).astype(np.int64), 300, 40 * TICKS)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "variable-rate") is Status.NOT_EXCLUDED


def test_innocent_low_light() -> None:
    wave = np.where(np.arange(600) < 300, TICKS, TICKS * 5 // 4) + np.arange(600) % 3
    assert found(CHECK, timed(np.cumsum(wave).astype(np.int64))) == []
    slower = np.where(np.arange(600) < 400, TICKS, 2 * TICKS)
    assert all(finding.weight is Weight.NEUTRAL for finding in found(CHECK, timed(np.cumsum(slower).astype(np.int64))))


def test_innocent_dropped_frames() -> None:
    (finding,) = found(CHECK, timed(later(steady(), 150, 2 * TICKS)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "dropped-frames") is Status.NOT_EXCLUDED
    assert status(finding, "motion-triggered-recorder") is Status.EXCLUDED


def test_innocent_dropped_frames_when_the_sound_goes_on() -> None:
    clip = timed(later(steady(), 150, 50 * TICKS), sound=True)
    (finding,) = found(CHECK, clip)
    assert finding.weight is Weight.STRONG
    assert status(finding, "motion-triggered-recorder") is Status.EXCLUDED
    assert status(finding, "dropped-frames") is Status.NOT_EXCLUDED


def test_innocent_motion_triggered_recorder_pauses_the_sound_too() -> None:
    clip = timed(later(steady(), 150, 50 * TICKS), sound=True)
    times = later(clip.stored[1].pts, 281, 96_000)
    sound = replace(clip.stored[1], pts=times, dts=times)
    gap, step = found(CHECK, replace(clip, stored=(clip.packets, sound), shown=(clip.packets, sound)))
    assert (gap.code, gap.weight, step.code) == ("gap", Weight.STRONG, "sound-step")
    assert status(gap, "motion-triggered-recorder") is Status.NOT_EXCLUDED
    assert status(gap, "dropped-frames") is Status.EXCLUDED


def test_innocent_motion_triggered_recorder() -> None:
    times = steady(500)
    for row in (60, 130, 260, 400):
        times = later(times, row, 90 * TICKS)
    findings = found(CHECK, timed(times))
    assert [(f.weight, f.measured[2].value) for f in findings] == [(Weight.SUPPORTING, 4)] * 4
    assert {status(f, "motion-triggered-recorder") for f in findings} == {Status.NOT_EXCLUDED}


def test_two_gaps_in_a_short_clip_are_both_told() -> None:
    """Two parts taken out of eight seconds are no habit, and leave the rest as steady as it was."""
    findings = found(CHECK, timed(later(later(steady(198), 75, 76 * TICKS), 149, 49 * TICKS)))
    assert [(f.weight, f.span.first, f.span.last) for f in findings] == [
        (Weight.STRONG, 74, 75),
        (Weight.STRONG, 148, 149),
    ]
    assert all(status(f, "variable-rate") is Status.EXCLUDED for f in findings)


def test_very_many_pauses_are_told_in_part() -> None:
    times = np.arange(1200, dtype=np.int64) * TICKS + np.arange(1200) // 30 * 50 * TICKS
    findings = found(CHECK, timed(times))
    assert len(findings) == MOST_LISTED
    assert {(f.weight, f.measured[2].value) for f in findings} == {(Weight.SUPPORTING, 39)}


def test_a_pause_does_not_shorten_a_step() -> None:
    clip = make_clip(300, sound=True)
    times = later(clip.stored[1].pts, 200, -512)
    moved = replace(clip.stored[1], pts=times, dts=times)
    (sound,) = found(CHECK, replace(clip, stored=(clip.packets, moved), shown=(clip.packets, moved)))
    assert (sound.measured[0].value, sound.measured[0].threshold) == (0.0107, 0.0192)
    (picture,) = found(CHECK, timed(later(steady(), 150, -0.8 * TICKS)))
    assert picture.measured[0].threshold == round(0.02 - 13.8 / 12800 / 2, 4)
    for finding in (sound, picture):
        assert status(finding, "motion-triggered-recorder") is Status.EXCLUDED
        assert status(finding, "recorder-reconnect") is Status.EXCLUDED


def test_innocent_start_up() -> None:
    assert found(CHECK, timed(later(steady(), 1, 4.5 * TICKS))) == []
    (finding,) = found(CHECK, timed(later(steady(), 3, 30 * TICKS)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "start-up") is Status.NOT_EXCLUDED


def test_innocent_millisecond_rounding() -> None:
    times = np.round(np.arange(600) * 1000 / 29.97).astype(np.int64) * 64 // 5  # ticks of 1/12,800 s
    assert found(CHECK, timed(times)) == []
    assert np.ptp(np.diff(times)) > 0


def test_innocent_clock_corrected() -> None:
    """A clock that is set right once leaves a single step that is no whole number of pictures."""
    (finding,) = found(CHECK, timed(later(steady(), 150, 0.425 * TICKS)))
    assert (finding.code, finding.weight) == ("uneven", Weight.SUPPORTING)
    assert status(finding, "clock-corrected") is Status.NOT_EXCLUDED
    (pause,) = found(CHECK, timed(later(steady(), 150, 75 * TICKS)))
    assert status(pause, "clock-corrected") is Status.EXCLUDED


def test_innocent_recorder_reconnect() -> None:
    (finding,) = found(CHECK, timed(later(steady(), 150, 75 * TICKS)))
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED
    assert finding.weight is Weight.STRONG  # not direct: a pause of the device cannot be excluded
    (short,) = found(CHECK, timed(later(steady(), 160, 0.7 * TICKS)))
    assert status(short, "recorder-reconnect") is Status.NOT_TESTED
    assert "longer by 0.028 s" in next(str(one.why) for one in short.innocent if one.slug == "recorder-reconnect")


def test_the_inference_names_a_pause_and_explanations_only_where_they_are_open() -> None:
    (pause,) = found(CHECK, timed(later(steady(), 150, 75 * TICKS)))
    (heard,) = found(CHECK, timed(later(steady(), 150, 50 * TICKS), sound=True))
    assert "a recorder that paused" in str(pause.inference)
    assert "paused" not in str(heard.inference)
    assert str(heard.inference).endswith("and with the explanations below that are not excluded.")


def test_other_times_of_the_decoder_are_said() -> None:
    clip = timed(later(steady(), 160, -0.8 * TICKS))
    shown = clip.frames.pts.copy()
    (plain,) = found(CHECK, clip)
    assert "the decoder shows" not in str(plain.claim)
    shown[160:] += 500
    (finding,) = found(CHECK, replace(clip, frames=replace(clip.frames, pts=shown)))
    assert f"the decoder shows frame {finding.span.last} at" in str(finding.claim)


def test_not_applicable_where_pictures_are_counted() -> None:
    result, findings = run_check(CHECK, make_clip(clip={"container": "avi"}))
    assert (result.outcome, findings) == (Outcome.NOT_APPLICABLE, ())
    assert "stores no times" in str(result.reason)


def test_skipped_without_times() -> None:
    unset = np.full(100, UNSET, np.int64)
    result, _ = run_check(CHECK, make_clip(packets={"pts": unset, "dts": unset}))
    assert result.outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(5))[0].outcome is Outcome.SKIPPED


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=0, max_size=40))
def test_any_times_are_survived(numbers: list[int]) -> None:
    times = np.array(numbers, np.int64)
    clip = (
        make_clip(40, packets={"pts": np.resize(times, 40), "dts": np.resize(times[::-1], 40)})
        if numbers
        else make_clip(0)
    )
    assert run_check(CHECK, clip)[0].outcome is not Outcome.FAILED


def test_real_transport_streams_one_after_the_other(tmp_path: Path) -> None:
    parts = [encode(tmp_path / f"{k}.ts", seconds=2, g=25) for k in range(2)]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    (finding,) = [f for f in found(CHECK, measure(joined)) if f.code == "backwards"]
    assert (finding.weight, finding.span.first, finding.span.last) == (Weight.DIRECT, 49, 50)
    words = [FFMPEG if w == "ffmpeg" else str(joined) if w == "CLIP" else w for w in shlex.split(finding.reproduce)]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    times = [float(time) for time in re.findall(r"pts_time: *([\d.]+)", printed)]
    assert len(times) == 100
    assert np.flatnonzero(np.diff(times) < 0).tolist() == [49]


def test_real_film_with_a_gap(tmp_path: Path) -> None:
    film = encode(tmp_path / "gap.mp4", seconds=5, vf="setpts=PTS+gte(N\\,60)*2/TB", fps_mode="passthrough")
    (finding,) = found(CHECK, measure(film))
    assert (finding.code, finding.weight, finding.span.first, finding.span.last) == ("gap", Weight.STRONG, 59, 60)


@pytest.mark.parametrize("name", ["plain.mp4", "plain.mkv", "plain.ts", "plain.mov", "plain.flv"])
def test_real_untouched_films_are_silent(tmp_path: Path, name: str) -> None:
    assert found(CHECK, measure(encode(tmp_path / name, seconds=3, sound=True, bf=2, r="30000/1001"))) == []


def test_real_trim_is_silent(tmp_path: Path) -> None:
    whole = encode(tmp_path / "whole.mp4", seconds=6, sound=True)
    assert found(CHECK, measure(copy(whole, tmp_path / "trim.mp4", start=2.2))) == []


@pytest.mark.parametrize("name", ["VID_20191220_170832.mp4", "c.mov", "hero7.mp4", "train.mov"])
def test_device_files_give_no_sign(devices: dict[str, Clip], name: str) -> None:
    assert [f for f in found(CHECK, devices[name]) if f.weight is not Weight.NEUTRAL] == []


def test_the_command_prints_the_times(tmp_path: Path) -> None:
    film = encode(tmp_path / "gap.mp4", seconds=5, vf="setpts=PTS+gte(N\\,60)*2/TB", fps_mode="passthrough")
    (finding,) = found(CHECK, measure(film))
    words = [FFMPEG if w == "ffmpeg" else str(film) if w == "CLIP" else w for w in shlex.split(finding.reproduce)]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    times = [int(line.split(",")[2]) for line in lines if not line.startswith("#")]
    assert len(times) == 125
    assert int(np.argmax(np.diff(times))) == 59

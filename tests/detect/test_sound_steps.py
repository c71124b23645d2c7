"""Places where a block of sound does not begin when the one before it ends by its own headers."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import SOUND_BLOCK, SOUND_RATE, make_clip, make_sound
from detect.films import FFMPEG, copy, encode
from entirety.detect.odd_steps import odd_steps
from entirety.detect.sound_steps import SoundBreak, sound_breaks
from entirety.measure.clip import measure
from entirety.model.clip import Clip, Packets
from entirety.model.headers import ParameterSet, SoundHeaders
from entirety.model.time import UNSET

N = 400


def headers(n: int = N, *sets: ParameterSet, samples: int = SOUND_BLOCK) -> SoundHeaders:
    return SoundHeaders(1, "aac", np.full(n, samples, np.int64), SOUND_RATE, sets, (), np.zeros(0, np.int64))


def timed(times: Any, base: Fraction = Fraction(1, SOUND_RATE)) -> Clip:
    """A steady clip whose sound has these times."""
    n = len(times)
    column = np.asarray(times, np.int64)
    blocks: Packets = replace(make_sound(Fraction(n * SOUND_BLOCK, SOUND_RATE)), pts=column, dts=column)
    clip = make_clip(sound=True)
    streams = (clip.streams[0], replace(clip.streams[1], time_base=base))
    return replace(clip, streams=streams, stored=(clip.stored[0], blocks), shown=(clip.shown[0], blocks))


def steady(n: int = N) -> Any:
    return np.arange(n) * SOUND_BLOCK


def rounded(n: int, per_second: int) -> Any:
    """Times of a steady sound in whole ticks."""
    return np.round(steady(n) * per_second / SOUND_RATE)


def shifted(by: int, at: int = 200) -> Any:
    """From block `at` on everything comes `by` samples later."""
    return steady() + np.where(np.arange(N) >= at, by, 0)


def test_steady_sound_is_silent() -> None:
    assert sound_breaks(timed(steady()), headers()) == ()


@pytest.mark.parametrize("by", [-600, -30, 30, 90_000])
def test_a_lasting_shift_of_any_size_is_found_to_the_sample(by: int) -> None:
    (found,) = sound_breaks(timed(shifted(by)), headers())
    assert (found.before, found.after) == (199, 200)
    assert found.step - found.held == Fraction(by, SOUND_RATE)
    assert found.held == Fraction(SOUND_BLOCK, SOUND_RATE)


def test_blocks_crowded_together_after_an_overlap_are_one_break() -> None:
    times = steady()
    times[200:205] = times[199] + np.arange(1, 6)
    times[205:] += times[204] + 300 - times[205]
    (found,) = sound_breaks(timed(times), headers())
    assert (found.before, found.after) == (199, 205)
    assert found.held == 6 * Fraction(SOUND_BLOCK, SOUND_RATE)


def test_a_single_wrong_time_is_no_break() -> None:
    times = steady()
    times[200] += 400
    assert sound_breaks(timed(times), headers()) == ()


@pytest.mark.parametrize("per_second", [1000, 90_000])
def test_rounded_times_are_silent_and_a_shift_in_them_is_found(per_second: int) -> None:
    base, times = Fraction(1, per_second), rounded(N, per_second)
    assert sound_breaks(timed(times, base), headers()) == ()
    times[200:] += per_second // 100
    (found,) = sound_breaks(timed(times, base), headers())
    assert found.after == 200


def test_times_summed_up_from_whole_milliseconds_are_silent() -> None:
    # A block of 21.33 ms is written as 21 ms, and every second block or so a writer catches up.
    steps = np.where(np.arange(N - 1) % 3 == 2, 22, 21)
    assert sound_breaks(timed(np.concatenate([[0], np.cumsum(steps)]), Fraction(1, 1000)), headers()) == ()


def test_a_trembling_clock_widens_the_bound() -> None:
    times = steady() + np.asarray(120 * np.sin(np.arange(N) * 2.1), np.int64)
    assert sound_breaks(timed(times), headers()) == ()
    times[200:] += 1500
    (found,) = sound_breaks(timed(times), headers())
    assert found.after == 200
    assert found.bound > Fraction(200, SOUND_RATE)


def test_the_start_and_the_last_blocks_are_left_out() -> None:
    for at in (5, N - 2):
        assert sound_breaks(timed(shifted(8_000, at)), headers()) == ()


def test_a_clock_that_goes_back_is_left_to_timestamp_gap() -> None:
    times = np.concatenate([steady(200), steady(200)])
    assert sound_breaks(timed(times), headers()) == ()


def test_many_shifts_are_a_habit() -> None:
    times = steady() + 300 * (np.arange(N) // 60)
    assert sound_breaks(timed(times), headers()) == ()


def test_blocks_without_a_time_lie_between_those_with_one() -> None:
    times = shifted(500)
    times[np.arange(N) % 4 != 0] = UNSET
    (found,) = sound_breaks(timed(times), headers())
    assert (found.before, found.after) == (196, 200)
    assert found.held == 4 * Fraction(SOUND_BLOCK, SOUND_RATE)


def test_unknown_samples_say_nothing() -> None:
    unknown = headers()
    unknown.samples[198:203] = -1
    assert sound_breaks(timed(shifted(500)), unknown) == ()


def test_changed_settings_alone_are_no_break_of_the_time() -> None:
    sets = [ParameterSet("adts", 0, k, bytes((c,)), (("channelConfiguration", c),)) for k, c in ((0, 2), (250, 1))]
    assert sound_breaks(timed(steady()), headers(N, *sets)) == ()
    millis = timed(rounded(N, 1000), Fraction(1, 1000))
    assert sound_breaks(millis, headers(N, *sets)) == ()
    assert [step for step in odd_steps(replace(millis, sounds=(headers(N, *sets),))) if step.held is not None] == []
    (found,) = sound_breaks(timed(shifted(500, 250)), headers(N, *sets))
    assert found.after == 250


def breaks(path: Path) -> tuple[SoundBreak, ...]:
    clip = measure(path)
    return tuple(one for sound in clip.sounds for one in sound_breaks(clip, sound))


@pytest.mark.parametrize("kind", ["mp4", "mkv", "ts"])
def test_real_cut_without_encoding_again(tmp_path: Path, kind: str) -> None:
    whole = encode(tmp_path / "whole.mp4", seconds=9, sound=True, g=25, acodec="aac")
    assert breaks(whole) == ()
    parts = [copy(whole, tmp_path / f"a.{kind}", seconds=3.03), copy(whole, tmp_path / f"b.{kind}", start=6.07)]
    names = tmp_path / "list.txt"
    names.write_text("".join(f"file {part.name}\n" for part in parts))
    joined = tmp_path / f"joined.{kind}"
    ffmpeg.input(str(names), f="concat").output(str(joined), c="copy").run(cmd=FFMPEG, quiet=True)
    (found,) = breaks(joined)
    assert abs(float(found.step - found.held)) > float(found.bound)
    assert 100 < found.before < found.after < 200


def test_corpus_is_silent(corpus: Path) -> None:
    names = ("device/VID_20191220_170832.mp4", "device/train.mov", "device/hero7.mp4", "processed/gizmo.webm", "processed/internal_emulator_transformer_output.mp4", "processed/issue-236-split-copy.mkv", "processed/sample_edit_list.mp4")  # fmt: skip
    assert {name: breaks(corpus / name) for name in names} == dict.fromkeys(names, ())

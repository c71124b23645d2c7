"""Thinning keeps the peaks, whatever the length of the clip."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detect.clips import make_clip
from entirety.judge.timeline import BINS, MOST_KEYS, thin
from entirety.measure.loudness import FLOOR, Loudness
from entirety.model.headers import CodedHeaders, EmbeddedClock
from entirety.model.time import UNSET


def test_a_peak_survives_in_its_bin() -> None:
    change = np.full(5000, 0.5, np.float32)
    change[1234] = 9.0
    clip = make_clip(5000, residual=change)
    timeline = thin(clip, Fraction(200))
    assert timeline.bins == BINS == len(timeline.change)
    assert max(timeline.change) == 9.0
    assert timeline.change.index(9.0) == 1234 * BINS // 5000


def test_a_short_clip_has_a_bin_for_two_frames() -> None:
    assert thin(make_clip(10), Fraction(2, 5)).bins == 5


def test_key_frames_are_thinned_and_counted_from_the_first_frame() -> None:
    clip = make_clip(5000, key=np.ones(5000, bool))
    timeline = thin(clip, Fraction(200))
    assert len(timeline.keys) <= MOST_KEYS
    assert timeline.keys[0] == 0


def test_frames_without_a_time_are_left_out() -> None:
    clip = make_clip(100)
    lost = replace(clip, frames=replace(clip.frames, pts=np.full(100, UNSET, np.int64)))
    assert set(thin(lost, Fraction(0)).change) == {0.0}


def test_sizes_by_type_of_picture() -> None:
    timeline = thin(make_clip(100), Fraction(4))
    assert [letter for letter, _ in timeline.kinds] == ["I", "P"]
    sizes = dict(timeline.kinds)
    assert max(sizes["I"]) == 20_000
    assert max(sizes["P"]) == 4_148
    assert sum(value > 0 for value in sizes["I"]) == 4


def test_types_come_from_the_headers_of_other_codecs_and_else_from_the_decoder() -> None:
    clip = make_clip(100, headers=None)
    assert [letter for letter, _ in thin(clip, Fraction(4)).kinds] == ["I", "P"]
    told = replace(clip, coded=coded(kind=np.where(np.arange(100) % 25, 3, 1).astype(np.int8)))
    assert [letter for letter, _ in thin(told, Fraction(4)).kinds] == ["I", "B"]
    silent = replace(clip, frames=replace(clip.frames, kind=np.zeros(100, np.int8)))
    assert thin(silent, Fraction(4)).kinds == ()


def test_the_quantiser_is_that_of_the_most_frequent_type() -> None:
    quantiser = np.where(np.arange(100) % 25, 30, 10).astype(np.int16)
    timeline = thin(make_clip(100, headers={"slice_qp": quantiser}), Fraction(4))
    assert set(timeline.quantiser) == {30.0}
    assert thin(make_clip(100, headers=None), Fraction(4)).quantiser == ()
    seen = replace(make_clip(100, headers=None), coded=coded(quantiser=np.full(100, 5, np.int16)))
    assert set(thin(seen, Fraction(4)).quantiser) == {5.0}
    sparse = np.where(np.arange(100) < 50, 30, -1).astype(np.int16)
    assert thin(make_clip(100, headers={"slice_qp": sparse}), Fraction(4)).quantiser[30:] == (-1.0,) * 20


def test_odd_steps_survive_in_their_bins() -> None:
    pts = np.arange(5000, dtype=np.int64) * 512
    pts[3000:] += 12_800
    pts[4000:] -= 25_600
    timeline = thin(make_clip(5000, pts=pts), Fraction(201))
    assert timeline.usual_step == 0.04
    assert (max(timeline.steps), min(timeline.steps)) == (1.04, -1.96)
    assert timeline.steps.index(1.04) == int(121.0 / 201 * BINS)
    assert thin(make_clip(1), Fraction(1)).steps == ()


def test_clocks_are_held_against_the_presentation_times() -> None:
    stated = np.arange(100, dtype=np.int64)
    stated[60:] += 50
    clip = make_clip(100)
    jumping = clock("tmcd", stated)
    (line,) = thin(replace(clip, clocks=(jumping,)), Fraction(4)).clocks
    assert (line.source, line.ahead[0]) == ("tmcd", 0.0)
    assert (min(line.ahead), max(line.ahead)) == (0.0, 2.0)
    assert len(line.times) <= 50
    assert len(thin(replace(clip, clocks=(jumping,) * 9), Fraction(4)).clocks) == 3


def test_a_clock_over_midnight_does_not_jump() -> None:
    stated = (np.arange(100, dtype=np.int64) + 86_400 * 25 - 50) % (86_400 * 25)
    (line,) = thin(replace(make_clip(100), clocks=(clock("tmcd", stated),)), Fraction(4)).clocks
    assert set(line.ahead) == {0.0}


def test_a_clock_that_points_nowhere_is_left_out() -> None:
    astray = replace(clock("tmcd", np.arange(100)), packet=np.arange(100) + 99)
    assert thin(replace(make_clip(100), clocks=(astray,)), Fraction(4)).clocks == ()


def coded(**columns: object) -> CodedHeaders:
    plain: dict[str, object] = {
        "kind": np.full(100, 2, np.int8),
        "entry": np.arange(100) % 25 == 0,
        "quantiser": np.full(100, -1, np.int16),
    }
    rest: dict[str, object] = {"columns": {}, "parameter_sets": (), "notes": (), "unreadable": np.zeros(0, np.int64)}
    return CodedHeaders(codec="hevc", **{**plain, **columns, **rest})  # type: ignore[arg-type] # fields by name


def clock(source: str, stated: NDArray[np.int64]) -> EmbeddedClock:
    """A reading with every packet, in twenty-fifths of a second."""
    return EmbeddedClock(source, 0, np.arange(len(stated)), stated, Fraction(1, 25), daily=True)


def test_the_loudest_block_of_each_bin_is_kept() -> None:
    start = np.arange(0, 4, 0.02)
    level = np.where((start >= 2) & (start < 2.1), -3.0, -40.0)
    sound = Loudness(start, np.full(len(start), 0.02), level)
    timeline = thin(make_clip(100), Fraction(8), sound)
    assert len(timeline.sound) == timeline.bins == 50
    assert timeline.sound[12] == timeline.sound[13] == -3.0
    assert set(timeline.sound[:12]) == {-40.0}
    assert set(timeline.sound[26:]) == {FLOOR}
    assert thin(make_clip(100), Fraction(8)).sound == ()
    beyond = Loudness(start + 99, sound.length, level)
    assert thin(make_clip(100), Fraction(8), beyond).sound == ()
    assert thin(make_clip(100), Fraction(0), sound).sound == ()


def test_a_long_block_fills_its_bins() -> None:
    sound = Loudness(np.array([1.0]), np.array([2.0]), np.array([-20.0]))
    drawn = np.array(thin(make_clip(100), Fraction(4), sound).sound)
    assert np.flatnonzero(drawn > FLOOR).tolist() == list(range(12, 38))

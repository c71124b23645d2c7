"""From rows to times, frame numbers and bytes."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from detect.clips import make_clip, rows
from entirety.detect import spans
from entirety.model.finding import Span
from entirety.model.time import UNSET


def test_times_are_exact() -> None:
    clip = make_clip(50)
    assert spans.frame_time(clip, 10) == Fraction(10, 25)
    assert spans.frame_end(clip, 49) == 2
    assert spans.frames_span(clip, 3, 4) == Span(Fraction(3, 25), Fraction(5, 25), 3, 4)
    assert spans.whole_clip(clip).end == 2


def test_an_unset_time_falls_back_to_the_start() -> None:
    clip = make_clip(5, pts=np.full(5, UNSET))
    assert spans.frame_time(clip, 2) == clip.start


def test_frames_are_found_by_time_and_by_place() -> None:
    clip = make_clip(50)
    assert spans.frame_of(clip, 512 * 7) == 7
    assert spans.frame_of(clip, 512 * 7 + 1) == 8
    assert spans.frame_of(clip, 10**9) == 49
    late = replace(clip.packets, pts=clip.packets.pts - 512 * 10)
    trimmed = replace(clip, shown=(rows(late, slice(10, 50)),))
    assert spans.frame_of_packet(trimmed, 15) == 5


def test_frames_are_found_where_the_clock_goes_back() -> None:
    """Two recordings with the same times one after the other, and the last part reordered as with B pictures."""
    once = np.arange(20, dtype=np.int64) * 512
    shown = np.concatenate([once, once + 5])
    stored = shown.copy()
    stored[[22, 23]] = stored[[23, 22]]
    decoded = np.sort(np.concatenate([once, once + 5 + 10_000_000]) - 1)
    clip = make_clip(
        40, packets={"pts": stored, "dts": np.where(decoded > 9_000_000, decoded - 10_000_000, decoded)}, pts=shown
    )
    assert [spans.frame_of_packet(clip, row) for row in (0, 19, 20, 21, 22, 23, 39)] == [0, 19, 20, 21, 23, 22, 39]
    same = make_clip(40, packets={"pts": np.tile(once, 2), "dts": np.tile(once, 2)}, pts=np.tile(once, 2))
    assert [spans.frame_of_packet(same, row) for row in (7, 20, 27)] == [7, 20, 27]
    assert spans.join_span(same, 19, 20) == Span(Fraction(19, 25), Fraction(19, 25), 19, 20)


def test_bytes_are_joined_where_they_touch() -> None:
    clip = make_clip(10)
    one = clip.packets.position[2], clip.packets.position[4]
    assert spans.byte_ranges(clip, [2, 3]) == (one,)
    assert len(spans.byte_ranges(clip, [0, 2, 4])) == 3
    assert spans.byte_ranges(replace(clip, container="mpegts"), [2, 3]) == ()
    assert len(spans.byte_ranges(make_clip(400), range(0, 400, 2))) == spans.MOST_RANGES


def test_runs_and_spread() -> None:
    assert spans.runs(np.array([True, True, False, True])) == [(0, 1), (3, 3)]
    assert spans.runs(np.zeros(0, np.bool_)) == []
    assert spans.spread(np.arange(5)) == (0, 1, 2, 3, 4)
    assert spans.spread(np.arange(100)) == (0, 14, 28, 42, 57, 71, 85, 99)


def test_of_stretches_that_overlap_the_first_named_is_kept() -> None:
    places = [(20, 29), (5, 9), (29, 40), (9, 12), (0, 4)]
    kept = spans.without_overlap(Span(Fraction(first), Fraction(last), first, last) for first, last in places)
    assert [(one.first, one.last) for one in kept] == [(0, 4), (5, 9), (20, 29)]

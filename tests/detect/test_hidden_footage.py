"""hidden-footage: pictures that are stored and not shown, counted by their place in the file."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import TICKS, frame_rows, hashes, make_clip, make_packets, make_track, rows
from detect.films import FFMPEG, copy, encode, with_edits
from detect.patched import patched
from entirety.detect.hidden_footage import CHECK
from entirety.detect.hidden_innocent import EXPLANATIONS
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.container import Box, Edit
from entirety.model.finding import Confidence, Finding, Outcome, Question, Span, Status, Weight
from entirety.model.further import Further, Origin, Orphans, Preview
from entirety.model.headers import ParameterSet
from entirety.model.time import UNSET


def played(parts: Sequence[tuple[int, int]], n: int = 200, **changes: Any) -> Clip:
    """A clip of `n` stored pictures of which only [first, last) of each part are shown, one part after the other."""
    listed = tuple(Edit((last - first) * 40, first * TICKS, Fraction(1)) for first, last in parts)
    clip = make_clip(n, track={"edits": listed}, **changes)
    order = [k for first, last in parts for k in range(first, last)]
    times = np.arange(len(order), dtype=np.int64) * TICKS
    shown = replace(rows(clip.packets, order), pts=times, dts=times)
    frames = replace(frame_rows(clip.frames, order), pts=times)
    return replace(clip, shown=(shown, *clip.shown[1:]), frames=frames)


def found(clip: Clip) -> list[Finding]:
    result, findings = run_check(CHECK, clip)
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), result.reason
    return list(findings)


def status(finding: Finding, slug: str) -> Status:
    return next(i.status for i in finding.innocent if i.slug == slug)


def one(clip: Clip) -> Finding:
    (finding,) = found(clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(make_clip()) == []


def test_leading_is_direct_with_place_bytes_and_pictures() -> None:
    clip = played([(38, 200)])
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.confidence) == ("leading", Weight.DIRECT, Confidence.HIGH)
    assert str(finding.claim) == (
        "The file stores 200 pictures and shows 162. Before the shown start, 1.520 s are stored and not shown; pictures: 38."
    )
    assert (finding.span.start, finding.span.first, finding.span.last) == (Fraction(0), 0, 0)
    assert finding.span.byte_ranges == ((48, int(clip.packets.position[38])),)
    assert finding.hidden == (0, 5, 11, 16, 21, 26, 32, 37)
    assert finding.stills == (0,)
    assert finding.measured[0].value == 38
    assert finding.measured[0].threshold == 1


def test_trailing_and_between() -> None:
    trailing, between = found(played([(0, 150)])), found(played([(0, 60), (100, 200)]))
    assert [(f.code, f.weight, f.span.end) for f in trailing] == [("trailing", Weight.DIRECT, Fraction(6))]
    assert [(f.code, f.weight) for f in between] == [("between", Weight.DIRECT)]
    assert (between[0].span.start, between[0].span.first, between[0].span.last) == (Fraction(60, 25), 59, 60)
    assert between[0].stills == (59, 60)


def test_every_stretch_is_counted_apart() -> None:
    codes = [(f.code, f.measured[0].value) for f in found(played([(10, 60), (100, 130), (150, 190)]))]
    assert codes == [("leading", 10), ("between", 40), ("between", 20), ("trailing", 10)]


def test_many_gaps_are_told_up_to_a_bound() -> None:
    findings = found(played([(k, k + 5) for k in range(0, 400, 10)], n=395))
    assert len(findings) == 20


def test_pictures_flagged_as_not_to_be_shown_are_hidden() -> None:
    clip = make_clip(100)
    flagged = replace(clip.packets, discard=np.arange(100) < 30)
    clip = replace(clip, shown=(flagged,), frames=frame_rows(clip.frames, slice(30, 100)))
    assert [(f.code, f.measured[0].value) for f in found(clip)] == [("leading", 30)]


def test_disagreement_with_the_numbers_of_the_list_lowers_confidence() -> None:
    clip = played([(38, 200)])
    assert clip.movie is not None
    fragmented = replace(clip, movie=replace(clip.movie, fragments=(1, 2)))
    assert found(fragmented)[0].confidence is Confidence.MEDIUM


def test_repeated_and_reordered_are_supporting() -> None:
    assert [(f.code, f.weight) for f in found(played([(0, 200), (50, 100)]))] == [("repeated", Weight.SUPPORTING)]
    assert [(f.code, f.weight) for f in found(played([(100, 200), (0, 100)]))] == [("reordered", Weight.SUPPORTING)]


def test_parts_moved_apart_are_told_with_the_order() -> None:
    """What lies between parts that are nowhere shown one after the other is not between two neighbouring frames."""
    trailing, reordered = found(played([(120, 180), (0, 60)]))
    assert (trailing.code, reordered.code, reordered.weight) == ("trailing", "reordered", Weight.DIRECT)
    assert str(reordered.claim).endswith(
        "The file stores 200 pictures and shows 120. Between those parts, 2.400 s are stored and not shown; pictures: 60."
    )
    assert (reordered.measured[1].value, reordered.hidden[0], reordered.hidden[-1]) == (60, 60, 119)
    assert (reordered.span.first, reordered.also) == (60, (Question.CONTINUOUS,))


def test_what_a_repetition_skips_is_told_with_it() -> None:
    (repeated,) = found(played([(0, 60), (0, 30), (100, 200)]))
    assert (repeated.code, repeated.weight, repeated.measured[1].value) == ("repeated", Weight.DIRECT, 40)


def test_pictures_shown_twice_are_counted_once() -> None:
    trailing, repeated = found(played([(0, 50), (0, 50)]))
    assert str(trailing.claim).startswith(
        "The file stores 200 pictures and shows fewer: 50 different pictures, shown 100 times in all. After the shown end, 6.000 s"
    )
    assert (repeated.weight, repeated.also) == (Weight.SUPPORTING, (Question.CONTINUOUS,))


def test_only_what_lies_inside_bears_on_continuity() -> None:
    assert [f.also for f in found(played([(38, 60), (100, 150)]))] == [(), (Question.CONTINUOUS,), ()]


def test_tables_that_contradict_each_other_carry_nothing() -> None:
    clip = played([(38, 200)])
    assert clip.movie is not None
    problem = ("At byte 668: `ctts` describes 76 samples, and there are 75.",)
    both_ways = replace(clip, movie=replace(clip.movie, problems=problem))
    assert one(both_ways).weight is Weight.DIRECT  # the list's own numbers say the same
    other = replace(both_ways.movie.tracks[0], edits=(Edit(8000, 0, Fraction(1)),)) if both_ways.movie else None
    assert other is not None
    finding = one(replace(clip, movie=replace(clip.movie, problems=problem, tracks=(other,))))
    assert (finding.weight, finding.confidence) == (Weight.NEUTRAL, Confidence.MEDIUM)
    assert "tables of this file are damaged" in str(finding.inference)


def test_hidden_lengths_that_cannot_be_are_neutral_and_pauses_are_not() -> None:
    late = np.arange(200, dtype=np.int64) * TICKS + (np.arange(200) >= 190) * 600 * 12_800
    clip = played([(0, 180)], packets={"pts": late, "dts": late})
    assert clip.track is not None
    assert clip.movie is not None
    assert one(clip).weight is Weight.NEUTRAL  # 600 s in a track of 8 s
    track = replace(clip.track, duration=608 * 12_800)
    assert one(replace(clip, movie=replace(clip.movie, tracks=(track,)))).weight is Weight.DIRECT


def test_another_speed_is_neutral() -> None:
    slow = make_clip(track={"edits": (Edit(4000, 0, Fraction(1, 2)),)})
    assert [(f.code, f.weight) for f in found(slow)] == [("retimed", Weight.NEUTRAL)]


@pytest.mark.parametrize("broken", ["pts", "position"])
def test_packets_without_times_or_places_are_not_matched(broken: str) -> None:
    value = UNSET if broken == "pts" else -1
    assert found(make_clip(packets={broken: np.full(100, value, np.int64)})) == []


def test_skipped_without_input() -> None:
    clip = make_clip()
    assert run_check(CHECK, make_clip(movie=None))[0].outcome is Outcome.NOT_APPLICABLE
    assert run_check(CHECK, replace(clip, frames=frame_rows(clip.frames, [])))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, replace(clip, stored=(rows(clip.packets, []),)))[0].outcome is Outcome.SKIPPED


def test_innocent_phone_gallery_trim() -> None:
    assert status(found(played([(38, 200)]))[0], "phone-gallery-trim") is Status.NOT_EXCLUDED
    assert status(found(played([(0, 60), (100, 200)]))[0], "phone-gallery-trim") is Status.EXCLUDED


def test_innocent_pre_roll() -> None:
    assert status(found(played([(38, 200)]))[0], "pre-roll") is Status.NOT_EXCLUDED
    assert status(found(played([(100, 200)]))[0], "pre-roll") is Status.EXCLUDED


def test_innocent_pre_event_buffer() -> None:
    assert status(found(played([(100, 200)]))[0], "pre-event-buffer") is Status.NOT_EXCLUDED
    assert status(found(played([(0, 100)]))[0], "pre-event-buffer") is Status.EXCLUDED


def test_innocent_encoder_delay() -> None:
    (small,) = found(played([(1, 200)]))
    assert (small.weight, status(small, "encoder-delay")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    # A decoder that runs four pictures ahead: I P b B b, times moved as a container does it.
    swap = np.arange(200).reshape(-1, 5)[:, [0, 4, 2, 1, 3]].reshape(-1)
    clip = played([(0, 200)])
    stored = replace(clip.packets, pts=swap.astype(np.int64) * TICKS)
    hidden = replace(clip, stored=(stored,), shown=(rows(stored, swap >= 2),))
    assert [(f.code, f.weight, f.measured[0].threshold) for f in found(hidden)] == [("leading", Weight.NEUTRAL, 2)]
    assert status(found(played([(38, 200)]))[0], "encoder-delay") is Status.EXCLUDED


def test_innocent_start_within_group() -> None:
    """A camera app's start hides up to half a second of the group; more, or whole groups, is said as it is."""
    for count, weight in ((12, Weight.STRONG), (13, Weight.DIRECT), (20, Weight.DIRECT)):
        (finding,) = found(played([(count, 200)]))
        assert (finding.weight, status(finding, "start-within-group")) == (weight, Status.NOT_EXCLUDED)
    for parts in ([(25, 200)], [(26, 200)], [(0, 180)], [(0, 60), (70, 200)]):  # a whole group, more than one, no start
        finding = found(played(parts))[0]
        assert (finding.weight, status(finding, "start-within-group")) == (Weight.DIRECT, Status.EXCLUDED), parts


def test_innocent_open_group() -> None:
    """Seven pictures that are shown before the first key picture and coded after it, all hidden."""
    times = np.arange(200, dtype=np.int64)
    times[:8] = [7, 0, 1, 2, 3, 4, 5, 6]
    clip = make_clip(200)
    stored = replace(clip.packets, pts=times * TICKS)
    clip = replace(
        clip, stored=(stored,), shown=(rows(stored, times >= 7),), frames=frame_rows(clip.frames, slice(7, 200))
    )
    (finding,) = found(clip)
    assert (finding.code, finding.weight, status(finding, "open-group")) == (
        "leading",
        Weight.SUPPORTING,
        Status.NOT_EXCLUDED,
    )
    assert status(found(played([(20, 200)]))[0], "open-group") is Status.EXCLUDED


def test_innocent_fragment_writer() -> None:
    """The library shows all of a fragmented file; its edit list is counted by its own numbers."""
    for parts, code, weight, fits in (
        ([(0, 150)], "trailing", Weight.SUPPORTING, Status.NOT_EXCLUDED),
        ([(0, 60), (100, 200)], "between", Weight.STRONG, Status.EXCLUDED),
        ([(30, 200)], "leading", Weight.STRONG, Status.EXCLUDED),
    ):
        listed = tuple(Edit((last - first) * 40 - 1, first * TICKS, Fraction(1)) for first, last in parts)
        (finding,) = found(make_clip(200, track={"edits": listed}, movie={"fragments": (1, 2)}))
        assert (finding.code, finding.weight, finding.confidence) == (code, weight, Confidence.MEDIUM)
        assert status(finding, "fragment-writer") is fits
    rest = make_clip(200, track={"edits": (Edit(0, 0, Fraction(1)),)}, movie={"fragments": (1, 2)})
    assert found(rest) == []  # a length of 0 stands for the rest of a fragmented file
    assert status(found(played([(0, 150)]))[0], "fragment-writer") is Status.EXCLUDED


def test_two_pictures_between_are_more_than_rounding_however_far_decoding_runs_ahead() -> None:
    clip = played([(0, 100), (102, 200)])
    facts = ParameterSet("sps", 0, -1, b"", (("max_num_reorder_frames", 4),))
    assert clip.headers is not None
    ahead = replace(clip, headers=replace(clip.headers, parameter_sets=(facts,)))
    assert [(f.code, f.weight) for f in found(ahead)] == [("between", Weight.DIRECT)]


def with_track(n: int = 100, *, boxes: tuple[Box, ...] = (), main: bool = True, **changes: Any) -> Clip:
    """A clip with a second video track of `n` pictures of its own."""
    clip = make_clip(200)
    assert clip.movie is not None
    packets = make_packets(n, 25)
    packets = replace(packets, position=packets.position + 4_000_000)
    track = replace(make_track(packets, None), track_id=2, **{"enabled": False, **changes})
    first = replace(clip.movie.tracks[0], enabled=main)
    movie = replace(clip.movie, tracks=(first, track), boxes=boxes or clip.movie.boxes)
    streams = (clip.streams[0], replace(clip.streams[0], index=1))
    return replace(clip, movie=movie, streams=streams, stored=(*clip.stored, packets), shown=(*clip.shown, packets))


def test_a_track_that_is_not_enabled_is_direct_and_an_enabled_one_neutral() -> None:
    finding = one(with_track())
    assert (finding.code, finding.weight) == ("other-track", Weight.DIRECT)
    assert str(finding.claim) == (
        "The file holds another video track, 320 x 240, with 100 pictures of its own (4.000 s). "
        "It is marked as not enabled, so that a player leaves it out."
    )
    assert "-map 0:1" in finding.reproduce
    assert finding.span.byte_ranges[0][0] == 4_000_048
    assert finding.span == Span(Fraction(0), Fraction(0), -1, -1, finding.span.byte_ranges)
    assert one(with_track(enabled=True)).weight is Weight.NEUTRAL


def test_the_track_that_was_decoded_may_be_the_one_that_is_left_out() -> None:
    finding = one(with_track(main=False, enabled=True))
    assert (finding.weight, finding.measured[2].value) == (Weight.DIRECT, 1)
    assert found(make_clip(track={"enabled": False})) == []  # players show the only track there is


def test_a_track_without_pictures_of_its_own_is_nothing() -> None:
    clip = make_clip(200)
    assert found(with_track(samples=make_track(clip.packets, None).samples)) == []
    outside = replace(make_packets(100, 25), position=np.full(100, 10**9, np.int64))
    assert found(with_track(samples=make_track(outside, None).samples)) == []


def test_innocent_several_cameras() -> None:
    assert status(one(with_track(enabled=True)), "several-cameras") is Status.NOT_EXCLUDED
    assert status(found(played([(38, 200)]))[0], "several-cameras") is Status.EXCLUDED


def test_innocent_still_pictures() -> None:
    for count, scale in ((1, 12_800), (20, 12_800), (5, 128)):  # a cover, less than a second, chapter pictures
        finding = one(with_track(count, timescale=scale))
        assert (finding.weight, status(finding, "still-pictures")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert "with 1 picture of its own" in str(one(with_track(n=1)).claim)
    assert status(one(with_track()), "still-pictures") is Status.EXCLUDED


def test_innocent_auxiliary_track() -> None:
    role = Box("auxl", 0, 12, 8, 12, "")
    tracks = (Box("trak", 0, 8, 8, 8, ""), Box("trak", 0, 28, 8, 28, "", (Box("tref", 0, 20, 8, 20, "", (role,)),)))
    finding = one(with_track(boxes=(Box("moov", 0, 60, 8, 60, "moov", tracks),)))
    assert (finding.weight, status(finding, "auxiliary-track")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert status(one(with_track()), "auxiliary-track") is Status.EXCLUDED


def test_innocent_preview_track() -> None:
    for enabled, weight in ((True, Weight.NEUTRAL), (False, Weight.SUPPORTING)):
        finding = one(with_track(n=200, width=160, height=120, enabled=enabled))
        assert (finding.weight, status(finding, "preview-track")) == (weight, Status.NOT_EXCLUDED)
    assert status(one(with_track(width=160, height=120)), "preview-track") is Status.EXCLUDED  # half as long


def beside(clip: Clip, origin: Origin, **columns: Any) -> Further:
    """Pictures besides the shown ones: `offset` says how many and where, everything else may be given."""
    offset = np.array(columns.pop("offset"), np.int64)
    n = len(offset)
    orphans = Orphans(((20_000_000, 20_000_500),), 500, 0, 1_000_000, (), n, 0, complete=True, readable=True)
    values: dict[str, Any] = {
        "origin": np.full(n, origin, np.int8),
        "stream": np.zeros(n, np.int32),
        "packet": np.full(n, -1, np.int64),
        "offset": offset,
        "size": np.full(n, 100, np.int64),
        "key": np.arange(n) == 0,
        "width": np.full(n, 320, np.int32),
        "height": np.full(n, 240, np.int32),
        "sha256": hashes(n, "further"),
        "phash": np.zeros(n, np.uint64),
        "orphans": orphans if origin is Origin.ORPHAN else None,
        "taken": (),
        "previews": (),
    }
    return Further(**{**values, **columns})


def orphans_at(offset: list[int], clip: Clip | None = None, **columns: Any) -> Clip:
    clip = clip or make_clip(200)
    return replace(clip, further=beside(clip, Origin.ORPHAN, offset=offset, **columns))


def between(clip: Clip, row: int, n: int = 30) -> list[int]:
    """Offsets of `n` pictures in the middle of the listed picture `row`: no listed one lies between them."""
    return [int(clip.packets.position[row]) + 1 + 2 * k for k in range(n)]


BEHIND = [9_000_000 + 100 * k for k in range(30)]


def test_pictures_that_no_table_refers_to_are_direct_at_their_place() -> None:
    clip = make_clip(200)
    finding = one(orphans_at(between(clip, 99)))
    assert (finding.code, finding.weight, finding.confidence) == ("orphaned", Weight.DIRECT, Confidence.HIGH)
    assert (finding.span.first, finding.span.last, finding.span.start) == (99, 100, Fraction(4))
    assert str(finding.claim) == (
        "The file holds 30 coded pictures in bytes that no table refers to, so that no player shows them. They lie between two listed "
        "pictures."
    )
    assert [m.value for m in finding.measured[:3]] == [30, 30, "1.200"]
    assert len(str(finding.measured[5].value)) == 64
    assert (len(finding.further), finding.stills, finding.also) == (8, (99, 100), (Question.CONTINUOUS,))
    assert "subfile" in finding.reproduce


def test_every_place_of_unlisted_pictures_is_told_apart() -> None:
    clip = make_clip(200)
    findings = found(orphans_at([*between(clip, 50, 20), *between(clip, 120, 5), *BEHIND]))
    assert [(f.measured[0].value, f.span.first) for f in findings] == [(20, 50), (5, 120), (30, 199)]
    before = one(orphans_at([10 + k for k in range(20)]))
    assert (before.weight, before.span.first) == (Weight.DIRECT, 0)
    assert "before every listed picture" in str(before.claim)


def test_pictures_of_contradicting_tables_are_supporting() -> None:
    clip = make_clip(200)
    assert clip.movie is not None
    broken = replace(
        clip, movie=replace(clip.movie, problems=("At byte 9: `stsc` describes 1 samples, and there are 2.",))
    )
    finding = one(orphans_at(between(clip, 99), broken))
    assert (finding.weight, finding.confidence) == (Weight.SUPPORTING, Confidence.MEDIUM)
    assert "tables of this file are damaged" in str(finding.inference)


def test_pictures_behind_the_last_one_are_supporting_at_any_length() -> None:
    for count in (1, 12, 30):
        assert one(orphans_at(BEHIND[:count])).weight is Weight.SUPPORTING
    assert one(orphans_at([9_000_000 + 100 * k for k in range(500)])).weight is Weight.SUPPORTING


def test_a_picture_or_two_between_listed_ones_are_supporting() -> None:
    clip = make_clip(200)
    for count, weight in ((1, Weight.SUPPORTING), (2, Weight.SUPPORTING), (3, Weight.DIRECT)):
        assert one(orphans_at(between(clip, 99, count))).weight is weight
        assert one(orphans_at([10 + k for k in range(count)])).weight is weight
    shown_too = hashes(3, "further")
    shown_too[0] = clip.frames.sha256[40]
    assert one(orphans_at(between(clip, 99, 3), sha256=shown_too)).weight is Weight.SUPPORTING  # two of their own


def with_items(clip: Clip) -> Clip:
    """The same clip in a file with a table of items, as picture files have."""
    assert clip.movie is not None
    meta = Box("meta", 0, 40, 8, 40, "meta", (Box("iloc", 0, 20, 8, 20, "meta/iloc"),))
    return replace(clip, movie=replace(clip.movie, boxes=(*clip.movie.boxes, meta)))


def test_what_a_table_of_items_may_refer_to_is_neutral() -> None:
    clip = with_items(make_clip(200))
    for places in (between(clip, 99), BEHIND, [10]):
        finding = one(orphans_at(places, clip))
        assert (finding.weight, finding.also, status(finding, "still-pictures")) == (
            Weight.NEUTRAL,
            (),
            Status.NOT_EXCLUDED,
        )
        assert "no table refers" not in f"{finding.claim} {finding.inference}".lower()
        assert "`iloc`" in str(finding.claim)
    assert status(one(orphans_at(BEHIND)), "still-pictures") is Status.EXCLUDED
    for changes in ({"coded": 4, "damaged": 4}, {"readable": False}, {"complete": False}):
        finding = only_bytes(clip, **changes)
        assert (finding.weight, status(finding, "still-pictures")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
        assert "no table refers" not in f"{finding.claim} {finding.inference}".lower()


def only_bytes(clip: Clip | None = None, **changes: Any) -> Finding:
    clip = clip or make_clip(200)
    further = beside(clip, Origin.ORPHAN, offset=[])
    assert further.orphans is not None
    columns = {name: getattr(further, name) for name in Further.__slots__}
    return one(replace(clip, further=Further(**{**columns, "orphans": replace(further.orphans, **changes)})))


def test_bytes_without_pictures_say_what_was_done_with_them() -> None:
    assert (only_bytes().code, only_bytes().weight) == ("orphaned-bytes", Weight.NEUTRAL)
    assert only_bytes().span == Span(Fraction(0), Fraction(0), -1, -1, ((20_000_000, 20_000_500),))
    recognised = only_bytes(coded=4, damaged=4)
    assert (recognised.weight, status(recognised, "unlisted-data")) == (Weight.SUPPORTING, Status.EXCLUDED)
    for slug in ("unfinished-file", "reused-space"):
        assert (status(recognised, slug), status(only_bytes(), slug)) == (Status.NOT_EXCLUDED, Status.EXCLUDED)
    assert "not searched" in str(only_bytes(readable=False).claim)
    assert "a bound was reached" in str(only_bytes(complete=False, size=0).claim)


def test_innocent_unfinished_file() -> None:
    assert status(one(orphans_at(BEHIND)), "unfinished-file") is Status.NOT_EXCLUDED
    assert status(one(orphans_at(between(make_clip(200), 99))), "unfinished-file") is Status.EXCLUDED


def test_innocent_reused_space() -> None:
    assert status(one(orphans_at(BEHIND)), "reused-space") is Status.NOT_EXCLUDED
    assert status(one(orphans_at(between(make_clip(200), 99))), "reused-space") is Status.NOT_EXCLUDED  # slots, loops
    assert status(found(played([(38, 200)]))[0], "reused-space") is Status.EXCLUDED


def test_innocent_rewritten_data() -> None:
    clip = make_clip(200)
    copies = one(orphans_at(between(clip, 99), sha256=clip.frames.sha256[40:70]))
    assert (copies.weight, status(copies, "rewritten-data")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert status(one(orphans_at(between(clip, 99))), "rewritten-data") is Status.EXCLUDED


def test_innocent_unlisted_data() -> None:
    assert status(only_bytes(), "unlisted-data") is Status.NOT_EXCLUDED
    assert status(one(orphans_at(BEHIND)), "unlisted-data") is Status.EXCLUDED


def with_preview(path: str = "moov/udta/thmb", clip: Clip | None = None, **changes: Any) -> list[Finding]:
    clip = clip or make_clip(200)
    values: dict[str, Any] = {"row": 0, "nearest": 30, "frame": 4, "hidden": -1, "hidden_row": -1}
    preview = Preview(path, 900, 500, **{**values, **changes})
    return found(replace(clip, further=beside(clip, Origin.PREVIEW, offset=[900], previews=(preview,))))


def test_a_preview_that_resembles_no_shown_picture_is_supporting() -> None:
    (finding,) = with_preview()
    assert (finding.code, finding.weight, finding.further, finding.stills) == ("preview", Weight.SUPPORTING, (0,), (0,))
    assert str(finding.claim).endswith("It resembles no picture of the clip.")
    assert finding.span == Span(Fraction(0), Fraction(0), -1, -1, ((900, 1400),))


def test_a_preview_of_a_shown_picture_is_nothing_and_what_cannot_be_told_is_neutral() -> None:
    assert with_preview(nearest=12) == []
    for nearest, row, said in (
        (13, 0, "could not be told"),
        (-1, 0, "its shape is another one, or it is of almost one grey"),
        (-1, -1, "could not be decoded"),
    ):
        (finding,) = with_preview(nearest=nearest, row=row)
        assert finding.weight is Weight.NEUTRAL
        assert said in str(finding.claim)


def test_a_preview_of_a_hidden_picture_is_supporting_even_as_a_cover() -> None:
    (finding,) = with_preview("moov/udta/meta/ilst/covr/data", hidden=5, hidden_row=0)
    assert (finding.weight, status(finding, "early-preview")) == (Weight.SUPPORTING, Status.EXCLUDED)
    assert "stored and not shown" in str(finding.claim)


def test_innocent_cover_art() -> None:
    (finding,) = with_preview("moov/udta/meta/ilst/covr/data")
    assert (finding.weight, status(finding, "cover-art")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert status(found(played([(38, 200)]))[0], "cover-art") is Status.EXCLUDED


def test_innocent_early_preview() -> None:
    (finding,) = with_preview()
    assert (finding.weight, status(finding, "early-preview")) == (Weight.SUPPORTING, Status.NOT_EXCLUDED)
    assert status(with_preview("moov/udta/meta/ilst/covr/data")[0], "early-preview") is Status.EXCLUDED


def compared(bits: int, **changes: Any) -> Finding:
    """A clip with a second track whose pictures differ by that many bits from what is shown at the same time."""
    clip, n = with_track(n=200, **changes), np.arange(200, dtype=np.int64)
    hashes_of = np.full(200, (1 << bits) - 1, np.uint64)
    places = (4_000_048 + n).tolist()
    further = beside(clip, Origin.TRACK, offset=places, phash=hashes_of, packet=n, stream=np.ones(200, np.int32))
    return one(replace(clip, frames=replace(clip.frames, phash=np.zeros(200, np.uint64)), further=further))


def test_another_track_is_weighed_by_what_it_shows() -> None:
    """Switched off: another film is direct even where it is small and as long; the same pictures are a copy even where they are as large."""
    assert compared(30, width=160, height=120).weight is Weight.DIRECT
    assert compared(3).weight is Weight.SUPPORTING
    assert compared(3, enabled=True).weight is Weight.NEUTRAL
    assert compared(30, enabled=True).weight is Weight.NEUTRAL
    finding = compared(30)
    assert (finding.weight, len(finding.further), finding.measured[3].value) == (Weight.DIRECT, 8, 200)
    assert finding.measured[5].value == 30


def test_a_group_without_a_table_and_a_trim_are_found_with_their_hashes(tmp_path: Path) -> None:
    film, path = patched(tmp_path, "unlist", "50", "75", g=25, bf=2)
    finding = one(measure(path))
    whole = measure(film).frames.sha256
    assert (finding.code, finding.weight, finding.measured[0].value) == ("orphaned", Weight.DIRECT, 25)
    assert (finding.span.first, finding.span.last) == (49, 50)
    assert finding.measured[5].value == hashlib.sha256(whole[50:75].tobytes()).hexdigest()
    trimmed = one(measure(copy(film, tmp_path / "trim.mp4", start=1.2, seconds=2)))
    assert trimmed.code == "leading"
    count = trimmed.measured[0].value
    assert isinstance(count, int)
    assert trimmed.measured[-1].value == hashlib.sha256(whole[25 : 25 + count].tobytes()).hexdigest()


def test_innocent_start_up() -> None:
    (finding,) = found(played([(0, 2), (5, 200)]))
    assert (finding.weight, status(finding, "start-up")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    late = found(played([(0, 100), (103, 200)]))[0]
    assert (late.weight, status(late, "start-up")) == (Weight.DIRECT, Status.EXCLUDED)


def test_innocent_loop_effect() -> None:
    assert status(found(played([(0, 200), (50, 100)]))[0], "loop-effect") is Status.NOT_EXCLUDED
    assert status(found(played([(38, 200)]))[0], "loop-effect") is Status.EXCLUDED


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encode(tmp_path_factory.mktemp("hidden") / "steady.mp4", sound=True)


@pytest.mark.parametrize("options", [{}, {"bf": 3, "b_strategy": 0}, {"movflags": "frag_keyframe+empty_moov"}])
def test_an_encoded_film_hides_nothing(tmp_path: Path, options: dict[str, Any]) -> None:
    assert found(measure(encode(tmp_path / "film.mp4", **options))) == []


def test_a_trim_by_stream_copy_is_found_whole(film: Path, tmp_path: Path) -> None:
    clip = measure(copy(film, tmp_path / "trim.mp4", start=1.5, seconds=2))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.confidence) == ("leading", Weight.DIRECT, Confidence.HIGH)
    assert finding.measured[0].value == len(clip.packets) - len(clip.frames) == 38
    assert finding.measured[1].value == "1.520"


def test_a_trim_of_whole_groups_is_direct(film: Path, tmp_path: Path) -> None:
    start = measure(film).packets.pts[50]
    clip = measure(with_edits(encode(tmp_path / "film.mp4"), tmp_path / "trim.mp4", [(1000, int(start) + 12_800)]))
    assert [(f.code, f.weight, f.measured[0].value) for f in found(clip)] == [("leading", Weight.DIRECT, 75)]


@pytest.mark.parametrize("options", [{}, {"bf": 3, "b_strategy": 0}, {"bf": 2, "g": 12}])
def test_a_part_taken_out_by_the_edit_list(tmp_path: Path, options: dict[str, Any]) -> None:
    film = encode(tmp_path / "film.mp4", **options)
    begin = int(measure(film).packets.pts.min())
    clip = measure(with_edits(film, tmp_path / "cut.mp4", [(2000, begin), (1000, begin + 3 * 12800)]))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.measured[0].value) == ("between", Weight.DIRECT, 25)
    assert (finding.span.first, finding.span.last) == (49, 50)
    assert str(finding.claim) == (
        f"The file stores {len(clip.packets)} pictures and shows {len(clip.frames)}. "
        "Between two pictures that are shown one after the other, 1.000 s are stored and not shown; pictures: 25."
    )
    assert len(clip.frames) == 75


def test_a_part_taken_out_of_a_fragmented_film(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", bf=2, movflags="frag_keyframe+delay_moov+default_base_moof")
    clip = measure(with_edits(film, tmp_path / "cut.mp4", [(2000, 1024), (1000, 1024 + 3 * 12800)]))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.measured[0].value) == ("between", Weight.STRONG, 25)


def test_a_second_track_of_a_real_film(film: Path, tmp_path: Path) -> None:
    other, path = encode(tmp_path / "other.mp4", seconds=3), tmp_path / "two.mp4"
    made = ffmpeg.output(ffmpeg.input(str(film))["v"], ffmpeg.input(str(other)), str(path), c="copy")
    made.run(cmd=FFMPEG, quiet=True)
    assert [(f.code, f.weight) for f in found(measure(path))] == [("other-track", Weight.NEUTRAL)]
    data = bytearray(path.read_bytes())
    data[data.rindex(b"tkhd") + 7] &= 0xFE
    path.write_bytes(data)
    finding = one(measure(path))
    assert (finding.code, finding.weight, finding.measured[0].value) == ("other-track", Weight.DIRECT, 75)


def test_a_part_shown_twice_by_the_edit_list(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    clip = measure(with_edits(film, tmp_path / "twice.mp4", [(4000, 0), (2000, 2 * 12800)]))
    assert [(f.code, f.weight) for f in found(clip)] == [("repeated", Weight.SUPPORTING)]


def test_the_start_of_a_film_of_a_camera_app_is_strong_at_most(corpus: Path) -> None:
    findings = found(measure(corpus / "processed" / "sample_edit_list.mp4"))
    assert [(f.code, f.weight, f.measured[0].value) for f in findings] == [
        ("leading", Weight.STRONG, 8),
        ("trailing", Weight.NEUTRAL, 1),
    ]
    assert status(findings[0], "start-within-group") is Status.NOT_EXCLUDED
    assert status(findings[0], "open-group") is Status.EXCLUDED


def test_untouched_devices_hide_nothing_above_neutral(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        if clip.movie is not None:
            assert [f.code for f in found(clip) if f.weight is not Weight.NEUTRAL] == [], name
    assert [f.code for f in found(devices["c.mov"])] == ["between"]


def test_every_sentence_can_be_said() -> None:
    for clip in (played([(38, 200)]), played([(0, 60), (100, 200)]), played([(0, 200), (50, 100)])):
        for finding in found(clip):
            assert [i.slug for i in finding.innocent] == list(EXPLANATIONS)
            assert all("{" not in str(i.why) for i in finding.innocent)
            assert str(finding.inference).startswith("In our assessment")
            assert "CLIP" in finding.reproduce

"""hidden-footage: pictures that are stored and not shown, counted by their place in the file."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import TICKS, frame_rows, make_clip, rows
from detect.films import copy, encode, with_edits
from entirety.detect.hidden_footage import CHECK
from entirety.detect.hidden_innocent import EXPLANATIONS
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.container import Edit
from entirety.model.finding import Confidence, Finding, Outcome, Status, Weight
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


def test_steady_is_silent() -> None:
    assert found(make_clip()) == []


def test_leading_is_direct_with_place_bytes_and_pictures() -> None:
    clip = played([(38, 200)])
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.confidence) == ("leading", Weight.DIRECT, Confidence.HIGH)
    assert "stores 200 pictures and shows 162 of them" in str(finding.claim)
    assert "38 (number of pictures), 1.520 s" in str(finding.claim)
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
    clip = measure(copy(film, tmp_path / "trim.mp4", start=1.5, seconds=1.5))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.confidence) == ("leading", Weight.DIRECT, Confidence.HIGH)
    assert finding.measured[0].value == len(clip.packets) - len(clip.frames) == 38
    assert finding.measured[1].value == "1.520"


def test_a_part_taken_out_by_the_edit_list(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    clip = measure(with_edits(film, tmp_path / "cut.mp4", [(2000, 0), (1000, 3 * 12800)]))
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.measured[0].value) == ("between", Weight.DIRECT, 25)
    assert (finding.span.first, finding.span.last, finding.span.start) == (49, 50, Fraction(2))
    assert len(clip.frames) == 75


def test_a_part_shown_twice_by_the_edit_list(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    clip = measure(with_edits(film, tmp_path / "twice.mp4", [(4000, 0), (2000, 2 * 12800)]))
    assert [(f.code, f.weight) for f in found(clip)] == [("repeated", Weight.SUPPORTING)]


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

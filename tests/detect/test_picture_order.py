"""stream-join on the count by which H.264 pictures are ordered for showing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detect.clips import SPS_FACTS, make_clip, make_headers
from detect.expectations import found
from detect.films import FFMPEG, copy, encode
from entirety.detect.picture_order import picture_orders
from entirety.detect.run import run_check
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Weight
from entirety.model.h264 import H264Headers
from entirety.model.headers import ParameterSet

FACTS = {**dict(SPS_FACTS), "pic_order_cnt_type": 0, "log2_max_pic_order_cnt_lsb": 6, "log2_max_frame_num": 16}
BITS = 6
OPEN: dict[str, Any] = {"x264-params": "open-gop=1"}


def orders(n: int) -> NDArray[np.int64]:
    """Two B pictures behind each anchor, as 0 3 1 2 6 4 5 ..., the count going up by 2 from one picture to the next."""
    anchors = np.arange(0, n + 3, 3)
    decoded = np.concatenate([[0], *[[a, a - 2, a - 1] for a in anchors[1:]]])
    return 2 * decoded[:n].astype(np.int64)


def numbered(count: NDArray[np.int64], group: int = 400, entries: tuple[int, ...] = (), **columns: Any) -> Clip:
    """A clip that is decoded in this order, with one picture in three kept as reference."""
    n = len(count)
    sps = ParameterSet("sps", 0, -1, b"\x67 counted", tuple(FACTS.items()))
    recovery = np.full(n, -1, np.int32)
    recovery[list(entries)] = 0
    headers = {
        "poc_lsb": (count % 2**BITS).astype(np.int32),
        "frame_num": np.zeros(n, np.int32),
        "idr_pic_id": np.zeros(n, np.int32),
        "reference": (np.arange(n) % 3 == 1) | (np.arange(n) % group == 0),
        "recovery_point": recovery,
        "slice_type": np.where(recovery == 0, 2, 0).astype(np.int8),
        "parameter_sets": (sps,),
    }
    return make_clip(n, group=group, headers={**headers, **columns})


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, numbered(orders(300), entries=(49, 100, 151, 202))) == []
    assert found(CHECK, make_clip(300)) == []


@pytest.mark.parametrize(("removed", "due", "stored"), [(12, 200, 224), (20, 200, 176)])
def test_a_cut_where_playback_may_start_leaves_a_hole(removed: int, due: int, stored: int) -> None:
    count = orders(300)
    count[100:] += 2 * removed
    finding = one(numbered(count, entries=(49, 100, 151, 202)))
    assert (finding.code, finding.weight) == ("pic-order-cnt", Weight.STRONG)
    assert f"number {due} should follow and {stored} follows" in str(finding.claim)
    assert "goes on: 3 of 4" in str(finding.claim)
    assert (finding.span.first, finding.span.last) == (99, 100)


def test_numbers_that_come_twice_are_told_too() -> None:
    count = orders(300)
    count[100:] -= 24
    finding = one(numbered(count, entries=(49, 100, 151, 202)))
    assert (finding.code, finding.weight) == ("pic-order-cnt", Weight.STRONG)


def test_a_run_that_ends_before_its_last_group_is_complete() -> None:
    """The anchor of a small group is stored first; cut behind it, what is shown before it is not there."""
    whole = orders(61)
    count = np.concatenate([whole, whole[:59], whole, whole])
    idr = np.zeros(len(count), np.bool_)
    idr[[0, 61, 120, 181]] = True
    finding = one(numbered(count, idr=idr))
    assert (finding.code, finding.weight) == ("pic-order-end", Weight.STRONG)
    assert "after number 114 the next one stored is 120" in str(finding.claim)
    assert finding.span.last == 120


def test_innocent_lost_packets_are_no_exception_where_pictures_are_lost_all_the_time() -> None:
    count = orders(300)
    kept = np.delete(count, np.arange(5, 300, 9))
    kept = np.concatenate([kept[:100], kept[100:] + 2 * 12])
    assert found(CHECK, numbered(kept, entries=(100,))) == []


def test_innocent_lost_packets_away_from_entry_points_are_left_to_the_other_numbers() -> None:
    assert found(CHECK, numbered(np.delete(orders(300), [41, 152]), entries=(48, 99, 200))) == []


def test_innocent_non_conforming_encoder_that_counts_on_at_no_entry_point() -> None:
    count = orders(400)
    for row in (100, 202, 301):
        count[row:] += 24
    findings = found(CHECK, numbered(count, entries=(100, 202, 301)))
    assert {(f.code, f.weight) for f in findings} == {("pic-order-cnt", Weight.NEUTRAL)}


def test_a_reset_that_the_stream_states_is_no_break() -> None:
    count = np.concatenate([orders(100), orders(200)])
    clip = numbered(count, entries=(49, 100, 151))
    assert [f.code for f in found(CHECK, clip)] == ["pic-order-cnt"]
    assert found(CHECK, numbered(count, entries=(49, 100, 151), resets=np.array([99]))) == []


def test_fields_are_counted_by_their_first_one() -> None:
    pairs = np.repeat(2 * np.arange(150), 2) + np.arange(300) % 2
    field = (1 + np.arange(300) % 2).astype(np.int8)
    number = np.repeat(np.arange(150), 2).astype(np.int32)
    columns: dict[str, Any] = {"field": field, "frame_num": number, "reference": np.ones(300, np.bool_)}
    assert found(CHECK, numbered(pairs, entries=(100, 200), **columns)) == []
    pairs[100:] += 12
    assert [f.code for f in found(CHECK, numbered(pairs, entries=(100, 200), **columns))] == ["pic-order-cnt"]


def test_headers_that_could_not_be_read_say_nothing() -> None:
    count = orders(300)
    count[100:] += 24
    assert found(CHECK, numbered(count, entries=(100, 151), unreadable=np.array([99]))) == []


def test_an_i_slice_among_b_pictures_repeats_no_number() -> None:
    assert found(CHECK, numbered(orders(300), entries=(50, 101, 150))) == []


def test_pictures_missing_in_both_counts_are_told_once() -> None:
    count, number = orders(300), np.zeros(300, np.int32)
    count[100:] += 24
    number[100:] = 7
    clip = numbered(count, entries=(49, 100, 151), frame_num=number)
    assert [f.code for f in found(CHECK, clip)] == ["frame-num"]


@given(st.lists(st.integers(-1, 65_535), min_size=30, max_size=60), st.lists(st.booleans(), min_size=30, max_size=60))
def test_any_numbers_are_survived(numbers: list[int], flags: list[bool]) -> None:
    n = min(len(numbers), len(flags))
    clip = numbered(np.zeros(n, np.int64))
    assert clip.headers is not None
    some = np.array(flags[:n])
    headers: H264Headers = replace(
        clip.headers,
        poc_lsb=np.array(numbers[:n], np.int32),
        idr=some,
        recovery_point=np.where(some, -1, 0).astype(np.int32),
        resets=np.array([n - 1, 5], np.int64),
        field=np.where(some, 1, 2).astype(np.int8),
    )
    list(picture_orders(headers, np.zeros(n, np.bool_)))
    assert run_check(CHECK, replace(clip, headers=headers))[0].outcome is not Outcome.FAILED


def test_other_kinds_of_count_have_no_numbers_of_their_own() -> None:
    assert list(picture_orders(make_headers(300, 50), np.zeros(300, np.bool_))) == []


def open_groups(folder: Path) -> list[Path]:
    """A film of open groups, in parts of one group."""
    film = encode(folder / "open.mp4", seconds=8, bf=3, g=25, sc_threshold=0, **OPEN)
    copy(film, folder / "part%d.mp4", format="segment", segment_time=0.1, reset_timestamps=1)
    return [folder / f"part{k}.mp4" for k in range(8)]


@pytest.mark.parametrize("kept", ["01345", "0167", "0123567"])
def test_real_cut_in_a_film_of_open_groups(tmp_path: Path, kept: str) -> None:
    parts = open_groups(tmp_path)
    listing = tmp_path / "list.txt"
    listing.write_text("".join(f"file '{parts[int(k)].name}'\n" for k in kept))
    joined = tmp_path / "joined.mp4"
    joining = ffmpeg.input(str(listing), format="concat", safe=0).output(str(joined), c="copy")
    joining.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    clip = measure(joined)
    assert clip.headers is not None
    at = next(k for k in range(1, len(kept)) if int(kept[k]) != int(kept[k - 1]) + 1)
    row = sum(len(measure(parts[int(k)]).packets) for k in kept[:at])
    breaks = [b for kind in picture_orders(clip.headers, np.zeros(len(clip.headers), np.bool_)) for b in kind]
    assert [(b.code, b.row) for b in breaks] == [("pic-order-cnt", row)]
    (finding,) = found(CHECK, clip)
    assert finding.weight is Weight.STRONG


@pytest.mark.parametrize("options", [{}, OPEN, {"x264-params": "intra-refresh=1"}, {"flags": "+ildct+ilme"}])
def test_real_untouched_films_are_silent(tmp_path: Path, options: dict[str, Any]) -> None:
    assert found(CHECK, measure(encode(tmp_path / "film.mp4", seconds=6, bf=3, g=30, **options))) == []

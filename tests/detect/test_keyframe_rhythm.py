"""keyframe-rhythm: groups that are off the file's own rhythm."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from detect.films import FFMPEG, copy, encode
from entirety.detect.key_groups import groups
from entirety.detect.keyframe_rhythm import CHECK
from entirety.detect.odd_groups import MANY
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.headers import EncoderNote

SHORT = (25, 25, 25, 25, 10, 25, 25, 25)
"""Lengths of the groups of a clip; the last is not whole, for nothing says that it ended there."""
AT = 110
"""First picture after the short group of SHORT."""


def opened(lengths: Sequence[int]) -> NDArray[np.bool_]:
    key = np.zeros(sum(lengths), np.bool_)
    key[np.cumsum([0, *lengths[:-1]])] = True
    return key


def clip_of(lengths: Sequence[int] = SHORT, packets: dict[str, Any] | None = None, **more: Any) -> Clip:
    """A steady clip whose groups have these lengths; its views are alike throughout unless told otherwise."""
    key = opened(lengths)
    n = len(key)
    headers: dict[str, Any] = {"idr": key, "slice_type": np.where(key, 2, 0).astype(np.int8)}
    since = np.arange(n) - np.maximum.accumulate(np.where(key, np.arange(n), 0))
    headers |= {"frame_num": (since % 16).astype(np.int32), **more.pop("headers", {})}
    same = np.full(n, 0x0F0F_3C3C_5A5A_9696, np.uint64)
    columns = {"key": key, "phash": same, "dhash": same, **more}
    return make_clip(n, packets={"key": key, **(packets or {})}, headers=headers, **columns)


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def why(finding: Finding, slug: str) -> str:
    return next(str(one.why) for one in finding.innocent if one.slug == slug)


def leaping(bits: int, rows: slice = slice(AT, None)) -> dict[str, Any]:
    column = np.full(sum(SHORT), 0x0F0F_3C3C_5A5A_9696, np.uint64)
    column[rows] ^= np.uint64((1 << bits) - 1)
    return {"phash": column, "dhash": column}


def later(from_row: int, ticks: int) -> dict[str, Any]:
    """Times that leave a gap before this row."""
    times = np.arange(sum(SHORT), dtype=np.int64) * TICKS
    times[from_row:] += ticks
    return {"packets": {"pts": times, "dts": times}, "pts": times}


def test_a_steady_rhythm_is_clear() -> None:
    assert found(CHECK, clip_of((25,) * 8)) == []
    assert found(CHECK, make_clip(200)) == []


def test_a_short_group_is_a_supporting_sign_at_the_key_picture() -> None:
    finding = one(clip_of())
    assert (finding.code, finding.weight) == ("short-group", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last, float(finding.span.end)) == (AT - 1, AT, 4.4)
    assert "comes 10 pictures after the one before it; 6 of the 6 other groups" in str(finding.claim)
    assert [m.value for m in finding.measured] == [10, 0.4, 25, 6, 1]
    open_ones = {i.slug for i in finding.innocent if i.status is Status.NOT_EXCLUDED}
    assert open_ones == {"key-on-request"}


def test_the_last_group_may_be_short() -> None:
    assert found(CHECK, clip_of((25, 25, 25, 25, 25, 7))) == []


def test_a_long_group_is_a_note() -> None:
    finding = one(clip_of((25, 25, 25, 25, 50, 25, 25, 25)))
    assert (finding.code, finding.weight) == ("long-group", Weight.NEUTRAL)
    assert status(finding, "key-on-request") is Status.EXCLUDED
    assert why(finding, "scene-cut-encoder") == "The group is too long, not too short."


def test_an_insertion_leaves_two() -> None:
    findings = found(CHECK, clip_of((25, 25, 25, 12, 25, 9, 25, 25, 25)))
    assert [(f.span.last, f.weight) for f in findings] == [(87, Weight.SUPPORTING), (121, Weight.SUPPORTING)]


def test_a_rhythm_that_changes_for_good_is_one_note() -> None:
    finding = one(clip_of((25,) * 5 + (30,) * 6))
    assert (finding.code, finding.weight, finding.span.last) == ("rhythm-change", Weight.NEUTRAL, 125)
    assert status(finding, "new-setting") is Status.NOT_EXCLUDED
    assert status(finding, "recorder-reconnect") is Status.NOT_TESTED
    assert "another length for good" in why(finding, "scene-cut-encoder")


def test_each_stretch_has_its_own_odd_groups() -> None:
    codes = [f.code for f in found(CHECK, clip_of((25,) * 5 + (11,) + (30,) * 6))]
    assert codes == ["rhythm-change", "short-group"]


def test_more_odd_groups_than_events_are_one_note() -> None:
    finding = one(clip_of(((25,) * 4 + (10,)) * (MANY + 1) + (25,)))
    assert finding.weight is Weight.NEUTRAL
    assert finding.measured[-1].value == MANY + 1


def test_a_telephone_that_alternates_keeps_a_rhythm_all_the_same() -> None:
    assert found(CHECK, clip_of((31, 29) * 5)) == []
    finding = one(clip_of((31, 29) * 3 + (12,) + (31, 29) * 3))
    assert (finding.code, finding.span.last) == ("short-group", 192)
    assert "long, to within 4 pictures." in str(finding.claim)


def test_a_rhythm_in_seconds() -> None:
    """A phone at a varying rate: each group lasts a second, whatever the number of its pictures."""
    lengths = (15, 25, 20, 29, 18, 12, 24, 30, 17)
    steps = np.concatenate([np.full(k, 12_800 // (24 if k == 12 else k)) for k in lengths])
    times = np.concatenate([[0], np.cumsum(steps)[:-1]]).astype(np.int64)
    finding = one(clip_of(lengths, {"pts": times, "dts": times}, pts=times))
    assert (finding.code, finding.span.last) == ("short-group", sum(lengths[:6]))
    assert " s after the one before it" in str(finding.claim)
    whole = [25 if k == 12 else k for k in lengths]
    steady = np.concatenate([np.full(k, 12_800 // k) for k in whole])
    times = np.concatenate([[0], np.cumsum(steady)[:-1]]).astype(np.int64)
    assert found(CHECK, clip_of(whole, {"pts": times, "dts": times}, pts=times)) == []


def test_fields_stored_apart_count_as_one_picture() -> None:
    lengths = [2 * k for k in SHORT]
    field = np.where(np.arange(sum(lengths)) % 2, 2, 1).astype(np.int8)
    counted = groups(clip_of(lengths, headers={"field": field}))
    assert counted.pictures.tolist() == list(SHORT[:-1])


def test_innocent_scene_cut_encoder() -> None:
    finding = one(clip_of(**leaping(25)))
    assert (finding.weight, status(finding, "scene-cut-encoder")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    signed = EncoderNote(0, "dc45e9bde6d948b7962cd820d923eeef", "x264 - core 164 - options: keyint=25 scenecut=0")
    told = one(clip_of(**leaping(25), headers={"notes": (signed,)}))
    assert (told.weight, status(told, "scene-cut-encoder")) == (Weight.SUPPORTING, Status.EXCLUDED)
    assert why(told, "scene-cut-encoder").startswith("By the settings")
    assert why(one(clip_of()), "scene-cut-encoder").startswith("The picture does not change here")


def test_an_encoder_that_let_another_change_pass_minds_none() -> None:
    finding = one(clip_of(**leaping(25, slice(60, AT))))
    assert (finding.weight, status(finding, "scene-cut-encoder")) == (Weight.SUPPORTING, Status.EXCLUDED)
    assert "at another place of this file" in why(finding, "scene-cut-encoder")


def test_a_lamp_and_a_restless_picture_are_changes_too() -> None:
    luma = np.full(sum(SHORT), 80, np.float32)
    luma[AT:] = 95
    assert one(clip_of(luma=luma)).weight is Weight.NEUTRAL
    restless = np.array([(1 << (5 * (k % 2))) - 1 for k in range(sum(SHORT))], np.uint64)
    assert one(clip_of(phash=restless, dhash=restless)).weight is Weight.NEUTRAL


def test_innocent_key_on_request() -> None:
    assert status(one(clip_of()), "key-on-request") is Status.NOT_EXCLUDED
    kept = found(CHECK, clip_of((25, 25, 25, 25, 10, 15, 25, 25, 25, 25)))
    assert {f.weight for f in kept} == {Weight.NEUTRAL}, "the rhythm goes on over the key picture that came besides"


def test_innocent_dropped_frames() -> None:
    """The group is short and its time is whole: pictures were lost."""
    finding = one(clip_of(**later(105, 15 * TICKS)))
    assert (finding.weight, status(finding, "dropped-frames")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    numbers = clip_of().headers.frame_num.copy()  # type: ignore[union-attr]
    numbers[105:AT] += 3
    lost = one(clip_of(headers={"frame_num": numbers}))
    assert (lost.weight, status(lost, "dropped-frames")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    counted = one(make_counted())
    assert status(counted, "dropped-frames") is Status.NOT_TESTED
    assert why(counted, "recorder-reconnect").startswith("The file states no time")


def make_counted() -> Clip:
    key = opened(SHORT)
    same = np.zeros(len(key), np.uint64)
    return make_clip(
        len(key),
        packets={"key": key},
        headers=None,
        movie=None,
        clip={"container": "avi"},
        key=key,
        phash=same,
        dhash=same,
    )


def test_innocent_recorder_reconnect() -> None:
    finding = one(clip_of(**later(AT, 50 * TICKS)))
    assert (finding.weight, status(finding, "recorder-reconnect")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    steady = one(clip_of())
    assert status(steady, "recorder-reconnect") is Status.NOT_TESTED
    assert "would usually leave one" in why(steady, "recorder-reconnect")


def test_innocent_recorder_reconnect_sets_the_clock_back() -> None:
    finding = one(clip_of(**later(AT, -60 * TICKS)))
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED


def test_innocent_new_setting() -> None:
    """A camera lowers its picture size while what is seen goes on: format-change tells it."""
    width = np.full(sum(SHORT), 320, np.int32)
    width[AT:] = 160
    finding = one(clip_of(width=width))
    assert (finding.weight, status(finding, "new-setting")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)


def test_innocent_start_up() -> None:
    finding = one(clip_of((10, 25, 25, 25, 25, 25, 25)))
    assert (finding.code, finding.weight) == ("first-group", Weight.NEUTRAL)
    assert status(finding, "start-up") is Status.NOT_EXCLUDED


def test_what_has_no_rhythm_is_not_looked_at() -> None:
    def outcome(clip: Clip) -> Outcome:
        return run_check(CHECK, clip)[0].outcome

    assert outcome(clip_of((1,) * 100)) is Outcome.NOT_APPLICABLE
    assert outcome(clip_of((25, 25, 25, 25))) is Outcome.SKIPPED
    assert outcome(clip_of((25, 13, 40, 9, 61, 33, 18, 25, 70))) is Outcome.NOT_APPLICABLE
    assert outcome(make_clip(0)) is Outcome.SKIPPED


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg4", "libvpx-vp9"])
def test_a_film_with_the_end_of_a_group_left_out(tmp_path: Path, codec: str) -> None:
    """As devices encode: key pictures at a fixed distance alone. Parts are copied, the first one ends within a group."""
    settings: dict[str, dict[str, Any]] = {
        "libx264": {"x264-params": "scenecut=0"},
        "libx265": {"x265-params": "keyint=25:min-keyint=25:scenecut=0:bframes=0:log-level=error"},
        "mpeg4": {"sc_threshold": 1_000_000_000},
        "libvpx-vp9": {"deadline": "realtime", "cpu-used": 8, "lag-in-frames": 0, "auto-alt-ref": 0},
    }
    film = encode(tmp_path / "film.mkv", seconds=9, vcodec=codec, g=25, keyint_min=25, **settings[codec])
    assert found(CHECK, measure(film)) == []
    copy(film, tmp_path / "a.mkv", seconds=4.4)
    copy(film, tmp_path / "b.mkv", start=6.001)
    (tmp_path / "parts.txt").write_text("file 'a.mkv'\nfile 'b.mkv'\n", encoding="utf-8")
    joined = ffmpeg.input(str(tmp_path / "parts.txt"), format="concat", safe=0)
    joined.output(str(tmp_path / "joined.mkv"), c="copy").run(cmd=FFMPEG, quiet=True)
    kept = len(measure(tmp_path / "a.mkv").frames)
    (finding,) = found(CHECK, measure(tmp_path / "joined.mkv"))
    assert finding.code == "short-group"
    assert finding.span.last == kept

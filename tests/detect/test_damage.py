"""damage: which pictures are missing, which are built on damage, and what is no damage at all."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import frame_rows, make_clip
from detect.films import FFMPEG, encode, with_edits
from entirety.detect.damage import built_on_damage, damaged_spans, missing_pictures, unplaced
from entirety.measure.clip import measure
from entirety.model.clip import Clip, DecodeNote
from entirety.model.time import UNSET

LOST = "h264: Error splitting the input into NAL units."


def lacking(*frames: int, n: int = 100, **changes: Any) -> Clip:
    """A steady clip in which these pictures never came out of the decoder."""
    clip = make_clip(n, **changes)
    return replace(clip, frames=frame_rows(clip.frames, ~np.isin(np.arange(n), frames)))


def complaining(clip: Clip, *packets: int) -> Clip:
    return replace(clip, log=tuple(DecodeNote(packet, packet, LOST) for packet in packets))


def places(clip: Clip) -> list[tuple[Fraction, Fraction, int, int]]:
    return [(span.start, span.end, span.first, span.last) for span in damaged_spans(clip)]


def codec(clip: Clip, name: str) -> Clip:
    return replace(clip, streams=(replace(clip.streams[0], codec=name),), headers=None)


def test_steady_has_no_damage() -> None:
    clip = make_clip()
    assert (missing_pictures(clip), damaged_spans(clip), built_on_damage(clip).sum()) == (0, [], 0)


def test_missing_pictures_have_times_and_no_frames() -> None:
    clip = lacking(40, 41, 42, 99)
    assert missing_pictures(clip) == 4
    assert places(clip) == [(Fraction(40, 25), Fraction(43, 25), -1, -1), (Fraction(99, 25), Fraction(4), -1, -1)]


def test_what_follows_missing_pictures_is_built_on_damage() -> None:
    assert np.flatnonzero(built_on_damage(lacking(30, 31))).tolist() == list(range(30, 50))  # frames 32 to 51


def test_damage_reaches_to_the_picture_after_the_next_key_frame() -> None:
    assert np.flatnonzero(built_on_damage(make_clip(corrupt=np.arange(100) == 40))).tolist() == list(range(40, 52))
    assert np.flatnonzero(built_on_damage(make_clip(corrupt=np.arange(100) == 90))).tolist() == list(range(90, 100))


def test_b_pictures_before_a_damaged_one_are_built_on_it() -> None:
    kind = np.where(np.isin(np.arange(100), [38, 39]), 3, 2).astype(np.int8)
    clip = make_clip(corrupt=np.arange(100) == 40, kind=kind)
    assert np.flatnonzero(built_on_damage(clip))[0] == 38


def test_hidden_and_empty_packets_are_not_missing() -> None:
    chosen = np.isin(np.arange(100), [10, 11])
    assert missing_pictures(lacking(10, 11)) == 2
    assert missing_pictures(lacking(10, 11, packets={"discard": chosen})) == 0
    assert missing_pictures(lacking(10, 11, packets={"size": np.where(chosen, 0, 900).astype(np.int64)})) == 0


def test_start_between_key_frames_is_no_damage_unless_the_decoder_complains() -> None:
    clip = lacking(0, 1, 2)
    assert missing_pictures(clip) == 0
    assert missing_pictures(complaining(clip, 1)) == 3


@pytest.mark.parametrize("name", ["vp8", "vp9", "av1", "mpeg4"])
def test_codecs_with_packets_that_show_nothing_need_a_complaint(name: str) -> None:
    clip = codec(lacking(40, 41), name)
    assert missing_pictures(clip) == 0
    assert missing_pictures(complaining(clip, 41)) == 1


def test_fields_of_one_picture_are_not_missing() -> None:
    second = lacking(*range(1, 100, 2), headers={"field": np.tile([1, 2], 50).astype(np.int8)})
    assert missing_pictures(second) == 0


def test_without_times_pictures_are_counted_and_no_place_is_named() -> None:
    clip = lacking(40, 41, packets={"pts": np.full(100, UNSET, np.int64)})
    assert (missing_pictures(clip), damaged_spans(clip)) == (0, [])
    assert unplaced(clip) == 0
    told = complaining(clip, 40)
    assert (missing_pictures(told), unplaced(told)) == (2, 2)
    assert [(span.first, span.last) for span in damaged_spans(told)] == [(40, 40)]
    assert built_on_damage(told).all(), "any picture may be beside a missing one"


def overlapping() -> Clip:
    """Two parts of 50 pictures; the second begins at the time of the picture 40 of the first. Its first two pictures never came out."""
    ticks = np.concatenate([np.arange(50), np.arange(40, 90)]) * 512
    clip = make_clip(100, pts=ticks, packets={"pts": ticks.copy(), "dts": ticks.copy()})
    return replace(clip, frames=frame_rows(clip.frames, ~np.isin(np.arange(100), [50, 51])))


def test_where_parts_overlap_missing_pictures_still_have_a_place() -> None:
    """By the number of pictures at each time; without a complaint a second picture of one time is nothing to miss."""
    clip = overlapping()
    assert (missing_pictures(clip), damaged_spans(clip)) == (0, [])
    told = complaining(clip, 50, 51)
    assert (missing_pictures(told), unplaced(told)) == (2, 0)
    spans = [span for span in damaged_spans(told) if span.first < 0]
    base = told.frames.time_base
    assert all(40 * 512 * base <= span.start < span.end <= 42 * 512 * base for span in spans)
    assert sum((span.end - span.start for span in spans), Fraction(0)) == 1024 * base
    built = built_on_damage(told)
    assert built[50]
    assert not built[:30].any()
    assert not built[-20:].any()


def test_second_half_written_over(tmp_path: Path) -> None:
    path = encode(tmp_path / "film.mp4")
    whole = measure(path)
    at = int(whole.packets.position[50])
    data = path.read_bytes()
    end = int((whole.packets.position + whole.packets.size).max())
    path.write_bytes(data[:at] + bytes(end - at) + data[end:])
    clip = measure(path)
    assert len(clip.frames) + missing_pictures(clip) == 100
    assert missing_pictures(clip) == 50
    last = damaged_spans(clip)[-1]
    assert (last.start, last.end, last.first) == (Fraction(2), Fraction(4), -1)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("film.webm", {"vcodec": "libvpx-vp9", "auto-alt-ref": 1, "lag-in-frames": 16, "deadline": "realtime"}),
        ("film.webm", {"vcodec": "libvpx", "auto-alt-ref": 1, "lag-in-frames": 16, "deadline": "realtime"}),
        ("film.avi", {"vcodec": "mpeg4", "bf": 2}),
        ("film.mp4", {"vcodec": "libx265", "bf": 3}),
        ("film.ts", {"vcodec": "libx264", "bf": 3, "x264-params": "open-gop=1"}),
        ("film.mp4", {"vcodec": "libx264", "flags": "+ilme+ildct", "x264-params": "tff=1"}),
        ("film.avi", {"vcodec": "libx264", "bf": 2}),
    ],
)
def test_whole_films_lack_nothing(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    clip = measure(encode(tmp_path / name, **options))
    assert (missing_pictures(clip), damaged_spans(clip)) == (0, [])


def test_pictures_outside_the_edit_list_are_not_missing(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", bf=2)
    clip = measure(with_edits(film, tmp_path / "edits.mp4", [(2000, 12_800 + 1024)]))
    assert len(clip.frames) < len(clip.packets)
    assert (missing_pictures(clip), damaged_spans(clip)) == (0, [])


def test_a_stream_that_begins_midway_lacks_nothing(tmp_path: Path) -> None:
    options: dict[str, Any] = {"bf": 3, "x264-params": "open-gop=1"}
    film = encode(tmp_path / "film.ts", **options)
    late = tmp_path / "late.ts"
    ffmpeg.input(str(film), ss=1).output(str(late), c="copy", copyinkf=None).run(cmd=FFMPEG, quiet=True)
    assert missing_pictures(measure(late)) == 0


def test_samples_and_devices_lack_nothing(samples: Path, devices: dict[str, Clip]) -> None:
    clips = {path.name: measure(path) for path in sorted(samples.glob("*.mp4"))}
    assert len(clips) == 14
    for name, clip in {**clips, **devices}.items():
        assert (missing_pictures(clip), damaged_spans(clip)) == (0, []), name

"""frame-count: what the container states against what the file holds."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import frame_rows, make_clip, rows
from detect.films import copy, encode
from entirety.detect.frame_count import CHECK
from entirety.detect.lengths import cut_short, declared_lengths, declared_pictures, expected_frames, extent
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip, DecodeNote
from entirety.model.container import Box, Edit
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.time import UNSET


def found(clip: Clip) -> list[Finding]:
    result, findings = run_check(CHECK, clip)
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), result.reason
    return list(findings)


def told(clip: Clip) -> list[tuple[str, Weight]]:
    return [(f.code, f.weight) for f in found(clip)]


def status(finding: Finding, slug: str) -> Status:
    return next(i.status for i in finding.innocent if i.slug == slug)


def cut_off() -> Clip:
    """The file ends in the middle of its media data."""
    clip = make_clip(100)
    mdat = Box("mdat", 40, 90_000, 8, 500_000, "mdat")
    assert clip.movie is not None
    return replace(clip, movie=replace(clip.movie, boxes=(clip.movie.boxes[0], mdat)))


def lacking(count: int) -> Clip:
    """`count` of 200 stated pictures cannot be read."""
    clip = make_clip(200)
    kept = slice(0, 200 - count)
    return replace(
        clip,
        stored=(rows(clip.packets, kept),),
        shown=(rows(clip.packets, kept),),
        frames=frame_rows(clip.frames, kept),
    )


def shifted_sound(start: Fraction, end: Fraction) -> Clip:
    """Sound that starts and ends off the picture by so many seconds."""
    clip = make_clip(200, sound=True)
    sound = clip.stored[1]
    kept = (sound.pts >= int(start * 48_000)) & (sound.pts + 1024 <= int((8 + end) * 48_000))
    late = rows(sound, kept)
    return replace(clip, stored=(clip.packets, late), shown=(clip.packets, late), movie=None)


def test_steady_is_silent() -> None:
    assert told(make_clip()) == []
    assert told(make_clip(sound=True)) == []


def test_a_box_that_is_cut_short() -> None:
    (finding,) = found(cut_off())
    assert (finding.code, finding.weight) == ("truncated", Weight.SUPPORTING)
    assert "states 500000 bytes, and the file has 90000 of them: 410000 bytes" in str(finding.claim)
    assert (finding.span.start, finding.span.byte_ranges) == (Fraction(4), ((40, 90_040),))


def test_a_box_that_runs_to_the_end_of_the_file_is_complete() -> None:
    clip = make_clip()
    assert clip.movie is not None
    open_end = replace(clip, movie=replace(clip.movie, boxes=(Box("mdat", 40, 90_000, 8, 0, "mdat"),)))
    assert cut_short(open_end) is None


def test_pictures_that_are_stated_and_not_there() -> None:
    findings = {f.code: f for f in found(lacking(50))}
    assert set(findings) == {"pictures", "length"}
    assert findings["pictures"].weight is Weight.SUPPORTING
    assert findings["pictures"].measured[0].value == 150
    assert findings["pictures"].measured[0].threshold == 200
    assert findings["pictures"].span.start == findings["pictures"].span.end == 6


def test_one_picture_less_is_neutral() -> None:
    assert told(lacking(1)) == [("pictures", Weight.NEUTRAL)]


def test_an_avi_header_states_pictures_too() -> None:
    clip = make_clip(200, movie=None, clip={"container": "avi"})
    stated = replace(clip, streams=(replace(clip.stream, frames=260),))
    assert told(stated) == [("pictures", Weight.SUPPORTING)]


@pytest.mark.parametrize("field", ["duration", "presented"])
def test_a_track_that_states_another_length(field: str) -> None:
    scale = 12_800 if field == "duration" else 1000
    clip = make_clip(100, track={field: 9 * scale}, movie={"duration": 9000 if field == "presented" else 4000})
    (finding,) = found(clip)
    assert (finding.code, finding.weight) == ("length", Weight.SUPPORTING)
    assert "differ by 5.000 s" in str(finding.claim)


def test_a_movie_that_states_another_length_than_its_tracks() -> None:
    assert told(make_clip(100, movie={"duration": 4800})) == [("length", Weight.NEUTRAL)]
    assert told(make_clip(100, movie={"duration": 6000})) == [("length", Weight.SUPPORTING)]


def test_an_unset_length_states_nothing() -> None:
    assert told(make_clip(100, movie={"duration": 0}, track={"duration": 0, "presented": 0})) == []


def test_fragments_and_broken_clocks_state_nothing() -> None:
    assert declared_lengths(make_clip(100, movie={"fragments": (1, 2), "duration": 99_000})) == []
    assert declared_lengths(make_clip(100, movie={"timescale": 0})) == []


def test_an_empty_edit_counts_as_length() -> None:
    edits = (Edit(2000, -1, Fraction(1)), Edit(4000, 0, Fraction(1)))
    assert told(make_clip(100, track={"edits": edits, "presented": 6000}, movie={"duration": 6000})) == []


def test_other_containers_state_one_length() -> None:
    clip = make_clip(100, movie=None, clip={"duration": Fraction(7)})
    assert told(clip) == [("length", Weight.SUPPORTING)]
    assert declared_lengths(replace(clip, duration=None)) == []


def test_pictures_that_do_not_come_out() -> None:
    clip = make_clip(200)
    fewer = replace(clip, frames=frame_rows(clip.frames, slice(0, 150)))
    assert told(fewer) == [("decoded", Weight.SUPPORTING)]
    explained = replace(fewer, log=(DecodeNote(150, 150, "h264: error while decoding MB 1 1"),))
    (finding,) = found(explained)
    assert (finding.code, finding.weight) == ("decoded", Weight.SUPPORTING)
    assert "50 of them could not be decoded" in str(finding.claim)
    assert told(replace(fewer, headers=None)) == [("decoded", Weight.NEUTRAL)]


def test_two_fields_are_one_picture() -> None:
    fields = np.tile([1, 2], 50).astype(np.int8)
    clip = make_clip(100, headers={"field": fields})
    assert expected_frames(clip) == 50


def test_sound_of_another_length() -> None:
    assert told(shifted_sound(Fraction(0), Fraction(0))) == []
    assert told(shifted_sound(Fraction(0), Fraction(-3, 4))) == [("sound-length", Weight.NEUTRAL)]
    (end,) = found(shifted_sound(Fraction(0), Fraction(-3)))
    assert (end.code, end.weight, end.span.start) == ("sound-length", Weight.SUPPORTING, Fraction(8))
    (start,) = found(shifted_sound(Fraction(3), Fraction(0)))
    assert (start.code, start.weight, start.span.start) == ("sound-length", Weight.SUPPORTING, Fraction(0))


def test_an_extent_needs_times() -> None:
    clip = make_clip(10)
    unset = np.full(10, UNSET)
    assert extent(replace(clip.packets, pts=unset), Fraction(1, 12_800)) == extent(clip.packets, Fraction(1, 12_800))
    assert extent(replace(clip.packets, pts=unset, dts=unset), Fraction(1, 25)) is None


def test_runs_without_decoded_pictures_and_is_skipped_without_packets() -> None:
    clip = make_clip()
    assert told(replace(clip, frames=frame_rows(clip.frames, []))) == []
    nothing = replace(clip, stored=(rows(clip.packets, []),))
    assert run_check(CHECK, nothing)[0].outcome is Outcome.SKIPPED


def test_innocent_muxer_rounding() -> None:
    small = found(lacking(1))[0]
    assert status(small, "muxer-rounding") is Status.NOT_EXCLUDED
    assert status(found(lacking(50))[0], "muxer-rounding") is Status.EXCLUDED


def test_innocent_last_group() -> None:
    assert status(found(shifted_sound(Fraction(0), Fraction(-3, 4)))[0], "last-group") is Status.NOT_EXCLUDED
    assert status(found(shifted_sound(Fraction(0), Fraction(-3)))[0], "last-group") is Status.EXCLUDED


def test_innocent_power_loss() -> None:
    assert status(found(cut_off())[0], "power-loss") is Status.NOT_EXCLUDED
    assert status(found(lacking(50))[0], "power-loss") is Status.EXCLUDED
    assert status(found(shifted_sound(Fraction(0), Fraction(-3)))[0], "power-loss") is Status.NOT_TESTED


def test_innocent_unfinished_copy() -> None:
    assert status(found(cut_off())[0], "unfinished-copy") is Status.NOT_EXCLUDED
    clip = lacking(50)
    beyond = replace(clip, custody=replace(clip.custody, size=400_000))
    assert status(found(beyond)[0], "unfinished-copy") is Status.NOT_EXCLUDED


def test_innocent_dropped_pictures() -> None:
    assert status(found(lacking(50))[0], "dropped-pictures") is Status.NOT_EXCLUDED
    sound = shifted_sound(Fraction(0), Fraction(-3))
    assert status(found(sound)[0], "dropped-pictures") is Status.EXCLUDED
    assert status(found(replace(sound, container="avi"))[0], "dropped-pictures") is Status.NOT_EXCLUDED


def test_innocent_damage() -> None:
    clip = make_clip(200)
    fewer = replace(clip, frames=frame_rows(clip.frames, slice(0, 150)))
    assert status(found(fewer)[0], "damage") is Status.EXCLUDED
    logged = found(replace(fewer, log=(DecodeNote(150, 150, "h264: error while decoding MB 1 1"),)))[0]
    assert status(logged, "damage") is status(logged, "unfinished-copy") is Status.NOT_EXCLUDED
    assert status(logged, "dropped-pictures") is Status.EXCLUDED


def test_empty_places_of_an_avi_are_no_pictures(tmp_path: Path) -> None:
    """FFmpeg copies into AVI with the tick of the source: 24 places for each picture, 23 of them empty."""
    film = encode(tmp_path / "film.mp4", seconds=2, video_track_timescale=600)
    clip = measure(copy(film, tmp_path / "film.avi"))
    assert clip.stream.frames > len(clip.packets) == 50
    assert declared_pictures(clip) == 50
    assert found(clip) == []


def test_innocent_separate_sound() -> None:
    assert status(found(shifted_sound(Fraction(0), Fraction(-3)))[0], "separate-sound") is Status.NOT_EXCLUDED
    assert status(found(lacking(50))[0], "separate-sound") is Status.EXCLUDED


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("film.mp4", {"bf": 2}),
        ("film.mkv", {}),
        ("film.avi", {"vcodec": "mpeg4"}),
        ("film.ts", {}),
        ("frag.mp4", {"movflags": "frag_keyframe+empty_moov"}),
    ],
)
def test_an_encoded_film_is_silent_above_neutral(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    clip = measure(encode(tmp_path / name, sound=True, **options))
    assert [f.code for f in found(clip) if f.weight is not Weight.NEUTRAL] == []


def test_a_film_that_breaks_off(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", movflags="faststart")
    film.write_bytes(film.read_bytes()[:60_000])
    findings = {f.code: f for f in found(measure(film))}
    assert findings["truncated"].weight is Weight.SUPPORTING
    assert {f.weight for code, f in findings.items() if code != "truncated"} <= {Weight.NEUTRAL}
    assert status(findings["truncated"], "unfinished-copy") is Status.NOT_EXCLUDED


def test_untouched_devices_have_nothing_above_neutral(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        assert [f.code for f in found(clip) if f.weight is not Weight.NEUTRAL] == [], name


def test_every_sentence_can_be_said() -> None:
    for clip in (cut_off(), lacking(50), shifted_sound(Fraction(0), Fraction(-3))):
        for finding in found(clip):
            assert all("{" not in str(i.why) for i in finding.innocent)
            assert "{" not in str(finding.claim)
            assert str(finding.inference).startswith("In our assessment")
            assert "CLIP" in finding.reproduce

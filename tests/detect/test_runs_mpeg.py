"""stream-join in the older codecs: clocks inside MPEG-2, MPEG-4 part 2 and H.263 that do not go on with the stored pictures."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect.coded_runs import coded_breaks
from entirety.detect.encoder_runs import Break
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Status, Weight
from entirety.model.headers import MISSING, CodedHeaders, EmbeddedClock, EncoderNote
from read.headers.mpeg_films import film

FILMS = {
    "b.avi": ("-c:v", "mpeg4", "-g", "20", "-bf", "2"),
    "plain.avi": ("-c:v", "mpeg4", "-g", "20"),
    "packed.avi": ("-c:v", "libxvid", "-g", "20", "-bf", "2"),
    "b.mp4": ("-c:v", "mpeg4", "-g", "20", "-bf", "2"),
    "uneven.mp4": ("-vf", "select=between(mod(n\\,7)\\,1\\,4)", "-fps_mode", "vfr", "-c:v", "mpeg4", "-g", "20"),
    "open.ts": ("-c:v", "mpeg2video", "-g", "12", "-bf", "2"),
    "drop.ts": ("-r", "30000/1001", "-c:v", "mpeg2video", "-g", "15", "-bf", "2", "-gop_timecode", "00:00:58;00", "-drop_frame_timecode", "1"),
    "slow.ts": ("-r", "10", "-c:v", "mpeg2video", "-g", "10"),
    "one.mpg": ("-c:v", "mpeg1video", "-g", "12", "-bf", "2"),
    "h.3gp": ("-r", "15", "-c:v", "h263", "-g", "15"),
    "h.avi": ("-c:v", "h263", "-g", "15"),
}  # fmt: skip
CODES = {"picture-time", "group-time-code", "temporal-reference", "broken-link"}


def ffmpeg(folder: Path, *options: str) -> None:
    subprocess.run([FFMPEG, "-v", "error", "-y", "-nostdin", *options], check=True, timeout=60, cwd=folder)


def parts(source: Path) -> tuple[Path, Path]:
    """The beginning and the end of a film, split at key pictures; what lies between is left out."""
    ending, folder = source.suffix, source.parent
    options = ("-map", "0", "-c", "copy", "-f", "segment", "-segment_frames", "30,60", "-reset_timestamps", "1")
    ffmpeg(folder, "-i", source.name, *options, f"part%d{ending}")
    return folder / f"part0{ending}", folder / f"part2{ending}"


def listed(first: Path, second: Path) -> Path:
    (first.parent / "list.txt").write_text(f"file '{first.name}'\nfile '{second.name}'\n", encoding="utf-8")
    done = first.with_name(f"done{first.suffix}")
    ffmpeg(first.parent, "-f", "concat", "-safe", "0", "-i", "list.txt", "-map", "0", "-c", "copy", done.name)
    return done


def chained(first: Path, second: Path) -> Path:
    done = first.with_name(f"done{first.suffix}")
    done.write_bytes(first.read_bytes() + second.read_bytes())
    return done


def above_neutral(clip: Clip) -> list[Finding]:
    return [finding for finding in found(CHECK, clip) if finding.weight is not Weight.NEUTRAL]


@pytest.mark.parametrize("name", FILMS)
def test_films_are_silent_as_recorded_and_tell_the_cut_after_it(name: str, tmp_path: Path) -> None:
    made = film(tmp_path / name, *FILMS[name], seconds=8)
    assert found(CHECK, measure(made)) == []
    first, second = parts(made)
    (finding,) = above_neutral(measure(listed(first, second)))
    assert finding.code in CODES
    assert abs(finding.span.last - len(measure(first).frames)) <= 1
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED
    assert status(finding, "resolution-switch") is Status.EXCLUDED


def test_transport_streams_chained_byte_by_byte(tmp_path: Path) -> None:
    first, second = parts(film(tmp_path / "open.ts", *FILMS["open.ts"], seconds=8))
    (finding,) = above_neutral(measure(chained(first, second)))
    assert (finding.code, finding.weight) == ("group-time-code", Weight.STRONG)
    assert abs(finding.span.last - len(measure(first).frames)) <= 1


def test_innocent_lost_packets_in_a_transport_stream(tmp_path: Path) -> None:
    film(tmp_path / "open.ts", *FILMS["open.ts"], seconds=8)
    ffmpeg(tmp_path, "-i", "open.ts", "-c", "copy", "-bsf:v", "noise=drop=between(n\\,75\\,77)", "lossy.ts")
    told = found(CHECK, measure(tmp_path / "lossy.ts"))
    # The time code leaps with the file's clock, which is no break; that numbers are missing within the group is one, and a weak sign.
    assert [(finding.code, finding.weight) for finding in told] == [("temporal-reference", Weight.SUPPORTING)]
    assert status(told[0], "lost-packets") is Status.NOT_EXCLUDED


def test_another_film_with_other_matrices_is_told_as_settings(tmp_path: Path) -> None:
    plain = film(tmp_path / "plain.ts", "-c:v", "mpeg2video", "-g", "12", seconds=4)
    other = film(
        tmp_path / "other.ts", "-c:v", "mpeg2video", "-g", "12", "-intra_matrix", ",".join(["9"] * 64), seconds=4
    )
    codes = {finding.code: finding.weight for finding in above_neutral(measure(chained(plain, other)))}
    assert codes["parameter-sets"] is Weight.DIRECT


def test_corpus_clips_of_these_codecs_are_silent(corpus: Path) -> None:
    for name in ("video02.avi", "issue53_brightness_change.avi", "movie-hello.mpeg", "out16.mp4", "hmm.mp4"):
        assert found(CHECK, measure(corpus / "processed" / name)) == []


# --- columns written by hand ---------------------------------------------------------------------------------------------


def coded(n: int, **columns: Any) -> CodedHeaders:
    key = np.arange(n) % 10 == 0
    whole = {name: np.asarray(column, np.int32) for name, column in columns.items()}
    kind = np.where(key, 1, 2).astype(np.int8)
    return CodedHeaders("x", kind, key, np.full(n, 5, np.int16), whole, (), (), np.zeros(0, np.int64))


def mpeg4(times: Sequence[float] | np.ndarray[Any, Any], container: str = "mov,mp4", **packets: Any) -> Clip:
    """Pictures that state these times, in hundredths of a second; the file shows one each 1/25 s unless told otherwise."""
    ticks, n = np.round(np.asarray(times) * 100).astype(np.int64), len(times)
    whole = np.full(n, MISSING)
    headers = coded(
        n,
        time_base=ticks // 100,
        vop_time_increment=ticks % 100,
        vop_time_increment_resolution=np.full(n, 100),
        vop_coded=np.ones(n),
        vops=np.ones(n),
        broken_link=whole,
        temporal_reference=whole,
    )
    clip = make_clip(n, headers=None, packets=packets, clip={"coded": headers, "container": container})
    return replace(clip, streams=(replace(clip.stream, codec="mpeg4"),))


def breaks(clip: Clip) -> list[Break]:
    return [found for kind in coded_breaks(clip) for found in kind]


STEADY = np.arange(100) / 25


def signed(*notes: tuple[int, str]) -> Clip:
    clip = mpeg4(STEADY)
    assert clip.coded is not None
    texts = tuple(EncoderNote(row, "user_data", text) for row, text in notes)
    return replace(clip, coded=replace(clip.coded, notes=texts))


def test_another_encoder_signs_from_a_key_picture_on() -> None:
    (told,) = found(CHECK, signed((-1, "Lavc58.54.100"), (50, "Lavc60.31.102")))
    assert (told.code, told.weight, told.span.last) == ("encoder-note", Weight.DIRECT, 50)


def test_texts_that_name_no_encoder_or_change_all_the_time_are_no_signature() -> None:
    assert breaks(signed((-1, "2012-01-01 10:00"), (50, "2012-01-01 10:01"))) == []
    assert breaks(signed((-1, "XviD0064"), *((10 * k, f"Lavc58.{k}.1") for k in range(1, 9)))) == []


def test_a_leap_of_the_pictures_time_is_found() -> None:
    (told,) = breaks(mpeg4(np.where(np.arange(100) < 40, STEADY, STEADY + 3)))
    assert (told.code, told.row, told.before, told.after, told.weight) == (
        "picture-time",
        40,
        "0.040",
        "3.040",
        Weight.STRONG,
    )
    (finding,) = found(CHECK, mpeg4(np.where(np.arange(100) < 40, STEADY, STEADY + 3)))
    assert finding.weight is Weight.STRONG


def test_a_time_that_goes_back_is_found() -> None:
    (told,) = breaks(mpeg4(np.where(np.arange(100) < 40, STEADY, STEADY - 1.6)))
    assert (told.row, told.after) == (40, "-1.560")


def test_innocent_lost_packets_leap_in_both_clocks() -> None:
    late = np.where(np.arange(100) < 40, STEADY, STEADY + 3)
    ticks = np.round(late * 25).astype(np.int64) * TICKS
    assert breaks(mpeg4(late, pts=ticks, dts=ticks)) == []


def test_innocent_lost_packets_few_pictures_left_out_where_the_container_counts() -> None:
    few = np.where(np.arange(100) < 40, STEADY, STEADY + 0.2)
    (told,) = breaks(mpeg4(few, "avi"))
    assert told.weight is Weight.NEUTRAL


def test_pictures_left_out_again_and_again_are_a_habit() -> None:
    assert breaks(mpeg4(np.cumsum(np.where(np.arange(100) % 12 == 5, 0.6, 0.04)), "avi")) == []


def test_times_that_stand_still_or_follow_no_rule_say_nothing() -> None:
    assert breaks(mpeg4(np.zeros(100))) == []
    assert breaks(mpeg4(np.arange(100) * 37 % 91 / 10)) == []
    assert breaks(mpeg4(STEADY[:4])) == []


def mpeg2(stated: Sequence[int], group: int = 10, **columns: Any) -> Clip:
    """Groups of ten pictures in the order of showing, whose time codes are these numbers of pictures; times as a file has them."""
    n = group * len(stated)
    starts = np.arange(0, n, group)
    code = np.full(n, MISSING)
    code[starts] = [(k // 25) << 6 | 1 << 12 | k % 25 for k in stated]
    mark = np.full(n, MISSING)
    mark[starts] = 0
    given = {
        "temporal_reference": np.arange(n) % group,
        "time_code": code,
        "broken_link": mark,
        "fields": np.full(n, 2),
        **columns,
    }
    clock = EmbeddedClock("mpeg2-group", 0, starts, np.asarray(stated, np.int64), Fraction(1, 25), daily=True)
    clip = make_clip(
        n, group=group, headers=None, clip={"coded": coded(n, **given), "clocks": (clock,), "container": "mpegts"}
    )
    return replace(clip, streams=(replace(clip.stream, codec="mpeg2video"),))


def test_a_leap_of_the_group_time_code_is_found() -> None:
    (told,) = breaks(mpeg2([0, 10, 20, 30, 90, 100]))
    assert (told.code, told.row, told.before, told.after, told.regular) == ("group-time-code", 40, "10", "60", 4)
    assert told.details[0] == ("time code of the group", "00:00:01:05", "00:00:03:15")


@pytest.mark.parametrize(
    "stated", [[0] * 6, [0, 25, 50, 75, 100, 125], [0, 10, 0, 10, 0, 10], [7, 1, 300, 2, 9, 4], [0, 90]]
)
def test_time_codes_without_a_rule_say_nothing(stated: list[int]) -> None:
    assert breaks(mpeg2(stated)) == []


def test_time_codes_go_on_over_midnight() -> None:
    day = 86_400 * 25
    assert breaks(mpeg2([day - 30, day - 20, day - 10, 0, 10, 20])) == []


def test_time_codes_may_count_the_time_that_a_repeated_field_takes() -> None:
    fields = np.where(np.arange(60) % 2, 3, 2)
    assert breaks(mpeg2([0, 12, 25, 37, 50, 62], fields=fields)) == []
    assert breaks(mpeg2([0, 10, 20, 30, 40, 50], fields=fields)) == []


def test_an_encoder_that_counts_groups_is_a_weak_sign_only() -> None:
    clip = mpeg2([0, 10, 20, 30, 40, 50, 60])
    short = np.full(70, 2)
    short[33:40] = 0  # the headers of seven pictures are not there
    assert clip.coded is not None
    columns = {**clip.coded.columns, "fields": short.astype(np.int32)}
    times = np.arange(70) * TICKS - np.maximum(0, np.minimum(np.arange(70) - 33, 7)) * TICKS
    moved = replace(clip, coded=replace(clip.coded, columns=columns), stored=(replace(clip.packets, pts=times),))
    (told,) = [b for b in breaks(moved) if b.code == "group-time-code"]
    assert (told.row, told.weight) == (40, Weight.SUPPORTING)


def test_a_missing_number_within_a_group_is_found() -> None:
    numbers = np.arange(80) % 10
    numbers[37:40] += 2
    (told,) = breaks(mpeg2(list(range(0, 80, 10)), temporal_reference=numbers))
    assert (told.code, told.row, told.before, told.after, told.number) == ("temporal-reference", 37, "7", "9", True)


def test_a_number_stored_twice_is_found_and_many_are_a_habit() -> None:
    numbers = np.arange(80) % 10
    numbers[38] = 7
    assert [told.row for told in breaks(mpeg2(list(range(0, 80, 10)), temporal_reference=numbers))] == [38]
    numbers[8::10] = 7
    assert breaks(mpeg2(list(range(0, 80, 10)), temporal_reference=numbers)) == []


def test_the_mark_of_a_broken_link_is_told_in_the_middle_only() -> None:
    mark = np.full(80, MISSING)
    mark[::10] = 0
    mark[0] = 1
    assert breaks(mpeg2(list(range(0, 80, 10)), broken_link=mark)) == []
    mark[50] = 1
    (told,) = breaks(mpeg2(list(range(0, 80, 10)), broken_link=mark))
    assert (told.code, told.row) == ("broken-link", 50)
    mark[::10] = 1
    assert breaks(mpeg2(list(range(0, 80, 10)), broken_link=mark)) == []

"""writer-trace: what wrote the file last, never more than re-saved."""

import re
import shlex
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detect.clips import make_clip
from detect.films import FFMPEG, copy, encode
from entirety.detect import traces
from entirety.detect.run import run_check
from entirety.detect.writer_trace import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.container import Box
from entirety.model.finding import Confidence, Finding, Outcome, Status, Weight
from entirety.model.headers import EncoderNote
from entirety.read.box_trees import XMP, read_box_tree


def found(clip: Clip) -> list[Finding]:
    result, findings = run_check(CHECK, clip)
    assert result.outcome is Outcome.FOUND, result.reason
    return list(findings)


def told(clip: Clip) -> list[tuple[str, Weight]]:
    return [(f.code, f.weight) for f in found(clip)]


def status(finding: Finding, slug: str) -> Status:
    return next(i.status for i in finding.innocent if i.slug == slug)


def bare(**fields: Any) -> Clip:
    """A clip without any trace, and what is named on top."""
    clip = make_clip(10, track={"handler_name": ""}, clip={"tags": ()}, movie={"major_brand": "", "brands": ()})
    return replace(clip, streams=(replace(clip.stream, tags=fields.pop("stream_tags", ())),), **fields)


def tagged(*tags: tuple[str, str], **fields: Any) -> Clip:
    return bare(tags=tags, **fields)


def noted(text: str) -> Clip:
    note = EncoderNote(0, "dc45e9bde6d948b7962cd820d923eeef", text)
    return replace(bare(), headers=make_clip(10, headers={"notes": (note,)}).headers)


def handled(name: str) -> Clip:
    clip = bare()
    assert clip.movie is not None
    track = replace(clip.movie.tracks[0], handler_name=name)
    return replace(clip, movie=replace(clip.movie, tracks=(track,)))


def editor_and_ffmpeg() -> Clip:
    """What is left of a file from an editing program after FFmpeg copied it."""
    return replace(handled("Mainconcept Video Media Handler"), tags=(("encoder", "Lavf60"),))


def re_saved(clip: Clip) -> Finding:
    return next(f for f in found(clip) if f.code == "re-saved")


def test_no_trace_is_unknown_and_neutral() -> None:
    assert told(bare()) == [("unknown", Weight.NEUTRAL)]


def test_the_steady_clip_looks_like_a_phone() -> None:
    assert told(make_clip(10)) == [("device", Weight.NEUTRAL)]


def test_software_is_strong_and_named_with_what_it_was_known_by() -> None:
    finding = re_saved(tagged(("encoder", "Lavf60.16.100")))
    assert (finding.weight, finding.confidence) == (Weight.STRONG, Confidence.HIGH)
    assert "FFmpeg (libavformat)" in str(finding.claim)
    assert finding.measured[0].value == "Lavf60.16.100"
    assert finding.measured[0].threshold == "prefix Lavf"


@pytest.mark.parametrize(
    ("clip", "name"),
    [
        (tagged(("encoder", "HandBrake 1.6.1 2023012300")), "HandBrake"),
        (tagged(("software", "Lavf58.45.100")), "FFmpeg"),
        (tagged(("comment", "vid:v09044g40000c1a2b3")), "TikTok"),
        (bare(stream_tags=(("encoder", "Lavc61.19.100 libx264"),)), "libavcodec"),
        (bare(stream_tags=(("_STATISTICS_WRITING_APP", "mkvmerge v55.0.0"),)), "MKVToolNix"),
        (noted("x264 - core 164 r3095 - H.264/MPEG-4 AVC codec"), "x264"),
        (handled("#Mainconcept MP4 Video Media Handler"), "MainConcept"),
        (handled("ISO Media file produced by Google Inc."), "YouTube"),
        (handled("Twitter-vork muxer"), "Twitter"),
    ],
)
def test_known_software(clip: Clip, name: str) -> None:
    assert name in str(re_saved(clip).claim)


def test_all_signs_of_an_entry_must_hold() -> None:
    clip = bare()
    assert clip.movie is not None
    lavf = replace(clip.movie, major_brand="isom", minor_version=512, brands=("isom", "iso2", "avc1", "mp41"))
    assert told(replace(clip, movie=lavf)) == [("re-saved", Weight.STRONG)]
    assert told(replace(clip, movie=replace(lavf, minor_version=0))) == [("unknown", Weight.NEUTRAL)]


def test_numbers_in_the_headers_of_tracks_give_libavformat_away_under_any_brand() -> None:
    clip = bare()
    assert clip.movie is not None
    tracks = tuple(replace(t, handler="soun", flags=3, alternate_group=1) for t in clip.movie.tracks[:1])
    copied = replace(clip, movie=replace(clip.movie, tracks=tracks))
    assert "FFmpeg" in str(re_saved(copied).claim)
    assert re_saved(copied).confidence is Confidence.MEDIUM
    phone = tuple(replace(t, flags=7) for t in tracks)
    assert told(replace(clip, movie=replace(clip.movie, tracks=phone))) == [("unknown", Weight.NEUTRAL)]


def ordered(kinds: str, *extended: str) -> Clip:
    clip = bare()
    assert clip.movie is not None
    boxes = tuple(Box(kind, 0, 8, 8, 8, kind) for kind in kinds.split(","))
    return replace(clip, movie=replace(clip.movie, boxes=boxes, extended_types=extended))


def test_xmp_notes_before_the_media_are_an_editors_and_behind_it_may_be_a_cameras() -> None:
    assert "ExifTool" in str(re_saved(ordered("ftyp,moov,free,uuid,mdat", XMP)).claim)
    assert told(ordered("ftyp,mdat,moov,uuid", XMP)) == [("unknown", Weight.NEUTRAL)]
    assert told(ordered("ftyp,moov,uuid,mdat", "00" * 16)) == [("unknown", Weight.NEUTRAL)]


def test_youtube_puts_the_media_header_last() -> None:
    clip = bare()
    assert clip.movie is not None
    parts = tuple(Box(kind, 0, 8, 8, 8, f"moov/trak/mdia/minf/{kind}") for kind in ("dinf", "stbl", "vmhd"))
    last = Box("minf", 0, 32, 8, 32, "moov/trak[1]/mdia/minf", parts)
    assert "YouTube" in str(re_saved(replace(clip, movie=replace(clip.movie, boxes=(last,)))).claim)
    first = replace(last, children=(parts[2], *parts[:2]))
    assert told(replace(clip, movie=replace(clip.movie, boxes=(first,)))) == [("unknown", Weight.NEUTRAL)]


def test_a_trace_that_others_leave_too_is_never_more_than_a_remark() -> None:
    assert told(handled("Apple Video Media Handler")) == [("device", Weight.NEUTRAL)]


def test_device_and_software_are_told_apart() -> None:
    clip = tagged(("com.android.version", "12"), ("encoder", "Lavf60.16.100"))
    assert told(clip) == [("re-saved", Weight.STRONG), ("device", Weight.NEUTRAL)]


def test_hostile_texts_are_cut_and_bounded() -> None:
    clip = tagged(("encoder", "Lavf\x1b[2J\u202e" + "x" * 10**6))
    assert len(str(re_saved(clip).measured[0].value)) <= traces.MOST_TEXT
    assert "\x1b" not in str(re_saved(clip).measured[0].value)
    many = tuple(Box("free", k * 8, 8, 8, 8, f"x{k}") for k in range(traces.MOST_TRACES * 2))
    assert clip.movie is not None
    assert len(traces.traces(replace(clip, movie=replace(clip.movie, boxes=many)))) == traces.MOST_TRACES


def test_runs_without_any_input() -> None:
    assert CHECK.needs == ()
    assert told(replace(bare(), movie=None, headers=None)) == [("unknown", Weight.NEUTRAL)]


def test_innocent_messenger() -> None:
    assert status(re_saved(tagged(("encoder", "Lavf60"))), "messenger") is Status.NOT_EXCLUDED
    assert status(re_saved(handled("ISO Media file produced by Google Inc.")), "messenger") is Status.NOT_EXCLUDED
    assert status(re_saved(handled("Mainconcept Video Media Handler")), "messenger") is Status.EXCLUDED
    assert status(re_saved(editor_and_ffmpeg()), "messenger") is Status.NOT_EXCLUDED


def test_innocent_archive_or_cms() -> None:
    assert status(re_saved(tagged(("encoder", "HandBrake 1.6"))), "archive-or-cms") is Status.NOT_EXCLUDED
    assert status(re_saved(handled("Mainconcept Video Media Handler")), "archive-or-cms") is Status.EXCLUDED
    assert status(re_saved(editor_and_ffmpeg()), "archive-or-cms") is Status.NOT_EXCLUDED


def test_innocent_lossless_copy() -> None:
    assert status(re_saved(tagged(("encoder", "Lavf60"))), "lossless-copy") is Status.NOT_EXCLUDED
    assert status(re_saved(noted("x264 - core 164")), "lossless-copy") is Status.EXCLUDED
    assert status(re_saved(editor_and_ffmpeg()), "lossless-copy") is Status.NOT_EXCLUDED


def test_innocent_recorder_built_on_ffmpeg() -> None:
    assert status(re_saved(tagged(("encoder", "Lavf60"))), "recorder-built-on-ffmpeg") is Status.NOT_EXCLUDED
    assert status(re_saved(tagged(("encoder", "HandBrake 1"))), "recorder-built-on-ffmpeg") is Status.EXCLUDED


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_the_command_shows_every_trace(tmp_path: Path, name: str) -> None:
    film = encode(tmp_path / name, seconds=0.2)
    command = re_saved(measure(film)).reproduce.replace("CLIP", shlex.quote(str(film)))
    line = re.sub(r"\bffmpeg -", f"{shlex.quote(FFMPEG)} -", command)
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=True)
    printed = done.stdout + done.stderr
    assert b"Lavf" in printed
    assert b"x264 - core" in printed


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.mkv", "film.avi", "film.3gp"])
def test_a_film_from_ffmpeg(tmp_path: Path, name: str) -> None:
    assert "FFmpeg" in str(re_saved(measure(encode(tmp_path / name, seconds=0.2))).claim)


def test_a_copy_without_tags_still_has_the_brands(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", seconds=0.2, vcodec="mpeg4")
    clip = measure(copy(film, tmp_path / "copy.mp4", map_metadata=-1, fflags="+bitexact"))
    assert "FFmpeg" in str(re_saved(clip).claim)


def test_a_copy_with_a_brand_of_a_phone_is_known_by_its_track_headers(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", seconds=0.5, vcodec="mpeg4", acodec="aac", sound=True)
    clip = measure(copy(film, tmp_path / "copy.mp4", brand="mp42", map_metadata=-1, fflags="+bitexact"))
    assert clip.movie is not None
    assert clip.movie.major_brand == "mp42"
    assert "FFmpeg" in str(re_saved(clip).claim)


def test_untouched_devices_are_not_re_saved(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        assert told(clip) == [("device", Weight.NEUTRAL)], name


def published(archive: Path, folder: str) -> Iterator[Clip]:
    """Clips with the structure of one folder of the EVA-7K set and nothing else."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.startswith(folder) and (file := tar.extractfile(member)) is not None:
                yield replace(bare(), movie=read_box_tree(file.read()))


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("Containers/non-SN/native/", "device"),
        ("Containers/non-SN/premiere/", "re-saved"),
        ("Containers/non-SN/avidemux/", "re-saved"),
        ("Containers/non-SN/ffmpeg1/", "re-saved"),
        ("Containers/Facebook/native/", "re-saved"),
        ("Containers/Tiktok/native/", "re-saved"),
        ("Containers/Weibo/native/", "re-saved"),
        ("Containers/Youtube/native/", "re-saved"),
    ],
)
def test_phones_and_what_rewrote_their_files(corpus: Path, folder: str, code: str) -> None:
    archive = corpus / "containers" / "eva7k-24-devices.tar.gz"
    codes = Counter(found(clip)[0].code for clip in published(archive, folder))
    assert codes.total() == 96
    if code == "device":
        assert codes["re-saved"] == 0, codes
        assert codes["device"] == 92, codes
    else:
        assert codes == {"re-saved": 96}


def test_every_sentence_can_be_said() -> None:
    for clip in (bare(), make_clip(10), tagged(("encoder", "Lavf60")), noted("x264 - core")):
        for finding in found(clip):
            assert all("{" not in str(i.why) for i in finding.innocent)
            assert "{" not in str(finding.claim)
            assert str(finding.inference).startswith("In our assessment")
            assert "CLIP" in finding.reproduce

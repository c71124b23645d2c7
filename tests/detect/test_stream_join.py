"""stream-join: settings, signatures and running numbers that change or break inside an H.264 stream."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import SPS_FACTS, TICKS, make_clip, make_headers, rows
from detect.expectations import found, status
from detect.films import FFMPEG, copy, encode, with_edits
from detect.joins import append
from entirety.detect.run import run_check
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.headers import EncoderNote, ParameterSet

X264 = "dc45e9bde6d948b7962cd820d923eeef"
PPS_FACTS = (
    ("pic_parameter_set_id", 0),
    ("seq_parameter_set_id", 0),
    ("pic_init_qp", 26),
    ("entropy_coding_mode_flag", 1),
)


def sps(packet: int, **facts: int) -> ParameterSet:
    """The steady SPS with some fields changed, as packet `packet` brings it."""
    changed = tuple((name, facts.get(name, value)) for name, value in SPS_FACTS)
    return ParameterSet("sps", 0, packet, b"\x67" + repr(changed).encode(), changed)


def pps(packet: int, **facts: int) -> ParameterSet:
    changed = tuple((name, facts.get(name, value)) for name, value in PPS_FACTS)
    return ParameterSet("pps", 0, packet, b"\x68" + repr(changed).encode(), changed)


def with_sets(*sets: ParameterSet, n: int = 250, **changes: Any) -> Clip:
    return make_clip(n, headers={"parameter_sets": sets}, **changes)


def numbered(numbers: Sequence[int], **changes: Any) -> Clip:
    """Ten groups of 25 pictures whose key pictures carry these numbers."""
    column = np.full(len(numbers) * 25, -1, np.int32)
    column[::25] = numbers
    return make_clip(len(column), headers={"idr_pic_id": column}, **changes)


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(500)) == []


def test_other_settings_are_direct() -> None:
    clip = with_sets(sps(-1), pps(-1), sps(125, profile_idc=100, pic_order_cnt_type=0))
    finding = one(clip)
    assert (finding.code, finding.weight) == ("parameter-sets", Weight.DIRECT)
    assert (finding.span.first, finding.span.last, float(finding.span.end)) == (124, 125, 5.0)
    assert finding.span.byte_ranges == ((int(clip.packets.position[125]), int(clip.packets.position[125] + 20_000)),)
    assert str(finding.claim) == "From 00:00:05.000 on the picture is coded with other settings; 2 of them differ."
    assert [(m.name, m.value, m.threshold) for m in finding.measured[2:]] == [
        ("profile_idc, before -> after", "66 -> 100", None),
        ("pic_order_cnt_type, before -> after", "2 -> 0", None),
    ]
    assert finding.stills == (124, 125)


def test_fields_that_a_set_leaves_out_are_not_stated_and_a_dozen_fields_are_printed() -> None:
    finding = one(with_sets(sps(-1), pps(-1), sps(125, sar_width=4)))
    assert str(finding.claim).endswith("other settings; one of them differs.")
    assert finding.measured[2].value == "not stated -> 4"
    more = tuple((f"field_{k}", k) for k in range(20))
    first, second = (ParameterSet("pps", 0, n, bytes((n + 1,)), tuple((f, v + n) for f, v in more)) for n in (0, 125))
    finding = one(with_sets(sps(-1), replace(first, packet=-1), second))
    assert "20 of them differ" in str(finding.claim)
    assert len(finding.measured) == 14


def test_the_same_settings_again_are_nothing() -> None:
    assert found(CHECK, with_sets(sps(-1), pps(-1), sps(125), pps(125))) == []


def test_settings_that_come_with_the_first_packet_are_nothing() -> None:
    assert found(CHECK, with_sets(sps(-1), sps(0, profile_idc=100))) == []


def test_settings_that_cannot_be_read_say_nothing() -> None:
    assert found(CHECK, with_sets(sps(-1), replace(sps(125, profile_idc=100), facts=()))) == []


def test_sps_of_a_new_number() -> None:
    other = replace(sps(125, profile_idc=100), number=1)
    assert one(with_sets(sps(-1), other)).weight is Weight.DIRECT


def test_quantiser_of_a_pps_is_supporting_and_coding_is_strong() -> None:
    assert one(with_sets(sps(-1), pps(-1), pps(125, pic_init_qp=30))).weight is Weight.SUPPORTING
    assert one(with_sets(sps(-1), pps(-1), pps(125, entropy_coding_mode_flag=0))).weight is Weight.STRONG


def test_change_that_is_not_read_in_detail_is_strong() -> None:
    same = replace(sps(125), payload=b"\x67 other bytes")
    finding = one(with_sets(sps(-1), same))
    assert finding.weight is Weight.STRONG
    assert "could not be read" in str(finding.claim)
    assert finding.measured[2].name == "sps 0, first bytes, before -> after"


def test_second_signature_is_direct() -> None:
    texts = [f"x264 - core {build} - H.264/MPEG-4 AVC codec - options: crf=23" for build in (155, 164)]
    notes = (EncoderNote(0, X264, texts[0]), EncoderNote(125, X264, texts[1]))
    finding = one(make_clip(250, headers={"notes": notes}))
    assert (finding.code, finding.weight, finding.span.last) == ("encoder-note", Weight.DIRECT, 125)
    assert str(finding.claim) == (
        "At 00:00:05.000 an encoder signed the stream anew: x264 - core 164. Signature before: x264 - core 155."
    )
    assert finding.measured[2].value == " -> ".join(texts)


def test_first_signature_in_the_middle_is_direct() -> None:
    assert one(make_clip(250, headers={"notes": (EncoderNote(125, X264, "x264 - core 164"),)})).code == "encoder-note"


def test_data_of_a_camera_is_no_signature() -> None:
    clock = tuple(EncoderNote(k, "ab" * 16, f"2024-05-14T13:32:{k:02d}Z") for k in range(3))
    every = tuple(EncoderNote(k, "cd" * 16, f"camera position number {k}") for k in range(50))
    assert found(CHECK, make_clip(250, headers={"notes": clock + every})) == []


def test_broken_rule_of_key_picture_numbers_is_direct() -> None:
    finding = one(numbered([0, 1, 0, 1, 0, 0, 1, 0, 1, 0]))
    assert (finding.code, finding.weight) == ("idr-pic-id", Weight.DIRECT)
    assert (finding.span.first, finding.span.last) == (124, 125)
    assert "kept in 8 of 9 steps" in str(finding.claim)
    assert str(finding.claim).endswith("number 0 is followed by number 0, where another was due.")
    assert "consistent with pictures that are not in this file, with parts put together here" in str(finding.inference)
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED


def test_key_picture_numbers_that_skip_four_are_direct() -> None:
    finding = one(numbered([0, 1, 2, 3, 4, 9, 10, 11, 12, 13]))
    assert "number 4 is followed by number 9" in str(finding.claim)


def test_broken_rule_over_a_gap_in_time_is_strong() -> None:
    times = np.arange(250, dtype=np.int64) * TICKS + (np.arange(250) >= 125) * 50 * TICKS
    clip = numbered([0, 1, 0, 1, 0, 0, 1, 0, 1, 0], packets={"pts": times, "dts": times}, pts=times)
    assert one(clip).weight is Weight.STRONG


@pytest.mark.parametrize("container", ["avi", "h264"])
def test_times_that_are_counted_and_not_stored_make_no_direct_trace(container: str) -> None:
    clip = numbered([0, 1, 0, 1, 0, 0, 1, 0, 1, 0], movie=None, clip={"container": container})
    assert one(clip).weight is Weight.STRONG


def test_short_rule_is_strong() -> None:
    assert one(numbered([0, 1, 0, 0, 1, 0, 1])).weight is Weight.STRONG


@pytest.mark.parametrize(
    "numbers", [[0] * 10, [7] * 10, [0, 3, 9, 1, 4, 4, 8, 2, 5, 6], list(range(10)), [5, 6, 7, 0, 1, 2, 3, 4, 5, 6]]
)
def test_numbers_without_a_broken_rule_are_silent(numbers: list[int]) -> None:
    assert found(CHECK, numbered(numbers)) == []


def test_missing_picture_number() -> None:
    headers = make_headers(250, 125)
    number = headers.frame_num.copy()
    number[60:125] = (number[60:125] + 7) % 16
    finding = one(make_clip(250, group=125, headers={"frame_num": number}))
    assert (finding.code, finding.weight, finding.span.last) == ("frame-num", Weight.STRONG, 60)
    assert "consistent with pictures that are not in this file, with parts put together here" in str(finding.inference)


def test_pictures_that_nobody_refers_to_share_a_number() -> None:
    reference = np.arange(250) % 3 != 2
    reference[::25] = True
    number = np.zeros(250, np.int32)
    for row in range(250):
        number[row] = 0 if row % 25 == 0 else (number[row - 1] + int(reference[row - 1])) % 16
    assert found(CHECK, make_clip(250, headers={"frame_num": number, "reference": reference})) == []


def test_fields_share_the_number_of_their_frame() -> None:
    pair = (np.arange(250) % 50) // 2
    field = (1 + np.arange(250) % 2).astype(np.int8)
    assert (
        found(CHECK, make_clip(250, group=50, headers={"frame_num": (pair % 16).astype(np.int32), "field": field}))
        == []
    )


def test_numbers_after_headers_that_could_not_be_read_say_nothing() -> None:
    headers = make_headers(250, 250)
    number = headers.frame_num.copy()
    number[60:] = (number[60:] + 5) % 16
    number[60] = -1
    clip = make_clip(250, group=250, headers={"frame_num": number, "unreadable": np.array([60])})
    assert found(CHECK, clip) == []


@pytest.mark.parametrize(("number", "resets", "codes"), [(1, [59], []), (1, [], ["frame-num"]), (0, [], ["frame-num"])])
def test_reset_of_all_numbers_is_no_break_where_the_stream_says_so(
    number: int, resets: list[int], codes: list[str]
) -> None:
    column = make_headers(250, 125).frame_num.copy()
    column[60:125] = (np.arange(65) + number) % 16
    headers = {"frame_num": column, "resets": np.array(resets, np.int64)}
    assert [f.code for f in found(CHECK, make_clip(250, group=125, headers=headers))] == codes


def test_gaps_that_the_encoder_allows_are_nothing() -> None:
    number = make_headers(250, 125).frame_num.copy()
    number[60:125] = (number[60:125] + 7) % 16
    allowed = replace(sps(-1), facts=(*SPS_FACTS, ("gaps_in_frame_num_value_allowed_flag", 1)))
    assert found(CHECK, with_sets(allowed, group=125)) == []
    clip = make_clip(250, group=125, headers={"frame_num": number, "parameter_sets": (allowed,)})
    assert found(CHECK, clip) == []
    forbidden = replace(sps(-1), facts=(*SPS_FACTS, ("gaps_in_frame_num_value_allowed_flag", 0)))
    clip = make_clip(250, group=125, headers={"frame_num": number, "parameter_sets": (forbidden,)})
    assert one(clip).code == "frame-num"


def described(first: str = "avc1", second: str = "avc1", *, sets: Sequence[ParameterSet] = (), **changes: Any) -> Clip:
    """A clip whose second half belongs to another entry of the list of settings."""
    entry = (1 + np.arange(250) // 125).astype(np.int32)
    headers = {"parameter_sets": sets, **changes.pop("headers", {})} if sets else changes.pop("headers", {})
    return make_clip(
        250, samples={"description": entry}, track={"descriptions": (first, second)}, headers=headers, **changes
    )


def test_another_entry_of_settings_is_told_once_and_weighs_as_they_differ() -> None:
    finding = one(described(sets=(sps(-1), pps(-1), sps(125, profile_idc=100), pps(125, entropy_coding_mode_flag=0))))
    assert (finding.code, finding.weight) == ("sample-description", Weight.DIRECT)
    assert (finding.span.first, finding.span.last) == (124, 125)
    assert "from entry 1 (avc1)" in str(finding.claim)
    assert "to entry 2 (avc1); 2 of the settings differ." in str(finding.claim)
    assert [m.value for m in finding.measured[2:]] == ["66 -> 100", "1 -> 0"]
    small = one(described(sets=(sps(-1), sps(125, width=160, level_idc=20))))
    assert (small.weight, status(small, "resolution-switch")) == (Weight.STRONG, Status.NOT_EXCLUDED)
    same = one(described())
    assert (same.weight, status(same, "resolution-switch")) == (Weight.STRONG, Status.NOT_TESTED)


def test_another_entry_is_told_for_other_codecs_and_for_pictures_the_library_leaves_out() -> None:
    clip = replace(described(), headers=None)
    assert one(clip).code == "sample-description"
    left_out = replace(clip, stored=(rows(clip.packets, slice(0, 125)),), shown=(rows(clip.packets, slice(0, 125)),))
    assert one(left_out).span.byte_ranges == (
        (int(clip.packets.position[124]), int(clip.packets.position[124] + clip.packets.size[124])),
    )


def test_numbers_are_not_compared_where_settings_change_or_were_not_read() -> None:
    number = make_headers(250, 250).frame_num.copy()
    number[125:] = (number[125:] + 7) % 16
    assert one(described(group=250, headers={"frame_num": number})).code == "sample-description"
    number[125:] = np.arange(125) * 5 % 16
    kinds = [f.code for f in found(CHECK, described("avc1", "avc3", group=250, headers={"frame_num": number}))]
    assert kinds == ["sample-description"]
    fragmented = described(group=250, headers={"frame_num": number}, movie={"fragments": (1, 2)})
    assert [f.code for f in found(CHECK, fragmented)] == ["sample-description"]


def test_entries_that_alternate_are_a_habit() -> None:
    entry = (1 + np.arange(250) // 25 % 2).astype(np.int32)
    clip = make_clip(250, samples={"description": entry}, track={"descriptions": ("avc1", "avc1")})
    assert [(f.code, f.weight) for f in found(CHECK, clip)] == [("sample-description", Weight.NEUTRAL)]


def test_innocent_clear_lead() -> None:
    finding = one(described("avc1", "encv"))
    assert (finding.weight, status(finding, "clear-lead")) == (Weight.SUPPORTING, Status.NOT_EXCLUDED)
    assert status(one(described()), "clear-lead") is Status.EXCLUDED


def test_innocent_recorder_reconnect() -> None:
    finding = one(with_sets(sps(-1), sps(125, profile_idc=100)))
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED


def test_innocent_encoder_restart() -> None:
    notes = (EncoderNote(0, X264, "x264 - core 155"), EncoderNote(125, X264, "x264 - core 164"))
    assert status(one(make_clip(250, headers={"notes": notes})), "encoder-restart") is Status.NOT_EXCLUDED


def test_innocent_resolution_switch() -> None:
    finding = one(with_sets(sps(-1), sps(125, width=160, height=120, level_idc=20)))
    assert finding.weight is Weight.STRONG
    assert status(finding, "resolution-switch") is Status.NOT_EXCLUDED
    other = one(with_sets(sps(-1), sps(125, width=160, profile_idc=100)))
    assert other.weight is Weight.DIRECT
    assert status(other, "resolution-switch") is Status.EXCLUDED


def test_innocent_lost_packets() -> None:
    number = make_headers(2000, 2000).frame_num.copy()
    for row in range(100, 2000, 100):
        number[row:] = (number[row:] + 5) % 16
    finding = one(make_clip(2000, group=2000, headers={"frame_num": number}))
    assert (finding.weight, finding.measured[1].value) == (Weight.NEUTRAL, 19)
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED
    assert status(one(with_sets(sps(-1), sps(125, profile_idc=100))), "lost-packets") is Status.EXCLUDED


def test_innocent_non_conforming_encoder() -> None:
    sets = [sps(25 * k, profile_idc=66 + 11 * (k % 2)) for k in range(10)]
    finding = one(with_sets(*sets))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "non-conforming-encoder") is Status.NOT_EXCLUDED
    assert found(CHECK, numbered([0] * 10)) == []


def repeated(*, crowded: bool) -> Clip:
    """Ten groups; the sixth repeats the fifth byte for byte, at one moment or played again."""
    times = np.arange(250, dtype=np.int64) * TICKS
    if crowded:
        times[125:150] = times[125]
        times[150:] -= 24 * TICKS
    clip = numbered([0, 1, 0, 1, 0, 0, 1, 0, 1, 0], packets={"pts": times, "dts": times}, pts=times)
    hashes = clip.packets.sha256.copy()
    hashes[125:150] = hashes[100:125]
    stored = replace(clip.packets, sha256=hashes)
    return replace(clip, stored=(stored,), shown=(stored,))


def test_innocent_remux_of_edit_list() -> None:
    finding = one(repeated(crowded=True))
    assert (finding.code, finding.weight, finding.span.last) == ("stored-twice", Weight.NEUTRAL, 125)
    assert str(finding.claim).endswith("Pictures: 25.")
    assert status(finding, "remux-of-edit-list") is Status.NOT_EXCLUDED
    assert status(finding, "lost-packets") is Status.EXCLUDED
    again = one(repeated(crowded=False))  # a loop takes its time, and no converter makes it
    assert (again.code, again.weight) == ("idr-pic-id", Weight.DIRECT)
    assert status(again, "remux-of-edit-list") is Status.EXCLUDED


def converted(source: Path, path: Path) -> Path:
    """All of the source in another container; a seek, even to 0, would leave out what the edit list counts twice."""
    ffmpeg.input(str(source)).output(str(path), c="copy").run(cmd=FFMPEG, quiet=True)
    return path


@pytest.mark.parametrize("name", ["copy.mkv", "copy.ts", "copy.avi"])
@pytest.mark.parametrize(
    "edits", [[(3000, 0), (4000, 3 * 12_800 + 5 * 512)], [(40, 0), (7000, 5 * 512)]], ids=["one picture", "pre-roll"]
)
def test_real_copy_of_a_film_with_an_edit_list_is_no_join(
    tmp_path: Path, edits: list[tuple[int, int]], name: str
) -> None:
    film = encode(tmp_path / "film.mp4", g=25, seconds=8, sc_threshold=0)
    listed = with_edits(film, tmp_path / "listed.mp4", edits)
    findings = found(CHECK, measure(converted(listed, tmp_path / name)))
    assert {(f.code, f.weight) for f in findings} == {("stored-twice", Weight.NEUTRAL)}


def test_real_copy_of_a_recording_of_the_corpus_is_no_join(corpus: Path, tmp_path: Path) -> None:
    finding = one(measure(converted(corpus / "device" / "c.mov", tmp_path / "copy.mkv")))
    assert (finding.code, finding.weight) == ("stored-twice", Weight.NEUTRAL)


def test_innocent_damage() -> None:
    clip, corrupt = make_clip(150), np.arange(150) >= 75
    finding = one(replace(clip, frames=replace(clip.frames, corrupt=corrupt)))
    assert (finding.code, finding.weight) == ("unfit-settings", Weight.STRONG)
    assert status(finding, "damage") is Status.NOT_EXCLUDED
    within = replace(clip, frames=replace(clip.frames, corrupt=np.arange(150) >= 80))
    assert not run_check(CHECK, within)[1], "damage that begins within a group is damage"


def test_skipped_for_other_codecs() -> None:
    clip = make_clip(headers=None)
    clip = replace(clip, streams=(replace(clip.streams[0], codec="prores"),))
    result, findings = run_check(CHECK, clip)
    assert (result.outcome, findings) == (Outcome.SKIPPED, ())
    assert "No reader for the headers of prores video" in str(result.reason)


def join(parts: Sequence[Path], path: Path) -> Path:
    """Stream copy of the parts one after the other, through the transport stream form."""
    sources = [copy(part, part.with_suffix(".ts")) for part in parts]
    ffmpeg.input("concat:" + "|".join(map(str, sources))).output(str(path), c="copy").run(cmd=FFMPEG, quiet=True)
    return path


def test_real_join_of_two_encoders(tmp_path: Path) -> None:
    first = encode(tmp_path / "a.mp4", seconds=3, profile="baseline")
    second = encode(tmp_path / "b.mp4", seconds=3, profile="high", crf=35)
    findings = found(CHECK, measure(join([first, second], tmp_path / "joined.mp4")))
    assert [(f.code, f.weight, f.span.last) for f in findings] == [
        ("parameter-sets", Weight.DIRECT, 75),
        ("encoder-note", Weight.DIRECT, 75),
    ]


def test_real_recordings_appended_with_their_own_entries(tmp_path: Path) -> None:
    first = encode(tmp_path / "a.mp4", seconds=3, profile="baseline")
    cases: tuple[tuple[dict[str, Any], Weight], ...] = (
        ({"profile": "high", "refs": 5, "g": 20}, Weight.DIRECT),
        ({"profile": "baseline", "size": "320x240"}, Weight.STRONG),
        ({"profile": "baseline"}, Weight.STRONG),
    )
    for options, weight in cases:
        second = encode(tmp_path / "b.mp4", seconds=3, **options)
        clip = measure(append(first, second, tmp_path / "appended.mp4"))
        finding = found(CHECK, clip)[0]
        assert (finding.code, finding.weight, finding.span.last) == ("sample-description", weight, 75)
        assert clip.headers is not None
        assert (len(clip.packets), len(clip.headers.unreadable)) == (150, 0)
        assert {f.code for f in found(CHECK, clip)} <= {"sample-description", "encoder-note"}


def test_real_part_of_another_kind_of_entry(tmp_path: Path) -> None:
    film = encode(tmp_path / "a.mp4", seconds=3)
    clip = measure(append(film, film, tmp_path / "appended.mp4", b"avc3"))
    assert len(clip.packets) == 75  # the library leaves the second part out
    finding = one(clip)
    assert (finding.code, finding.weight, finding.span.last) == ("sample-description", Weight.STRONG, 74)


def test_real_cut_by_stream_copy(tmp_path: Path) -> None:
    whole = encode(tmp_path / "whole.mp4", seconds=13, g=25, sc_threshold=0)
    parts = [copy(whole, tmp_path / "a.mp4", seconds=5), copy(whole, tmp_path / "b.mp4", start=8)]
    finding = one(measure(join(parts, tmp_path / "cut.mp4")))
    assert (finding.code, finding.weight, finding.span.last) == ("idr-pic-id", Weight.DIRECT, 125)


@pytest.mark.parametrize("options", [{}, {"bf": 3, "g": 12}, {"x264-params": "open-gop=1:keyint=20"}, {"x264-params": "slices=4:keyint=10"},
                                     {"flags": "+ildct+ilme", "g": 20}, {"x264-params": "repeat-headers=1:keyint=10:bframes=3:b-pyramid=2"}])  # fmt: skip
@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_real_untouched_films_are_silent(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    assert found(CHECK, measure(encode(tmp_path / name, seconds=4, **options))) == []


@pytest.mark.parametrize("folder", ["device", "processed"])
def test_corpus_is_silent(corpus: Path, folder: str) -> None:
    names = (
        ["hero7.mp4", "train.mov"] if folder == "device" else ["traffic_camera.mp4", "frag-buck-bunny.mp4", "edts.mp4"]
    )
    for name in names:
        assert found(CHECK, measure(corpus / folder / name)) == [], name

"""stream-join: settings, signatures and running numbers that change or break inside an H.264 stream."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import SPS_FACTS, TICKS, make_clip, make_headers
from detect.expectations import found, status
from detect.films import FFMPEG, copy, encode
from entirety.detect.run import run_check
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.h264 import EncoderNote, ParameterSet

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
    assert "profile_idc 66" in str(finding.claim)
    assert "profile_idc 100" in str(finding.claim)
    assert finding.stills == (124, 125)


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
    assert one(with_sets(sps(-1), same)).weight is Weight.STRONG


def test_second_signature_is_direct() -> None:
    notes = (EncoderNote(0, X264, "x264 - core 155 crf=23"), EncoderNote(125, X264, "x264 - core 164 crf=28"))
    finding = one(make_clip(250, headers={"notes": notes}))
    assert (finding.code, finding.weight, finding.span.last) == ("encoder-note", Weight.DIRECT, 125)
    assert "core 164" in str(finding.claim)


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
    assert "8 of 9 steps" in str(finding.claim)
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED


def test_key_picture_numbers_that_skip_four_are_direct() -> None:
    finding = one(numbered([0, 1, 2, 3, 4, 9, 10, 11, 12, 13]))
    assert "number 4 is followed by number 9" in str(finding.claim)


def test_broken_rule_over_a_gap_in_time_is_strong() -> None:
    times = np.arange(250, dtype=np.int64) * TICKS + (np.arange(250) >= 125) * 50 * TICKS
    clip = numbered([0, 1, 0, 1, 0, 0, 1, 0, 1, 0], packets={"pts": times, "dts": times}, pts=times)
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
    assert (finding.weight, finding.measured[2].value) == (Weight.NEUTRAL, 17)  # 2 of 19 land on 0 or 1
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED
    assert status(one(with_sets(sps(-1), sps(125, profile_idc=100))), "lost-packets") is Status.EXCLUDED


def test_innocent_non_conforming_encoder() -> None:
    sets = [sps(25 * k, profile_idc=66 + 11 * (k % 2)) for k in range(10)]
    finding = one(with_sets(*sets))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "non-conforming-encoder") is Status.NOT_EXCLUDED
    assert found(CHECK, numbered([0] * 10)) == []


def test_skipped_for_other_codecs() -> None:
    clip = make_clip(headers=None)
    clip = replace(clip, streams=(replace(clip.streams[0], codec="hevc"),))
    result, findings = run_check(CHECK, clip)
    assert (result.outcome, findings) == (Outcome.SKIPPED, ())
    assert "hevc video are not read yet" in str(result.reason)


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

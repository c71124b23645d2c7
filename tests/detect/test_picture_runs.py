"""Where one run of an encoder ends in VP8, VP9 and AV1."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import make_clip
from detect.expectations import found
from detect.films import FFMPEG, copy
from entirety.detect.coded_runs import coded_breaks
from entirety.detect.encoder_runs import Break
from entirety.detect.picture_runs import order_hints, switches, unfilled
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders, ParameterSet

N = 100
SEQUENCE = ParameterSet("sequence", 0, 0, b"sequence", (("OrderHintBits", 7), ("width", 320), ("height", 240)))


def coded(codec: str, **columns: Any) -> Clip:
    """A steady stream of this codec with a key picture every 25; whatever is named replaces the steady column."""
    key = np.arange(N) % 25 == 0
    plain = {
        "width": np.full(N, 320),
        "height": np.full(N, 240),
        "show_existing_frame": np.zeros(N),
        "error_resilient_mode": np.zeros(N),
        "frame_parallel_decoding_mode": np.ones(N),
        "log2_nbr_of_dct_partitions": np.zeros(N),
        "refresh_frame_flags": np.where(key, 255, 1),
        "references": np.where(key, 0, 7),
        "order_hint": np.arange(N) % 128,
    }
    every = {name: np.asarray(column, np.int32) for name, column in {**plain, **columns}.items()}
    kind, quantiser = np.where(key, 1, 2).astype(np.int8), np.full(N, 60, np.int16)
    said = CodedHeaders(codec, kind, key, quantiser, every, (SEQUENCE,), (), np.zeros(0, np.int64))
    clip = make_clip(N, headers=None)
    return replace(clip, coded=said, streams=(replace(clip.streams[0], codec=codec),))


def flat(kinds: Any) -> list[Break]:
    return [one for kind in kinds for one in kind]


def headers(clip: Clip) -> CodedHeaders:
    assert clip.coded is not None
    return clip.coded


def from_row(row: int, value: int, before: int = 0) -> Any:
    return np.where(np.arange(N) >= row, value, before)


def test_steady_streams_are_silent() -> None:
    assert flat(coded_breaks(coded("vp8"))) == []
    assert flat(coded_breaks(coded("vp9"))) == []
    assert flat(coded_breaks(coded("av1"))) == []
    assert [found(CHECK, coded(codec)) for codec in ("vp8", "vp9", "av1")] == [[], [], []]


def test_another_number_of_partitions_is_another_run() -> None:
    clip = coded("vp8", log2_nbr_of_dct_partitions=from_row(50, 2))
    (one,) = flat(coded_breaks(clip))
    assert (one.row, one.before, one.after, one.weight) == (50, "1 partition", "4 partitions", Weight.STRONG)
    (finding,) = found(CHECK, clip)
    assert (
        str(finding.claim)
        == "From 00:00:02.000 on the pictures are coded in another way than those before it (see the table)."
    )


def test_what_goes_with_another_size_is_left_to_format_change() -> None:
    clip = coded("vp8", log2_nbr_of_dct_partitions=from_row(50, 2), width=from_row(50, 640, 320))
    assert flat(coded_breaks(clip)) == []


def test_resilience_is_compared_between_pictures_coded_from_others() -> None:
    (one,) = flat(coded_breaks(coded("vp9", error_resilient_mode=from_row(50, 1))))
    assert one.row == 51  # row 50 is a key picture
    (one,) = flat(coded_breaks(coded("av1", error_resilient_mode=from_row(50, 1))))
    assert one.row == 51


def test_a_setting_that_comes_and_goes_is_not_fixed() -> None:
    assert switches((np.arange(N) // 10 % 2).astype(np.int32), np.arange(N)) == []
    assert switches(from_row(N - 3, 1), np.arange(N)) == []
    assert switches(from_row(40, 1), np.arange(N)) == [40]


def test_order_hints_that_jump_are_a_break() -> None:
    hints = np.arange(N) + from_row(50, 37)
    clip = coded("av1", order_hint=hints % 128)
    (one,) = order_hints(clip, headers(clip))
    assert (one.row, one.before, one.after, one.regular) == (50, "50", "87", 98)
    assert one.weight is Weight.STRONG
    assert one.number


def test_order_hints_that_begin_anew_at_every_key_picture_are_silent() -> None:
    clip = coded("av1", order_hint=np.arange(N) % 25)
    assert list(order_hints(clip, headers(clip))) == []


def test_one_beginning_among_few_key_pictures_that_count_on_says_nothing() -> None:
    clip = coded("av1", order_hint=(np.arange(N) - from_row(50, 50)) % 128)
    assert list(order_hints(clip, headers(clip))) == []


def test_numbers_without_a_rule_say_nothing() -> None:
    clip = coded("av1", order_hint=np.arange(N) * 3 % 128)
    assert list(order_hints(clip, headers(clip))) == []


def test_a_stream_taken_up_in_the_middle_is_a_note() -> None:
    clip = coded("vp9", refresh_frame_flags=np.where(np.arange(N) == 25, 255, 1))
    (one,) = unfilled(headers(clip))
    assert (one.row, one.weight) == (1, Weight.NEUTRAL)
    clip = coded("vp9", references=np.where(np.arange(N) == 0, MISSING, 7))
    assert list(unfilled(headers(clip))) == []


def join(target: Path, *parts: Path) -> Path:
    names = target.with_suffix(".txt")
    names.write_text("".join(f"file {part.name}\n" for part in parts))
    ffmpeg.input(str(names), f="concat").output(str(target), c="copy").run(cmd=FFMPEG, quiet=True)
    return target


AV1 = {"vcodec": "libsvtav1", "preset": 12, "g": 25, "bf": None}
VP9 = {"vcodec": "libvpx-vp9", "deadline": "realtime", "cpu-used": 8, "bf": None, "preset": None}


def plain(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_real_cut_in_av1_that_counts_on(tmp_path: Path, kind: str) -> None:
    whole = film(tmp_path / f"whole.{kind}", 4, **AV1)
    assert found(CHECK, measure(whole)) == []
    joined = join(tmp_path / f"cut.{kind}", copy(whole, tmp_path / f"a.{kind}", seconds=0.98), copy(whole, tmp_path / f"b.{kind}", start=3))  # fmt: skip
    (finding,) = found(CHECK, measure(joined))
    assert (finding.code, finding.span.last) == ("order-hint", 25)


def test_real_join_of_two_encoders_of_av1(tmp_path: Path) -> None:
    one = film(tmp_path / "one.mkv", 1, **AV1)
    other = film(tmp_path / "other.mkv", 1, vcodec="libaom-av1", usage="realtime", **{"cpu-used": 8})
    (finding,) = found(CHECK, measure(join(tmp_path / "joined.mkv", one, other)))
    assert (finding.code, finding.span.last) == ("parameter-sets", 25)
    assert finding.weight in (Weight.STRONG, Weight.DIRECT)


def test_real_join_of_two_settings_of_vp9(tmp_path: Path) -> None:
    one = film(tmp_path / "one.webm", 1, **VP9)
    other = film(tmp_path / "other.webm", 1, **VP9, **{"error-resilient": 1})
    (finding,) = found(CHECK, measure(join(tmp_path / "joined.webm", one, other)))
    assert (finding.code, finding.weight, finding.span.last) == ("way-of-coding", Weight.STRONG, 26)


def film(path: Path, seconds: float, **options: Any) -> Path:
    """A moving test picture by another encoder than x264."""
    source = ffmpeg.input(f"testsrc2=s=160x120:r=25:d={seconds}", f="lavfi")
    ffmpeg.output(source, str(path), pix_fmt="yuv420p", **plain(options)).run(cmd=FFMPEG, quiet=True)
    return path


def test_corpus_is_silent(corpus: Path) -> None:
    for name in (
        "processed/gizmo.webm",
        "processed/trim-buck-bunny.webm",
        "processed/movie-hello.ogg",
        "hostile/video-crash.webm",
    ):
        clip = measure(corpus / name)
        if clip.coded is not None:
            assert found(CHECK, clip) == []

"""stream-join in HEVC: picture numbers that are missing, go back or come twice, pictures without what they build on, marked joins."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import make_clip
from detect.expectations import found, status
from detect.films import copy
from entirety.detect.stream_join import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Status, Weight
from entirety.model.headers import MISSING, CodedHeaders
from read.films import film

IDR, BLA, CRA, TRAIL, RASL = 19, 17, 21, 1, 9


def hevc(numbers: Sequence[int], units: Sequence[int], changes: Any = None, **columns: Sequence[int]) -> Clip:
    """A clip whose pictures have these numbers and kinds of unit, decode order; the first one and each IDR or BLA begins a count."""
    n = len(numbers)
    kinds = np.array(units, np.int32)
    entry = (kinds >= 16) & (kinds <= 21)
    anew = np.where(entry, ((kinds <= 20) | (np.arange(n) == 0)).astype(np.int32), MISSING)
    given: dict[str, Any] = {
        "nal_unit_type": kinds,
        "pic_order_cnt": np.array(numbers, np.int32),
        "no_rasl_output_flag": anew,
        "no_reference_picture": np.zeros(n, np.int32),
        "no_reference_picture_order_cnt": np.full(n, MISSING, np.int32),
        "end_of_sequence": np.zeros(n, np.int32),
    }
    given |= {name: np.array(column, np.int32) for name, column in columns.items()}
    coded = CodedHeaders(
        "hevc", np.ones(n, np.int8), entry, np.full(n, 30, np.int16), given, (), (), np.zeros(0, np.int64)
    )
    clip = make_clip(n, headers=None)
    stream = replace(clip.streams[0], codec="hevc")
    return replace(clip, streams=(stream,), coded=replace(coded, **(changes or {})))


def groups(count: int, size: int = 25) -> tuple[list[int], list[int]]:
    """Closed groups: each begins with an IDR picture and counts from 0."""
    return list(range(size)) * count, ([IDR] + [TRAIL] * (size - 1)) * count


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, hevc(*groups(8))) == []
    assert found(CHECK, hevc([2 * k for k in range(200)], [IDR] + [TRAIL] * 199)) == []
    assert found(CHECK, hevc([0] * 60, [IDR] * 60)) == []


def test_missing_numbers_while_time_goes_on() -> None:
    numbers = [*range(100), *range(140, 200)]
    finding = one(hevc(numbers, [IDR] + [TRAIL] * 159))
    assert (finding.code, finding.weight, finding.span.first, finding.span.last) == (
        "order-gap",
        Weight.STRONG,
        99,
        100,
    )
    assert str(finding.claim).endswith("number 100 should follow and 140 follows.")
    assert [(m.name, m.value) for m in finding.measured[2:]] == [("picture order count, before -> after", "100 -> 140")]
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED


def test_a_key_picture_that_goes_back() -> None:
    numbers = [*range(100), *range(60, 130)]
    units = [IDR] + [TRAIL] * 99 + [CRA] + [TRAIL] * 69
    finding = one(hevc(numbers, units))
    assert (finding.code, finding.weight, finding.span.last) == ("order-back", Weight.STRONG, 100)
    assert "has number 60, though number 99 stands before it" in str(finding.claim)


def test_a_number_that_comes_twice() -> None:
    finding = one(hevc([*range(100), *range(80, 130)], [IDR] + [TRAIL] * 149))
    assert (finding.code, finding.span.last) == ("order-twice", 100)


def test_a_count_that_ends_before_it_is_complete() -> None:
    group = [0, 4, 2, 1, 3, 8, 6, 5, 7]
    units = [IDR] + [TRAIL] * 8
    finding = one(hevc([*group * 3, *group[:7], *group * 4], [*units * 3, *units[:7], *units * 4]))
    assert (finding.code, finding.span.first, finding.span.last) == ("order-end", 33, 34)
    assert str(finding.claim).endswith("number 5 is skipped, while number 8 is there.") or "number 7" in str(
        finding.claim
    )


def test_the_file_may_end_before_a_count_is_complete_and_begin_after_its_leading_pictures() -> None:
    group = [0, 4, 2, 1, 3, 8, 6, 5, 7]
    assert found(CHECK, hevc([*group * 6, *group[:6]], [*([IDR] + [TRAIL] * 8) * 6, IDR, *[TRAIL] * 5])) == []
    assert found(CHECK, hevc(list(range(40, 200)), [CRA] + [TRAIL] * 159)) == []


def test_a_picture_that_builds_on_one_that_is_not_there() -> None:
    absent, numbers = np.zeros(200, np.int32), np.full(200, MISSING, np.int32)
    absent[120], numbers[120] = 1, 12
    columns = {"no_reference_picture": absent.tolist(), "no_reference_picture_order_cnt": numbers.tolist()}
    finding = one(hevc(*groups(8), **columns))
    assert (finding.code, finding.weight, finding.span.last) == ("reference-absent", Weight.STRONG, 120)
    assert "a change of picture number 12" in str(finding.claim)


def test_a_join_that_the_stream_marks_is_strong() -> None:
    numbers, units = groups(8)
    units[100] = BLA
    finding = one(hevc(numbers, units))
    assert (finding.code, finding.weight, finding.span.first, finding.span.last) == ("bla", Weight.STRONG, 99, 100)
    units[0], units[100] = BLA, IDR
    assert found(CHECK, hevc(numbers, units)) == []


def test_the_end_of_a_sequence_within_the_file() -> None:
    ended = [0] * 200
    ended[199] = 1
    assert found(CHECK, hevc(*groups(8), end_of_sequence=ended)) == []
    ended[99] = 1
    finding = one(hevc(*groups(8), end_of_sequence=ended))
    assert (finding.code, finding.weight, finding.span.last) == ("end-of-sequence", Weight.STRONG, 100)


def test_an_end_after_every_group_is_how_the_encoder_works() -> None:
    ended = ([0] * 24 + [1]) * 8
    assert one(hevc(*groups(8), end_of_sequence=ended)).weight is Weight.NEUTRAL


def test_numbers_without_a_rule_say_nothing() -> None:
    numbers = np.cumsum(np.arange(200) % 7 + 1).tolist()
    assert found(CHECK, hevc(numbers, [IDR] + [TRAIL] * 199)) == []


def test_innocent_lost_packets() -> None:
    """A line that loses pictures throughout is a note; one loss stays open to the same explanation."""
    kept = [k for k in range(1000) if k % 60]
    finding = one(hevc([0, *kept], [IDR] + [TRAIL] * len(kept)))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "lost-packets") is Status.NOT_EXCLUDED


def test_over_a_gap_in_time_it_is_a_sign_among_others() -> None:
    clip = hevc([*range(100), *range(103, 200)], [IDR] + [TRAIL] * 196)
    late = np.where(np.arange(197) >= 100, 3 * 512, 0)
    packets = replace(clip.packets, pts=clip.packets.pts + late, dts=clip.packets.dts + late)
    frames = replace(clip.frames, pts=clip.frames.pts + late)
    finding = one(replace(clip, stored=(packets,), shown=(packets,), frames=frames))
    assert finding.weight is Weight.SUPPORTING


def test_what_cannot_be_read_is_compared_with_nothing() -> None:
    numbers, units = [*range(100), MISSING, *range(120, 200)], [IDR] + [TRAIL] * 180
    clip = hevc(numbers, units, changes={"unreadable": np.array([100])})
    assert found(CHECK, clip) == []


STEADY = {
    "open": "keyint=25:min-keyint=25:open-gop=1",
    "closed": "keyint=25:min-keyint=25:open-gop=0:radl=2",
    "pyramid": "keyint=60:bframes=4:b-adapt=0",
    "refresh": "intra-refresh=1:keyint=25",
    "layers": "keyint=25:temporal-layers=3",
    "fields": "interlace=tff:keyint=25",
    "idr": "keyint=1",
}


def made(path: Path, settings: str) -> Path:
    params: dict[str, Any] = {"x265-params": f"log-level=none:pools=1:{settings}", "preset": "ultrafast"}
    return (
        path if path.exists() else film(path, size="160x120", seconds=6, vcodec="libx265", pix_fmt="yuv420p", **params)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.mark.parametrize("name", STEADY)
def test_untouched_films_are_silent(name: str, folder: Path) -> None:
    for ending in ("mp4", "ts"):
        assert found(CHECK, measure(made(folder / f"{name}.{ending}", STEADY[name]))) == []


def parts(source: Path, folder: Path, first: float, second: float) -> tuple[Path, Path]:
    ending = source.suffix
    return (
        copy(source, folder / f"a{ending}", seconds=first),
        copy(source, folder / f"b{ending}", start=second),
    )


@pytest.mark.parametrize("name", ["open", "closed", "pyramid", "layers"])
def test_a_middle_taken_out_of_a_transport_stream(name: str, folder: Path, tmp_path: Path) -> None:
    first, second = parts(made(folder / f"{name}.ts", STEADY[name]), tmp_path, 1.7, 4.1)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    assert_found(joined, len(measure(first).frames))


@pytest.mark.parametrize("name", ["open", "closed", "pyramid"])
def test_a_middle_taken_out_with_mkvmerge(name: str, folder: Path, tmp_path: Path) -> None:
    first, second = parts(made(folder / f"{name}.mp4", STEADY[name]), tmp_path, 1.7, 4.1)
    command = ["mkvmerge", "-q", "-o", str(tmp_path / "joined.mkv"), str(first), "+", str(second)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("mkvmerge is not installed")
    assert_found(tmp_path / "joined.mkv", len(measure(first).frames))


def assert_found(joined: Path, frame: int) -> None:
    findings = [each for each in found(CHECK, measure(joined)) if each.weight is not Weight.NEUTRAL]
    assert any(abs(each.span.last - frame) <= 1 for each in findings), [(f.code, f.span.last) for f in findings]


@pytest.mark.parametrize("name", ["sample-5s_h265.mp4", "video-h265.mp4"])
def test_films_of_the_corpus_are_silent(name: str, corpus: Path) -> None:
    assert found(CHECK, measure(corpus / "processed" / name)) == []

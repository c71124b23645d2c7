"""Every recording is what its condition says: key frames where a device has them, its own names, its own times."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.conditions import CONDITIONS, Condition
from entirety.validate.edits import EDITS, plan
from entirety.validate.make import Bench
from entirety.validate.recordings import recorded
from validate.films import carried_out, take

BASE, OTHER = take("recorded", 130), take("another", 130, first=1000)
BY_ID = {condition.id: condition for condition in CONDITIONS}
SOFTWARE = (b"Lavf", b"Lavc", b"FFmpeg", b"x264", b"x265", b"LAME")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("bench"), program(None), version(program(None)))


def recording(condition: Condition, bench: Bench) -> Path:
    done = plan(EDITS[0], condition, BASE, OTHER)
    assert done is not None
    return carried_out(done, BASE, OTHER, bench)


def times(clip: Path) -> list[Fraction]:
    with av.open(str(clip)) as container:
        shown = [(frame.pts, frame.time_base) for frame in container.decode(video=0)]
    return [pts * base for pts, base in shown if pts is not None and base is not None]


def keys(clip: Path) -> list[int]:
    with av.open(str(clip)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        return [at for at, packet in enumerate(packets) if packet.is_keyframe]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_a_recording_names_software_exactly_where_its_truth_says(condition: Condition, bench: Bench) -> None:
    done = plan(EDITS[0], condition, BASE, OTHER)
    assert done is not None
    content = recording(condition, bench).read_bytes()
    assert any(name in content for name in SOFTWARE) == done.truth.software


@pytest.mark.parametrize("condition", [c for c in CONDITIONS if not c.afterwards], ids=lambda condition: condition.id)
def test_key_frames_stand_at_the_device_s_distance_and_nowhere_else(condition: Condition, bench: Bench) -> None:
    made = recorded(condition, BASE)
    expected = range(made.frames) if condition.codec == "mjpeg" else range(0, made.frames, made.group)
    assert keys(recording(condition, bench)) == list(expected)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_every_recording_keeps_its_sound(condition: Condition, bench: Bench) -> None:
    with av.open(str(recording(condition, bench))) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]


@pytest.mark.parametrize("name", ["camera", "phone", "recorder", "hevc"])
def test_a_steady_device_has_steady_times(name: str, bench: Bench) -> None:
    made = recorded(BY_ID[name], BASE)
    assert {after - before for before, after in pairwise(times(recording(BY_ID[name], bench)))} == {1 / made.rate}


def test_a_phone_s_uneven_times_go_on_and_leave_pictures_out(bench: Bench) -> None:
    shown = times(recording(BY_ID["variable"], bench))
    steps = [float(after - before) for before, after in pairwise(shown)]
    assert len(shown) == recorded(BY_ID["variable"], BASE).frames < BASE.count
    assert min(steps) > 0.03
    assert 0.07 < max(steps) < 0.09
    assert len({round(step, 4) for step in steps}) > 4


def test_a_messenger_s_copy_is_half_the_size(bench: Bench) -> None:
    with av.open(str(recording(BY_ID["messenger"], bench))) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (160, 90)


@pytest.mark.parametrize("name", ["camera", "phone", "variable", "hevc", "mpeg4", "mpeg2", "vp9", "mkv"])
def test_the_same_recording_is_made_anew_byte_for_byte(name: str, bench: Bench, tmp_path: Path) -> None:
    again = make.bench(tmp_path, bench.ffmpeg, bench.ffmpeg_version)
    assert recording(BY_ID[name], again).read_bytes() == recording(BY_ID[name], bench).read_bytes()

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entirety.errors import Damaged, EntiretyError
from entirety.measure.clip import clockwise, measure
from entirety.model.clip import PICTURE_KINDS, Clip
from read.films import film


def columns(clip: Clip) -> dict[str, list[object]]:
    return {name: value.tolist() for name, value in vars(clip.frames).items() if isinstance(value, np.ndarray)}


def ends_well(path: Path) -> None:
    """A clip with pictures, or one sentence that names the file and not its folder."""
    sentence = ""
    try:
        assert len(measure(path).frames) > 0
    except EntiretyError as error:
        sentence = str(error)
    assert not sentence or path.name in sentence
    assert str(path.parent) not in sentence


def test_measures_everything_once(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", sound=True, vcodec="libx264", bf=2, g=10)
    seen: list[tuple[int, int]] = []
    clip = measure(path, lambda done, total: seen.append((done, total)))
    frames = clip.frames
    assert (len(frames), len(clip.packets), len(clip.stored), len(clip.shown)) == (15, 15, 2, 2)
    assert {len(value) for value in columns(clip).values()} == {15}
    assert (frames.formats, set(frames.width), set(frames.height)) == (("yuv420p",), {162}, {122})
    assert PICTURE_KINDS[frames.kind[0]] == "I"
    assert np.flatnonzero(frames.key).tolist() == [0, 10]
    assert frames.time(1) == Fraction(1, 25)
    assert clip.decoder.startswith("libavcodec ")
    assert clip.headers is not None
    assert len(clip.headers) == 15
    assert clip.track is not None
    assert clip.log == ()
    assert all(total == 15 for _, total in seen)


def test_two_processes_measure_the_same(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", vcodec="libx264", seconds=1)
    code = (
        "import sys, hashlib, pathlib, numpy\n"
        "from entirety.measure.clip import measure\n"
        "for name, column in vars(measure(pathlib.Path(sys.argv[1])).frames).items():\n"
        "    if isinstance(column, numpy.ndarray): print(name, hashlib.sha256(column.tobytes()).hexdigest())\n"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            check=True, capture_output=True, text=True, env={"PYTHONPATH": source, "MALLOC_PERTURB_": str(fill)},
        ).stdout
        for fill in (0, 85, 170)
    ]  # fmt: skip
    assert "residual" in runs[0]
    assert runs == [runs[0]] * 3


def test_turns_are_clockwise(tmp_path: Path) -> None:
    assert [clockwise(angle) for angle in (0, -90, 90, 180, -180, 45)] == [0, 90, 270, 180, 180, 0]


def test_a_film_without_one_decodable_picture_is_damaged(tmp_path: Path) -> None:
    data = bytearray(film(tmp_path / "whole.avi", vcodec="mjpeg").read_bytes())
    start = data.index(b"movi")
    data[start + 20 : data.index(b"idx1")] = bytes(data.index(b"idx1") - start - 20)
    clip = tmp_path / "clip.avi"
    clip.write_bytes(data)
    with pytest.raises(Damaged, match="not one picture"):
        measure(clip)


@pytest.fixture(scope="module")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film") / "short.mp4", size="64x48", vcodec="libx264", movflags="faststart")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_broken_bytes_end_in_a_clip_or_a_sentence(short_film: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(short_film.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=40)):
        content[place] = data.draw(st.integers(0, 255))
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    ends_well(clip)


def test_hostile_clips_end(corpus: Path) -> None:
    for clip in sorted((corpus / "hostile").iterdir()):
        ends_well(clip)

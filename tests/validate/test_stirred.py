"""Whether anything moved at a cut: on drawn masters in which it is known."""

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from entirety.errors import Damaged
from entirety.read.ffmpeg import program, version
from entirety.validate import make, stirred
from entirety.validate.model import Base, Place, Plan, Spec, Truth
from entirety.validate.stirred import FEWEST, changed_blocks, scene

WIDTH, HEIGHT, FRAMES = 320, 180, 40
TAKE = Base(
    id="room",
    source="room",
    file="",
    origin="clips",
    sha256="0" * 64,
    first=0,
    count=FRAMES,
    rate=Fraction(25),
    scene="static",
    sound=False,
    half="tuning",
    why="drawn",
)


def room(number: int, *, walks: bool = False, light: float = 1.0) -> NDArray[np.uint8]:
    """A patterned wall with noise; somebody in front of it, who walks or stands."""
    chance = np.random.default_rng(number)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    picture = (128 + 25 * np.sin(x / 4) * np.sin(y / 5)) * light + chance.normal(0, 2, (HEIGHT, WIDTH))
    at = 40 + 3 * number * walks
    picture[60:150, at : at + 30] = 40 + 12 * (y[60:150, :30] // 8 % 2)
    shown: NDArray[np.uint8] = np.clip(picture, 0, 255).astype(np.uint8)
    return shown


def film(path: Path, pictures: list[NDArray[np.uint8]]) -> Path:
    form = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", "25", "-i", "-"]
    saved = ["-c:v", "libx264", "-g", "1", "-crf", "8", "-pix_fmt", "yuv420p", "-threads", "1"]
    given = b"".join(picture.tobytes() for picture in pictures)
    subprocess.run([program(None), "-v", "error", "-y", *form, *saved, str(path)], input=given, check=True)
    return path


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("walk") / "walk.mkv", [room(n, walks=True) for n in range(FRAMES)])


@pytest.fixture(scope="module")
def dimmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody moves; between picture 19 and 20 the light changes by a tenth."""
    lights = [room(n, light=1.0 if n < 20 else 0.9) for n in range(FRAMES)]
    return film(tmp_path_factory.mktemp("dim") / "dim.mkv", lights)


def test_a_walker_is_seen_and_noise_and_light_are_not(walked: Path, dimmed: Path) -> None:
    assert changed_blocks(walked, 10, 25) >= FEWEST
    assert changed_blocks(dimmed, 5, 15) == 0
    assert changed_blocks(dimmed, 10, 30) < FEWEST


def test_what_flutters_all_the_time_does_not_count(tmp_path: Path) -> None:
    pictures = [room(n) for n in range(24)]
    for n, picture in enumerate(pictures):
        leaves = np.random.default_rng(1000 + n).integers(40, 220, (12, 20), np.uint8)
        picture[20:116, 160:320] = leaves.repeat(8, axis=0).repeat(8, axis=1)
    assert changed_blocks(film(tmp_path / "tree.mkv", pictures), 8, 14) < FEWEST


def test_a_picture_that_the_master_does_not_hold_is_said(walked: Path) -> None:
    with pytest.raises(Damaged, match="does not hold the pictures 10 and 45"):
        changed_blocks(walked, 10, FRAMES + 5)


def spec(base: Base, *places: Place) -> Spec:
    plan = Plan((), "done.mp4", Truth("edited", 30, places))
    return Spec(base, base, "camera", "cut", "remove-encode", plan)


def test_the_class_is_the_camera_s_or_what_moved_and_is_computed_once(
    tmp_path: Path, walked: Path, dimmed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make.bench(tmp_path, program(None), version(program(None)))
    cut = Place(11, visible=False, meets=(10, 25))
    for base, master in ((TAKE, walked), (replace(TAKE, id="dim", first=1), dimmed)):
        bench.master(base).write_bytes(master.read_bytes())
    assert scene(spec(TAKE, cut), bench) == "stirred"
    assert scene(spec(replace(TAKE, id="dim", first=1), cut), bench) == "still"
    assert scene(spec(replace(TAKE, scene="moving"), cut), bench) == "moving"
    assert scene(spec(TAKE, Place(11, visible=True)), bench) == ""
    monkeypatch.setattr(stirred, "changed_blocks", lambda *_: 1 / 0)
    assert scene(spec(TAKE, cut), bench) == "stirred"

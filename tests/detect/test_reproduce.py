"""Every printed command runs with plain ffmpeg and shows what it promises."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from detect.films import FFMPEG, copy, encode
from entirety.detect import reproduce
from entirety.measure.clip import measure
from entirety.model.clip import Clip


@pytest.fixture(scope="module")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    return copy(encode(folder / "film.mp4"), folder / "trim.mp4", start=1.5, seconds=1.5)


def run(command: str, clip: Path) -> subprocess.CompletedProcess[str]:
    words = [str(clip) if word == "CLIP" else word for word in shlex.split(command)]
    assert words[0] == "ffmpeg"
    return subprocess.run([FFMPEG, *words[1:]], capture_output=True, text=True, check=True)


def test_stored_and_shown(trimmed: Path) -> None:
    clip = measure(trimmed)
    lines = run(reproduce.stored_and_shown(clip), trimmed).stdout.splitlines()
    assert sum(line.startswith("0,") for line in lines) == len(clip.frames)
    assert sum(line.startswith("1,") for line in lines) == len(clip.packets) > len(clip.frames)


def test_shown_frames_carry_our_hashes(trimmed: Path) -> None:
    clip = measure(trimmed)
    lines = run(reproduce.shown_frames(clip), trimmed).stdout.splitlines()
    hashes = [line.rsplit(",", 1)[1].strip() for line in lines if not line.startswith("#")]
    assert hashes == [bytes(row).hex() for row in clip.frames.sha256]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (reproduce.picture_properties, r"s:160x120"),
        (lambda _: reproduce.container_tags(), r"Lavf"),
        (reproduce.decoder_complaints, r"^$"),
    ],
)
def test_others_print_what_they_promise(trimmed: Path, command: Callable[[Clip], str], said: str) -> None:
    assert re.search(said, run(command(measure(trimmed)), trimmed).stderr)


def test_commands_work_for_other_containers(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mkv", seconds=0.4)
    clip = measure(film)
    for command in (
        reproduce.shown_frames(clip),
        reproduce.picture_properties(clip),
        reproduce.decoder_complaints(clip),
    ):
        assert run(command, film).returncode == 0


def test_pictures_are_named_by_their_frames(trimmed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip, end = measure(trimmed), len(measure(trimmed).frames) - 1
    monkeypatch.chdir(tmp_path)
    for command, numbers in (
        (reproduce.chosen_pictures(clip, [(8, 9), (2, 4), (5, 5)]), [2, 3, 4, 5, 8, 9]),
        (reproduce.with_its_sides(clip, 0, 3), [0, 1, 2, 3, 4]),
        (reproduce.with_its_sides(clip, 2, end), [1, 2, (2 + end) // 2, end]),
    ):
        run(command, trimmed)
        assert sorted(int(path.stem[6:]) for path in tmp_path.glob("frame-*.png")) == numbers
        for number in numbers:
            (tmp_path / f"frame-{number}.png").unlink()

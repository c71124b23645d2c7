"""Damaged packets raise nothing and take no time: some always, fifty thousand of each codec by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.mutate_headers import FILMS, Film, damage
from conftest import CORPUS
from entirety.read.headers.readers import SOUND
from entirety.read.headers.video import VIDEO

SCRIPT = Path(__file__).with_name("mutate_headers.py")
READ = sorted({"h264", *VIDEO, *SOUND} & FILMS.keys())


def run(codec: str, count: int, *options: str) -> str:
    command = [sys.executable, str(SCRIPT), "--codec", codec, "--count", str(count), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("codec", ["aac", "hevc", "mpeg4", "vp9"])
def test_some_damaged_packets(codec: str) -> None:
    assert "\n0 violations" in run(codec, 200)


@pytest.mark.slow
@pytest.mark.parametrize("codec", READ)
def test_fifty_thousand_damaged_packets(codec: str) -> None:
    assert "\n0 violations" in run(codec, 50_000, *(["--corpus", str(CORPUS)] if CORPUS.is_dir() else []))


def test_a_number_stands_for_one_packet() -> None:
    films = [Film("a", b"head", (b"first packet", b"second packet")), Film("b", b"", (b"another one",))]
    assert damage(films, 7) == damage(films, 7)
    assert len({damage(films, number).packet for number in range(40)}) > 30


def test_a_codec_without_reader_is_refused() -> None:
    command = [sys.executable, str(SCRIPT), "--codec", "theora"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert "no reader for theora" in done.stderr

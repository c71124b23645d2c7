"""The bench itself works, on a clip too short to time; and `--help` answers at once."""

import subprocess
import sys
import time
from pathlib import Path

import imageio_ffmpeg

from bench import speed


def test_the_bench_measures_both_sides(tmp_path: Path) -> None:
    program, clip = imageio_ffmpeg.get_ffmpeg_exe(), tmp_path / "clip.mp4"
    speed.draw(program, clip, "320x180", "500k", seconds=2)
    cpu, wall, memory = speed.compare(program, clip, 1, tmp_path)
    assert cpu > 0
    assert wall > 0
    assert memory > 10


def test_help_does_not_wait_for_heavy_libraries() -> None:
    command = [sys.executable, "-m", "entirety", "--help"]
    subprocess.run(command, check=True, capture_output=True)
    took = []
    for _ in range(3):
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.monotonic() - began)
    assert min(took) < 0.4
    loaded = (
        "import sys, entirety.cli; print([m for m in ('av', 'cv2', 'numpy', 'typst', 'jinja2') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True).stdout
    assert said.strip() == "[]"

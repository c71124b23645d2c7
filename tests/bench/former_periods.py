"""How often a former key-frame period is found, and a removal from a clip that was encoded again: counted on films made here.

    python tests/bench/former_periods.py MASTERS [--clips 40] [--seed 1] [--frames 300]

MASTERS is a folder of films without key frames of their own (the masters that `entirety validate` keeps). Each is encoded as a camera
does, with a fixed period, and then once more; the second is called equal or better where it adds less error than the first did. From
a second copy frames are taken out first. Printed: how many periods are right, wrong and missing, and how many jumps lie at the removal.
"""

import argparse
import random
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

from entirety.detect import double_encoding, encoding_break
from entirety.detect.run import run_check
from entirety.measure.clip import measure

PERIODS = (12, 15, 25, 30, 50, 60)
ONE_THREAD: dict[str, Any] = {"threads": 1, "pix_fmt": "yuv420p", "fps_mode": "passthrough", "an": None}
FIRST: dict[str, dict[str, Any]] = {
    "x264": {"c:v": "libx264", "preset": "veryfast", "sc_threshold": 0, "bf": 0, "crf": 23},
    "x264, B": {"c:v": "libx264", "preset": "veryfast", "sc_threshold": 0, "bf": 2, "crf": 23},
    "chip": {"c:v": "libx264", "preset": "veryfast", "sc_threshold": 0, "bf": 0, "b:v": "1500k", "maxrate": "1700k", "bufsize": "1500k"},
    "mpeg4": {"c:v": "mpeg4", "q:v": 3, "sc_threshold": 1_000_000_000},
}  # fmt: skip
SECOND: dict[str, dict[str, Any]] = {
    **{f"x264 crf {crf}": {"c:v": "libx264", "preset": "veryfast", "crf": crf} for crf in (18, 20, 23, 26, 28)},
    "HEVC crf 24": {"c:v": "libx265", "preset": "superfast", "crf": 24, "x265-params": "log-level=error"},
    "half size": {"c:v": "libx264", "preset": "veryfast", "crf": 22, "vf": "scale=trunc(iw/4)*2:trunc(ih/4)*2"},
}
REMOVED_S = (0.2, 0.5, 1.0, 2.0)


def encode(source: Path, target: Path, **options: object) -> Path:
    ffmpeg.output(ffmpeg.input(str(source)).video, str(target), **{**ONE_THREAD, **options}).run(
        cmd=imageio_ffmpeg.get_ffmpeg_exe(), quiet=True, overwrite_output=True
    )
    return target


def error(film: Path, model: Path) -> float:
    """Mean squared difference of brightness between two films of one size, as ffmpeg's psnr filter counts it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(film), "-i", str(model), "-lavfi", "psnr", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(10 ** (-float(said.rsplit("PSNR y:", 1)[1].split()[0].replace("inf", "100")) / 10))


def period(film: Path) -> int:
    """The period that double-encoding names in a film; 0 for none."""
    found = run_check(double_encoding.CHECK, measure(film))[1]
    return int(found[0].measured[0].value) if found else 0


def one(master: Path, chance: random.Random, frames: int, folder: Path, counts: Counter[tuple[str, str]]) -> None:
    """One master through a first and a second encoding, and with frames taken out in between."""
    group, (name, first), (again, second) = (
        chance.choice(PERIODS),
        chance.choice(list(FIRST.items())),
        chance.choice(list(SECOND.items())),
    )
    base = encode(master, folder / "base.mkv", **{"c:v": "libx264", "qp": 0, "preset": "ultrafast", "frames:v": frames})
    once = encode(base, folder / "once.mp4", **first, g=group, keyint_min=min(group, 25))
    twice = encode(once, folder / "twice.mp4", **second)
    counts["first generation", "false" if period(once) else "silent"] += 1
    row = (
        "half size"
        if again == "half size"
        else "coarser"
        if error(twice, once) > error(once, base)
        else "equal or better"
    )
    held = "10 periods or more" if frames // group >= 10 else "fewer than 10 periods"
    told = period(twice)
    counts[f"{row}, {held}", "right" if told == group else "wrong" if told else "missing"] += 1
    counts["uncut", "jump" if run_check(encoding_break.CHECK, measure(twice))[1] else "silent"] += 1
    at, gone = frames // 2, round(25 * chance.choice(REMOVED_S))
    chosen = f"select=not(between(n\\,{at}\\,{at + gone - 1})),setpts=N/25/TB"
    short = encode(once, folder / "short.mp4", vf=chosen, **{"c:v": "libx264", "preset": "veryfast", "crf": 20})
    jumps = run_check(encoding_break.CHECK, measure(short))[1]
    right = any(jump.span.first <= at <= jump.span.last for jump in jumps)
    kind = "removed, whole periods" if gone % group == 0 else "removed"
    counts[kind, "at the place" if right else "elsewhere" if jumps else "silent"] += 1
    print(master.stem, name, group, again, "->", told, "| removed", gone, "->", len(jumps), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("masters", type=Path)
    parser.add_argument("--clips", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frames", type=int, default=300, help="masters with fewer are left out")
    asked = parser.parse_args()
    chance, counts = random.Random(asked.seed), Counter[tuple[str, str]]()
    films = [film for film in sorted(asked.masters.glob("*.mkv")) if len(measure(film).frames) >= asked.frames]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.clips):
            one(films[number % len(films)], chance, asked.frames, Path(folder), counts)
    for (row, what), count in sorted(counts.items()):
        print(f"{row:40} {what:14} {count}")


if __name__ == "__main__":
    main()

"""How fast a folder of clips is scanned, against plain decoding of the same files by ffmpeg, and what one file costs besides its audit.

    python tests/bench/scan_speed.py [--clips 100] [--seconds 20] [--jobs 2] [--runs 3] [--tiny 1000]

The clips are five drawn films of 720p, copied until there are enough; each copy differs in one tag, so that each is a content of its own. As many
plain decodes as the scan has jobs run side by side over the same files, a thread each. An audit does more than a decode: by how much is measured
on single files, as tests/bench/speed.py does it, by the clock and by processor time. Then

    result = seconds of the plain decodes x single-file ratio / seconds of the scan

is 1 where a scan loses nothing to scheduling, and must be 0.9 or more. The price of a file is measured apart: many small files that are no
video, so that a child is started for each and finds nothing to do.
"""

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import ffmpeg
import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.speed import audit_command, draw, run
from case import watching

LEAST, MOST_MILLISECONDS = 0.9, 30.0
"""The targets that the project set itself."""
DRAWN = 5
SIZES = ("1280x720",) * DRAWN
RATES = ("1500k", "1200k", "1800k", "1400k", "1600k")


def clips(program: str, folder: Path, many: int, seconds: int) -> list[Path]:
    """Drawn films, each in as many copies as it takes, with a title of its own."""
    made, found = list[Path](), list[Path]()
    with tempfile.TemporaryDirectory() as name:
        for number, (size, rate) in enumerate(zip(SIZES, RATES, strict=True)):
            made.append(Path(name) / f"{number}.mp4")
            draw(program, made[-1], size, rate, seconds)
        for number in range(many):
            target = folder / f"{number:03d}.mp4"
            source = ffmpeg.input(str(made[number % DRAWN]))
            command = ffmpeg.output(source, str(target), c="copy", metadata=f"title={number}").compile(cmd=program)
            subprocess.run(command, check=True, capture_output=True)
            found.append(target)
    return found


def plain(program: str, clip: Path) -> list[str]:
    return [program, "-v", "error", "-nostdin", "-threads", "1", "-i", str(clip), "-map", "0:v:0", "-f", "null", "-"]


def usual(program: str, clip: Path) -> list[str]:
    """With as many threads as ffmpeg chooses."""
    return [program, "-v", "error", "-nostdin", "-i", str(clip), "-map", "0:v:0", "-f", "null", "-"]


def loops(program: str, found: list[Path], many: int) -> float:
    """Seconds that `many` loops side by side take over all files, each with its share."""

    def loop(mine: list[Path]) -> None:
        for clip in mine:
            subprocess.run(plain(program, clip), check=True, capture_output=True)

    began = time.monotonic()
    with ThreadPoolExecutor(many) as pool:
        list(pool.map(loop, [found[at::many] for at in range(many)]))
    return time.monotonic() - began


def adopt() -> None:
    """Be the parent of whatever the command leaves behind, so that its processor time is counted here; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def scan(places: watching.Places, jobs: int, *more: str) -> tuple[float, float]:
    """Seconds of a whole scan, its index included: by the clock, and of processor time, all its processes together."""
    began, before = time.monotonic(), os.times()
    done = watching.run(places, watching.scan_command(places, "--jobs", str(jobs), *more), 24 * 3600)
    if done.returncode:
        sys.exit(f"the scan ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    seconds = time.monotonic() - began
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, used


def ratio(program: str, clip: Path, runs: int, folder: Path) -> tuple[float, float]:
    """How many plain decodes an audit of this clip takes: by the clock, both with the threads they choose, and by processor time, ffmpeg with one thread."""
    wall, cpu = [], []
    for number in range(runs + 1):
        ours = run(audit_command(clip, folder / f"report{number}"), folder)
        theirs, single = run(usual(program, clip), folder), run(plain(program, clip), folder)
        if number:
            wall.append(ours[1] / theirs[1])
            cpu.append(ours[0] / single[0])
    return statistics.median(wall), statistics.median(cpu)


def overhead(folder: Path, many: int, jobs: int) -> tuple[float, float, float]:
    """Milliseconds for each of many small files that are no video: all that the scan took, less what it takes over one file, and the
    processor time of the latter."""
    few, all_of_them = watching.places(folder / "few"), watching.places(folder / "many")
    (few.evidence / "one.mp4").write_bytes(b"no video: 0")
    for number in range(many):
        (all_of_them.evidence / f"{number:04d}.mp4").write_bytes(f"no video: {number}".encode())
    alone, together = scan(few, jobs), scan(all_of_them, jobs)
    outcomes = {item["outcome"] for item in json.loads((all_of_them.case / "index.json").read_text("utf-8"))["items"]}
    if outcomes != {"not-video"}:
        sys.exit(f"the small files were taken for something: {outcomes}")
    each, used = ((whole - first) / (many - 1) * 1000 for whole, first in zip(together, alone, strict=True))
    return together[0] / many * 1000, each, used


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tiny", type=int, default=1000)
    options = parser.parse_args()
    program, missed = imageio_ffmpeg.get_ffmpeg_exe(), False
    adopt()
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors; {os.getloadavg()[0]:.1f} processes at work before this began", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.tiny:
            whole, each, used = overhead(folder, options.tiny, options.jobs)
            missed |= each >= MOST_MILLISECONDS
            print(
                f"{options.tiny} small files that are no video: {whole:.1f} ms a file in all, {each:.1f} ms without the start, {used:.1f} ms of processor time; limit {MOST_MILLISECONDS:.0f}",
                flush=True,
            )
        if options.clips:
            places = watching.places(folder / "clips")
            found = clips(program, places.evidence, options.clips, options.seconds)
            pairs = [ratio(program, clip, options.runs, folder) for clip in found[:DRAWN]]
            wall, cpu = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(
                f"one audit in plain decodes of the same clip: {wall:.2f} by the clock, {cpu:.2f} by processor time",
                flush=True,
            )
            before = loops(program, found, options.jobs)
            audits, used = scan(places, options.jobs, "--no-overlaps")
            after = loops(program, found, options.jobs)
            decodes = (before + after) / 2
            print(
                f"{len(found)} clips of {options.seconds} s: {options.jobs} plain decodes side by side {before:.1f} s before and {after:.1f} s after"
            )
            print(
                f"scan with {options.jobs} jobs: {audits:.1f} s, {audits / len(found):.2f} s a clip, {used / len(found):.2f} s of processor time"
            )
            for label, one in (("by the clock", wall), ("by processor time", cpu)):
                print(f"result with the ratio {label}: {decodes * one / audits:.2f}, at least {LEAST}")
            missed |= decodes * wall / audits < LEAST
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

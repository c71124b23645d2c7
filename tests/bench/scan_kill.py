"""A scan that is killed at random instants, again and again, and given the same command until it ends.

    python tests/bench/scan_kill.py [--kills 50] [--seed 0] [--clips 12] [--jobs 2]

The main process alone is killed, with the signal that no program can refuse: it has no chance to put anything right. Then everything that it
started must end by itself within five seconds. At the end the index, in all its forms, and the list of the evidence must be byte for byte
those of a scan that nobody killed; each new run must say how many contents it restored, and that must be the number that were on the disk.
The exit code is 1 where anything of it is not so.
"""

import argparse
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mutations import tell
from case import processes, watching
from read.films import FFMPEG, film

SAME = ("index.html", "index.csv", "index.json", "index.sarif", "evidence-sha256.txt")
LEFT_BEHIND = 5.0
"""Seconds after which nothing that the killed process started may be left."""
RESTORED = re.compile(r"restored: ([\d,]+)")
MOST_RUNS = 30
"""Of one case folder, after which it counts as one that never ends."""


def fill(evidence: Path, clips: int) -> None:
    """Short films, two of which share footage, a film under three names, and what is no film or a broken one."""
    for number in range(clips):
        size = ("64x48", "96x64", "128x96")[number % 3]
        options: dict[str, Any] = {"vcodec": ("libx264", "mpeg4")[number % 2], "g": 10, "metadata": f"title={number}"}
        film(evidence / f"{number:02d}.{('mp4', 'mkv', 'avi')[number % 3]}", size=size, seconds=0.8, **options)
    whole = film(evidence / "whole.mp4", size="160x120", seconds=3.0, vcodec="libx264", g=10, bf=0)
    command = [FFMPEG, "-v", "error", "-ss", "1", "-i", str(whole), "-c", "copy", str(evidence / "part.mp4")]
    subprocess.run(command, check=True)
    (evidence / "copies").mkdir()
    shutil.copyfile(whole, evidence / "copies" / "again.mp4")
    shutil.copyfile(evidence / "00.mp4", evidence / "copies" / 'a name, "quoted" <b>.mp4')
    data = whole.read_bytes()
    (evidence / "cut.mp4").write_bytes(data[: len(data) // 2])
    (evidence / "notes.txt").write_text("no film\n")
    (evidence / "empty.mov").write_bytes(b"")
    (evidence / "link.mp4").symlink_to("whole.mp4")


@dataclass
class Result:
    kills: int = 0
    cases: int = 0
    runs: int = 0
    restored: list[int] = field(default_factory=list)
    instants: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def uninterrupted(places: watching.Places, jobs: int) -> tuple[dict[str, bytes], float]:
    """What the files must be, and the seconds that it takes."""
    began = time.monotonic()
    done = watching.run(places, watching.scan_command(places, "--jobs", str(jobs)), 3_600)
    if done.returncode not in {0, 3}:
        sys.exit(f"the scan that nobody killed ended with {done.returncode}: {done.stderr.decode()}")
    return forms(places.case), time.monotonic() - began


def forms(case: Path) -> dict[str, bytes]:
    return {name: (case / name).read_bytes() if (case / name).is_file() else b"" for name in SAME}


def on_disk(case: Path) -> int:
    """Contents of which it is known what became of them; read from a copy, as the next run will find it."""
    with tempfile.TemporaryDirectory() as name:
        for path in case.glob("case.sqlite*"):
            shutil.copyfile(path, Path(name) / path.name)
        if not (Path(name) / "case.sqlite").is_file():
            return 0
        with closing(sqlite3.connect(Path(name) / "case.sqlite")) as base:
            if not base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'done'").fetchone()[0]:
                return 0
            return int(base.execute("SELECT count(*) FROM done").fetchone()[0])


def one_case(
    places: watching.Places, chance: random.Random, result: Result, *, jobs: int, seconds: float, most: int
) -> None:
    """Scan, kill, and scan again, until a run ends by itself; at most `most` kills."""
    expected, errors = 0, places.log / "said"
    for kills in range(MOST_RUNS):
        result.runs += 1
        marked = processes.mark()
        command = watching.scan_command(places, "--jobs", str(jobs), "--progress", "plain")
        with errors.open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=places.quiet / "cwd",
                env=places.environment() | marked,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
            killed = kills < most and _killed(process, _instant(chance, places.case, seconds), places.case, result)
            code = process.wait(3_600)
        left = processes.outliving(marked, LEFT_BEHIND)
        result.wrong += [f"{len(left)} processes outlived the {'killed one' if killed else 'scan'}"] * bool(left)
        _restored(errors.read_text("utf-8"), expected, result)
        if not killed:
            result.wrong += [f"exit code {code}: {errors.read_text('utf-8')[-300:]}"] * (code not in {0, 3})
            return
        expected = on_disk(places.case)
    result.wrong.append("a scan that never ends")


def _instant(chance: random.Random, case: Path, seconds: float) -> tuple[float, int]:
    """When to kill: so many seconds after so many more contents have their report. Half of the instants are counted from the start."""
    if chance.random() < 0.5:
        return chance.uniform(0.0, seconds), 0
    return chance.uniform(0.0, 1.5), _reports(case) + chance.randint(1, 4)


def _reports(case: Path) -> int:
    return sum(1 for _ in (case / "items").iterdir()) if (case / "items").is_dir() else 0


def _killed(process: "subprocess.Popen[bytes]", instant: tuple[float, int], case: Path, result: Result) -> bool:
    """Kill the process at that instant; False where it ended before."""
    began, (seconds, reports) = time.monotonic(), instant
    while process.poll() is None and _reports(case) < reports:
        time.sleep(0.01)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        result.kills += 1
        result.instants.append(time.monotonic() - began)
        return True
    return False


def _restored(said: str, expected: int, result: Result) -> None:
    """The number that a run says it restored is the number that was on the disk; of a run killed before it could say so nothing is asked."""
    match = RESTORED.search(said)
    told = int(match[1].replace(",", "")) if match else 0
    if match or "to do" in said:
        result.restored.append(told)
        if told != expected:
            result.wrong.append(f"{expected} contents were on the disk, and {told} restored are spoken of")


def test(folder: Path, kills: int, seed: int, clips: int, jobs: int) -> Result:
    """The whole of it, in a folder of its own."""
    places, result, chance = watching.places(folder), Result(), random.Random(seed)
    fill(places.evidence, clips)
    before = watching.kept(places.evidence)
    wanted, seconds = uninterrupted(places, jobs)
    print(
        f"uninterrupted: {seconds:.1f} s; " + ", ".join(f"{name} {len(data):,} bytes" for name, data in wanted.items()),
        flush=True,
    )
    result.wrong += [f"{name} is missing or empty" for name, data in wanted.items() if not data]
    told = len(result.wrong)
    while result.kills < kills and result.cases < 3 * kills + 3:
        shutil.rmtree(places.case)
        one_case(places, chance, result, jobs=jobs, seconds=seconds, most=kills - result.kills)
        result.cases += 1
        found = forms(places.case)
        result.wrong += [f"case {result.cases}: {name} is another one" for name in SAME if found[name] != wanted[name]]
        result.wrong += [f"case {result.cases}: `work` was left"] * (places.case / "work").exists()
        print(
            f"case {result.cases}: {result.kills} kills, {result.runs} runs", *result.wrong[told:], sep="; ", flush=True
        )
        told = len(result.wrong)
    left = sum(1 for _ in (places.quiet / "tmp").iterdir())
    result.wrong += [f"{left} names were left among the temporary files of the system"] * bool(left)
    result.wrong += ["the evidence is not as it was"] * (watching.kept(places.evidence) != before)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--clips", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        result = test(Path(name), options.kills, options.seed, options.clips, options.jobs)
    print(f"{result.kills} kills in {result.cases} case folders, {result.runs} runs")
    print("instants, seconds: " + " ".join(f"{instant:.1f}" for instant in result.instants))
    print("contents restored: " + " ".join(map(str, result.restored)))
    return tell(result.wrong)


if __name__ == "__main__":
    sys.exit(main())

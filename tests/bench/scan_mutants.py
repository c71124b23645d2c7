"""A folder of real clips and a thousand damaged copies of them, scanned by the real command, and watched from outside.

    python tests/bench/scan_mutants.py CORPUS_DIR [--count 1000] [--first 0] [--jobs 2] [--strace] [--work DIR]

Half of the copies are whole clips with some bytes changed or the end cut off; half are the ends of clips with the changes of `mutations.py`.
A number stands for one file, always the same. Printed are what became of the files and the most memory that all processes together held;
the exit code is 1 where a file has no outcome or two, a process was left behind, something outside the case folder was written, a file of
evidence is not as it was, or memory passed the bound.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mutate_containers import NO_FILM, films, gather
from bench.mutations import Seed, mutate, tell
from case import processes, watching
from entirety.report.case_names import path_from

MOST_MEMORY = 2.5e9
"""Bytes of the whole tree of processes with two jobs: the target that the project set itself."""
LEFT_BEHIND = 5.0
"""Seconds after which no process of a scan may be left."""
WIDEST_CHANGE = 64


@dataclass
class Result:
    outcomes: Counter[str] = field(default_factory=Counter)
    files: int = 0
    seconds: float = 0.0
    pss: int = 0
    rss: int = 0
    processes: int = 0
    wrong: list[str] = field(default_factory=list)


def changed(data: bytes, number: int) -> bytes:
    """A whole clip with some bytes changed, or with its end cut off."""
    chance = random.Random(number)
    if number % 4 == 0:
        return data[: chance.randrange(1, len(data) + 1)]
    out = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(out))
        length = chance.choice((1, 1, 1, 4, WIDEST_CHANGE))
        out[at : at + length] = chance.randbytes(len(out[at : at + length]))
    return bytes(out)


def damaged(clips: Sequence[Path], seeds: Sequence[Seed], numbers: range) -> Iterator[tuple[str, bytes]]:
    """Name and content of each damaged file."""
    for number in numbers:
        if number % 2:
            seed, data = mutate(seeds, number)
            yield f"{number:05d}-{seed.name}", data
        else:
            clip = random.Random(number).choice(clips)
            yield f"{number:05d}-{clip.name}", changed(clip.read_bytes(), number)


def fill(evidence: Path, clips: Sequence[Path], numbers: range) -> None:
    """Real clips and damaged copies, a hundred to a folder."""
    with tempfile.TemporaryDirectory() as folder:
        made = sorted(films(Path(folder)))
        seeds = gather([*made, *clips])
        whole = [*clips, *made]
        (evidence / "whole").mkdir()
        for number, clip in enumerate(whole):
            shutil.copyfile(clip, evidence / "whole" / f"{number:03d}-{clip.name}")
        for number, (name, data) in enumerate(damaged(clips or made, seeds, numbers)):
            place = evidence / f"damaged-{number // 100:02d}"
            place.mkdir(exist_ok=True)
            (place / name).write_bytes(data)


def scan(places: watching.Places, jobs: int, *, strace: bool, seconds: float, more: Sequence[str] = ()) -> Result:
    """Scan the evidence that lies there, and hold what happened against what may."""
    before, quiet = watching.kept(places.evidence), set(watching.kept(places.quiet))
    inotify, result, marked = watching.Inotify(), Result(files=0), processes.mark()
    inotify.watch_all(places.evidence, watching.CHANGED)
    command = watching.scan_command(places, "--jobs", str(jobs), *more)
    command = watching.traced(places, command) if strace else command
    began = time.monotonic()
    with processes.watched(marked) as seen:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            cwd=places.quiet / "cwd",
            env=places.environment() | marked,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )
    result.seconds, result.pss, result.rss, result.processes = (
        time.monotonic() - began,
        seen.pss,
        seen.rss,
        seen.processes,
    )
    result.wrong += [f"exit code {done.returncode}: {done.stderr.decode()[-300:]}"] * (done.returncode not in {0, 3})
    result.wrong += [f"process {pid} was left behind" for pid in processes.outliving(marked, LEFT_BEHIND)]
    result.wrong += [f"all processes held {seen.pss / 1e6:.0f} MB"] * (seen.pss > MOST_MEMORY)
    result.wrong += [f"evidence: {event}" for event in inotify.events()]
    inotify.close()
    after = watching.kept(places.evidence)
    result.wrong += [
        f"evidence: {name!r} is not as it was" for name in before | after if before.get(name) != after.get(name)
    ]
    result.wrong += [
        f"left outside the case folder: {name!r}" for name in watching.kept(places.quiet) if name not in quiet
    ]
    if strace:
        result.wrong += _calls(places)
    _outcomes(result, places)
    return result


def _calls(places: watching.Places) -> Iterator[str]:
    """What strace saw written elsewhere, and calls to a network."""
    seen = watching.read_calls(places.log, places.quiet / "cwd")
    yield from (f"written: {path!r}" for path in sorted(places.outside(seen.written)))
    yield from (f"called: {call}" for call in sorted(seen.network))


def _outcomes(result: Result, places: watching.Places) -> None:
    """Every file has one outcome, and no other name has any."""
    try:
        items: list[dict[str, Any]] = json.loads((places.case / "index.json").read_text("utf-8"))["items"]
    except (OSError, ValueError) as error:
        result.wrong.append(f"index.json: {error}")
        return
    times = Counter(path_from(item["path"], item["path_bytes"]) for item in items)
    met = {
        str(path.relative_to(places.evidence))
        for path in places.evidence.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    result.files = len(met)
    result.wrong += [
        f"{name!r} has {times[name]} outcomes" for name in sorted(met | set(times)) if times[name] != (name in met)
    ]
    result.outcomes = Counter(item["outcome"] for item in items)
    result.wrong += [
        f"crashed: {item['path']}: {item['reason'][:200]}" for item in items if item["outcome"] == "crashed"
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=6 * 3600)
    parser.add_argument("--strace", action="store_true")
    parser.add_argument("--no-overlaps", action="store_true")
    parser.add_argument("--work", type=Path, help="Keep everything there, in a folder that is made.")
    options = parser.parse_args()
    found = sorted(path for path in options.folder.rglob("*") if path.is_file()) if options.folder else []
    clips = [path for path in found if path.suffix not in NO_FILM and path.stat().st_size]
    with tempfile.TemporaryDirectory() as name:
        if options.work:
            options.work.mkdir(parents=True)
        places = watching.places(options.work or Path(name))
        fill(places.evidence, clips, range(options.first, options.first + options.count))
        more = ("--no-overlaps",) * options.no_overlaps
        result = scan(places, options.jobs, strace=options.strace, seconds=options.seconds, more=more)
        print(
            f"{result.files} files: {len(clips)} of the corpus, {options.count} damaged; {os.cpu_count()} processors, {options.jobs} jobs"
        )
        for outcome, count in result.outcomes.most_common():
            print(f"{outcome:<14} {count:6}")
        print(
            f"{result.seconds:.0f} s; at most {result.processes} processes, {result.pss / 1e6:.0f} MB together (each by itself: {result.rss / 1e6:.0f} MB)"
        )
        return tell(result.wrong)


if __name__ == "__main__":
    sys.exit(main())

"""Thousands of damaged files, read by the readers of containers in processes with limits on time and memory.

    python tests/bench/mutate_containers.py CORPUS_DIR [--count 20000] [--first 0]

The seeds are the video files in the folder, and short films of the forms that are rare in corpora, made by the packaged ffmpeg. A number
stands for one damaged file, always the same: `--first N --count 1` repeats it. Time is CPU time, so that a busy machine disturbs nothing.
Printed are how many ended in a structure, the longest time, the largest memory, and every violation; the exit code is 1 where there is one.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mutations import Seed, cut, mutate, tell
from entirety.model.container import Structure
from entirety.read.container.forms import READERS
from entirety.read.container.isobmff import looks_like_isobmff, read_movie
from entirety.read.container.structure import HEAD, read_structure
from read.container.covering import violations

MOST_SECONDS, MOST_MIB = 2.0, 200.0
"""What a file may cost at most: the target that the project set itself."""
KILL_SECONDS, ADDRESS_SPACE = 60, 4 * 2**30
"""Where a runaway process is ended."""
NO_FILM = {".md", ".tsv", ".csv", ".json", ".xml", ".txt", ".gz", ".zip"}
TOGETHER = 20
"""Files that share a process, for speed."""
MOST_PLACES = 2_000
PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25", "-f", "lavfi", "-i", "sine", "-t", "1", "-bitexact"]
FILMS = {
    "made.ts": ["-c:v", "libx264"],
    "made.m2ts": ["-c:v", "libx264"],
    "made.vob": [],
    "made.mpg": [],
    "made.wmv": ["-metadata", "title=t"],
    "made.mxf": ["-ar", "48000"],
    "made.h264": ["-c:v", "libx264", "-an"],
    "made.hevc": ["-c:v", "libx265", "-x265-params", "log-level=none", "-an"],
}


@dataclass
class Result:
    structures: int = 0
    none: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: int = 0
    mib: float = 0.0
    largest: int = 0
    wrong: list[str] = field(default_factory=list)


def read(data: bytes) -> Structure | None:
    """As the audit reads a file."""
    file = io.BytesIO(data)
    movie = read_movie(file, len(data)) if looks_like_isobmff(data[:HEAD]) else None
    return read_structure(file, len(data), movie)


def by_force(seed: Seed, data: bytes) -> Structure | None:
    """By the reader of the seed's own form, where the damaged file is no longer taken for one: a reader must stand any bytes."""
    reader = next((read for looks, read in READERS if looks(seed.data[:HEAD])), None)
    if looks_like_isobmff(seed.data[:HEAD]):
        movie = read_movie(io.BytesIO(data), len(data))
        return read_structure(io.BytesIO(data), len(data), movie)
    return reader(io.BytesIO(data), len(data)) if reader else None


def films(folder: Path) -> Iterator[Path]:
    for name, options in FILMS.items():
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *PICTURE, *options, str(folder / name)]
        subprocess.run(command, check=True, capture_output=True)
        yield folder / name


def gather(paths: Sequence[Path]) -> list[Seed]:
    """Seeds of all files whose form has a reader."""
    seeds: list[Seed] = []
    for path in paths:
        data = cut(path.read_bytes())
        structure = read(data)
        if structure is not None:
            boxes = [box.offset for box in structure.walk()]
            places = (*boxes, *range(0, len(data), 188)) if structure.form == "mpegts" else tuple(boxes)
            seeds.append(Seed(path.name, structure.form, data, places[:MOST_PLACES]))
    return seeds


@dataclass(frozen=True)
class Answer:
    """What reading one file came to."""

    form: str
    told: bool
    """Its form was still known by its beginning."""
    seconds: float
    wrong: list[str]


def one(seeds: Sequence[Seed], number: int) -> Answer:
    seed, data = mutate(seeds, number)
    began = time.process_time()
    try:
        structure = read(data)
        told = structure is not None
        structure = structure or by_force(seed, data)
    except BaseException as error:  # noqa: BLE001 - whatever escapes is what is looked for
        return Answer("", told=False, seconds=0.0, wrong=[f"{type(error).__name__}: {error}"[:300]])
    seconds = time.process_time() - began
    wrong = violations(structure, len(data))[:3] if structure else []
    return Answer(structure.form if structure else "", told, seconds, wrong)


def fork(seeds: Sequence[Seed], numbers: range) -> tuple[list[Answer], float]:
    """What a process of their own finds out about some files, and its peak MiB; fewer answers where it was ended."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (KILL_SECONDS, KILL_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        for number in numbers:
            os.write(theirs, json.dumps(asdict(one(seeds, number))).encode() + b"\n")
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answers = [Answer(**json.loads(line)) for line in pipe]
    _, _, used = os.wait4(process, 0)
    return answers, used.ru_maxrss / 1024


def answers(seeds: Sequence[Seed], numbers: range) -> Iterator[tuple[int, Answer, float]]:
    """Number, answer and peak MiB of every file: several share a process, and are read again one by one where anything is wrong."""
    for start in range(numbers.start, numbers.stop, TOGETHER):
        some = range(start, min(start + TOGETHER, numbers.stop))
        found, mib = fork(seeds, some)
        if len(found) == len(some) and mib <= MOST_MIB and not any(answer.wrong for answer in found):
            yield from ((number, answer, mib) for number, answer in zip(some, found, strict=True))
            continue
        for number in some:
            alone, mib = fork(seeds, range(number, number + 1))
            ended = Answer("", told=False, seconds=0.0, wrong=["the process was ended"])
            yield number, alone[0] if alone else ended, mib


def measure(seeds: Sequence[Seed], numbers: range) -> Result:
    result = Result()
    for number, answer, mib in answers(seeds, numbers):
        result.structures += answer.told
        result.none += not answer.told
        result.forms[answer.form or "none"] += 1
        if answer.seconds > result.seconds:
            result.seconds, result.slowest = answer.seconds, number
        if mib > result.mib:
            result.mib, result.largest = mib, number
        wrong = list(answer.wrong)
        wrong += [f"{answer.seconds:.2f} s"] if answer.seconds > MOST_SECONDS else []
        wrong += [f"{mib:.0f} MiB"] if mib > MOST_MIB else []
        result.wrong += [f"{number} ({mutate(seeds, number)[0].name}): {words}" for words in wrong]
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = gather(list(films(Path(folder))))
    found = sorted(path for path in options.folder.rglob("*") if path.is_file()) if options.folder else []
    seeds = made + gather([path for path in found if path.suffix not in NO_FILM])
    result = measure(seeds, range(options.first, options.first + options.count))
    print(f"{options.count} damaged files from {len(seeds)} seeds")
    print(
        f"{result.structures} ended in a structure; {result.none} are of no known form any more, and were read by force"
    )
    print("read as: " + ", ".join(f"{form} {count}" for form, count in result.forms.most_common()))
    print(f"longest time {result.seconds:.2f} s (number {result.slowest})")
    print(f"largest memory {result.mib:.0f} MiB (number {result.largest}), the interpreter and all seeds included")
    return tell(result.wrong)


if __name__ == "__main__":
    sys.exit(main())

"""The set of partial copies, unrelated pairs and pairs of one static scene at different times that `entirety compare` is held to.

    python tests/bench/partial_copies.py --corpus DIR [--more DIR ...] --cache DIR [--half tuning|reporting|all] [--count N]

Writes recordings to CACHE/sources, copies with their truth beside them to CACHE/copies, pairs of one scene to CACHE/static, and the list
of unrelated pairs to CACHE/unrelated.json. What is there already is not made again, so that several runs
may share the work; one that was broken off leaves *.claim behind, which must be removed. Then: tests/bench/partial_score.py.
"""

import argparse
import json
import os
import shutil
import sys
import traceback
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import partial_pairs
from bench.partial_make import Programs, ending, make
from bench.partial_plan import Copy, number, outline, planned
from bench.partial_sources import SOURCES, Recording, is_drawn, opened, small
from bench.partial_truth import check, truth

PLAIN = {"copy", "mkvmerge", "melt", "opencv", "crf18", "crf23", "crf30", "mpeg4", "hevc", "vp9", "mjpeg"}
"""Conditions that leave size and brightness as they are, so that pictures can be held against each other."""


def recordings(folders: list[Path], cache: Path, program: str, half: str, *, draw: bool) -> dict[str, Recording]:
    """All recordings that are there; what is not is said."""
    found = {}
    for source in SOURCES:
        if half not in ("all", source.half):
            continue
        if is_drawn(source) and not draw and not (cache / "masters" / f"{source.id}.mkv").exists():
            print(f"{source.id} is left out: it is not drawn yet")
            continue
        try:
            found[source.id] = opened(source, folders, cache, program)
        except FileNotFoundError as error:
            print(f"{source.id} is left out: {error}")
    return found


def one(copy: Copy, known: dict[str, Recording], cache: Path, programs: Programs) -> str:
    """Make one copy with its truth; says what it is."""

    @lru_cache(maxsize=4)
    def pictures(source: str) -> NDArray[np.uint8]:
        kept = cache / "small" / f"{source}.npy"
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            part = kept.with_name(f"part{os.getpid()}-{kept.name}")
            np.save(part, small(known[source].path))
            part.replace(kept)
        return np.load(kept, mmap_mode="r")  # type: ignore[no-any-return]

    folder = cache / "copies"
    target = folder / f"{copy.name}{ending(copy)}"
    numbers = make(copy, known, target, programs)
    said = truth(copy, numbers, target, known, pictures)
    line = f"{copy.name}: {len(said['pieces'])} pieces, {len(said['foreign'])} foreign, {len(numbers)} pictures"
    if set(copy.conditions) <= PLAIN:
        worst, right = check(copy, numbers, target, pictures)
        said["checked"] = {"largest_difference": round(worst, 2), "share_right": round(right, 3)}
        line += f", differs {worst:.2f}, right {right:.0%}"
    part = folder / f"part-{copy.name}.json"
    part.write_text(json.dumps(said, indent=1))
    part.replace(folder / f"{copy.name}.json")
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--more", type=Path, action="append", default=[], help="another folder with real recordings")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--half", choices=("tuning", "reporting", "all"), default="all")
    parser.add_argument("--count", type=int, help="copies at most")
    parser.add_argument("--only", default="", help="part of the names of the copies that are made")
    parser.add_argument("--no-drawing", action="store_true", help="leave out drawn takes that are not there yet")
    chosen = parser.parse_args()
    programs = Programs(imageio_ffmpeg.get_ffmpeg_exe(), shutil.which("mkvmerge"), shutil.which("melt"))
    folder = chosen.cache / "copies"
    folder.mkdir(parents=True, exist_ok=True)
    known = recordings(
        [chosen.corpus, *chosen.more], chosen.cache, programs.ffmpeg, chosen.half, draw=not chosen.no_drawing
    )
    made = failed = 0
    wanted = [entry for entry in outline() if chosen.half in ("all", entry[1].half)]
    # All conditions early on, so that a part of the set is of use.
    wanted.sort(key=lambda entry: number(entry[0], 0, 10**9))
    for name, base, labels, structure in wanted:
        if base.id not in known or chosen.only not in name:
            continue
        if (labels == ("mkvmerge",) and not programs.mkvmerge) or (labels == ("melt",) and not programs.melt):
            print(f"{name} is left out: {labels[0]} is not installed")
            continue
        if (folder / f"{name}.json").exists():
            made += 1
            continue
        copy = planned(name, base, labels, structure, known)
        if copy is None:
            continue
        if chosen.count is not None and made >= chosen.count:
            break
        claim = folder / f"{name}.claim"
        try:
            claim.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            print(one(copy, known, chosen.cache, programs), flush=True)
            made += 1
        except (RuntimeError, ValueError, IndexError):
            failed += 1
            print(f"{name} FAILED\n{traceback.format_exc()[-1800:]}", flush=True)
        finally:
            claim.unlink(missing_ok=True)
    print(f"{made} copies are there, {failed} failed")
    strangers, scenes = partial_pairs.write(chosen.cache, known, programs.ffmpeg)
    print(f"{strangers} unrelated pairs, {scenes} pairs of one scene at two times")


if __name__ == "__main__":
    main()

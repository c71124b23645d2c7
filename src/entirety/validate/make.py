"""Carrying out a plan: the clip is made in a scratch folder and kept under a name that follows from everything it was made of.

A clip whose recipe, base or ffmpeg changes gets another name and is made again; all others are there already.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from entirety.errors import Environment
from entirety.read.programs import run
from entirety.validate.bases import master_arguments
from entirety.validate.model import Base, Spec, Step
from entirety.validate.patches import PATCHES

LONGEST = 600
"""Seconds for one command; the slowest takes a few."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where clips are made, and by which programs."""

    cache: Path
    ffmpeg: str
    ffmpeg_version: str
    mkvmerge: str | None
    """None where it is not installed: clips that need it are left out, and the run says so."""

    def master(self, base: Base) -> Path:
        """The master of a base, whether it is there already or not; named by all that it is made of."""
        mark = hashlib.sha256(" ".join(_taken(base)).encode()).hexdigest()[:8]
        return self.cache / "masters" / f"{base.id}-{mark}.mkv"


def key(spec: Spec, bench: Bench) -> str:
    """Names a clip by all that it is made of: the commands, the bases, ffmpeg's version."""
    steps = [[step.program, *step.arguments] for step in spec.plan.steps]
    taken = [_taken(base) for base in (spec.base, spec.other)]
    return hashlib.sha256(json.dumps([steps, taken, bench.ffmpeg_version]).encode()).hexdigest()[:20]


def _taken(base: Base) -> list[str]:
    """What a master is made of: the file's own bytes, and how; a drawn take follows from its arguments alone."""
    how = [] if base.origin == "drawn" else master_arguments(base, base.file, "master.mkv")
    return [base.sha256, str(base.first), str(base.count), str(base.rate), *how]


def needs_mkvmerge(spec: Spec) -> bool:
    """Whether a step is mkvmerge's."""
    return any(step.program == "mkvmerge" for step in spec.plan.steps)


def clip(spec: Spec, bench: Bench) -> Path:
    """The clip, made now where it is not there yet. Raises Environment where a command fails."""
    name = key(spec, bench)
    target = bench.cache / "clips" / name[:2] / f"{name}{Path(spec.plan.result).suffix}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        # Inside the cache, so that the finished clip is moved and not copied: it is there whole or not at all.
        with tempfile.TemporaryDirectory(dir=bench.cache) as folder:
            _carry_out(spec, bench, Path(folder))
            (Path(folder) / spec.plan.result).replace(target)
    return target


def _carry_out(spec: Spec, bench: Bench, folder: Path) -> None:
    for name, base in (("base.mkv", spec.base), ("other.mkv", spec.other)):
        (folder / name).symlink_to(bench.master(base).absolute())
    for step in spec.plan.steps:
        try:
            _DO[step.program](step, folder, bench)
        except Environment as error:
            raise Environment(f"The clip {spec.id} could not be made. {error}") from error


def _ffmpeg(step: Step, folder: Path, bench: Bench) -> None:
    run([bench.ffmpeg, *step.arguments], LONGEST, folder)


def _mkvmerge(step: Step, folder: Path, bench: Bench) -> None:
    if bench.mkvmerge is None:
        raise Environment("The mkvmerge program is not installed; without it these clips are left out.")
    # 1 is a warning: parts of two cameras differ in what describes their streams, and are appended all the same.
    run([bench.mkvmerge, *step.arguments], LONGEST, folder, passes=(0, 1))


def _write(step: Step, folder: Path, bench: Bench) -> None:  # noqa: ARG001 - one signature for all steps
    name, text = step.arguments
    (folder / name).write_text(text, encoding="utf-8")


def _patch(step: Step, folder: Path, bench: Bench) -> None:  # noqa: ARG001 - one signature for all steps
    name, *arguments = step.arguments
    PATCHES[name](folder, tuple(arguments))


_DO: dict[str, Callable[[Step, Path, Bench], None]] = {
    "ffmpeg": _ffmpeg,
    "mkvmerge": _mkvmerge,
    "write": _write,
    "patch": _patch,
}


def bench(cache: Path, ffmpeg: str, ffmpeg_version: str) -> Bench:
    """A bench with mkvmerge where it is installed."""
    (cache / "masters").mkdir(parents=True, exist_ok=True)
    return Bench(cache, ffmpeg, ffmpeg_version, shutil.which("mkvmerge"))

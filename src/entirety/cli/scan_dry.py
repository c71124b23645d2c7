"""`entirety scan --dry-run`: what is there, how large it is, and about how long it would take. Writes nothing into the case folder."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from entirety.cli.scan_told import lasting
from entirety.cli.terminal import progress, safe, say

if TYPE_CHECKING:
    from entirety.case.jobs import Done
    from entirety.case.scan import Run
    from entirety.case.walk import Met


SLOWER = 4
"""Times what the machine that was measured on took for H.264: an old laptop, or footage that takes more to decode."""


def list_only(met: "Sequence[Met]", folder: Path, run: "Run", jobs: int) -> None:
    """Print one line for each name met, in order, then the sums. Every file is opened in a child of its own, as in a scan."""
    from entirety.case.jobs import Job
    from entirety.case.probe import seconds

    files = [one for one in met if one.fate is None]
    with tempfile.TemporaryDirectory() as place:
        desks = (Path(place) / f"{number}" for number in range(len(files)))
        todo = (
            Job(one.path, "probe", str(folder / one.path), one.size, str(_made(desk)))
            for one, desk in zip(files, desks, strict=True)
        )
        probed: dict[str, Done] = {}
        with progress("looking", "files") as tell:
            for one_done in run(todo):
                probed[one_done.job.id] = one_done
                if tell:
                    tell(len(probed), len(files))
    videos, needed = 0, 0.0
    for one in sorted(met, key=lambda one: one.path):
        done = probed.get(one.path)
        if done is not None and done.record is not None:
            videos += 1
            taken = seconds(*(int(done.record[name]) for name in ("pictures", "width", "height")))
            needed += taken
            told = f"video, {done.record['width']} x {done.record['height']}, about {lasting(taken)}"
        else:
            told = _why(done, one)
        sys.stdout.write(f"{one.size:>15,}  {safe(one.path)}  {safe(told)}\n")
    size, least = sum(one.size for one in files), needed / jobs
    say(
        f"{len(met):,} names, {size / 1e6:,.1f} MB, {videos:,} of them videos: {lasting(least)} to {lasting(SLOWER * least)} with {jobs} at a "
        "time, by this machine's speed and the clips' coding; copies of the same content are audited once. Nothing was written."
    )


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _why(done: "Done | None", one: "Met") -> str:
    if done is None:
        return f"{one.fate.value}: {one.reason}" if one.fate else ""
    return f"{done.fate.value}: {done.reason}"

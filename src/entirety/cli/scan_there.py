"""Work on a cluster, and what a machine of it does for one file: fetches or finds it, reads it in a child as a scan does, and packs what was written."""

import json
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from entirety.case.cluster import There, run_on
from entirety.case.jobs import Done, Job
from entirety.case.limits import Limits
from entirety.case.packed import pack
from entirety.case.returned import NEEDED, OTHER, BrokenOff
from entirety.case.single import DONE, ask
from entirety.cli.tool import tool
from entirety.errors import CannotOpen
from entirety.read import custody
from entirety.read.programs import run_tied
from entirety.report.record import tool_part
from entirety.report.visible import visible


def run_there(address: str, limits: Callable[[Job], Limits]) -> Callable[[Iterable[Job]], Iterator[Done]]:
    """A function that runs jobs on a cluster. Raises Environment."""
    return run_on(address, uuid.uuid4().hex, limits, There(tool_there, do_there))


def do_there(asked: dict[str, Any]) -> Any:
    """Do one job on this machine. Raises BrokenOff where it cannot be done here, so that another machine is asked."""
    job, limits = Job(**asked["job"]), Limits(**asked["limits"])
    if tool_there() != job.options.get("tool"):
        return OTHER
    with tempfile.TemporaryDirectory(prefix="entirety-") as name:
        place = Path(name)
        desk, path = place / "desk", _path(job, asked, place)
        if path is None:
            return NEEDED
        desk.mkdir()
        ask(place, Job(job.id, job.work, str(path), job.size, str(desk), job.options), limits)
        code = run_tied([sys.executable, "-m", "entirety.cli.scan_single", str(place)])
        try:
            done = json.loads((place / DONE).read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            raise BrokenOff(f"the reading of {visible(path.name)} ended with the code {code}") from error
        try:
            return {"done": done, "files": pack(desk)}
        except ValueError:
            return {"done": done, "files": None}  # which is refused where it arrives


def _path(job: Job, asked: dict[str, Any], place: Path) -> Path | None:
    """Where the file is here, with the bytes and the date of the one that is meant; a file that was sent is given its name and date,
    which the report prints.
    """
    if asked["content"] is None:
        path = Path(job.path)
        try:
            status = path.stat()
            # The hash last, which reads the whole file.
            same = (status.st_size, status.st_mtime_ns) == (job.size, asked["modified"])
            return path if same and custody.take(path).sha256 == job.id else None
        except (OSError, CannotOpen):
            return None
    sent = place / "sent" / Path(job.path).name
    sent.parent.mkdir()
    sent.write_bytes(asked["content"])
    os.utime(sent, ns=(asked["modified"], asked["modified"]))
    return sent


@cache
def tool_there() -> dict[str, Any]:
    """This program as it is on this machine."""
    return tool_part(tool())

"""What a machine of a cluster does for one file: fetches or finds it, reads it in a child as a scan does, and packs what was written."""

import json
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from entirety.case.cluster import NEEDED, OTHER
from entirety.case.jobs import Job, tool_record
from entirety.case.limits import Limits
from entirety.case.packed import pack
from entirety.case.single import DONE, ask
from entirety.cli.tool import tool
from entirety.read.programs import run_tied
from entirety.report.visible import visible


def do_there(asked: dict[str, Any]) -> Any:
    """Do one job on this machine. Raises RuntimeError where it cannot be done here, so that another machine is asked."""
    job, limits = Job(**asked["job"]), Limits(**asked["limits"])
    if _tool() != job.options.get("tool"):
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
            raise RuntimeError(f"the reading of {visible(path.name)} ended with the code {code}") from error
        return {"done": done, "files": pack(desk)}


def _path(job: Job, asked: dict[str, Any], place: Path) -> Path | None:
    """Where the file is here; a file that was sent is given its name and date, which the report prints."""
    if asked["content"] is None:
        path = Path(job.path)
        try:
            return path if path.stat().st_size == job.size else None
        except OSError:
            return None
    sent = place / "sent" / Path(job.path).name
    sent.parent.mkdir()
    sent.write_bytes(asked["content"])
    os.utime(sent, ns=(asked["modified"], asked["modified"]))
    return sent


@cache
def _tool() -> dict[str, Any]:
    """This program as it is on this machine."""
    return tool_record(tool())

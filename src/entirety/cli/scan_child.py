"""What a child process of a scan does, by kind of work. It has a clock, for the run record of a report; so it stands here and not below."""

import datetime as dt
import platform
import time
from pathlib import Path
from typing import Any

from entirety.case.audit_item import audit_item
from entirety.case.child import Tell
from entirety.case.jobs import Job, tool_of
from entirety.case.layout import HASHES
from entirety.case.overlaps import keep, overlaps_of
from entirety.case.probe import probe
from entirety.cli.terminal import safe
from entirety.compare.kept import signature_of
from entirety.model.audit import RunRecord
from entirety.report.overlap_record import overlap_document

PRELOAD = (__name__, "entirety.read.container.forms", "entirety.read.headers.video")
"""What children share. The last two are loaded only where a file asks for them, which almost every one in a folder does: 90 ms for each."""


def work(job: Job, tell: Tell) -> dict[str, Any]:
    """Do one job; returns its JSON values. Raises EntiretyError."""
    return {"audit": _audit, "sign": _sign, "overlaps": _overlaps, "probe": _probe}[job.work](job, tell)


def _audit(job: Job, tell: Tell) -> dict[str, Any]:
    started, began = dt.datetime.now(dt.UTC), time.monotonic()

    def record() -> RunRecord:
        return RunRecord(
            started=started.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - began, 3),
            command=f"entirety scan (this file: {safe(Path(job.path).name)})",
            platform=f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        )

    return audit_item(job, tell, record)


def _sign(job: Job, tell: Tell) -> dict[str, Any]:
    keep(Path(job.folder) / HASHES, signature_of(Path(job.path), None, tell)[0])
    return {}


def _overlaps(job: Job, _: Tell) -> dict[str, Any]:
    clips = [(str(sha256), str(name)) for sha256, name in job.options["clips"]]
    return overlap_document(overlaps_of(Path(job.options["hashes"]), clips), tool_of(job.options["tool"]))


def _probe(job: Job, tell: Tell) -> dict[str, Any]:
    pictures, width, height = probe(Path(job.path))
    tell(pictures, pictures)
    return {"pictures": pictures, "width": width, "height": height}

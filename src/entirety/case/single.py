"""One job by itself, for a machine that does parts of a scan for another: the job lies in a file, and what came of it is put beside it.

It is watched over, held to limits and ended exactly as in a scan on one machine, because it is the same code.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from entirety.case.child import Work
from entirety.case.jobs import Done, Job
from entirety.case.limits import Limits
from entirety.case.workers import Crew, run
from entirety.model.case import Fate

JOB, DONE = "job.json", "done.json"


def ask(folder: Path, job: Job, limits: Limits) -> None:
    """Put the job into `folder`."""
    (folder / JOB).write_text(json.dumps({"job": asdict(job), "limits": asdict(limits)}), encoding="ascii")


def do(folder: Path, work: Work, now: Callable[[], float], preload: tuple[str, ...]) -> None:
    """Do the job that lies in `folder` in a child, and put down what came of it."""
    asked = json.loads((folder / JOB).read_text(encoding="ascii"))
    limits = Limits(**asked["limits"])
    (done,) = run([Job(**asked["job"])], Crew(work, 1, lambda _: limits, now, preload))
    part = folder / f"{DONE}.part"
    part.write_text(json.dumps(done_record(done)), encoding="ascii")
    part.replace(folder / DONE)


def done_record(done: Done) -> dict[str, Any]:
    """What became of a job, as JSON values, without the job."""
    return {
        "fate": done.fate.value,
        "reason": done.reason,
        "record": done.record,
        "seconds": done.seconds,
        "peak": done.peak,
    }


def done_from(job: Job, record: Any) -> Done:
    """The same read back. Raises ValueError."""
    match record:
        case {
            "fate": str(fate),
            "reason": str(reason),
            "record": dict() | None as given,
            "seconds": float(seconds),
            "peak": int(peak),
        }:
            return Done(job, Fate(fate), reason, given, seconds, peak)
    raise ValueError("no record of what became of a job")

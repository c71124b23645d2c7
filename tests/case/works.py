"""Work for children in tests, at the top of a module so that a child finds it."""

import ctypes
import errno
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from entirety.case.child import Tell
from entirety.case.jobs import Job
from entirety.case.limits import MIB, Limits
from entirety.case.workers import Crew, run
from entirety.errors import Damaged

GOOD: dict[str, object] = {"fate": "damaged", "reason": "", "record": None, "peak": 5, "network": "cut"}
SAID: list[str] = [
    json.dumps(one)
    for one in (
        {**GOOD, "peak": 2**63}, {**GOOD, "fate": "empty"}, {**GOOD, "record": {}}, {**GOOD, "fate": "audited"}, {**GOOD, "reason": 7}
    )
]  # fmt: skip
"""What a child that was taken over could say."""


def odd(job: Job, tell: Tell) -> dict[str, Any]:  # noqa: C901, PLR0912 - one line for each way to end
    """Whatever the job's id says."""
    what = job.id.partition("-")[0]
    if what == "crash":
        sys.stderr.write("something is\nvery wrong\n")
        sys.stderr.flush()
        ctypes.string_at(0)
    if what == "raise":
        raise ValueError("no such thing")
    if what == "damaged":
        raise Damaged("x.mp4 is broken; ask for it again.")
    if what == "hang":
        time.sleep(600)
    if what == "spin":
        while True:
            pass
    if what == "eat":
        kept = []
        while True:
            kept.append(bytearray(b"x" * 2**24))
    if what == "exit":
        os._exit(3)
    if what == "lie":
        (Path(job.folder) / "result.json").symlink_to("/etc/hostname")
        os._exit(0)
    if what == "orphan" and not os.fork():
        (Path(job.options["out"])).write_text(str(os.getpid()))
        time.sleep(600)
    if what == "orphan":
        time.sleep(0.5)
        os._exit(1)
    if what == "leaver" and not os.fork():
        os.setsid()
        (Path(job.options["out"])).write_text(str(os.getpid()))
        time.sleep(600)
    if what == "leaver":
        time.sleep(1.5)
        os._exit(1)
    if what == "full":
        raise OSError(errno.ENOSPC, "No space left on device")
    if what == "long":
        raise Damaged("\udcff\u202e" * 100_000)
    if what == "said":
        (Path(job.folder) / "result.json").write_text(SAID[int(job.id[-1]) - 1])
        os._exit(0)
    if what == "write":
        with (Path(job.folder) / "large").open("wb") as file:
            while True:
                file.write(b"x" * 2**20)
    tell(5, 10)
    return {"id": job.id, "pid": os.getpid()}


def connects(job: Job, tell: Tell) -> dict[str, Any]:
    """Try to reach a port of this machine."""
    import socket

    tell(0, 0)
    try:
        socket.create_connection(("127.0.0.1", int(job.options["port"])), timeout=3).close()
    except OSError as error:
        return {"reached": False, "why": str(error)}
    return {"reached": True}


def two_that_hang(place: str) -> None:
    """Run two jobs that never end, until somebody ends this process."""
    jobs = []
    for name in ("hang-1", "hang-2"):
        folder = Path(place) / name
        folder.mkdir()
        jobs.append(Job(name, "test", "x", 1, str(folder)))
    list(run(jobs, Crew(odd, 2, lambda _: Limits(512 * MIB, 60, 60), time.monotonic)))

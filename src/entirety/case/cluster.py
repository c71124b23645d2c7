"""Hands the jobs of a scan to other machines through Dask, and takes back what came of them, as if a child on this machine had done it.

Every machine must have the same version of this program and of its libraries; one that has not refuses its jobs. A file is read at the same
path where the machine has it, and is sent along where it has not. A machine that dies costs nothing: Dask gives its jobs to another.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from entirety.case.jobs import Done, Job
from entirety.case.limits import Limits
from entirety.case.packed import unpack
from entirety.case.single import done_from
from entirety.errors import Environment
from entirety.model.case import Fate

There = Callable[[dict[str, Any]], Any]
"""Does one job on the machine on which it is called; the command line has it."""
NEEDED, OTHER = "needed", "other-version"
"""What it answers in place of a result: the file is not there; the program is another one there."""
AHEAD = 2
"""Jobs handed out for each processor there: one to do and one to go on with."""
LARGEST_SENT = 2 * 2**30
"""Bytes of a file that is sent: it is held in memory on both sides."""
RETRIES = 2
"""Times that a job is given out again after its machine broke it off with an error; deaths of machines Dask counts by itself."""
WAIT = 10
"""Seconds to wait for the scheduler."""


def run_on(address: str, limits: Callable[[Job], Limits], there: There) -> Callable[[Iterable[Job]], Iterator[Done]]:
    """A function that runs jobs on the cluster whose scheduler has this address. Raises Environment where there is none."""
    try:
        # By name: an extra, which need not be installed where this is checked.
        dask = import_module("distributed")
    except ImportError as error:
        raise Environment(
            "Dask is not installed: install entirety with the extra `cluster` here and on every machine."
        ) from error
    try:
        client = dask.Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise Environment(
            f"No scheduler answers at {address}; start one with `dask scheduler`, or check the address."
        ) from error
    return lambda jobs: _run((dask, client), jobs, limits, there)


def _run(
    cluster: tuple[Any, Any], jobs: Iterable[Job], limits: Callable[[Job], Limits], there: There
) -> Iterator[Done]:
    dask, client = cluster
    waiting, out = iter(jobs), dict[Any, Job]()
    completed = dask.as_completed(loop=client.loop)

    def hand_out(job: Job, *, send: bool) -> None:
        status = Path(job.path).stat()
        asked = {
            "job": asdict(job),
            "limits": asdict(limits(job)),
            "modified": status.st_mtime_ns,
            "content": Path(job.path).read_bytes() if send else None,
        }
        future = client.submit(there, asked, key=f"entirety-{job.work}-{job.id}-{send}", retries=RETRIES, pure=False)
        out[future] = job
        completed.add(future)

    try:
        while True:
            while len(out) < AHEAD * max(1, sum(client.ncores().values())) and (job := next(waiting, None)) is not None:
                hand_out(job, send=False)
            if not out:
                return
            future = next(completed)
            job = out.pop(future)
            if future.status == "finished" and (given := future.result()) == NEEDED:
                if job.size > LARGEST_SENT:
                    yield Done(job, Fate.FAILED, _too_large(job), None)
                else:
                    hand_out(job, send=True)
                continue
            yield _taken(job, given) if future.status == "finished" else Done(job, Fate.CRASHED, _broken(future), None)
    finally:
        client.cancel(list(out))


def _taken(job: Job, given: Any) -> Done:
    """What a machine sent back, its files put where a child would have written them."""
    if given == OTHER:
        return Done(
            job,
            Fate.FAILED,
            "The machine that was to read it has another version of this program or of its libraries; install the same on all.",
            None,
        )
    try:
        done = done_from(job, given["done"])
        unpack(given["files"], Path(job.folder))
    except (ValueError, KeyError, TypeError):
        return Done(job, Fate.CRASHED, "The machine that read it sent something that cannot be read.", None)
    return done


def _too_large(job: Job) -> str:
    return (
        f"The machine that was to read it has no such file at the same path, and {job.size / 1e9:,.1f} GB are too much to be sent: "
        "put the evidence where all machines see it."
    )


def _broken(future: Any) -> str:
    error = future.exception()
    return f"The machines that were to read it broke it off ({type(error).__name__}); ask for it again with --retry."

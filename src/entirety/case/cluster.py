"""Hands the jobs of a scan to other machines through Dask, and takes back what came of them, as if a child on this machine had done it.

Only machines that have the same version of this program and of its libraries are given any. A file is read at the same path where the machine
has it with the same bytes and date, and is sent along where it has not. A machine that dies costs nothing: its jobs go to another. Where the
cluster itself is lost the scan ends, and keeps what is finished.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from entirety.case.jobs import Done, Job
from entirety.case.limits import Limits
from entirety.case.machines import Machines
from entirety.case.returned import came, gone, worn_out
from entirety.errors import EntiretyError, Environment
from entirety.model.case import Fate

AHEAD = 2
"""Jobs handed out for each processor there: one to do and one to go on with."""
MOST_SENT = 4 * 2**30
"""Bytes of all files that were sent and are not read to their end: the scheduler and the machines hold them in memory."""
RETRIES = 2
"""Times that a job is given out again after its machine broke it off with an error."""
DEATHS = 3
"""Times that a job is given out again after all machines that might have read it died; Dask allows as many deaths within one giving out."""
WAIT = 10
"""Seconds to wait for the scheduler."""
LOOK = 5.0
"""Seconds after which the machines are looked at again though nothing ended."""
PATIENCE = 24
"""Looks in a row without a machine before the scan ends: two minutes, in which one that is started again is back."""
KEPT = (
    "What is finished is kept: give the same command again when the cluster runs, or without --cluster to go on here."
)


@dataclass(frozen=True, slots=True)
class There:
    """What is called on the other machines; the command line has both."""

    tool: Callable[[], dict[str, Any]]
    """Describes the program on the machine on which it is called."""
    do: Callable[[dict[str, Any]], Any]
    """Does one job on it."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as one scan uses it."""

    client: Any
    address: str
    killed: type[BaseException]
    """What Dask says of a job whose machines died one after another."""
    run: str
    limits: Callable[[Job], Limits]
    there: There
    ended: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    """What is out and came to an end, put there by Dask."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A job that is to be handed out, or is out."""

    job: Job
    send: bool = False
    """With the file's content."""
    deaths: int = 0
    given_to: frozenset[str] = frozenset()


def run_on(
    address: str, run: str, limits: Callable[[Job], Limits], there: There
) -> Callable[[Iterable[Job]], Iterator[Done]]:
    """A function that runs jobs, once, on the cluster whose scheduler has this address; it raises Environment where the cluster is lost.

    `run` is a word that no other scan has: a scheduler that serves two would give the one what the other asked for. Raises Environment where
    there is no scheduler.
    """
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
    # Of a lost scheduler it prints a page; what ends a scan is said in one sentence.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    # A file that is sent is as large as it is; Dask would print advice on how to write the program.
    import_module("dask").config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
    cluster = Cluster(client, address, dask.KilledWorker, run, limits, there)
    return lambda jobs: run_jobs(cluster, jobs)


def run_jobs(cluster: Cluster, jobs: Iterable[Job]) -> Iterator[Done]:
    """Run jobs and give what became of each as they end; the connection is closed then."""
    waiting, again, out = iter(jobs), deque[_Piece](), dict[Any, _Piece]()
    numbers, alone = count(), 0
    try:
        with _held(cluster):
            machines = Machines(cluster.client, cluster.there.tool)
        while again or out or _refill(again, waiting):
            with _held(cluster):
                fit = machines.fitting()
                _call_back(cluster, again, out, machines.all)
            yield from _worn(again)
            most = AHEAD * sum(fit.values())
            while len(out) < most and (piece := _next(again, out, waiting, most)) is not None:
                try:
                    asked = _asked(piece, cluster.limits)
                except OSError as error:
                    yield gone(piece.job, error)
                    continue
                with _held(cluster):
                    out[_submit(cluster, piece, asked, sorted(fit), next(numbers))] = replace(
                        piece, given_to=frozenset(fit)
                    )
            alone = 0 if fit else alone + 1
            if alone > PATIENCE:
                raise Environment(f"The cluster at {cluster.address} has no machine that could read a file. {KEPT}")
            for future in _ended(cluster, wait=bool(out or not fit)):
                if (piece := out.pop(future, None)) is None:
                    continue  # it was handed out again
                done = None
                if future.status == "lost":
                    piece = replace(piece, deaths=piece.deaths + 1)
                elif (done := _came(cluster, piece, future)) is None:
                    piece = replace(piece, send=True)
                if done is None:
                    again.append(piece)
                else:
                    yield done
    finally:
        # Where the scheduler is gone neither is possible, and neither is needed.
        with suppress(Exception):
            cluster.client.cancel(list(out))
        with suppress(Exception):
            cluster.client.close(timeout=WAIT)


@contextmanager
def _held(cluster: Cluster) -> Iterator[None]:
    """Round whatever is asked of the cluster. Raises Environment where it is lost."""
    lost = f"The scheduler at {cluster.address} was lost. {KEPT}"
    if cluster.client.status != "running":
        raise Environment(lost)
    try:
        yield
    except EntiretyError:
        raise
    except Exception as error:
        if cluster.client.status != "running" or isinstance(error, OSError):
            raise Environment(lost) from error
        raise


def _refill(again: deque[_Piece], waiting: Iterator[Job]) -> bool:
    """Takes one more job to hand out; whether there was one."""
    if (job := next(waiting, None)) is not None:
        again.append(_Piece(job))
    return job is not None


def _next(again: deque[_Piece], out: dict[Any, _Piece], waiting: Iterator[Job], most: int) -> _Piece | None:
    """The next that may go out now; contents only as far as there is room for them, and a new job only as far as not too many wait."""
    sent = sum(piece.job.size for piece in out.values() if piece.send)
    while True:
        for piece in again:
            if not piece.send or not sent or sent + piece.job.size <= MOST_SENT:
                again.remove(piece)
                return piece
        if len(again) + len(out) >= most or not _refill(again, waiting):
            return None


def _asked(piece: _Piece, limits: Callable[[Job], Limits]) -> dict[str, Any]:
    """What goes out. Raises OSError where the file cannot be read any more."""
    path = Path(piece.job.path)
    return {
        "job": asdict(piece.job),
        "limits": asdict(limits(piece.job)),
        "modified": path.stat().st_mtime_ns,
        "content": path.read_bytes() if piece.send else None,
    }


def _submit(cluster: Cluster, piece: _Piece, asked: dict[str, Any], machines: list[str], number: int) -> Any:
    """Hand a job to the machines that fit, and to no other."""
    future = cluster.client.submit(
        cluster.there.do,
        asked,
        key=f"entirety-{cluster.run}-{piece.job.work}-{piece.job.id}-{number}",
        workers=machines,
        allow_other_workers=False,
        retries=RETRIES,
        pure=False,
    )
    future.add_done_callback(cluster.ended.put)
    return future


def _call_back(cluster: Cluster, again: deque[_Piece], out: dict[Any, _Piece], there: frozenset[str]) -> None:
    """Take back what all machines died of that it was given to: Dask would wait for these, and hand it to no other."""
    for future in [one for one, piece in out.items() if not piece.given_to & there]:
        piece = out.pop(future)
        again.append(replace(piece, deaths=piece.deaths + 1))
        cluster.client.cancel([future])


def _worn(again: deque[_Piece]) -> Iterator[Done]:
    """Takes out what was handed out often enough."""
    for piece in [one for one in again if one.deaths > DEATHS]:
        again.remove(piece)
        yield worn_out(piece.job)


def _ended(cluster: Cluster, *, wait: bool) -> Iterator[Any]:
    """What ended, once anything has; nothing where nothing has for a while."""
    with suppress(Empty):
        if wait:
            yield cluster.ended.get(timeout=LOOK)
        while True:
            yield cluster.ended.get_nowait()


def _came(cluster: Cluster, piece: _Piece, future: Any) -> Done | None:
    with _held(cluster):
        done = came(piece.job, future, cluster.killed, sent=piece.send)
    if done is not None and done.fate is Fate.FAILED:
        with _held(cluster):  # lost meanwhile, it fails every file
            pass
    return done

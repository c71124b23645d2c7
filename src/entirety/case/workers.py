"""Runs jobs side by side, each in a child process of its own, and watches over them: a crash, a hang or a bomb costs that one file.

Children are forked from a process that has loaded everything and never reads evidence, so that one begins in milliseconds and clean; on
Windows each starts anew.
"""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from entirety.case.child import NO_ROOM, Work, heard, last_words, live, progress
from entirety.case.jobs import Done, Job
from entirety.case.limits import MIB, Limits
from entirety.model.case import Fate

LOOK = 0.25
"""Seconds between two looks at memory and time. A program fills some 1 GB a second; the system's own limit stands behind this one."""
SLOWEST = 8
"""Times the processor time that a file may take, by the clock: more than a busy machine makes of it."""
LONGEST_PLACE = 72
"""Bytes of the name of the folder for temporary files. The clean process is reached through a socket in it, whose whole name may have 107 bytes
on Linux and 103 on macOS, and Python adds 31."""


@dataclass(slots=True)
class Running:
    """A child at work."""

    job: Job
    process: BaseProcess
    limits: Limits
    began: float
    moved: float
    """When it last got on."""
    progress: tuple[int, int] = (0, 0)
    ended: tuple[Fate, str] | None = None
    """Why we ended it; None while it runs by itself."""
    peak: int = 0
    family: set[psutil.Process] = field(default_factory=set)
    """All that it was seen to have started."""


@dataclass(frozen=True, slots=True)
class Crew:
    """How jobs are run."""

    work: Work
    """Named at the top of a module, so that a child finds it."""
    processes: int
    limits: Callable[[Job], Limits]
    now: Callable[[], float]
    """Seconds of a clock that never goes back."""
    preload: tuple[str, ...] = ()
    """Modules that the children share."""
    look: Callable[[list[Running]], None] = field(default=lambda _: None)
    """Is shown the children several times a second."""


def run(jobs: Iterable[Job], crew: Crew) -> Iterator[Done]:
    """What became of every job, in the order in which they end. Whoever stops asking ends all children."""
    method = _method()
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(list(crew.preload))
    waiting, running, looked = iter(jobs), list[Running](), crew.now()
    with _ended(running):
        while True:
            while len(running) < crew.processes and (job := next(waiting, None)) is not None:
                running.append(_start(job, crew, context))
            if not running:
                return
            wait([one.process.sentinel for one in running], LOOK)
            for one in [one for one in running if not one.process.is_alive()]:
                running.remove(one)
                yield _finish(one, crew.now())
            if (now := crew.now()) - looked >= LOOK:
                looked = now
                for one in running:
                    _watch(one, now)
                crew.look(running)


def _method() -> str:
    """How children begin: forked from a clean process where the system can, and where its socket has room for its name."""
    able = "forkserver" in multiprocessing.get_all_start_methods()
    return "forkserver" if able and len(os.fsencode(tempfile.gettempdir())) <= LONGEST_PLACE else "spawn"


def _start(job: Job, crew: Crew, context: "multiprocessing.context.BaseContext") -> Running:
    limits, now = crew.limits(job), crew.now()
    process = context.Process(target=live, args=(job, crew.work, limits), daemon=True)  # type: ignore[attr-defined]
    with _not_interrupted():
        process.start()
    return Running(job, process, limits, now, now)


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """What is started here hears no Ctrl-C, from its first moment on: it is for this process to end it. One that comes meanwhile waits."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _watch(one: Running, now: float) -> None:
    """End a child that goes beyond its limits."""
    if (said := progress(Path(one.job.folder))) != one.progress:
        one.progress, one.moved = said, now
    memory, cpu = _used(one)
    one.peak = max(one.peak, memory)
    if memory > one.limits.memory:
        one.ended = Fate.OUT_OF_MEMORY, ""
    elif cpu > one.limits.cpu:
        one.ended = Fate.TIMED_OUT, f"It took more than {one.limits.cpu / 60:,.0f} min of processor time"
    elif now - one.moved > one.limits.silence:
        one.ended = Fate.TIMED_OUT, f"It did not get on for {one.limits.silence / 60:,.0f} min"
    elif now - one.began > SLOWEST * one.limits.cpu + one.limits.silence:
        one.ended = Fate.TIMED_OUT, f"It took more than {(now - one.began) / 60:,.0f} min by the clock"
    if one.ended:
        _kill(one)


def _used(one: Running) -> tuple[int, float]:
    """Memory and processor time of a child and all that it started, bytes and seconds."""
    memory, cpu = 0, 0.0
    with suppress(psutil.Error):
        child = psutil.Process(one.process.pid)
        one.family |= set(child.children(recursive=True))
        for process in (child, *one.family):
            with suppress(psutil.Error), process.oneshot():
                held = process.memory_info()
                # Files that are looked at through memory take none that others could want.
                memory += held.rss - getattr(held, "shared", 0)
                times = process.cpu_times()
                cpu += times.user + times.system
        times = child.cpu_times()
        cpu += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return memory, cpu


def _kill(one: Running) -> None:
    """End a child and whatever it started."""
    if hasattr(os, "killpg") and one.process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(one.process.pid, signal.SIGKILL)
    # And what left the group; psutil asks whether a number still stands for the same process.
    for process in one.family:
        with suppress(psutil.Error):
            process.kill()
    one.process.kill()
    one.process.join()


def _finish(one: Running, now: float) -> Done:
    """What became of a job whose child has ended."""
    one.process.join()
    code = one.process.exitcode or 0
    folder = Path(one.job.folder)
    said = heard(folder) if one.ended is None and code == 0 else None
    words = "" if said is not None and said.fate is not Fate.CRASHED else last_words(folder)
    # What it started may have outlived it.
    _kill(one)
    one.process.close()
    peak = max(one.peak, said.peak if said else 0)
    if peak > one.limits.memory:
        # Faster than the watch: what it says may come from memory that it was refused.
        fate, why, record = Fate.OUT_OF_MEMORY, "", None
    elif said is not None:
        fate, why, record = said.fate, said.reason, said.record
    else:
        (fate, why), record = one.ended or _cause(code), None
    return Done(
        one.job, fate, _told(fate, why, one), record, now - one.began, peak, words, said.network if said else ""
    )


def _cause(code: int) -> tuple[Fate, str]:
    """What an exit code says."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return Fate.TIMED_OUT, "It took more processor time than it is allowed"
    if code == NO_ROOM:
        return Fate.FAILED, "The case folder could not be written; make room and scan again."
    if code < 0:
        with suppress(ValueError):
            return Fate.CRASHED, f"It was ended by the signal {signal.Signals(-code).name}"
    return Fate.CRASHED, f"It ended with the code {code} and without a result"


def _told(fate: Fate, why: str, one: Running) -> str:
    """One sentence for people."""
    if fate is Fate.OUT_OF_MEMORY:
        most = one.limits.memory // MIB
        return f"The analysis needed more than {most:,} MiB of memory and was ended; allow more with --memory and ask for it again with --retry."
    if fate is Fate.TIMED_OUT:
        return f"{why} and was ended; allow more with --minutes and ask for it again with --retry."
    if fate is Fate.CRASHED:
        return f"The analysis broke off. {why}. Its last words stand in scan.log; ask for it again with --retry."
    return why


@contextmanager
def _ended(running: list[Running]) -> Iterator[None]:
    """However the block is left, no child outlives it."""
    try:
        yield
    finally:
        for one in running:
            _kill(one)

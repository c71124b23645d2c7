"""The children of this machine, as scan and verify have them work: how many, within which limits, and by which clock."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # numpy comes along with these, for which --help would wait
    from entirety.case.child import Work
    from entirety.case.jobs import Done, Job
    from entirety.case.limits import Limits


def processors() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def limits_of(memory: int, minutes: float | None) -> "Callable[[Job], Limits]":
    """What each job may use: `memory` in MiB, `minutes` of processor time, None for what the size of its file calls for."""
    from entirety.case.limits import MIB, limits_for, limits_for_search

    def limits(job: "Job") -> "Limits":
        if job.work == "overlaps":
            return limits_for_search(memory * MIB)
        return limits_for(job.size, memory * MIB, minutes)

    return limits


def crew(
    work: "Work",
    processes: int,
    limits: "Callable[[Job], Limits]",
    *,
    preload: tuple[str, ...],
    look: Callable[[Any], None] = lambda _: None,
) -> "Callable[[Iterable[Job]], Iterator[Done]]":
    """A function that runs jobs, each in a child of its own."""
    from entirety.case.workers import Crew, run

    made = Crew(work=work, processes=processes, limits=limits, now=time.monotonic, preload=preload, look=look)
    return lambda jobs: run(jobs, made)

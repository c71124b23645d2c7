"""The run: masters first, then every clip on all cores; what is finished is kept, so that a run that was broken off goes on where it stopped."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from entirety.errors import Environment
from entirety.validate.bases import Places, make_master
from entirety.validate.make import Bench, needs_mkvmerge
from entirety.validate.model import Base, Result, Spec
from entirety.validate.see import result, revision

Done = TypeVar("Done")
Tell = Callable[[int, int], None]
"""Is told how many bases and clips are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave."""

    results: tuple[Result, ...]
    left_out: tuple[str, ...]
    """Clips that were not made because mkvmerge is not installed."""


def run(specs: Sequence[Spec], places: Places, bench: Bench, jobs: int, tell: Tell | None = None) -> Outcome:
    """Make, audit and compare all clips, `jobs` at a time. Raises Environment where a clip cannot be made."""
    possible = [spec for spec in specs if bench.mkvmerge or not needs_mkvmerge(spec)]
    left_out = tuple(spec.id for spec in specs if needs_mkvmerge(spec) and not bench.mkvmerge)
    bases = {base.id: base for spec in possible for base in (spec.base, spec.other)}
    missing = [base for base in bases.values() if not bench.master(base).exists()]
    code = revision()
    # A fresh interpreter per worker: a forked one would share the decoder's threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        _all([pool.submit(_master, base, places, bench) for base in missing], tell)
        seen = _all([pool.submit(result, spec, bench, code) for spec in possible], tell)
    return Outcome(tuple(sorted(seen, key=lambda one: (one.half, one.spec))), left_out)


def _end_with_parent() -> None:
    """A worker whose run was killed would wait for ever for its next clip; it ends instead."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _master(base: Base, places: Places, bench: Bench) -> None:
    make_master(base, places, bench.master(base), bench.ffmpeg)


def _all(tasks: Sequence[Future[Done]], tell: Tell | None) -> list[Done]:
    """All results. One that fails stops no other, so that a long run is not lost to it; at the end the failures are counted and one is named."""
    done: list[Done] = []
    failed: list[Environment] = []
    try:
        for task in as_completed(tasks):
            try:
                done.append(task.result())
            except Environment as error:
                failed.append(error)
            if tell:
                tell(len(done) + len(failed), len(tasks))
    except BrokenProcessPool as error:
        raise Environment(
            "A worker died, perhaps for want of memory; start again with fewer --jobs, it goes on where it stopped."
        ) from error
    finally:
        _cancel(tasks)
    if failed:
        named = min(str(error) for error in failed)
        raise Environment(
            f"{named} {len(failed)} of {len(tasks)} failed, the others are kept." if len(tasks) > 1 else named
        )
    return done


def _cancel(tasks: Iterable[Future[Done]]) -> None:
    for task in tasks:
        task.cancel()

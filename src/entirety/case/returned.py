"""What came back for a job from the machines of a cluster, and what it says of the file: only what the file may have done is laid to it."""

from pathlib import Path
from typing import Any

from entirety.case.jobs import Done, Job
from entirety.case.packed import unpack
from entirety.case.single import done_from
from entirety.model.case import Fate
from entirety.report.visible import visible

NEEDED, OTHER = "needed", "other-version"
"""What a machine answers in place of a result: the file is not there as it is here; the program is another one there."""
LARGEST_SENT = 2 * 2**30
"""Bytes of a file that is sent: it is held in memory on both sides."""
FETCH = 600
"""Seconds that a result may take to arrive; the largest ones are lists of hashes, some 140 MB for an hour of footage."""


class BrokenOff(RuntimeError):
    """Raised on the machine whose reading of a file ended without a word."""


def came(job: Job, future: Any, killed: type[BaseException], *, sent: bool) -> Done | None:
    """What came of a job; None where the file has to be sent. `killed` is what Dask says where machines died one after another.

    Raises whatever Dask raises where the cluster is lost.
    """
    if future.status == "error":
        return _broken(job, future.exception(timeout=FETCH), killed)
    if future.status != "finished":
        return Done(job, Fate.FAILED, "The cluster gave it back before it was read; scan again.", None)
    try:
        given = future.result(timeout=FETCH)
    except Exception as error:  # noqa: BLE001 - whatever kept it from arriving, it lay outside the file
        why = f"What a machine found did not arrive here ({type(error).__name__}); scan again."
        return Done(job, Fate.FAILED, why, None)
    if given != NEEDED:
        return _taken(job, given)
    return Done(job, Fate.FAILED, _too_large(job), None) if sent or job.size > LARGEST_SENT else None


def worn_out(job: Job) -> Done:
    """A job that machines died of, or beside.

    It may be the file's doing, or that of another file which the machines had at that time. Were it tried again at every scan, a file that
    ends machines would end them every time; so it is not, and --retry clears one that only stood beside.
    """
    why = "Several machines died one after another while they had it to read, which may lie in the file; ask for it again with --retry."
    return Done(job, Fate.CRASHED, why, None)


def gone(job: Job, error: OSError) -> Done:
    """A file that was there when the scan began."""
    why = (
        f"{visible(Path(job.path).name)} was there when the scan began and cannot be read now ({error.strerror or type(error).__name__}); "
        "connect its disk again and scan again."
    )
    return Done(job, Fate.UNREADABLE, why, None)


def _broken(job: Job, error: BaseException | None, killed: type[BaseException]) -> Done:
    """What an error on other machines makes of a job."""
    if isinstance(error, killed):
        return worn_out(job)
    if isinstance(error, BrokenOff):
        why = f"Its reading on another machine was broken off: {visible(str(error))}; ask for it again with --retry."
        return Done(job, Fate.CRASHED, why, None)
    # A program that cannot be loaded, a full disk there: nothing that the file could have done.
    why = f"The machine that was to read it could not ({type(error).__name__}: {visible(str(error), 200)}); mend that and scan again."
    return Done(job, Fate.FAILED, why, None)


def _taken(job: Job, given: Any) -> Done:
    """What a machine sent back, its files put where a child would have written them."""
    if given == OTHER:
        why = "The machine that was to read it has another version of this program or of its libraries; install the same on all."
        return Done(job, Fate.FAILED, why, None)
    try:
        done = done_from(job, given["done"])
        unpack(given["files"], Path(job.folder))
    except (ValueError, KeyError, TypeError):
        return Done(job, Fate.CRASHED, "The machine that read it sent something that cannot be read.", None)
    return done


def _too_large(job: Job) -> str:
    return (
        "The machine that was to read it has no file with the same bytes and date at the same path, and "
        f"{job.size / 1e9:,.1f} GB are too much to be sent: put the evidence where all machines see it."
    )

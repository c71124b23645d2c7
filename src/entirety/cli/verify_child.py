"""What a child process of `verify` does with one file of a case; named at the top of a module, so that a child finds it."""

from typing import Any

from entirety.case.child import Tell
from entirety.case.jobs import Job
from entirety.case.verify_case import FOUND
from entirety.case.verify_item import verify_one
from entirety.case.verify_left import LOOK, look
from entirety.cli.tool import tool


def work(job: Job, tell: Tell) -> dict[str, Any]:
    """A second analysis of one clip; returns a sentence for each difference from its report. Or a second look at what was refused.

    Raises EntiretyError.
    """
    if job.work == LOOK:
        look(job, tell)
        return {}
    return {FOUND: verify_one(job, tool(), tell)}

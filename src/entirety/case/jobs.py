"""What is handed to a child process, and what comes back: plain values that pass through JSON.

What a child says is input like any other: a hostile file may have taken it over, so nothing of it is unpickled.
"""

from dataclasses import dataclass, field
from typing import Any

from entirety.model.audit import Tool
from entirety.model.case import Fate


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work on one file."""

    id: str
    """The content's SHA-256; for work that is about no single file a word."""
    work: str
    """What is to be done: `audit`, `sign`, `overlaps` or `probe` for a scan, `verify` or `look` for a case that is verified."""
    path: str
    """Of the evidence file, absolute; bytes that are no text stand as lone surrogates."""
    size: int
    folder: str
    """The one folder into which the child may write, absolute; it exists and is empty."""
    options: dict[str, Any] = field(default_factory=dict)
    """What that kind of work needs besides, as JSON values."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job."""

    job: Job
    fate: Fate
    reason: str
    """One sentence where the fate is not AUDITED; else empty. It does not depend on the machine or the run."""
    record: dict[str, Any] | None
    """What the work gave, as JSON values; None where it gave nothing."""
    seconds: float = 0.0
    """By the clock; 0 where none was asked."""
    peak: int = 0
    """Largest memory of the child, bytes; 0 where the system does not say."""
    words: str = ""
    """The last words of a child that died: for the log, where paths of this machine may stand."""
    network: str = ""
    """How the child was kept from the network: `cut`, or `unused` where the system has no way to cut it."""


def tool_of(record: dict[str, Any]) -> Tool:
    """The program as the parent describes it, by report.record.tool_part. Raises KeyError, TypeError or ValueError."""
    libraries = tuple((str(name), str(version)) for name, version in record["libraries"])
    return Tool(record["name"], record["version"], record["decoder"], libraries)

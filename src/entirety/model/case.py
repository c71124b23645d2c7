"""A folder of evidence: what became of every file in it, and what the audits of its clips said, as far as an index lists it."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from entirety.model.audit import Answer, Tool
from entirety.model.finding import Confidence, Weight
from entirety.model.overlap import Overlaps


class Fate(Enum):
    """What became of one file; each has exactly one."""

    AUDITED = "audited"
    NOT_VIDEO = "not-video"
    """Nothing in it that this program knows as video. It may still be a recorder's own format, or sound alone."""
    ARCHIVE = "archive"
    """A packed file, which is not opened: what is in it was not looked at."""
    EMPTY = "empty"
    DAMAGED = "damaged"
    """A video, and broken so early that nothing can be analysed."""
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    """A file or folder that the system would not let us read."""
    LINK = "link"
    """A symbolic link, which is not followed: what it names may lie outside the folder."""
    SPECIAL = "special"
    """A device, a pipe or a socket."""
    CHANGED = "changed"
    """Its bytes after the analysis were not those before it."""
    CRASHED = "crashed"
    """The analysis ended without an answer; its last words are kept."""
    TIMED_OUT = "timed-out"
    OUT_OF_MEMORY = "out-of-memory"
    FAILED = "failed"
    """The analysis could not be finished for a reason outside the file, such as a full disk."""


COMPLETE = frozenset({Fate.AUDITED, Fate.NOT_VIDEO, Fate.EMPTY})
"""Fates after which nothing is left to be done: an audit, or nothing to audit. A link is not among them: what it names was not looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name met in the folder: a file, a link, or a folder that could not be read."""

    path: str
    """Relative to the folder, parts joined by `/`; bytes that are no text stand as lone surrogates (PEP 383)."""
    size: int
    sha256: str
    """Empty where the file could not be read to its end, and for what is no file."""
    fate: Fate
    reason: str
    """Why it was not audited, in one sentence; empty where it was."""
    video_by_name: bool
    """The ending of its name is that of a video: where it is `not-video` the index says so."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding as the index lists it."""

    id: str
    check: str
    code: str
    weight: Weight
    confidence: Confidence
    claim: str
    start: Fraction
    """Seconds of the clip's time."""
    end: Fraction
    first: int
    """Shown frames, from 0; -1 where it has none."""
    last: int
    bytes: tuple[int, int] | None = None
    """Offsets [from, to) in the file, where it lies in bytes."""


@dataclass(frozen=True, slots=True)
class Item:
    """One audited clip: one content, whatever number of names it has in the folder."""

    sha256: str
    name: str
    """Of the file that was read: the first of its names in order."""
    folder: str
    """Of its report, relative to the case folder."""
    answer: Answer
    sentence: str
    kind: str
    """As judge.kind names it."""
    container: str
    codec: str
    width: int
    height: int
    frames: int
    length: Fraction
    """Seconds shown."""
    findings: tuple[Listed, ...]
    """Strongest first, at most MOST_LISTED."""
    more: int
    """Findings beyond those."""
    picture: str
    """A small picture of the strongest finding that has one, else of none: path relative to the case folder, or empty."""
    not_run: tuple[tuple[str, str], ...]
    """Checks that broke, and why: `FAILED` in the report. Checks that were skipped for want of input are in the report alone."""
    unexamined: int
    """Parts of the clip that could not be examined."""
    revisions: tuple[tuple[str, int], ...]
    """Every check that ran, and its revision."""
    pictured: str = ""
    """Id of the finding that `picture` shows; empty without a picture."""


MOST_LISTED = 100
"""Findings of one clip in the index; its report has all. Chosen: an index is looked through, a report is read."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the index of a case folder says. No clock is in it: two runs over the same folder give the same."""

    tool: Tool
    options: tuple[tuple[str, str], ...]
    """Settings that can change an audit, by name."""
    entries: tuple[Entry, ...]
    """Every name met, in order of path."""
    items: tuple[Item, ...]
    """In order of their first name."""
    overlaps: Overlaps | None
    """Its clips are named by the hashes of `items`; None where no overlaps were looked for."""
    no_overlaps: str
    """Why none were looked for; empty where they were."""
    folder: str = ""
    """Name of the folder, without the way to it; empty where it is not known."""

"""The audit: all that a report may say, complete in itself.

Everything printed in any form of the report comes from this record; the video is not needed to print it again years later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from entirety.model.clip import Custody, Stream
from entirety.model.copies import Copy
from entirety.model.coverage import Coverage
from entirety.model.extract import FrameRow
from entirety.model.finding import Finding, Outcome, Question, Sentence
from entirety.model.rates import Performance
from entirety.model.second_opinion import SecondOpinion
from entirety.model.shots import ShotTable
from entirety.model.stated import Stated
from entirety.model.timeline import Timeline

SCHEMA_VERSION = 1


class Answer(Enum):
    """The closed list of answers, strongest first."""

    DIRECT = "direct"
    INDICATIONS = "indications"
    RE_SAVED = "re-saved"
    INCONCLUSIVE = "inconclusive"
    NONE_FOUND = "none-found"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one check, with its declaration as it stood."""

    id: str
    revision: int
    question: Question
    outcome: Outcome
    reason: Sentence | None
    """Why it was skipped, failed or not applicable; None otherwise."""
    findings: int
    blind_here: Sentence | None = None
    """What it could not have seen in this very clip, where it ran and says so."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one check declared about itself when it ran, kept so that a report printed years later says the same."""

    id: str
    revision: int
    title: str
    sees: str
    innocent: tuple[tuple[str, str], ...]
    """Innocent causes: slug and sentence."""
    blind_spots: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the decision rule that gave the answer; rows are tried from the top."""

    number: int
    answer: Answer
    condition: Sentence


@dataclass(frozen=True, slots=True)
class Still:
    """One picture of the clip, saved losslessly and unmarked beside the audit."""

    finding: str
    """Id of the finding that cites it: `F001`; empty for a small copy (`shot`, `strip`)."""
    role: str
    """`shown`, `hidden`, `orphan`, `track` or `preview`; `shot` for a small copy in the table of shots, `strip` for one in the strip of
    pictures by which a reader finds the way; these two belong to no finding."""
    frame: int
    """Shown frame number; for a hidden picture the row of its stored packet; for the others a running number of the pictures besides the shown ones."""
    time: Fraction | None
    """Presentation time in seconds."""
    sha256: str
    """Of the decoded frame's planes, as in the frame-hash list; for a hidden picture computed the same way."""
    file: str
    """Path relative to the audit's folder."""
    file_sha256: str
    width: int
    height: int


UNPLACED = "unexamined.unplaced"
"""Id of the reason of a part whose place is not known."""


@dataclass(frozen=True, slots=True)
class Unexamined:
    """A part of the clip that could not be examined."""

    start: Fraction
    end: Fraction
    first: int
    """-1 with `last` where none of its pictures came out, or where its place is not known."""
    last: int
    reason: Sentence


def has_place(part: Unexamined) -> bool:
    """Whether anything tells where in the clip this part lies."""
    return part.reason.id != UNPLACED


def covered(ranges: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Length of all ranges [start, end) together; what lies in two of them counts once."""
    total, reached = Fraction(0), None
    for start, end in sorted(ranges):
        begin = start if reached is None else max(start, reached)
        total += max(Fraction(0), end - begin)
        reached = end if reached is None else max(end, reached)
    return total


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with the id that the report and the stills use."""

    id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Tool:
    """The program that made the audit; the same in every run on one machine."""

    name: str
    version: str
    decoder: str
    libraries: tuple[tuple[str, str], ...]
    """Library and version, sorted."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What differs between two runs on the same file: the only part that has a clock in it."""

    started: str
    """ISO 8601 in UTC."""
    seconds: float
    command: str
    platform: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One clip, audited."""

    tool: Tool
    custody: Custody
    sha256_after: str
    container: str
    duration: Fraction | None
    """Declared by the container, seconds."""
    start: Fraction
    shown: Fraction
    """From the first shown frame to the end of the last, seconds."""
    frames: int
    """Shown frames decoded."""
    stored: int
    """Stored coded pictures of the main video."""
    constant_rate: bool
    """Every step between frames is equal within one tick; where it is not, a frame number is a position in the order of showing, not a time."""
    video: int
    streams: tuple[Stream, ...]
    tags: tuple[tuple[str, str], ...]
    answer: Answer
    sentence: Sentence
    reason: Sentence
    """Which row of the decision rule gave the answer, in words."""
    questions: tuple[tuple[Question, Answer], ...]
    checks: tuple[CheckResult, ...]
    kind: str
    """Kind of file, as far as error rates depend on it: see judge.kind. Empty in an audit by a program that did not record it."""
    performance: tuple[Performance, ...]
    """Measured error rates for this kind of file, as they were known when the audit was made; checks without any are absent."""
    findings: tuple[Numbered, ...]
    stills: tuple[Still, ...]
    limits: tuple[Sentence, ...]
    """What this analysis cannot say about this very file."""
    unexamined: tuple[Unexamined, ...]
    notes: tuple[str, ...]
    """What demultiplexer and decoder complained of, counted, at most 200 lines."""
    timeline: Timeline
    run: RunRecord | None
    declarations: tuple[Declaration, ...] = ()
    """One per check, in the order of `checks`; the report fills it from the running program where it is empty."""
    rule: tuple[RuleRow, ...] = ()
    """The decision rule as printed; filled likewise."""
    copies: tuple[Copy, ...] = ()
    """Working copies of pictures that are not shown; empty where none was asked for."""
    second: SecondOpinion | None = None
    """What a second program reads in the same file; None where none was asked."""
    shots: ShotTable | None = None
    """None in an audit by a program that looked for none."""
    coverage: Coverage | None = None
    """What of longer recordings is in the clip, with their names and hashes; None where it was held against none."""
    stated: Stated | None = None
    """What the case file states; None where there is none."""
    extract: tuple[FrameRow, ...] = ()
    """Pictures near the findings, row by row, in the order of showing."""

"""A finding: one thing that was seen, where, how strong a sign it is, what else would produce it, and how to see it again.

Observation and inference are kept apart. Weight says how much a finding of this kind can carry; confidence says how clearly it was
seen here. Neither is a probability.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from entirety.model.clip import Clip

Value = str | int | float
"""What may stand in a sentence's gap."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the report behind a message id, with its gaps filled; a translation replaces `text` by id."""

    id: str
    text: str
    """English, gaps as in str.format: `{pictures} pictures`."""
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return self.text.format(**dict(self.values))


class Weight(Enum):
    """How much a finding can carry, strongest first."""

    DIRECT = "direct"
    """The bytes themselves show what is claimed. Explanations that stay open concern how it came about, not whether it is so."""
    STRONG = "strong"
    SUPPORTING = "supporting"
    """A sign only together with another one."""
    NEUTRAL = "neutral"
    """Worth knowing; no sign of anything."""


class Confidence(Enum):
    """How clearly it was seen in this file."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(Enum):
    """What became of an innocent explanation in this file."""

    EXCLUDED = "excluded"
    NOT_EXCLUDED = "not excluded"
    NOT_TESTED = "not tested"


class Question(Enum):
    """The three questions of the report."""

    WHOLE = "whole"
    ORIGINAL = "original"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the clip. Frame numbers count shown frames from 0; -1 where the finding concerns no shown frame."""

    start: Fraction
    """Presentation time, seconds, as the file counts it."""
    end: Fraction
    first: int = -1
    last: int = -1
    """First frame of what comes after, or last frame concerned."""
    byte_ranges: tuple[tuple[int, int], ...] = ()
    """[start, end) in the file, where known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number beside the bound that it was held against."""

    name: str
    value: Value
    threshold: Value | None
    """None where the number is for information only."""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Innocent:
    """One innocent explanation, held against this file."""

    slug: str
    status: Status
    why: Sentence
    """What in the file decides it, or why it was not tested."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check saw."""

    check: str
    code: str
    """Stable, unique within the check: `leading`, `idr-pic-id`."""
    claim: Sentence
    """The observation in plain words."""
    inference: Sentence
    """What it can mean, starting "In our assessment"; apart from the observation."""
    span: Span
    weight: Weight
    confidence: Confidence
    measured: tuple[Measured, ...]
    innocent: tuple[Innocent, ...]
    reproduce: str
    """A command with plain ffmpeg that shows it again; the clip stands as CLIP."""
    stills: tuple[int, ...] = ()
    """Shown frames to print beside it, at most 8."""
    hidden: tuple[int, ...] = ()
    """Rows of stored packets whose hidden pictures are to be printed, at most 8."""
    also: tuple[Question, ...] = ()
    """Further questions that it bears on, besides that of its check."""
    further: tuple[int, ...] = ()
    """Rows of `Clip.further` whose pictures are to be printed, at most 8."""


class Outcome(Enum):
    """What became of a check; each check has exactly one."""

    FOUND = "found"
    CLEAR = "clear"
    SKIPPED = "skipped"
    """It lacked its input."""
    FAILED = "failed"
    """It broke; a programmer must look."""
    NOT_APPLICABLE = "not applicable"
    """There is nothing of the kind in this file that it could look at."""


@dataclass(frozen=True, slots=True)
class Need:
    """One input that a check cannot do without: `missing` returns why this clip lacks it, or None."""

    missing: Callable[[Clip], Sentence | None]
    outcome: Outcome = Outcome.SKIPPED
    """SKIPPED where the input could have been there, NOT_APPLICABLE where a file of this kind never has it."""


@dataclass(frozen=True, slots=True)
class Check:
    """The declaration of a check; all that is printed about the check comes from here. Only `blind_here` may be left out."""

    id: str
    revision: int
    """Raised whenever its output can change."""
    question: Question
    title: str
    """What it looks for, as a short heading."""
    sees: str
    """What it sees, from which signal, for a reader who is not technical."""
    needs: tuple[Need, ...]
    innocent: tuple[tuple[str, str], ...]
    """Innocent causes: slug and sentence."""
    blind_spots: tuple[str, ...]
    references: tuple[str, ...]
    run: Callable[[Clip], Iterable[Finding]] = field(repr=False)
    blind_here: Callable[[Clip], Sentence | None] | None = field(default=None, repr=False)
    """What this very clip keeps the check from seeing, asked of every check that ran: printed beside its outcome, whatever it found."""

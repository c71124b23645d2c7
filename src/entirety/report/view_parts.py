"""Smaller pieces of what a report shows: texts with links into the glossary, lines of a form, and the tables of the annexes."""

from dataclasses import dataclass
from typing import TypeAlias

from entirety.report.view_compared import Rows


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `term` is the id of its entry in the glossary, empty for ordinary text."""

    text: str
    term: str


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A line of a form: what was stated, or that nothing was."""

    label: str
    value: str
    stated: bool


@dataclass(frozen=True, slots=True)
class SignView:
    """Who answers for the report, and which earlier one it replaces."""

    stamp: str
    note: str
    """What stands above the lines to be filled in."""
    lines: tuple[Blank, ...]
    version: str
    amended: str
    """The same for page one; empty where no earlier report is named."""


@dataclass(frozen=True, slots=True)
class FrameTable:
    """Pictures in a row near one or more findings."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    """Number, time, duration, stored size, type, whether a key picture, change, hash."""


@dataclass(frozen=True, slots=True)
class CommandView:
    """One command and what it is for."""

    purpose: str
    line: str


@dataclass(frozen=True, slots=True)
class Annexes:
    """What stands behind the numbered sections."""

    frames: tuple[FrameTable, ...]
    frames_note: str
    commands: tuple[CommandView, ...]
    commands_rest: str
    versions: Rows
    hashes: Rows
    validation: Rows
    validation_note: str
    ask: tuple[str, ...]
    """What to ask for in any case."""
    open: tuple[tuple[str, str, str], ...]
    """Findings, an explanation that is open, and what would settle it."""
    open_rest: str
    expert: tuple[str, ...]
    expert_rest: str


@dataclass(frozen=True, slots=True)
class RateRow:
    """What one check did in clips of the same kind of file."""

    id: str
    title: str
    found: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Measured error rates for this kind of file; no rows where there are none."""

    lead: tuple[str, ...]
    rows: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class SecondView:
    """What a second program reads in the same file."""

    lead: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    """Point, ours, theirs: where the two differ."""
    stated: Rows


@dataclass(frozen=True, slots=True)
class Properties:
    """A heading with two columns, one for values and one for tags."""

    heading: str
    rows: Rows
    tags: Rows

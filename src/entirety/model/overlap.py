"""Which of many clips share footage, and how they lie on one common axis of time."""

from dataclasses import dataclass
from fractions import Fraction

from entirety.model.coverage import Layer, Recording

Span = tuple[Fraction, Fraction]
"""Seconds [from, to)."""
Rows = tuple[int, int]
"""Shown pictures [first, end), from 0."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """One stretch of footage that two clips both hold, at the same speed in both."""

    clips: tuple[int, int]
    """Indices into the clips that were compared, the lower first."""
    offset: Fraction
    """Seconds of the first clip's time less seconds of the second clip's time of one and the same picture."""
    rows: tuple[Rows, Rows]
    """Where it lies in each of the two."""
    spans: tuple[Span, Span]
    """The same in seconds from each clip's start: what was found to agree; both may share more, where nothing moves."""
    matched_by: Layer
    compared: Fraction
    """Seconds of it in which something moves, or, for equal hashes, that are equal."""
    differing: float | None
    """Mean number of bits of 64 in which the hashes of the motion differ; None where hashes of bytes are equal."""
    likeness: float | None
    """Correlation of what changes in the thumbnails, 1 where all of it is alike; None where hashes of bytes are equal."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One clip on the common axis of its group."""

    clip: int
    span: Span
    """Seconds of the common axis; the earliest clip of the group begins at 0."""
    zero: Fraction
    """Where second 0 of the clip's own time lies on the axis: its first picture may come later."""
    others: int
    """Overlaps with other clips of the group that agree with this place."""


@dataclass(frozen=True, slots=True)
class Group:
    """Clips that are linked by shared footage, on one axis."""

    placed: tuple[Placed, ...]
    """By start."""
    overlaps: tuple[Overlap, ...]
    """Those that agree with the places, strongest first."""
    conflicts: tuple[Overlap, ...]
    """Those that do not: one of the two clips is then not one run of the footage as it lies in the other, or footage repeats."""
    gaps: tuple[Span, ...]
    """Parts of the axis, between the first start and the last end, that no clip covers."""
    covered_twice: tuple[Span, ...]
    """Parts of the axis on which two clips or more lie."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be compared."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The clips of a folder held against each other."""

    clips: tuple[Recording, ...]
    groups: tuple[Group, ...]
    """Largest first."""
    alone: tuple[int, ...]
    """Clips that share nothing with another that was found."""
    unread: tuple[Unread, ...]

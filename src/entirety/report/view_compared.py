"""What a report shows of a comparison with recordings, ready to print."""

from dataclasses import dataclass

Rows = tuple[tuple[str, str], ...]
"""Label and value."""


@dataclass(frozen=True, slots=True)
class PieceView:
    """One piece of a recording in the clip, as a row."""

    number: str
    clip: str
    clip_frames: str
    source: str
    source_frames: str
    how: str
    matched: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """What to request of one recording."""

    heading: str
    facts: Rows
    rows: tuple[tuple[str, str, str, str, str], ...]
    """Number, from, to, frames, length."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedView:
    """The clip held against recordings; sentences alone where there were none."""

    lead: tuple[str, ...]
    svg: str
    svg_alt: str
    legend: tuple[str, ...]
    pieces: tuple[PieceView, ...]
    rest: str
    """Pieces that are not printed; empty where all are."""
    ask: tuple[str, ...]
    """Above the list of what to request."""
    requests: tuple[RequestView, ...]

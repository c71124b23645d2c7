"""Single pictures as rows of a table: what the report prints of the pictures round a finding."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One shown picture, with what was read and measured of it."""

    frame: int
    """Counted from 0 in the order of showing."""
    time: Fraction | None
    """Presentation time, seconds, as the file counts it; None where it states none."""
    duration: Fraction | None
    size: int | None
    """Bytes of the coded picture as stored; None where none could be told by its time."""
    kind: str
    """Letter of the decoder's picture type: I, P, B, ...; ? where not known."""
    key: bool
    change: float
    """What is left of the difference to the picture before, after movement was allowed for; grey levels."""
    sha256: str
    """Of the decoded picture, as in the list of frame hashes."""

"""The shots of a clip: stretches of what one camera saw without a break that can be seen in the picture, one row each."""

from dataclasses import dataclass
from fractions import Fraction

UNTOLD = -1
"""Group of a shot of which it could not be told with which others it goes."""


@dataclass(frozen=True, slots=True)
class ShotRow:
    """One shot, and what separates it from the next."""

    first: int
    """Shown frame number."""
    last: int
    start: Fraction | None
    """Presentation time of the first picture, seconds; None where the file states none."""
    end: Fraction | None
    """Presentation time at which the next shot begins, or the clip ends."""
    group: int
    """Shots that share noise, sharpness and bars have the same number, counted from 0 in the order of showing; UNTOLD where that could not be told."""
    border: str
    """Kind of what separates it from the next shot: `cut`, `dissolve`, ...; `end` at the last one."""
    finding: str
    """Id of the finding that says so; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ShotTable:
    """The shots in the order of showing."""

    rows: tuple[ShotRow, ...]
    """The first ones, where the clip has more than are kept."""
    count: int
    """Of all shots of the clip."""

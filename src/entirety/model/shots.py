"""The shots of a clip: stretches of what the picture shows without a break to another view, one row each."""

from dataclasses import dataclass
from fractions import Fraction

from entirety.model.finding import Sentence

MOST_GROUPS = 99_999
"""Of a clip: more than there can be shots in a table, and no more letters than four."""


@dataclass(frozen=True, slots=True)
class ShotRow:
    """One shot, and what separates it from the next."""

    first: int
    """Shown frame number."""
    last: int
    start: Fraction | None
    """Presentation time of the first picture, seconds; None where the file states none."""
    end: Fraction | None
    """Presentation time at which its last picture ends: that of the next picture, or where the clip ends."""
    group: int
    """Shots that no measured trait sets apart have the same number, counted from 1 in the order of showing; one too short to be measured has that of the one before."""
    border: str
    """Id of the check that looks for what separates it from the next shot; `end` at the last one."""
    finding: str
    """Id of the finding that says so; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ShotTable:
    """The shots in the order of showing."""

    rows: tuple[ShotRow, ...]
    """The first ones, where the clip has more than are kept."""
    count: int
    """Of all shots of the clip."""
    reason: Sentence | None = None
    """Why there are none; None where there are."""

    @property
    def divided(self) -> bool:
        """Whether anything ends a shot before the clip ends."""
        return self.count > 1 or any(row.border != "end" for row in self.rows)


def group_name(number: int) -> str:
    """A, B, ... Z, AA, AB ... for 1 and up."""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = f"{chr(ord('A') + place)}{letters}"
    return letters

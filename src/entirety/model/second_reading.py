"""What a second program read in the same file: its own words and numbers, before anybody compares them with ours."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Trouble(Enum):
    """Why there is no second reading."""

    NOT_INSTALLED = "not installed"
    BROKE_OFF = "broke off"
    """It broke down over the file, did not come to an end in its time, or printed something else than it should."""
    NOT_READ = "not read"
    """It came to its end and knows no form of file in it."""


@dataclass(frozen=True, slots=True)
class SecondVideo:
    """The first video track as the second program describes it; None where it states nothing."""

    codec: str
    width: int | None
    height: int | None
    stored: int | None
    """Pictures stored, where it tells them apart from those shown."""
    frames: int | None
    duration: Fraction | None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One file read by a second program. All texts were written by somebody else: printable, at most 200 characters."""

    trouble: Trouble | None = None
    program: str = ""
    """Name and version."""
    form: str = ""
    """Its name for the container."""
    duration: Fraction | None = None
    """Of the whole file, seconds."""
    videos: int = 0
    """Video tracks."""
    sounds: int = 0
    video: SecondVideo | None = None
    stated: tuple[tuple[str, str], ...] = ()
    """What else it says, by name: `application`, `library`, `encoded`, `tagged`, `pace`; only what it states."""

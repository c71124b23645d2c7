"""Two programs, one file: point by point what each of them reads, and whether the two agree."""

from dataclasses import dataclass
from enum import Enum

from entirety.model.finding import Sentence


class Point(Enum):
    """What is compared, in the order of the report."""

    CONTAINER = "container"
    CODEC = "codec"
    PICTURE = "picture"
    PICTURES = "pictures"
    DURATION = "duration"
    VIDEOS = "videos"
    SOUNDS = "sounds"


@dataclass(frozen=True, slots=True)
class Compared:
    """One point. Values need no language; two of them in one text, parted by a stroke, stand in the order of the point's name."""

    point: Point
    ours: str
    theirs: str
    """Empty where it states nothing."""
    agree: bool | None
    """None where the two cannot be held against each other."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a second program says of the same file. It changes no answer."""

    program: str
    """Name and version; empty where it did not come to say so."""
    reason: Sentence | None = None
    """Why there is no second opinion; None where there is one."""
    compared: tuple[Compared, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    """What else it says, by name, see SecondReading."""

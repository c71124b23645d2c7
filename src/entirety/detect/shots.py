"""Divides a clip into shots: stretches between clear breaks to another view, and gradual transitions.

A shot is what the picture shows without such a break, no more: a shot may hold cuts within one view, and one take of a camera may be several
shots where it was paused. Other checks compare shots with each other, and the report lists them.
"""

from dataclasses import dataclass
from typing import Literal

from entirety.detect.damage import built_on_damage
from entirety.detect.picture_breaks import picture_breaks
from entirety.model.clip import Clip

End = Literal["hard-cut", "gradual-transition", "end"]


@dataclass(frozen=True, slots=True)
class Shot:
    """Shown frames `first` to `last`, both included; frames of a gradual transition belong to neither of the shots beside it."""

    first: int
    last: int
    ended_by: End
    """What separates it from the next one; `end` for the last shot."""
    transition: tuple[int, int] | None = None
    """First and last frame of the gradual transition that ends it."""

    def __len__(self) -> int:
        return self.last - self.first + 1


def shots(clip: Clip) -> tuple[Shot, ...]:
    """The shots in the order of showing; one where nothing separates any, none where no picture came out."""
    count, damaged = len(clip.frames), built_on_damage(clip)
    if not count:
        return ()
    found, first = [], 0
    for one in picture_breaks(clip.frames):
        if one.separates and not damaged[one.before : one.after + 1].any():
            found.append(Shot(first, one.frame - 1, "hard-cut"))
            first = one.frame
    return (*found, Shot(first, count - 1, "end"))

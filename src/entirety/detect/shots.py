"""Divides a clip into shots: stretches between clear breaks to another view, gradual transitions, and appended footage that cannot be decoded.

A shot is what the picture shows without such a break, no more: a shot may hold cuts within one view, and one take of a camera may be several
shots where it was paused. Other checks compare shots with each other, and the report lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from entirety.detect.damage import built_on_damage
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.transitions import transitions
from entirety.detect.unfit_settings import first_unfit
from entirety.detect.wipes import Wipe, passes
from entirety.model.clip import Clip

End = Literal["hard-cut", "gradual-transition", "stream-join", "end"]


@dataclass(frozen=True, slots=True)
class Shot:
    """Shown frames `first` to `last`, both included; frames of a gradual transition belong to neither of the shots beside it."""

    first: int
    last: int
    ended_by: End
    """What separates it from the next one: `stream-join` where what follows was encoded with settings that are not in the file; `end` for the last."""
    transition: tuple[int, int] | None = None
    """First and last frame of the gradual transition that ends it."""

    def __len__(self) -> int:
        return self.last - self.first + 1


def shots(clip: Clip) -> tuple[Shot, ...]:
    """The shots in the order of showing; one where nothing separates any, none where no picture came out."""
    count = len(clip.frames)
    if not count:
        return ()
    found: list[Shot] = []
    first = 0
    for start, end, ended_by in _separators(clip):
        # At the beginning or end of the clip, and beside another break, there may be no picture of a shot of its own.
        if start > first:
            found.append(Shot(first, start - 1, ended_by, (start, end - 1) if end > start else None))
        first = max(first, end)
    return (*found, Shot(first, count - 1, "end")) if first < count else tuple(found)


def _separators(clip: Clip) -> Iterator[tuple[int, int, End]]:
    """Frames [start, end) that belong to no shot, empty at a hard cut, in order; damage left out, but for footage of which nothing else comes out."""
    damaged, unfit = built_on_damage(clip), first_unfit(clip)
    cuts = [(one.frame, one.frame, one.before, one.after) for one in picture_breaks(clip.frames) if one.separates]
    slow = [
        (one.first, one.last + 1, one.first, one.last)
        for one in transitions(clip.frames)
        if not (isinstance(one, Wipe) and passes(clip.frames, one))
    ]
    for start, end, before, after in sorted((*cuts, *slow)):
        if not damaged[before : after + 1].any() and (unfit is None or after < unfit):
            yield start, end, "gradual-transition" if end > start else "hard-cut"
    if unfit is not None:
        yield unfit, unfit, "stream-join"

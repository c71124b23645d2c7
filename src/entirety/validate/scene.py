"""What an edit is and what it works on: a recording, a second one, and the place in the clip where something is to be done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from entirety.validate.model import Place, Step, Truth
from entirety.validate.recordings import Recording

SKIPPED = 0.9
"""Seconds from which a skip counts as one of a second: a stretch of 25 pictures is left by one of 24 steps where it is shown backwards."""

Done = tuple[tuple[Step, ...], str, Truth]
"""Steps after the recording, the file they give, and its truth."""

How = Literal["none", "copy", "encode"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What an edit works on."""

    made: Recording
    second: Recording
    """The recording of the other take."""
    at: Fraction
    """Where in the clip, as a share of its length."""
    sound: bool
    """Both takes have sound."""
    moving: bool = True
    """The camera moves in the first take, so that a person looked at the base and said so."""

    def elsewhere(self) -> "Scene":
        """The same with a place half the clip away."""
        return replace(self, at=(self.at + Fraction(1, 2)) % 1)

    def seam(self, frame: int, before: int, after: int) -> Place:
        """Where picture `after` of the recording follows picture `before` of it, and not the one behind that."""
        skipped = abs(after - before - 1) >= SKIPPED * self.made.rate
        return Place(frame, visible=self.moving and skipped, meets=(before, after))

    @property
    def ending(self) -> str:
        return self.made.condition.ending

    def seconds(self, length: float) -> int:
        """Pictures in that many seconds."""
        return round(length * self.made.rate)

    def middle(self, removed: int) -> int | None:
        """First of `removed` pictures around the chosen place, a second and more away from both ends; None where there is no room."""
        free = self.made.frames - removed - 2 * self.margin
        return self.margin + int(free * self.at) if free >= 0 else None

    def key(self, groups: int) -> int | None:
        """First picture of `groups` whole groups that have a group before and after them; None where there is no room."""
        last = (self.made.frames - self.margin // 2) // self.made.group - groups
        return self.made.group * (1 + int((last - 1) * self.at)) if last >= 1 else None

    @property
    def margin(self) -> int:
        """A second and a fifth: nearer to an end no neighbours are left to compare with, in a person's eye neither."""
        return self.seconds(1.2)


Make = Callable[[Scene], Done | None]
"""Carries an edit out on a scene; None where it cannot be made there."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of the catalogue."""

    id: str
    group: str
    how: How
    says: str
    make: Make
    second: bool = False
    """It takes material from the other base."""
    since: int = 1
    """Version of the catalogue that it came with: later edits take their turn after all earlier ones, so that clips made before stay as they are."""
    often: bool = False
    """It is made on as many bases under every condition as under a frequent one: what is counted by codec rests on such edits."""
    under: tuple[str, ...] = ()
    """Conditions that it is made under; all where empty. What only the picture shows is made under those that change the picture most."""

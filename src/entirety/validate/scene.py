"""What an edit works on: a recording, a second one, and the place in the clip where something is to be done."""

from dataclasses import dataclass
from fractions import Fraction

from entirety.validate.model import Step, Truth
from entirety.validate.recordings import Recording

Done = tuple[tuple[Step, ...], str, Truth]
"""Steps after the recording, the file they give, and its truth."""


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

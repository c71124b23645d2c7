"""Puts clips that share footage on one common axis of time, and says what no clip of them covers.

The strongest overlaps place the clips; every other one must agree with the places. One that does not is listed as it is, never averaged
away: one of its two clips is then not one run of the footage, or the footage repeats.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from entirety.model.coverage import Layer, Recording
from entirety.model.overlap import Group, Overlap, Overlaps, Placed, Span, Unread
from entirety.model.signature import Signature

AGREES = Fraction(1, 10)
"""Seconds by which an overlap may miss the places and still agree: two pictures at 25 a second, one for either clip's own rounding. Chosen."""
FINEST = 10**9
"""Parts of a second: a place whose exact fraction has a larger denominator is rounded to them. Clips with clocks of their own, a hundred in a
chain, would otherwise give fractions of a thousand digits."""
STRICTEST = {Layer.PACKETS: 0, Layer.FRAMES: 1, Layer.PICTURES: 2}


def groups(signatures: Sequence[Signature], found: Sequence[Overlap]) -> tuple[Group, ...]:
    """Clips linked by overlaps, directly or by way of others; largest groups first. Clips without any are in none."""
    lengths = [signature.begin(len(signature)) if len(signature) else Fraction(0) for signature in signatures]
    starts = [signature.begin(0) if len(signature) else Fraction(0) for signature in signatures]
    strongest = sorted(found, key=lambda one: (STRICTEST[one.matched_by], -one.compared, one.clips, one.spans))
    axis = _Axis(len(signatures))
    conflicts = [overlap for overlap in strongest if not axis.link(*overlap.clips, overlap.offset)]
    away = {id(one) for one in conflicts}
    members: dict[int, list[int]] = {}
    for clip in sorted({clip for overlap in found for clip in overlap.clips}):
        members.setdefault(axis.place(clip)[0], []).append(clip)
    made = []
    for clips in members.values():
        inside = set(clips)
        odd = [one for one in conflicts if one.clips[0] in inside]
        agreeing = [one for one in strongest if one.clips[0] in inside and id(one) not in away]
        others = Counter(clip for one in agreeing for clip in one.clips)
        at = {clip: axis.place(clip)[1] for clip in clips}
        zero = min(at[clip] + starts[clip] for clip in clips)
        placed = [
            Placed(
                clip,
                (at[clip] + starts[clip] - zero, at[clip] + lengths[clip] - zero),
                at[clip] - zero,
                others[clip],
            )
            for clip in clips
        ]
        placed.sort(key=lambda one: (one.span, one.clip))
        covered = [one.span for one in placed]
        made.append(Group(tuple(placed), tuple(agreeing), tuple(odd), _covered(covered, 0), _covered(covered, 2)))
    return tuple(sorted(made, key=lambda group: (-len(group.placed), group.placed[0].clip)))


class _Axis:
    """Clips joined one by one, each with the place of its time 0 on the axis of its group."""

    def __init__(self, clips: int) -> None:
        self._above = list(range(clips))
        self._offset = [Fraction(0)] * clips

    def place(self, clip: int) -> tuple[int, Fraction]:
        """The clip that stands for the group, and where this one's time 0 lies on that one's axis."""
        path = []
        while self._above[clip] != clip:
            path.append(clip)
            clip = self._above[clip]
        total = Fraction(0)
        for passed in reversed(path):
            total = _short(total + self._offset[passed])
            self._above[passed], self._offset[passed] = clip, total
        return clip, total

    def link(self, one: int, other: int, offset: Fraction) -> bool:
        """Place the second clip's time 0 at `offset` of the first's time; False where both are placed already, and not so."""
        (top, mine), (bottom, theirs) = self.place(one), self.place(other)
        if top == bottom:
            return abs(mine + offset - theirs) <= AGREES
        self._above[bottom], self._offset[bottom] = top, _short(mine + offset - theirs)
        return True


def _short(time: Fraction) -> Fraction:
    return time if time.denominator <= FINEST else Fraction(round(time * FINEST), FINEST)


def _covered(spans: Sequence[Span], times: int) -> tuple[Span, ...]:
    """Parts between the first start and the last end that no span covers (times 0), or at least so many."""
    edges = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    found: list[Span] = []
    depth = 0
    for (time, step), (following, _) in pairwise(edges):
        depth += step
        if following > time and (depth == 0 if times == 0 else depth >= times):
            joined = found and found[-1][1] == time
            found.append((found.pop()[0] if joined else time, following))
    return tuple(found)


def compared(signatures: Sequence[Signature], found: Sequence[Overlap], unread: Sequence[Unread] = ()) -> Overlaps:
    """Everything that a report on the clips prints."""
    made = groups(signatures, found)
    linked = {placed.clip for group in made for placed in group.placed}
    alone = tuple(number for number in range(len(signatures)) if number not in linked)
    return Overlaps(tuple(_recording(one) for one in signatures), made, alone, tuple(unread))


def _recording(signature: Signature) -> Recording:
    return Recording(
        custody=signature.custody,
        frames=len(signature),
        length=signature.begin(len(signature)) - signature.begin(0) if len(signature) else Fraction(0),
        codec=signature.codec,
        width=signature.width,
        height=signature.height,
        sound=signature.sound is not None,
    )

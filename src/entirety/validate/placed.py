"""What one check did in one clip: its findings held against the places where something was done."""

from entirety.detect import CHECKS
from entirety.model.finding import Question, Weight
from entirety.validate.generations import encoded_once
from entirety.validate.model import Result, Sighting

NEAR = 0.5
"""Seconds: the tolerance of validation.md, and that within which the judge takes two signs for one event."""

SLACK = 0.001
"""Seconds: rounding of the times that were kept."""

CUTS = ("hard-cut", "jump-cut", "gradual-transition")
"""The checks that find where a shot ends, by any sign in the picture. One that is not in the code finds nothing."""
SOURCES = "source-change"
"""The check that tells parts of one source from parts of two."""
TWICE = "double-encoding"
"""It is right where pictures were encoded again, and not counted where that is not known: see generations.py."""
ORIGIN = frozenset(check.id for check in CHECKS if check.question is Question.ORIGINAL)


def clip(check: str, one: Result) -> tuple[bool, bool, int]:
    """What a check did in one clip: found within a frame, found within half a second, how many findings lie elsewhere."""
    # Neutral findings are worth knowing and a sign of nothing.
    said = [s for s in one.sightings if s.check == check and s.weight != Weight.NEUTRAL.value]
    if check in ORIGIN:
        # What wrote the file is a question of its own: right where software wrote it, wherever anything was cut.
        true = encoded_once(one) is False if check == TWICE else one.truth.software
        return bool(said) and true, bool(said) and true, 0 if true else len(said)
    if one.truth.nature == "continuous":
        return False, False, len(said)
    # A finding about the whole file cannot name the place; that something was done it has seen.
    placed = [s for s in said if not whole_file(s, one)]
    whole = len(placed) < len(said)
    if not one.truth.places:
        return False, bool(said), 0
    frame = any(_at_frame(s, one) for s in placed)
    near = frame or whole or any(_near(s, one) for s in placed)
    return frame, near, sum(not (_at_frame(s, one) or _near(s, one) or _between(s, one)) for s in placed)


def whole_file(sighting: Sighting, one: Result) -> bool:
    """It speaks of the file as a whole: over all its pictures, or of none of them and of no time after the start."""
    everywhere = sighting.first == 0 and sighting.last >= one.frames - 1 > 0
    return sighting.whole_clip or everywhere or (sighting.first < 0 and sighting.end_s <= 0)


def _at_frame(sighting: Sighting, one: Result) -> bool:
    """A span ends, or begins, within one picture of where something was done; at a join `last` is the picture after it."""
    ends = [frame for frame in (sighting.first, sighting.last) if frame >= 0]
    return any(abs(frame - place.frame) <= 1 + place.over / 2 for frame in ends for place in one.truth.places)


def _near(sighting: Sighting, one: Result) -> bool:
    ends = (sighting.start_s, sighting.end_s)
    return any(abs(at - time) <= NEAR + over + SLACK for at in ends for time, over in extents(one))


def extents(one: Result) -> list[tuple[float, float]]:
    """The time of each place, and the seconds over which the change goes on before and behind it."""
    return [(time, place.over / 2 * step(one)) for time, place in zip(one.places_s, one.truth.places, strict=True)]


def step(one: Result) -> float:
    """Seconds from one picture to the next, on average."""
    return one.seconds / max(1, one.truth.frames)


def _between(sighting: Sighting, one: Result) -> bool:
    """Within a stretch that was held, inserted, turned or changed in speed, or over it: that is where something was done."""
    first, last = min(one.places_s), max(one.places_s)
    return first < last and sighting.start_s <= last + NEAR and sighting.end_s >= first - NEAR

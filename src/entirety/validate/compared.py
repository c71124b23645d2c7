"""Detectors of shot changes in one measure, ours among them: breaks that can be seen, and what is reported elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from entirety.knowledge.performance import Rival
from entirety.model.finding import Weight
from entirety.validate.edits import EDITS
from entirety.validate.model import Result, Sighting
from entirety.validate.placed import CUTS, NEAR, ORIGIN, SLACK, extents, step, whole_file

CLOCK_AGAIN = frozenset(edit.id for edit in EDITS if edit.id.endswith("-cat"))
"""Transport streams put behind each other: their clock begins anew, so that a time, which is all that rivals report, names two pictures."""
OURS = ("entirety hard-cut", "entirety cuts", "entirety any check")


def rivals(results: Iterable[Result]) -> tuple[Rival, ...]:
    """One row for each half, nature, condition and detector, ours in the same measure; without clips in which times name no place."""
    grouped: dict[tuple[str, str, str, str], list[tuple[Result, tuple[float, ...]]]] = defaultdict(list)
    for one in (one for one in results if one.edit not in CLOCK_AGAIN):
        for name, times in (*one.rivals, *_ours(one)):
            grouped[one.half, one.truth.nature, one.condition, name].append((one, times))
    return tuple(_rival(key, grouped[key]) for key in sorted(grouped))


def _ours(one: Result) -> list[tuple[str, tuple[float, ...]]]:
    if one.answer == "refused":
        return []
    placed = [
        s
        for s in one.sightings
        if s.weight != Weight.NEUTRAL.value and not whole_file(s, one) and s.check not in ORIGIN
    ]
    cuts = sorted(s.end_s for s in placed if s.check == "hard-cut")
    every, shots = [s.end_s for s in placed], [_at(s) for s in placed if s.check in CUTS]
    return [(OURS[0], tuple(cuts)), (OURS[1], _apart(shots)), (OURS[2], _apart(every))]


def _at(sighting: Sighting) -> float:
    """A transition is reported over its whole length, and as one place in its middle."""
    gradual = sighting.check == "gradual-transition"
    return (sighting.start_s + sighting.end_s) / 2 if gradual else sighting.end_s


def _apart(times: Iterable[float]) -> tuple[float, ...]:
    """Several checks that see one event have seen one event."""
    apart: list[float] = []
    for time in sorted(times):
        if not apart or time - apart[-1] > NEAR:
            apart.append(time)
    return tuple(apart)


def _rival(key: tuple[str, str, str, str], members: Sequence[tuple[Result, tuple[float, ...]]]) -> Rival:
    half, nature, condition, name = key
    visible = frame = near = reported = away = false = 0
    for one, times in members:
        seen = [time for time, place in zip(one.places_s, one.truth.places, strict=True) if place.visible]
        distances = _matched(seen, times)
        visible += len(seen)
        frame += sum(distance <= step(one) + SLACK for distance in distances)
        near += len(distances)
        reported += len(times)
        away += sum(_far(time, one, step(one)) for time in times)
        false += sum(_far(time, one, NEAR) for time in times)
    seconds = sum(one.seconds for one, _ in members)
    return Rival(half, nature, condition, name, len(members), seconds, visible, frame, near, reported, away, false)


def _far(time: float, one: Result, tolerance: float) -> bool:
    """Away from every place, and from the stretch over which a change goes on."""
    return all(abs(time - place) > tolerance + over + SLACK for place, over in extents(one))


def _matched(places: Sequence[float], times: Sequence[float]) -> list[float]:
    """Distances of places to the reported cuts that they are matched with: each cut serves one place, nearest pairs first."""
    pairs = sorted((abs(time - place), p, t) for p, place in enumerate(places) for t, time in enumerate(times))
    used_places, used_times, found = set[int](), set[int](), list[float]()
    for distance, p, t in pairs:
        if distance <= NEAR + SLACK and p not in used_places and t not in used_times:
            used_places.add(p)
            used_times.add(t)
            found.append(distance)
    return found

"""From what was seen in each clip to counts: what was found, what was missed, and what was reported where nothing was done."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from entirety.detect import CHECKS
from entirety.knowledge.performance import Counted, Rival, Row, Table, Together
from entirety.model.finding import Outcome, Question, Weight
from entirety.validate.edits import EDITS
from entirety.validate.generations import encoded_once
from entirety.validate.model import Result, Sighting
from entirety.validate.unseen import MISSED

NEAR = 0.5
"""Seconds: the tolerance of validation.md, and that within which the judge takes two signs for one event."""

SLACK = 0.001
"""Seconds: rounding of the times that were kept."""

OURS = ("entirety hard-cut", "entirety any check")
RAN = {Outcome.FOUND.value, Outcome.CLEAR.value}
TWICE = "double-encoding"
"""It is right where pictures were encoded again, and not counted where that is not known: see generations.py."""
ORIGIN = frozenset(check.id for check in CHECKS if check.question is Question.ORIGINAL)
COPIED = frozenset(edit.id for edit in EDITS if edit.how == "copy")
"""Edits without new encoding."""

Key = tuple[str, str, str, str, str, str]


def table(results: Sequence[Result], *, date: str, tool: str, commit: str, ffmpeg: str) -> Table:
    """The whole measurement, in an order that does not depend on the order of the run."""
    names = sorted(f"{one.spec} {one.recipe}\n" for one in results)
    return Table(
        set_sha256=hashlib.sha256("".join(names).encode()).hexdigest(),
        date=date,
        tool=tool,
        commit=commit,
        ffmpeg=ffmpeg,
        clips=len(results),
        bases=len({one.base for one in results}),
        revisions=tuple((check.id, check.revision) for check in CHECKS),
        rows=rows(results),
        rivals=rivals(results),
    )


UNCOUNTED = frozenset(("lost-packets",))
"""Variants of which nobody can say beforehand how many pictures come out: a decoder may leave out what is built on lost ones."""


def mismatched(results: Iterable[Result]) -> tuple[str, ...]:
    """Clips with more or fewer pictures than their recipe says: their truth cannot be trusted. Refused clips are counted as refused."""
    counted = (one for one in results if one.answer != "refused" and one.edit not in UNCOUNTED)
    return tuple(one.spec for one in counted if one.frames != one.truth.frames)


def rows(results: Iterable[Result]) -> tuple[Row, ...]:
    """One row for each half, nature, condition, kind of file and edit."""
    grouped: dict[Key, list[Result]] = defaultdict(list)
    for one in results:
        grouped[one.half, one.truth.nature, one.condition, one.kind, one.edit, one.group].append(one)
    return tuple(_row(key, grouped[key]) for key in sorted(grouped))


def _row(key: Key, members: Sequence[Result]) -> Row:
    half, nature, condition, kind, edit, group = key
    return Row(
        half,
        nature,
        condition,
        kind,
        edit,
        group,
        clips=len(members),
        seconds=sum(one.seconds for one in members),
        answers=tuple(sorted(Counter(one.answer for one in members).items())),
        checks=tuple((check.id, _counted(check.id, members)) for check in CHECKS),
        together=_together(members) if edit in COPIED else None,
    )


def _together(members: Sequence[Result]) -> Together:
    """By any check, in each clip; what was not found within one frame is named with the reason that its recipe gives."""
    seen = [(one, _by_any(one)) for one in members]
    lost = sorted((one.base, one.truth.unseen or MISSED) for one, (frame, _) in seen if not frame)
    return Together(sum(frame for _, (frame, _) in seen), sum(near for _, (_, near) in seen), tuple(lost))


def _by_any(one: Result) -> tuple[bool, bool]:
    """Whether any check placed a finding within one frame, and within half a second. Where nothing in the clip has a place, any finding is both."""
    ran = dict(one.outcomes)
    done = [_clip(check.id, one) for check in CHECKS if check.id not in ORIGIN and ran.get(check.id) in RAN]
    near = any(within for _, within, _ in done)
    return (near if not one.truth.places else any(frame for frame, _, _ in done)), near


def _counted(check: str, members: Sequence[Result]) -> Counted:
    frame = near = false = false_clips = not_run = 0
    for one in members:
        if dict(one.outcomes).get(check) not in RAN or (check == TWICE and encoded_once(one) is None):
            not_run += 1
            continue
        at_frame, within, elsewhere = _clip(check, one)
        frame, near, false, false_clips = (
            frame + at_frame,
            near + within,
            false + elsewhere,
            false_clips + bool(elsewhere),
        )
    return Counted(frame, near, false, false_clips, not_run)


def _clip(check: str, one: Result) -> tuple[bool, bool, int]:
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
    placed = [s for s in said if not _whole(s, one)]
    whole = len(placed) < len(said)
    if not one.truth.places:
        return False, bool(said), 0
    frame = any(_at_frame(s, one) for s in placed)
    near = frame or whole or any(_near(s, one) for s in placed)
    return frame, near, sum(not (_at_frame(s, one) or _near(s, one) or _between(s, one)) for s in placed)


def _whole(sighting: Sighting, one: Result) -> bool:
    """It speaks of the file as a whole: over all its pictures, or of none of them and of no time after the start."""
    everywhere = sighting.first == 0 and sighting.last >= one.frames - 1 > 0
    return sighting.whole_clip or everywhere or (sighting.first < 0 and sighting.end_s <= 0)


def _at_frame(sighting: Sighting, one: Result) -> bool:
    """A span ends, or begins, within one picture of where something was done; at a join `last` is the picture after it."""
    ends = [frame for frame in (sighting.first, sighting.last) if frame >= 0]
    return any(abs(frame - place.frame) <= 1 for frame in ends for place in one.truth.places)


def _near(sighting: Sighting, one: Result) -> bool:
    return any(abs(at - time) <= NEAR + SLACK for at in (sighting.start_s, sighting.end_s) for time in one.places_s)


def _between(sighting: Sighting, one: Result) -> bool:
    """Within a stretch that was held, inserted, turned or changed in speed, or over it: that is where something was done."""
    first, last = min(one.places_s), max(one.places_s)
    return first < last and sighting.start_s <= last + NEAR and sighting.end_s >= first - NEAR


def rivals(results: Iterable[Result]) -> tuple[Rival, ...]:
    """One row for each half, nature, condition and detector, ours in the same measure."""
    grouped: dict[tuple[str, str, str, str], list[tuple[Result, tuple[float, ...]]]] = defaultdict(list)
    for one in results:
        for name, times in (*one.rivals, *_ours(one)):
            grouped[one.half, one.truth.nature, one.condition, name].append((one, times))
    return tuple(_rival(key, grouped[key]) for key in sorted(grouped))


def _ours(one: Result) -> list[tuple[str, tuple[float, ...]]]:
    if one.answer == "refused":
        return []
    placed = [
        s for s in one.sightings if s.weight != Weight.NEUTRAL.value and not _whole(s, one) and s.check not in ORIGIN
    ]
    cuts = sorted(s.end_s for s in placed if s.check == "hard-cut")
    apart: list[float] = []
    for time in sorted(s.end_s for s in placed):
        # Several checks that see one event have seen one event.
        if not apart or time - apart[-1] > NEAR:
            apart.append(time)
    return [(OURS[0], tuple(cuts)), (OURS[1], tuple(apart))]


def _rival(key: tuple[str, str, str, str], members: Sequence[tuple[Result, tuple[float, ...]]]) -> Rival:
    half, nature, condition, name = key
    visible = frame = near = reported = away = false = 0
    for one, times in members:
        seen = [time for time, place in zip(one.places_s, one.truth.places, strict=True) if place.visible]
        distances = _matched(seen, times)
        step = one.seconds / max(1, one.truth.frames)
        visible += len(seen)
        frame += sum(distance <= step + SLACK for distance in distances)
        near += len(distances)
        reported += len(times)
        away += sum(_far(time, one.places_s, step) for time in times)
        false += sum(_far(time, one.places_s, NEAR) for time in times)
    seconds = sum(one.seconds for one, _ in members)
    return Rival(half, nature, condition, name, len(members), seconds, visible, frame, near, reported, away, false)


def _far(time: float, places: Sequence[float], tolerance: float) -> bool:
    return all(abs(time - place) > tolerance + SLACK for place in places)


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

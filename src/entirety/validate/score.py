"""From what was seen in each clip to counts: what was found, what was missed, and what was reported where nothing was done."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from entirety.detect import CHECKS
from entirety.knowledge.performance import Counted, Row, Seen, Table, Together
from entirety.model.finding import Outcome
from entirety.validate.compared import rivals
from entirety.validate.edits import EDITS, TWO_TAKES
from entirety.validate.generations import encoded_once
from entirety.validate.model import Result
from entirety.validate.placed import CUTS, ORIGIN, SOURCES, TWICE, clip
from entirety.validate.unseen import MISSED

RAN = {Outcome.FOUND.value, Outcome.CLEAR.value}
COPIED = frozenset(edit.id for edit in EDITS if edit.how == "copy")
"""Edits without new encoding."""

Key = tuple[str, str, str, str, str, str, str]


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
    """One row for each half, nature, condition, kind of file, edit, and class of the cut within one take."""
    grouped: dict[Key, list[Result]] = defaultdict(list)
    for one in results:
        grouped[one.half, one.truth.nature, one.condition, one.kind, one.edit, one.group, one.scene].append(one)
    return tuple(_row(key, grouped[key]) for key in sorted(grouped))


def _row(key: Key, members: Sequence[Result]) -> Row:
    half, nature, condition, kind, edit, group, scene = key
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
        seen=_seen(scene, members) if nature == "edited" else None,
    )


def _seen(scene: str, members: Sequence[Result]) -> Seen:
    """By any check for cuts; and whether the parts were told to be of one source or of two."""
    cuts = [_cut(one) for one in members]
    told = [
        right for one, (_, near) in zip(members, cuts, strict=True) if (right := _grouped(one, seen=near)) is not None
    ]
    return Seen(scene, sum(frame for frame, _ in cuts), sum(near for _, near in cuts), sum(told), len(told))


def _cut(one: Result) -> tuple[bool, bool]:
    """Whether a check for cuts placed a finding within one frame, and within half a second."""
    done = [clip(check, one) for check in CUTS]
    return any(frame for frame, _, _ in done), any(near for _, near, _ in done)


def _grouped(one: Result, *, seen: bool) -> bool | None:
    """Two recordings must be told apart, whatever was seen; parts of one must not be, which is put to the test only where the cut was seen."""
    if dict(one.outcomes).get(SOURCES) not in RAN:
        return None
    told = any(sighting.check == SOURCES for sighting in one.sightings)
    if one.edit in TWO_TAKES:
        return told
    return not told if one.scene and seen else None


def _together(members: Sequence[Result]) -> Together:
    """By any check, in each clip; what was not found within one frame is named with the reason that its recipe gives."""
    seen = [(one, _by_any(one)) for one in members]
    lost = sorted((one.base, one.truth.unseen or MISSED) for one, (frame, _) in seen if not frame)
    return Together(sum(frame for _, (frame, _) in seen), sum(near for _, (_, near) in seen), tuple(lost))


def _by_any(one: Result) -> tuple[bool, bool]:
    """Whether any check placed a finding within one frame, and within half a second. Where nothing in the clip has a place, any finding is both."""
    ran = dict(one.outcomes)
    done = [clip(check.id, one) for check in CHECKS if check.id not in ORIGIN and ran.get(check.id) in RAN]
    near = any(within for _, within, _ in done)
    return (near if not one.truth.places else any(frame for frame, _, _ in done)), near


def _counted(check: str, members: Sequence[Result]) -> Counted:
    frame = near = false = false_clips = not_run = 0
    for one in members:
        if dict(one.outcomes).get(check) not in RAN or (check == TWICE and encoded_once(one) is None):
            not_run += 1
            continue
        at_frame, within, elsewhere = clip(check, one)
        frame += at_frame
        near += within
        false += elsewhere
        false_clips += bool(elsewhere)
    return Counted(frame, near, false, false_clips, not_run)

"""On which side of a finding a picture lies, and which two pictures of it page one shows."""

from collections.abc import Iterable

from entirety.model.audit import Still
from entirety.model.finding import Finding
from entirety.report.view import Picture

SHOWN_TWICE = frozenset({("repeated-footage", "repeat"), ("repeated-footage", "reverse")})
"""Check and code of findings whose pictures come in pairs: the first showing, and its return."""


def place(frame: int, finding: Finding) -> str:
    """Where a picture lies against the finding. At a join `first` and `last` are neighbours: the picture before it and the one after."""
    span = finding.span
    if (finding.check, finding.code) in SHOWN_TWICE:
        return "first_time" if frame < span.first else "again"
    join = span.last - span.first == 1
    if frame < span.first or (join and frame == span.first):
        return "before"
    if frame > span.last or (join and frame == span.last):
        return "after"
    return "at"


def pair(
    stills: Iterable[Still], shown: tuple[Picture, ...], hidden: tuple[Picture, ...], finding: Finding
) -> tuple[Picture, ...]:
    """The first two where a check lists two or lists them out of order; else the nearest of each side, or a hidden one for a side without."""
    span = finding.span
    frames = [still.frame for still in stills if still.role == "shown"]
    if not hidden and (len(frames) == 2 or frames != sorted(frames)):
        return shown[:2]
    ordered = sorted(zip(frames, shown, strict=True))
    before = [picture for frame, picture in ordered if frame <= span.first][-1:]
    after = [picture for frame, picture in ordered if frame > span.first and frame >= span.last][:1]
    rest = [picture for _, picture in ordered if picture not in before + after]
    middle = list(hidden[:1]) if hidden else rest
    return tuple((before + after + middle)[:2]) if before and after else tuple((before + middle + after)[:2])

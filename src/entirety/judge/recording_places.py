"""Where a clip leaves the course of a recording: what it jumps over, what stands in another order, and where another recording begins."""

from collections.abc import Iterator

from entirety.judge.recording_made import Values, at_place
from entirety.judge.stretches import Between, Course
from entirety.model.clip import Clip
from entirety.model.coverage import Coverage
from entirety.model.finding import Finding, Measured
from entirety.model.time import clock


def leaving(clip: Clip, course: Course) -> Iterator[tuple[Finding, Between]]:
    """One finding for each place, with the place."""
    for at, place in enumerate(course.places(), 1):
        if (finding := _leaving(clip, course, place, again=course.shown[at][0])) is not None:
            yield finding, place


def _leaving(clip: Clip, course: Course, place: Between, *, again: int) -> Finding | None:
    """None where the clip goes on as the recording does, only turns round, or shows again what it showed before: `again` pictures."""
    before, after = place.before, place.after
    if before.source != after.source:
        return _joined(clip, course.coverage, place)
    first, end = place.skipped
    if place.turned or abs(end - first) <= place.doubt:
        return None
    missing, seconds = course.missing(before.source, first, end)
    if not missing and again > place.doubt:
        return None
    ends = (before.span[0], after.span[1]) if place.backwards else (before.span[1], after.span[0])
    length, gap = f"{float(seconds):.3f}", f"{float(abs(ends[1] - ends[0])):.3f}"
    values: Values = (
        ("before", before.end - 1),
        ("recording", before.source + 1),
        ("start", clock(ends[0])),
        ("after", after.first),
        ("end", clock(ends[1])),
    )
    if not missing:
        return at_place(clip, place, "order", values, (Measured("step in the recording", gap, None, "s"),))
    measured = (
        Measured("length found nowhere in the clip", length, None, "s"),
        Measured("pictures of the recording found nowhere in the clip", missing, place.doubt, "pictures"),
    )
    return at_place(clip, place, "left-out", (*values, ("gap", gap), ("seconds", length)), measured)


def _joined(clip: Clip, coverage: Coverage, place: Between) -> Finding:
    """One recording ends and another begins; where both do so at their own ends, a recorder's files simply follow each other."""
    before, after = place.before, place.after
    left = coverage.sources[before.source].frames - before.high
    whole = max(left, after.low) <= place.doubt and place.foreign is None
    ends: Values = () if whole else (("start", clock(before.span[1])), ("end", clock(after.span[0])))
    values: Values = (
        ("before", before.end - 1),
        ("recording", before.source + 1),
        ("after", after.first),
        ("other", after.source + 1),
        *ends,
    )
    return at_place(clip, place, "next-recording" if whole else "other-recording", values, (), neutral=whole)

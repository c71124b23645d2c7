"""The findings of a comparison with recordings, one for each place or stretch of the clip that is not as in the recording."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from entirety.detect.spans import stretch_span, whole_clip
from entirety.judge.recording_made import Basis, Values, made
from entirety.judge.recording_places import leaving
from entirety.judge.recording_runs import again, sounding, turned
from entirety.judge.stretches import Course, Stretch, course
from entirety.model.clip import Clip
from entirety.model.coverage import Coverage, Foreign, Layer
from entirety.model.finding import Finding, Measured, Weight

MOST = 40
"""Findings of one kind, the longest; the list of pieces in audit.json has all. Chosen, so that a report stays readable."""
PART = "part"
"""Code of the finding on what lies before and after."""
LASTING = Fraction(1)
"""Seconds. A shorter stretch that no recording has carries no weight of its own, and beside a place that is reported it is told of there: a
transition between two shots lasts about as long. Chosen."""


def findings(clip: Clip, coverage: Coverage) -> Iterator[Finding]:
    """All findings, kind by kind."""
    way = course(coverage)
    told = list(leaving(clip, way))
    yield from _longest(one for one, _ in told)
    yield from _longest(again(clip, way))
    for code in ("reversed", "mirrored", "speed"):
        yield from _longest(turned(clip, way.found, code))
    yield from _longest(sounding(clip, way.found))
    folded = {place.foreign for _, place in told if place.foreign is not None and _seconds(place.foreign) < LASTING}
    strange = [part for part in coverage.foreign if part not in folded]
    yield from _longest(one for part in strange if (one := _foreign(clip, way, part)) is not None)
    for source in range(len(coverage.sources)):
        own = [stretch for stretch in way.found if stretch.source == source]
        if own and (one := _part(clip, way, own)) is not None:
            yield one


def _longest(found: Iterable[Finding]) -> list[Finding]:
    """The longest ones, in their own order."""
    every = list(found)
    kept = sorted(range(len(every)), key=lambda at: (-_size(every[at]), at))[:MOST]
    return [every[at] for at in sorted(kept)]


def _size(finding: Finding) -> float:
    """Seconds of what it reports, which stand first among what was measured."""
    return next((float(measured.value) for measured in finding.measured if measured.unit == "s"), 0.0)


def _seconds(part: Foreign) -> Fraction:
    return part.span[1] - part.span[0]


def _foreign(clip: Clip, way: Course, part: Foreign) -> Finding | None:
    """What no recording has; None where it may belong to the stretches beside it."""
    before, after = way.beside(part)
    beside = [stretch for stretch in (before, after) if stretch is not None]
    if part.end - part.first <= sum(stretch.doubt for stretch in beside):
        return None
    code = "foreign"
    if part.still:
        code = "foreign-still"
    elif len(beside) == 1 and _reaches(way.coverage, beside[0], starts=before is None):
        code = "beyond"
    weight = Weight.NEUTRAL
    if code == "foreign":
        weight = Weight.STRONG if len(beside) == 2 and _seconds(part) >= LASTING else Weight.SUPPORTING
    frames, length = (part.first, part.end - 1), f"{float(_seconds(part)):.3f}"
    values: Values = (("first", frames[0]), ("last", frames[1]), ("seconds", length))
    measured = (
        Measured("length", length, None, "s"),
        Measured("pictures", part.end - part.first, sum(stretch.doubt for stretch in beside), "pictures"),
    )
    # That something was not found rests on likeness, however the rest was matched.
    span = stretch_span(clip, *frames)
    return made(clip, Basis(Layer.PICTURES, frames), code, values, span=span, weight=weight, measured=measured)


def _reaches(coverage: Coverage, stretch: Stretch, *, starts: bool) -> bool:
    """Whether a stretch shows the recording's beginning (`starts`) or its end, so that it could not show more."""
    piece = stretch.longest
    if starts != piece.reversed:
        return stretch.low <= stretch.doubt
    return coverage.sources[stretch.source].frames - stretch.high <= stretch.doubt


def _part(clip: Clip, way: Course, own: Sequence[Stretch]) -> Finding | None:
    """What a recording has before and after all that the clip shows of it."""
    source, earliest, latest = own[0].source, min(own, key=lambda s: s.low), max(own, key=lambda s: s.high)
    earlier = way.missing(source, 0, earliest.low)
    later = way.missing(source, latest.high, way.coverage.sources[source].frames)
    if not earlier[0] + later[0]:
        return None
    layer = max(earliest.layer, latest.layer, key=list(Layer).index)
    # What moves and was found nowhere could hold it, changed too much to be recognised.
    direct = layer is not Layer.PICTURES and all(part.still for part in way.coverage.foreign)
    seconds = [f"{float(length):.3f}" for _, length in (earlier, later)]
    values: Values = (("recording", source + 1), ("earlier", seconds[0]), ("later", seconds[1]))
    measured = (
        Measured("length before and after together", f"{float(earlier[1] + later[1]):.3f}", None, "s"),
        Measured("pictures before", earlier[0], earliest.doubt, "pictures"),
        Measured("pictures after", later[0], latest.doubt, "pictures"),
    )
    frames, rows = (min(s.first for s in own), max(s.end for s in own) - 1), (earliest.low, latest.high - 1)
    weight = Weight.DIRECT if direct else Weight.STRONG
    basis, span = Basis(layer, frames, rows), whole_clip(clip)
    return made(clip, basis, PART, values, span=span, weight=weight, measured=measured, continuity=False)

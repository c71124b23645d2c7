"""Holds the dates of a file against each other, and tells which of them disagree in a way that wants an explanation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from entirety.detect.moments import DAY, Moment, parse
from entirety.detect.stated_dates import DIGITAL, LAG, SLACK, Stated, gap, is_reset, is_zone
from entirety.model.clip import Clip
from entirety.model.finding import Weight

SHIFTED = DAY + 2 * 3600
"""Seconds by which two clocks can show different local times: zones span 26 hours (IANA time zone database)."""
LOST_DATE = Moment(946_684_800, zoned=True).seconds
"""2000-01-01: a file system that states an earlier date has lost it (1970 and 1980 are where such counts begin)."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement."""

    code: str
    dates: tuple[Stated, ...]
    """Those concerned, the one they were held against first where there is one."""
    seconds: int
    """The largest difference; 0 where none is concerned."""
    bound: int
    weight: Weight
    causes: tuple[str, ...] = ()
    """Innocent explanations that fit here, besides those that always do."""


def conflicts(clip: Clip, dates: Sequence[Stated]) -> Iterator[Conflict]:
    """Every kind of disagreement at most once."""
    length = int(max(clip.duration or 0, 0)) + 1
    yield from _alone(clip, dates)
    yield from _created(dates, length)
    yield from _changed(dates, length)
    if (file := parse(clip.custody.modified)) is not None and file.seconds >= LOST_DATE:
        late = tuple(date for date in dates if date.moment.seconds - file.seconds > SHIFTED)
        if late:
            worst = max(date.moment.seconds - file.seconds for date in late)
            yield Conflict("after-file", late, worst, SHIFTED, Weight.NEUTRAL)


def _alone(clip: Clip, dates: Sequence[Stated]) -> Iterator[Conflict]:
    """Dates that are odd by themselves."""
    if clip.movie is not None and not any(date.header for date in dates):
        yield Conflict("no-date", (), 0, 0, Weight.NEUTRAL)
    if early := tuple(date for date in dates if date.moment.seconds < DIGITAL):
        yield Conflict("early-date", early, 0, 0, Weight.NEUTRAL)
    if mended := tuple(date for date in dates if date.mended):
        yield Conflict("other-count", mended, 0, 0, Weight.NEUTRAL)


def _created(dates: Sequence[Stated], length: int) -> Iterator[Conflict]:
    """Dates of creation against the first of them."""
    created = [date for date in dates if not date.changed]
    if not created:
        return
    first, bound = created[0], length + LAG
    apart = [(date, gap(first.moment, date.moment)) for date in created[1:]]
    shifted = [(date, by) for date, by in apart if is_zone(by, min(length + SLACK, LAG))]
    odd = [(date, by) for date, by in apart if abs(by) > bound and (date, by) not in shifted]
    if shifted:
        yield _conflict("time-zone", first, shifted, bound, weight=Weight.NEUTRAL)
    if odd:
        reset = any(is_reset(date.moment) for date in (first, *(date for date, _ in odd)))
        exported = first.header and any(by < 0 for date, by in odd if date.part == "tag")
        causes = (*(("reset-clock",) if reset else ()), *(("gallery-export",) if exported else ()))
        weight = Weight.NEUTRAL if reset else Weight.SUPPORTING
        yield _conflict("dates-differ", first, odd, bound, weight=weight, causes=causes)


def _changed(dates: Sequence[Stated], length: int) -> Iterator[Conflict]:
    """The last change against the creation that stands beside it."""
    pairs = [(date, _beside(date, dates)) for date in dates if date.changed]
    apart = [(date, made, gap(made.moment, date.moment)) for date, made in pairs if made is not None]
    bound = length + LAG
    later = [(made, date, by) for date, made, by in apart if by > bound and not is_zone(by)]
    before = [(made, date, by) for date, made, by in apart if by < -SLACK and not is_zone(by)]
    for code, found, limit in (("modified-later", later, bound), ("modified-before", before, SLACK)):
        if found:
            reset = any(is_reset(made.moment) or is_reset(date.moment) for made, date, _ in found)
            weight = Weight.NEUTRAL if reset or code == "modified-before" else Weight.SUPPORTING
            causes = ("reset-clock",) if reset and code == "modified-later" else ()
            apart_here = [(date, by) for _, date, by in found]
            yield _conflict(code, found[0][0], apart_here, limit, weight=weight, causes=causes)


def _beside(date: Stated, dates: Sequence[Stated]) -> Stated | None:
    """The creation stated at the same place: of the same header, or of the same XMP packet; tags do not belong together."""
    return next((one for one in dates if not one.changed and one.part == date.part != "tag"), None)


def _conflict(
    code: str,
    first: Stated,
    apart: Sequence[tuple[Stated, int]],
    bound: int,
    *,
    weight: Weight,
    causes: tuple[str, ...] = (),
) -> Conflict:
    worst = max((by for _, by in apart), key=abs)
    return Conflict(code, (first, *(date for date, _ in apart)), worst, bound, weight, causes)

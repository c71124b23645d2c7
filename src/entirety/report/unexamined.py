"""The parts of the clip that could not be examined, listed and summed up: time that two of them share counts once."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from entirety.model.audit import Unexamined, has_place
from entirety.report.findings import frames, when
from entirety.report.wording import Catalogue


def rows(parts: Sequence[Unexamined], words: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Time, frames and reason of each part."""
    return tuple((*_place(part, words), words.say(part.reason)) for part in parts)


def banner(parts: Sequence[Unexamined], words: Catalogue) -> Iterator[str]:
    """What page one says of them: how many have a place and how long they are in all, and whether any has none."""
    known = [part for part in parts if has_place(part)]
    if known:
        yield words.text("page.banner_unexamined", n=len(known), seconds=f"{float(seconds(known)):.3f}")
    if len(known) < len(parts):
        yield words.text("page.banner_unplaced")


def seconds(parts: Sequence[Unexamined]) -> Fraction:
    """Length of all of them; what lies in two counts once."""
    total, reached = Fraction(0), None
    for start, end in sorted((part.start, part.end) for part in parts):
        begin = start if reached is None else max(start, reached)
        total += max(Fraction(0), end - begin)
        reached = end if reached is None else max(end, reached)
    return total


def _place(part: Unexamined, words: Catalogue) -> tuple[str, str]:
    if not has_place(part):
        return words.text("timeline.no_place"), words.text("timeline.no_place")
    return when(part.start, part.end, words), frames(part.first, part.last, words)

"""The parts of the clip that could not be examined, listed and summed up: time that two of them share counts once."""

from collections.abc import Iterator, Sequence

from entirety.model.audit import Unexamined, covered, has_place
from entirety.report.findings import frames, when
from entirety.report.wording import Catalogue


def rows(parts: Sequence[Unexamined], words: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Time, frames and reason of each part."""
    return tuple((*_place(part, words), words.say(part.reason)) for part in parts)


def banner(parts: Sequence[Unexamined], words: Catalogue) -> Iterator[str]:
    """What page one says of them: how many have a place and how long they are in all, and whether any has none."""
    known = [part for part in parts if has_place(part)]
    if known:
        yield words.text("page.banner_unexamined", n=len(known), seconds=f"{seconds(known):.3f}")
    if len(known) < len(parts):
        yield words.text("page.banner_unplaced")


def seconds(parts: Sequence[Unexamined]) -> float:
    """Length of all parts with a known place together."""
    return float(covered((part.start, part.end) for part in parts if has_place(part)))


def _place(part: Unexamined, words: Catalogue) -> tuple[str, str]:
    if not has_place(part):
        return words.text("timeline.no_place"), words.text("timeline.no_place")
    return when(part.start, part.end, words), frames(part.first, part.last, words)

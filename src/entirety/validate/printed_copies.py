"""Cuts and joins without new encoding as text: what any check found within one frame, and each clip that is left with the reason.

Of these edits more can be asked than of others: the picture is what it was, the place is exact, and whether anything is left to be seen
follows from how the clip was made. A clip counts as found where at least one finding above neutral lies within one frame of the place.
The others are listed one by one: as invisible with the reason that the recipe gives (validate.unseen has the definition), or as missed.
"""

from collections.abc import Iterable, Iterator

from entirety.knowledge.performance import GROUPS, Row, Together
from entirety.validate.conditions import CONDITIONS
from entirety.validate.printed_rates import rate
from entirety.validate.unseen import MISSED, REASONS

CODECS = {condition.id: condition.codec for condition in CONDITIONS}
PLACED = ("remove-copy", "join-copy")
"""Middle cuts and joins, of which it is asked that nearly all are found."""

Counted = tuple[Row, Together]


def copies(rows: Iterable[Row]) -> Iterator[str]:
    """The lines for the rows of one half."""
    counted = [(row, row.together) for row in rows if row.together is not None]
    if not counted:
        yield "edits without new encoding: not counted by any check in this table"
        return
    yield "edits without new encoding, found within one frame by any check (and not found, because nothing is there to be seen)"
    for group in sorted({row.group for row, _ in counted}, key=GROUPS.index):
        yield f"  {group}: {_by_codec([one for one in counted if one[0].group == group])}"
        for edit in sorted({row.edit for row, _ in counted if row.group == group}):
            yield f"    {edit}: {_by_codec([one for one in counted if one[0].edit == edit])}"
    yield from _promised([one for one in counted if one[0].group in PLACED])
    yield from _left(counted)


def _by_codec(counted: list[Counted]) -> str:
    """`h264 11 of 12 (1), hevc 2 of 2`."""
    texts = []
    for codec in sorted({_codec(row) for row, _ in counted}):
        here = [one for one in counted if _codec(one[0]) == codec]
        clips, found, unseen = _sums(here)
        texts.append(f"{codec} {found} of {clips}" + (f" ({unseen})" if unseen else ""))
    return ", ".join(texts)


def _codec(row: Row) -> str:
    return CODECS.get(row.condition, row.condition)


def _sums(counted: list[Counted]) -> tuple[int, int, int]:
    """Clips, found, and not found because the recipe leaves nothing to be seen."""
    lost = [why for _, together in counted for _, why in together.lost]
    found = sum(together.frame for _, together in counted)
    return sum(row.clips for row, _ in counted), found, sum(why != MISSED for why in lost)


def _promised(counted: list[Counted]) -> Iterator[str]:
    clips, found, unseen = _sums(counted)
    yield f"  middle cuts and joins: found {rate(found, clips)}; without those in which nothing is there to be seen {rate(found, clips - unseen)}"
    bare = [one for one in counted if one[0].edit == "cut-within-raw"]
    clips, found, _ = _sums(bare)
    yield f"  not a whole number of groups, and no trace in the container: found {rate(found, clips)}"


def _left(counted: list[Counted]) -> Iterator[str]:
    """Every clip in which no finding lies within one frame of the place."""
    lost: dict[str, list[str]] = {}
    for row, together in counted:
        for base, why in together.lost:
            lost.setdefault(why, []).append(f"{base}/{row.condition}/{row.edit}")
    for why in sorted(lost, key=lambda why: (why != MISSED, why)):
        said = "missed" if why == MISSED else f"invisible, {why}: {REASONS.get(why, 'of an earlier catalogue')}"
        yield f"  {said}: {len(lost[why])}"
        yield from (f"    {clip}" for clip in sorted(lost[why]))

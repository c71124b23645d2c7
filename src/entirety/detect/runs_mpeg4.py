"""Finds places in MPEG-4 part 2 and H.263 video where the pictures' own clock does not go on with the file's.

Every picture of MPEG-4 part 2 states its time within the second, and the seconds since the picture before; groups may state the time
anew. H.263 numbers its pictures by a clock of about 30 ticks a second that begins anew after 256 of them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, Break
from entirety.detect.encoder_signatures import signatures
from entirety.detect.picture_times import UNTIMED, Leaps, Stated, beyond_pause, leaps
from entirety.detect.steps import PAUSE
from entirety.model.clip import PICTURE_KINDS, Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders

CODE = "picture-time"
SAYS = (
    "Each coded picture carries a time of its own, which goes on with the file's in {regular} of {all} steps; up to {at} the file's time "
    "changes by {before} s and the pictures' own time by {after} s."
)
LINK = "broken-link"
LINK_SAYS = (
    "The group of pictures that begins at {at} carries the mark `broken_link`, which the standard has for pictures whose predecessors are "
    "missing; {regular} other groups do not carry it."
)
SHORT_TICK, SHORT_NUMBERS = 1001 / 30_000, 256
"""Clock of the short form and of H.263 without a clock of its own (ITU-T H.263, 5.1.2)."""
B = PICTURE_KINDS.index("B")


def mpeg4_breaks(clip: Clip, headers: CodedHeaders) -> Iterator[list[Break]]:
    """Breaks of the pictures' times, and groups marked as linked to missing ones."""
    stated = _short(headers) if _is_short(headers) else _vop_times(headers)
    yield _times(clip, stated, headers)
    yield broken_links(headers)
    yield signatures(headers)


def h263_breaks(clip: Clip, headers: CodedHeaders) -> Iterator[list[Break]]:
    """Breaks of the pictures' numbers."""
    yield _times(clip, _short(headers), headers)


def broken_links(headers: CodedHeaders) -> list[Break]:
    """Groups after the first that are marked, where few are (13818-2, 6.3.8; 14496-2, 6.3.4): encoders write 0, editors 1."""
    groups = np.flatnonzero(headers.columns["broken_link"] != MISSING)
    marked = [int(row) for row in groups[1:] if headers.columns["broken_link"][row] == 1]
    if not marked or len(marked) > FEW_BREAKS or 2 * len(marked) >= len(groups):
        return []
    count, regular = len(marked), len(groups) - len(marked)
    return [
        Break(LINK, first_shown(headers, row), "0", "1", count=count, regular=regular, says=LINK_SAYS) for row in marked
    ]


def first_shown(headers: CodedHeaders, row: int) -> int:
    """Of a key picture and the B pictures stored behind it, which are shown before it, the packet shown first."""
    last = row + 1
    while last < len(headers) and headers.kind[last] == B:
        last += 1
    order = _order(headers)[row:last]
    known = np.flatnonzero(order >= 0)
    return row + int(known[order[known].argmin()]) if len(known) else row


def _order(headers: CodedHeaders) -> NDArray[np.float64]:
    """A number by which pictures that are stored together are shown, -1 where it is not known."""
    columns = headers.columns
    if "vop_time_increment" not in columns:
        return np.asarray(columns["temporal_reference"], np.float64)
    ticks = np.maximum(1, columns["vop_time_increment_resolution"])
    return np.where(columns["time_base"] >= 0, columns["time_base"] + columns["vop_time_increment"] / ticks, -1.0)


def _is_short(headers: CodedHeaders) -> bool:
    return bool((headers.columns["temporal_reference"] >= 0).any())


def _vop_times(headers: CodedHeaders) -> Stated:
    """Times of all pictures but B ones.

    In a packed stream a packet brings a picture and the B picture before it, and an empty one stands where the B picture would have
    been: it is none of its own. So is one with the time of the picture before.
    """
    columns, times = headers.columns, _order(headers)
    rows = np.flatnonzero((headers.kind > 0) & (headers.kind != B) & (times >= 0))
    empty = columns["vop_coded"][rows] == 0
    packed = bool((columns["vops"] > 1).any())
    again = empty & (packed | np.concatenate([[False], np.diff(times[rows]) == 0]))
    counts = np.where(headers.kind > 0, np.maximum(1, columns["vops"]), 0).astype(np.int64)
    counts[rows[again]] = 0
    rows = rows[~again]
    ticks = columns["vop_time_increment_resolution"][rows]
    late = _late(headers, counts, rows)
    places = (np.cumsum(counts) - counts)[rows] + late
    return Stated(rows, times[rows], 1 / float(ticks.max(initial=1)), 0.0, places, late)


def _late(headers: CodedHeaders, counts: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """B pictures stored in the packet of each of `rows` and behind it."""
    behind = np.cumsum((headers.kind == B).astype(np.int64))
    ends = np.concatenate([rows[1:], [len(headers)]]) - 1
    within = np.maximum(counts[rows], 1) - 1
    return np.asarray(within + behind[ends] - behind[rows], np.int64)


def _short(headers: CodedHeaders) -> Stated:
    columns = headers.columns
    numbers = columns["temporal_reference"]
    rows = np.flatnonzero((numbers >= 0) & (headers.kind != B))
    tick, size = SHORT_TICK, SHORT_NUMBERS
    if "clock_divisor" in columns and len(rows):
        divisor, conversion = (int(columns[name][rows[0]]) for name in ("clock_divisor", "clock_conversion"))
        tick = divisor * (1000 + conversion) / 1_800_000
        size = int(columns["reference_size"][rows[0]])
    counts = (headers.kind > 0).astype(np.int64)
    late = _late(headers, counts, rows)
    places = (np.cumsum(counts) - counts)[rows] + late
    return Stated(rows, np.asarray(numbers[rows] * tick, np.float64), tick, size * tick, places, late)


def _times(clip: Clip, stated: Stated, headers: CodedHeaders) -> list[Break]:
    found = leaps(clip, stated)
    return [] if found is None else [_break(clip, stated, headers, found, k) for k in range(len(found.at))]


def _break(clip: Clip, stated: Stated, headers: CodedHeaders, found: Leaps, k: int) -> Break:
    due, own = float(found.due[k]), float(found.stated[k])
    values = (f"{due:.3f}", f"{own:.3f}")
    return Break(
        CODE,
        first_shown(headers, int(stated.rows[found.at[k]])),
        *values,
        details=(("seconds to the next picture by the file, by the pictures", *values),),
        count=len(found.at),
        regular=found.regular,
        weight=_weight(clip, due - found.usual, own - due),
        says=SAYS,
        number=True,
    )


def _weight(clip: Clip, gap: float, more: float) -> Weight | None:
    """A busy recorder leaves out a few pictures, and a container that counts does not tell: shorter than a pause it is no sign."""
    if 0 < more < float(PAUSE):
        return Weight.NEUTRAL if clip.container in UNTIMED else Weight.SUPPORTING
    return beyond_pause(gap, more)

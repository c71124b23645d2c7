"""Finds places in MPEG-1 and MPEG-2 video where the groups of pictures do not go on as one run of an encoder writes them.

Each group may carry a time code, which goes on by the number of pictures; within a group the pictures are numbered from 0 without a gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, FEWEST_STEPS, Break
from entirety.detect.picture_times import UNTIMED, beyond_pause
from entirety.detect.runs_mpeg4 import broken_links, first_shown
from entirety.detect.steps import clock_of
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders, EmbeddedClock
from entirety.model.time import UNSET

FEWEST_GROUPS = 2
"""Groups whose time code goes on by the number of pictures, for each one whose does not: chosen. A code that goes on to the picture by
chance is one of two million, so that two are a rule; an encoder that writes zeros or restarts keeps none."""
CODE = "group-time-code"
CODE_SAYS = (
    "The time codes of this file's groups of pictures go on by the number of pictures stored, in {regular} of {all} steps; from the group "
    "before to the one at {at} the time code advances by {after} pictures; {before} pictures are stored."
)
NUMBER_SAYS = (
    "Within a group the pictures are numbered from 0 without a gap, in {regular} of {all} groups; in the group at {at} number {before} "
    "should follow, and {after} follows."
)


def mpeg2_breaks(clip: Clip, headers: CodedHeaders) -> Iterator[list[Break]]:
    """Breaks of the groups' time codes, of the numbers within a group, and groups marked as linked to missing ones."""
    clock = next((c for c in clip.clocks if c.source == "mpeg2-group" and c.stream == clip.video), None)
    yield _time_codes(clip, headers, clock) if clock else []
    yield _numbers(headers)
    yield broken_links(headers)


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups with a time code: the packet that begins each, and the steps from each to the next, in pictures."""

    rows: NDArray[np.int64]
    stated: NDArray[np.int64]
    """What the time code goes on by."""
    stored: NDArray[np.float64]
    """How many pictures are shown in between."""
    shown: NDArray[np.float64]
    """What the file's clock goes on by; NaN where it does not say."""


def _time_codes(clip: Clip, headers: CodedHeaders, clock: EmbeddedClock) -> list[Break]:
    """A step is a break where it is neither that of the stored pictures nor that of the clock: a lossy line makes both leap."""
    fields = headers.columns["fields"]
    # Of a picture with a field shown again some encoders count the time it takes, others the picture.
    for length in (np.maximum(fields, 0) / 2, np.where(fields > 0, np.minimum(fields, 2) / 2, 0)):
        groups = _groups(clip, headers, clock, length)
        follows = _same(groups.stated, groups.stored, clock)
        broken = np.flatnonzero(~follows & ~_near(groups.stated, groups.shown))
        regular = int(follows.sum())
        if len(broken) <= FEW_BREAKS and regular >= FEWEST_GROUPS * max(1, len(broken)):
            return [_code_break(headers, clock, groups, int(k), (len(broken), regular)) for k in broken]
    return []


def _groups(clip: Clip, headers: CodedHeaders, clock: EmbeddedClock, length: NDArray[np.float64]) -> _Groups:
    rows = clock.packet
    starts = (np.cumsum(length) - length)[rows]
    own = clock.stated - headers.columns["temporal_reference"][rows]
    times = clock_of(clip.packets)[rows]
    seconds = np.where(times == UNSET, np.nan, times * float(clip.stream.time_base / clock.base))
    shown = np.full(len(rows), np.nan) if clip.container in UNTIMED else seconds
    return _Groups(rows, np.diff(own), np.diff(starts), np.diff(shown) - np.diff(clock.stated - own))


def _same(stated: NDArray[np.int64], stored: NDArray[np.float64], clock: EmbeddedClock) -> NDArray[np.bool_]:
    """Equal to less than one picture, over midnight as well."""
    day = round(1 / clock.base) * 86_400
    apart = np.abs(stated - stored)
    same: NDArray[np.bool_] = (apart < 1) | (np.abs(apart - day) < 1) | (np.abs(apart - day * 0.999) < 1)
    return same


def _near(stated: NDArray[np.int64], shown: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(np.nan_to_num(stated - shown, nan=np.inf)) < 1


def _code_break(
    headers: CodedHeaders, clock: EmbeddedClock, groups: _Groups, k: int, counted: tuple[int, int]
) -> Break:
    row = int(groups.rows[k + 1])
    was, now = (stored_code(int(headers.columns["time_code"][groups.rows[k + step]])) for step in (0, 1))
    values = (f"{groups.stored[k]:.0f}", str(groups.stated[k]))
    return Break(
        CODE,
        first_shown(headers, row),
        *values,
        details=(
            ("time code of the group", was, now),
            ("pictures from group to group, stored and by time code", *values),
        ),
        count=counted[0],
        regular=counted[1],
        weight=_weight(groups, k, float(clock.base)),
        says=CODE_SAYS,
        number=True,
    )


def _weight(groups: _Groups, k: int, length: float) -> Weight | None:
    """An encoder that counts groups, and not pictures, writes its usual step after a group that is shorter for once."""
    if groups.stated[k] == np.median(groups.stated) and groups.stored[k] != np.median(groups.stored):
        return Weight.SUPPORTING
    return beyond_pause(
        float(groups.shown[k] - groups.stored[k]) * length, float(groups.stated[k] - groups.shown[k]) * length
    )


def stored_code(code: int) -> str:
    """A time code of 25 bits as it is printed; a semicolon before the pictures where numbers are left out."""
    mark = ";" if code >> 24 else ":"
    return f"{code >> 19 & 31:02}:{code >> 13 & 63:02}:{code >> 6 & 63:02}{mark}{code & 63:02}"


def _numbers(headers: CodedHeaders) -> list[Break]:
    """Groups within the file in which a number is missing or stored twice; the first and the last may be cut off."""
    starts = np.flatnonzero(headers.columns["time_code"] != MISSING)
    groups = zip(starts[1:-1].tolist(), starts[2:].tolist(), strict=True)
    found = [gap for first, last in groups if (gap := _gap(headers, first, last))]
    regular = len(starts[1:-1]) - len(found)
    if len(found) > FEW_BREAKS or regular < FEWEST_STEPS * len(found):
        return []
    return [
        Break(
            "temporal-reference",
            row,
            due,
            stored,
            details=(("number due, number stored", due, stored),),
            count=len(found),
            regular=regular,
            says=NUMBER_SAYS,
            number=True,
        )
        for row, due, stored in found
    ]


def _gap(headers: CodedHeaders, first: int, last: int) -> tuple[int, str, str] | None:
    """The picture before which a number is missing or repeated, the number due and the one stored; None in a whole group."""
    numbers = headers.columns["temporal_reference"][first:last]
    rows = np.flatnonzero((numbers >= 0) & (headers.columns["fields"][first:last] >= 2))
    if len(rows) < len(numbers):  # single fields, or headers that could not be read: nothing to be counted on
        return None
    order = rows[np.argsort(numbers[rows], kind="stable")]
    wrong = np.flatnonzero(numbers[order] != np.arange(len(order)))
    if not len(wrong):
        return None
    place = int(wrong[0])
    return first + int(order[place]), str(place), str(numbers[order[place]])

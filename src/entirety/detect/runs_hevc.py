"""Finds where the numbering of the pictures of an HEVC stream breaks, and where the stream itself says that it was joined.

HEVC numbers its pictures in the order of showing, from one picture that starts a new count to the next, and every picture names those it
builds on. Where numbers are missing, go back or come twice, or a picture builds on one that is not there, pictures are missing or
parts were put together. Clause numbers follow ITU-T H.265 (08/2021).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, LOSSY, Break
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders

BLA_FIRST, BLA_LAST = 16, 18
RASL = (8, 9)
IRREGULAR = 20
"""More than one step in so many that is not the usual one is a count without a rule: chosen; encoders seen so far have none."""
DEEPEST = 64
"""How far a number can lie below a number decoded before it: chosen, twice the longest run of B pictures that common encoders make."""
MOST = 200
"""Places looked at: chosen; a file written to harm may hold one at every picture, and then the first stands for all."""
GAP = "The pictures of this stream are numbered in the order of showing, in {regular} of {all} steps; at {at} number {before} should follow and {after} follows."
END = "At {at} a new count of pictures begins; in the count before it number {before} is skipped, while number {after} is there."
BACK = "At {at} a key picture has number {after}, though number {before} stands before it; the standard wants a higher one there."
TWICE = "Number {after} of one count of pictures is stored a second time at {at}."
ABSENT = "At {at} a picture is coded as a change of picture number {before}, which is not in this stream."
MARKED = "bla"
MARKED_SAYS = "At {at} the stream itself marks a join: a key picture of the kind (BLA) that the standard has for joins of coded parts."
ENDED = "Before the picture at {at} the stream states that a sequence of pictures has ended."


@dataclass(frozen=True, slots=True)
class _Part:
    """Pictures of one count, decode order."""

    rows: NDArray[np.int64]
    numbers: NDArray[np.int64]
    """PicOrderCntVal."""
    keyed: bool
    """It begins with a key picture: of the numbers above that one none may be missing."""
    follows: int
    """The picture of the next part that is shown first; -1 where that is not known."""

    def counted(self, depth: int) -> NDArray[np.int64]:
        """The numbers among which none may be missing, in order. Without a key picture some may have stood before the beginning."""
        least = self.numbers[0] if self.keyed else self.numbers.min() + 2 * depth
        return np.sort(self.numbers[self.numbers >= least])


def breaks(_: Clip, headers: CodedHeaders) -> Iterator[list[Break]]:
    """Broken numbers, joins that the stream marks, and ends of sequences."""
    if not len(headers):
        return
    yield _numbers(headers)
    units = headers.columns["nal_unit_type"]
    pictures = np.flatnonzero(units != MISSING)
    marked = pictures[(units[pictures] >= BLA_FIRST) & (units[pictures] <= BLA_LAST)]
    joins = [int(row) for row in marked if row > pictures[0]]
    yield [
        Break(MARKED, _shown(headers, k), "", "", count=len(joins), weight=Weight.STRONG, says=MARKED_SAYS)
        for k in joins
    ]
    ends = np.flatnonzero(headers.columns["end_of_sequence"] == 1)
    after = [int(pictures[pictures > row][0]) for row in ends if (pictures > row).any()]
    yield [Break("end-of-sequence", k, "", "", count=len(after), weight=Weight.STRONG, says=ENDED) for k in after]


def _numbers(headers: CodedHeaders) -> list[Break]:
    parts, found = _parts(headers)
    depths = (int((np.maximum.accumulate(part.numbers) - part.numbers).max()) for part in parts)
    depth = min(DEEPEST, max(depths, default=0))
    every = np.concatenate([np.zeros(0, np.int64), *(np.diff(part.counted(depth)) for part in parts)])
    every = every[every > 0]
    step = int(np.bincount(np.minimum(every, DEEPEST)).argmax()) if len(every) else 0
    regular = int((every == step).sum())
    for part in parts:
        found += _twice(part)
        if step and (len(every) - regular) * IRREGULAR <= len(every):
            found += islice(_gaps(headers, part, step, depth), max(0, MOST - len(found)))
    found += _absent(headers, found)
    counted = [replace(each, count=len(found), regular=regular) for each in sorted(found, key=lambda each: each.row)]
    if len(counted) > FEW_BREAKS and (len(counted) * LOSSY > len(headers) or len(counted) >= MOST):
        return [replace(counted[0], weight=Weight.NEUTRAL)]
    return counted


def _parts(headers: CodedHeaders) -> tuple[list[_Part], list[Break]]:
    """The counts of the stream, cut as well where a number goes back over a key picture; and those places.

    After headers that could not be read nothing is compared up to the next key picture. A part of one picture says nothing.
    """
    units, numbers = headers.columns["nal_unit_type"], headers.columns["pic_order_cnt"].astype(np.int64)
    unread = (units != MISSING) & (numbers == MISSING)
    unread[headers.unreadable] |= units[headers.unreadable] == MISSING
    parts: list[_Part] = []
    found: list[Break] = []
    cuts = np.flatnonzero((headers.columns["no_rasl_output_flag"] == 1) | unread)
    for run in np.split(np.arange(len(headers)), cuts):
        rows = run[numbers[run] != MISSING] if len(run) > 1 else run[:0]
        if len(rows) and unread[run[0]]:
            keys = np.flatnonzero(headers.entry[rows])
            rows = rows[keys[0] :] if len(keys) else rows[:0]
        if len(rows) < 2:
            continue
        behind = int(run[-1]) + 1
        follows = _shown(headers, behind) if behind < len(headers) and not unread[behind] else -1
        backward = _backward(headers, rows, numbers[rows])
        most = np.maximum.accumulate(numbers[rows])
        for start in backward.tolist():
            before, after = str(most[start - 1]), str(numbers[rows[start]])
            found.append(_break("order-back", _shown(headers, int(rows[start])), before, after, BACK))
        ends = [_shown(headers, int(rows[start])) for start in backward] + [follows]
        for some, end in zip(np.split(rows, backward), ends, strict=True):
            parts.append(_Part(some, numbers[some], bool(headers.entry[some[0]]), end))
    return parts, found


def _backward(headers: CodedHeaders, rows: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places of key pictures with a number that is not above all before: each follows all of them in showing (clause 8.3.1)."""
    most = np.maximum.accumulate(numbers)
    return np.flatnonzero(headers.entry[rows[1:]] & (numbers[1:] <= most[:-1])) + 1


def _twice(part: _Part) -> Iterator[Break]:
    """Only the first such number of a part: the others follow from it."""
    order = np.argsort(part.numbers, kind="stable")
    again = order[1:][np.diff(part.numbers[order]) == 0]
    if len(again):
        k = int(again.min())
        number = str(part.numbers[k])
        yield _break("order-twice", int(part.rows[k]), number, number, TWICE)


def _gaps(headers: CodedHeaders, part: _Part, step: int, depth: int) -> Iterator[Break]:
    """Missing numbers; those nearer to one another than pictures are reordered are one place.

    At the end of the file, and before headers that could not be read, the pictures that fill them may have been to come.
    """
    numbers = part.counted(depth)
    wide = np.flatnonzero(np.diff(numbers) > step)
    if not len(wide):
        return
    for group in np.split(wide, np.flatnonzero(numbers[wide[1:]] - numbers[wide[:-1] + 1] > depth) + 1):
        due, after = int(numbers[group[0]]) + step, int(numbers[group[-1] + 1])
        at_end = int(numbers[-1]) - after <= depth
        if at_end and part.follows >= 0 and int(numbers[-1]) - due <= 2 * depth:
            yield _break("order-end", part.follows, str(due), str(after), END)
        elif not at_end or part.follows >= 0 or int(numbers[-1]) - due > 2 * depth:
            row = int(part.rows[part.numbers == after][0])
            keys = np.flatnonzero(headers.entry[: row + 1])
            leading = headers.columns["nal_unit_type"][row] in RASL and len(keys)
            yield _break("order-gap", _shown(headers, int(keys[-1])) if leading else row, str(due), str(after), GAP)


def _absent(headers: CodedHeaders, known: list[Break]) -> list[Break]:
    """Pictures that build on one that is not there, one place for each key picture; not where broken numbers tell it already."""
    rows = np.flatnonzero(headers.columns["no_reference_picture"] > 0)
    group = np.cumsum(headers.entry)
    told = {int(group[each.row]) + near for each in known for near in (-1, 0, 1)}
    found = []
    for row in rows.tolist():
        if int(group[row]) not in told:
            told.add(int(group[row]))
            number = int(headers.columns["no_reference_picture_order_cnt"][row])
            shown = str(number) if number != MISSING else "not stated in full"
            found.append(_break("reference-absent", row, shown, "", ABSENT))
    return found


def _shown(headers: CodedHeaders, row: int) -> int:
    """Of a key picture and the pictures behind it that are shown before it, the one that is shown first.

    Those that build on pictures before the key picture are not shown where these are not there.
    """
    numbers, units = headers.columns["pic_order_cnt"], headers.columns["nal_unit_type"]
    if not headers.entry[row] or numbers[row] == MISSING:
        return row
    leading = []
    for k in range(row + 1, len(headers)):
        if headers.entry[k] or (numbers[k] != MISSING and numbers[k] > numbers[row]):
            break
        leading.append(k)
    absent = headers.columns["no_reference_picture"]
    alone = headers.columns["no_rasl_output_flag"][row] == 1 or any(absent[k] > 0 for k in leading if units[k] in RASL)
    seen = (k for k in leading if numbers[k] != MISSING and not (alone and units[k] in RASL))
    return min((row, *seen), key=lambda k: int(numbers[k]))


def _break(code: str, row: int, before: str, after: str, says: str) -> Break:
    return Break(code, row, before, after, details=(("picture order count", before, after),), says=says, number=True)

"""Finds places in an H.264 stream where the numbers that order its pictures for showing do not go on.

Every picture carries the end of a number that says where it is shown (pic_order_cnt). An encoder counts it on by one step for each
picture, from one picture that resets everything to the next. Where a stream was cut at a picture from which playback may start, or
broken off before all pictures of its last small group were written, numbers are left out or come twice.
Clause numbers follow ITU-T H.264 (08/2021).
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import INTRA, Break
from entirety.detect.spans import AHEAD
from entirety.model.finding import Weight
from entirety.model.h264 import H264Headers

Numbers = NDArray[np.int64]

FEWEST = 24
"""Pictures with a number that are needed to read the encoder's step off them: chosen, a second of film."""
ORDERLY = 0.95
"""Share of neighbours in the order of showing that lie one step apart: chosen; an encoder that numbers by time, or a line that loses one
picture in twenty, stays below, and then no place can be called an exception."""
REGULAR = 3
"""Places at which the count went on, for each at which it did not: chosen, one in four being no exception any more."""

MOST_LOOKED = 1_000
"""Groups that may go back in the count before the rest is left: so many are a habit, and a file written to harm may have one at every picture."""

RESUMED = (
    "The pictures of this file are numbered for showing in equal steps; where decoding can begin anew, at {at}, number {before} should follow and {after} "
    "follows. Places of this kind at which the count goes on: {regular} of {all}."
)
BROKEN_OFF = (
    "Before the key picture at {at} numbers are skipped in the count for showing: after number {before} the next one stored is {after}. Runs of "
    "this file that end without a hole: {regular} of {all}."
)


@dataclass(frozen=True, slots=True)
class _Hole:
    """One place where the count does not go on."""

    code: str
    row: int
    due: int
    stored: int


def picture_orders(headers: H264Headers, unread: NDArray[np.bool_], told: Container[int] = ()) -> Iterator[list[Break]]:
    """Breaks of the count, those at entry points and those before key pictures apart; none at a row that was `told` already.

    Only pic_order_cnt_type 0 carries numbers of its own; type 2 follows from frame_num alone, and type 1 nearly so (clause 8.2.1).
    """
    if not _counted(headers):
        return
    sequences = [s for s in _sequences(headers, unread) if len(s)]
    orders = [_orders(headers, rows, _size(headers, int(rows[0]))) for rows in sequences]
    step = _step(orders)
    if not step:
        return
    resumed: list[_Hole] = []
    broken: list[_Hole] = []
    places = 0
    for k, (rows, order) in enumerate(zip(sequences, orders, strict=True)):
        entries = _entries(headers, rows)
        places += len(entries)
        resumed += _resumed(rows, order, entries, step)
        follows = int(sequences[k + 1][0]) if k + 1 < len(sequences) else -1
        if follows >= 0 and headers.idr[follows] and follows == rows[-1] + 1:
            broken += _broken_off(order, step, follows)
    ends = len(sequences) - 1
    for holes, every, words in ((resumed, places, RESUMED), (broken, ends, BROKEN_OFF)):
        yield list(_breaks([hole for hole in holes if hole.row not in told], every, step, words))


def _breaks(holes: list[_Hole], every: int, step: int, words: str) -> Iterator[Break]:
    weight = Weight.NEUTRAL if every - len(holes) < REGULAR * len(holes) and len(holes) > 1 else None
    for hole in holes:
        values = (str(hole.due), str(hole.stored))
        details = (("picture order count", *values), ("its usual step", str(step), str(step)))
        regular = every - len(holes)
        yield Break(
            hole.code, hole.row, *values, details=details, count=len(holes), regular=regular, weight=weight, says=words, number=True
        )  # fmt: skip


def _counted(headers: H264Headers) -> bool:
    kinds = [dict(s.facts).get("pic_order_cnt_type", 0) for s in headers.parameter_sets if s.kind == "sps" and s.facts]
    return bool(kinds) and all(kind == 0 for kind in kinds) and int((headers.poc_lsb >= 0).sum()) >= FEWEST


def _size(headers: H264Headers, row: int) -> int:
    """MaxPicOrderCntLsb in force at this row; 65,536 where no SPS states it."""
    stated = 16
    for item in headers.parameter_sets:
        if item.kind == "sps" and item.facts and item.packet <= row:
            stated = dict(item.facts).get("log2_max_pic_order_cnt_lsb", 16)
    return 1 << max(4, min(16, stated))


def _sequences(headers: H264Headers, unread: NDArray[np.bool_]) -> list[Numbers]:
    """Rows of first fields and whole pictures from one reset of the count to the next, cut as well where headers could not be read."""
    unknown = unread.copy()
    unknown[headers.unreadable[headers.unreadable < len(unknown)]] = True
    known = (headers.poc_lsb >= 0) & ~unknown & ~_second_fields(headers)
    cut = headers.idr | unknown
    # What follows a reset is counted from it (clause 8.2.1); the picture that resets keeps, in its header, the number it had.
    cut[headers.resets[headers.resets < len(cut) - 1] + 1] = True
    parts = np.split(np.arange(len(headers), dtype=np.int64), np.flatnonzero(cut))
    return [part[known[part]] for part in parts]


def _second_fields(headers: H264Headers) -> NDArray[np.bool_]:
    """Fields that complete the picture of the packet before: of the other parity and with its frame_num."""
    field, number = headers.field, headers.frame_num
    second = np.zeros(len(headers), np.bool_)
    for row in np.flatnonzero((field[1:] + field[:-1] == 3) & (number[1:] == number[:-1])) + 1:
        second[row] = not second[row - 1]
    return second


def _orders(headers: H264Headers, rows: Numbers, size: int) -> Numbers:
    """Pic_order_cnt of these rows, derived as in clause 8.2.1.1 from the picture that opens them."""
    order = np.zeros(len(rows), np.int64)
    high, low = 0, int(headers.poc_lsb[rows[0]])
    for k, row in enumerate(rows.tolist()):
        number = int(headers.poc_lsb[row])
        if number < low and low - number >= size // 2:
            now = high + size
        elif number > low and number - low > size // 2:
            now = high - size
        else:
            now = high
        order[k] = now + number
        if headers.reference[row]:
            high, low = now, number
    return order


def _step(orders: list[Numbers]) -> int:
    """The step by which this encoder counts, 0 where it keeps to none."""
    steps = np.concatenate([np.diff(np.unique(order)) for order in orders]) if orders else np.zeros(0, np.int64)
    if len(steps) < FEWEST - 1:
        return 0
    usual = int(np.median(steps))
    # Pictures of two fields in either order differ by one step of a field (clause 8.2.1).
    return usual if usual > 0 and float(np.mean(np.abs(steps - usual) <= usual // 2)) >= ORDERLY else 0


def _entries(headers: H264Headers, rows: Numbers) -> list[int]:
    """Indices into `rows` of pictures at which playback may start without resetting anything."""
    entry = (headers.slice_type[rows] == INTRA) | (headers.recovery_point[rows] >= 0)
    return [int(k) for k in np.flatnonzero(entry & ~headers.idr[rows]) if k]


def _resumed(rows: Numbers, order: Numbers, entries: list[int], step: int) -> Iterator[_Hole]:
    """What is decoded before an entry point is shown before it, and the count goes on from there."""
    highest = np.maximum.accumulate(order)
    looked = 0
    for k in entries:
        last = int(highest[k - 1])
        group = order[k : k + AHEAD + 1]
        again = group <= last
        if (
            again.any()
        ):  # most groups lie beyond all that came before; only for the others all numbers are looked through
            looked += 1
            if looked > MOST_LOOKED:
                return
            again = np.isin(group, order[:k])
        # An I slice within a small group of B pictures is shown before pictures decoded earlier, and repeats no number.
        found = group[again] if again.any() else group[group > last] if order[k] > last else group[:0]
        if len(found) and (again.any() or int(found.min()) - last >= 2 * step):
            yield _Hole("pic-order-cnt", int(rows[k]), last + step, int(found.min()))


def _broken_off(order: Numbers, step: int, follows: int) -> Iterator[_Hole]:
    """A hole in the small group of pictures decoded last: a run that an encoder ends by itself is complete."""
    furthest = int(order.argmax())
    if not furthest or len(order) - furthest > AHEAD:
        return
    group = np.unique(np.append(order[furthest:], order[:furthest].max()))
    holes = np.flatnonzero(np.diff(group) >= 2 * step)
    if len(holes):
        yield _Hole("pic-order-end", follows, int(group[holes[0]]), int(group[holes[0] + 1]))

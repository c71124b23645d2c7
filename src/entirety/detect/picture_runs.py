"""Finds places in motion JPEG, VP8, VP9 and AV1 where one run of an encoder ends and another begins.

These codecs number little. What an encoder holds fixed while it runs is how it builds a picture: the segments of an image and the form of
its tables, the ways of coding that it allows itself, and in AV1 a number that goes up by one from picture to picture.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, FEWEST_STEPS, Break
from entirety.detect.steps import in_time
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders

RUN = 8
"""Pictures on either side through which a setting must stay the same to count as fixed: chosen."""
SLOTS = 8
PREDICTED = 2
"""Letter `P` of `model.clip.PICTURE_KINDS`."""

RESILIENCE = ("error resilience off", "error resilience on")
PARALLEL = ("parallel decoding off", "parallel decoding on")
SWITCHED = "From {at} on the pictures are coded in another way than those before it (see the table)."
UNFILLED = "The picture at {at} is coded from a picture that stood before it and is not in this file."
ORDER = "The pictures of this file are numbered without a break in {regular} of {all} steps; at {at} number {before} should follow and {after} follows."


def vp8_breaks(_: Clip, coded: CodedHeaders) -> Iterator[list[Break]]:
    """Changes of the number of partitions, which is fixed when the encoder starts (RFC 6386, 9.5)."""
    column = coded.columns["log2_nbr_of_dct_partitions"]
    words = ("1 partition", "2 partitions", "4 partitions", "8 partitions")
    yield list(_fixed(coded, column, np.flatnonzero(column != MISSING), words))


def vp9_breaks(_: Clip, coded: CodedHeaders) -> Iterator[list[Break]]:
    """Changes of what the encoder allows itself, and pictures coded from ones that the file does not hold."""
    rows = _predicted(coded)
    yield list(_fixed(coded, coded.columns["error_resilient_mode"], rows, RESILIENCE))
    yield list(_fixed(coded, coded.columns["frame_parallel_decoding_mode"], rows, PARALLEL))
    yield list(unfilled(coded))


def av1_breaks(clip: Clip, coded: CodedHeaders) -> Iterator[list[Break]]:
    """Breaks of order_hint, changes of what the encoder allows itself, and pictures coded from ones that the file does not hold."""
    yield list(_fixed(coded, coded.columns["error_resilient_mode"], _predicted(coded), RESILIENCE))
    yield list(order_hints(clip, coded))
    yield list(unfilled(coded))


def switches(column: NDArray[np.int32], rows: NDArray[np.int64]) -> list[int]:
    """Rows from which another value holds, where each value holds for RUN of `rows` or more; none where more than FEW_BREAKS change."""
    values = column[rows]
    at = np.flatnonzero(values[1:] != values[:-1]) + 1
    lengths = np.diff(np.concatenate([[0], at, [len(rows)]]))
    few = 0 < len(at) <= FEW_BREAKS and bool((lengths >= RUN).all())
    return [int(rows[k]) for k in at] if few else []


def size_changes(coded: CodedHeaders, row: int) -> bool:
    """Between this row and the last one before it that states a size, the size changes: format-change tells that."""
    sizes = np.stack([coded.columns["width"], coded.columns["height"]])
    earlier = np.flatnonzero(sizes[0, :row] != MISSING)
    return len(earlier) > 0 and bool((sizes[:, earlier[-1]] != sizes[:, row]).any())


def _predicted(coded: CodedHeaders) -> NDArray[np.int64]:
    """Rows whose shown picture is coded from others, and not merely shown."""
    return np.flatnonzero((coded.kind == PREDICTED) & (coded.columns["show_existing_frame"] == 0))


def _fixed(
    coded: CodedHeaders, column: NDArray[np.int32], rows: NDArray[np.int64], words: tuple[str, ...]
) -> Iterator[Break]:
    """Changes of a setting that is fixed while an encoder runs; none that go with another size of the picture."""
    found = [row for row in switches(column, rows) if not _resized_near(coded, rows, row)]
    for row in found:
        last = int(rows[np.searchsorted(rows, row) - 1])
        values = (words[int(column[last])], words[int(column[row])])
        details = (("way of coding", *values),)
        weight = Weight.STRONG
        yield Break("way-of-coding", row, *values, details=details, count=len(found), weight=weight, says=SWITCHED)


def _resized_near(coded: CodedHeaders, rows: NDArray[np.int64], row: int) -> bool:
    """The size changes between the last compared picture and this one; a key picture between them brings the new size."""
    last = int(rows[np.searchsorted(rows, row) - 1])
    return any(size_changes(coded, k) for k in range(last + 1, row + 1) if coded.columns["width"][k] != MISSING)


def order_hints(clip: Clip, coded: CodedHeaders) -> Iterator[Break]:
    """Pictures whose order_hint is not one more than that of the picture shown before (AV1, 7.20).

    At key pictures some encoders begin at 0 again and others count on: a 0 there breaks only what this file does at its other key pictures.
    """
    hints = coded.columns["order_hint"].astype(np.int64)
    rows = np.flatnonzero(hints != MISSING)
    bits = max((dict(s.facts).get("OrderHintBits", 0) for s in coded.parameter_sets), default=0)
    if len(rows) < 2 or bits <= 0:
        return
    at, due = rows[1:], (hints[rows[:-1]] + 1) % (1 << bits)
    begins = coded.entry[at] & (hints[at] == 0)
    counting = coded.entry[at] & (hints[at] == due)
    broken = (hints[at] != due) & ~begins
    if FEWEST_STEPS * int((begins & ~counting).sum()) <= int(counting.sum()):
        broken |= begins & ~counting
    found, regular = np.flatnonzero(broken), int((hints[at] == due).sum())
    if len(found) > FEW_BREAKS or regular < FEWEST_STEPS * len(found):
        return
    for k in found:
        row, values = int(at[k]), (str(due[k]), str(hints[at[k]]))
        weight = Weight.STRONG if in_time(clip, row) else Weight.SUPPORTING
        yield Break(
            "order-hint", row, *values, details=(("order_hint due, order_hint stored", *values),), count=len(found),
            regular=regular, weight=weight, says=ORDER, number=True,
        )  # fmt: skip


def unfilled(coded: CodedHeaders) -> Iterator[Break]:
    """The first picture that is coded from, or shows, a slot into which nothing of this file was put: what it was coded from is missing.

    After a key picture every slot is full, so this is how a recording looks that was taken up in the middle of a running stream.
    """
    filled = 0
    used, refreshed = coded.columns["references"], coded.columns["refresh_frame_flags"]
    for row in range(len(coded)):
        if used[row] == MISSING:  # what could not be read may have filled any of them
            return
        if int(used[row]) & ~filled:
            yield Break("unfilled-slot", row, "", "", weight=Weight.NEUTRAL, says=UNFILLED)
            return
        filled |= int(refreshed[row])
        if filled == (1 << SLOTS) - 1:
            return

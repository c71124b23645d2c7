"""Finds places in motion JPEG where the images begin to be built in another way, or quantised by tables of another form.

Every image carries its tables, so an encoder can change them at any time, and cameras do to hold their rate: they scale one table up and
down. Another form of the table, or other segments in another order, come from another encoder or another setting of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from entirety.detect.encoder_runs import FEW_BREAKS, Break
from entirety.detect.picture_runs import RUN, size_changes, switches
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import MISSING, CodedHeaders, ParameterSet

NAMES = {0xC4: "DHT", 0xCC: "DAC", 0xDA: "SOS", 0xDB: "DQT", 0xDD: "DRI", 0xFE: "COM"}
LONGEST = 80
"""Characters of a list of segments that are printed: chosen."""
SEGMENTS = "From {at} on the images are built in another way: of other parts, or in another order (see the table)."
FORM = "From {at} on the images are coarsened by other tables, which are not the former ones at another quality (mean step before {before}, after {after})."
SCALE = "From {at} on the images are coarsened by the same tables at another quality (mean step before {before}, after {after})."


def mjpeg_breaks(_: Clip, coded: CodedHeaders) -> Iterator[list[Break]]:
    """Other segments, tables of another form, and the same tables once at another quality."""
    rows = np.flatnonzero(coded.columns["tables"] != MISSING)
    scaled = switches(coded.columns["tables"], rows)
    forms = _changes(coded, "dqt")
    yield list(_segments(coded, switches(coded.columns["markers"], rows)))
    yield list(_forms(coded, list(forms), scaled))
    again = [row for row in scaled if row not in forms]
    yield [replace(_tables(coded, row, len(again)), code="quantiser-scale", says=SCALE) for row in again]


def _changes(coded: CodedHeaders, kind: str) -> dict[int, list[ParameterSet]]:
    """Sets of this kind by the packet that changes one: the first set under a number is no change unless the image before had none."""
    sets = [one for one in coded.parameter_sets if one.kind == kind]
    first = {one.number: one.packet for one in reversed(sets)}
    changed = [one for one in sets if one.packet > first[one.number]]
    return {packet: list(group) for packet, group in groupby(changed, key=lambda one: one.packet)}


def _segments(coded: CodedHeaders, rows: list[int]) -> Iterator[Break]:
    """Other segments from one image to the next, as `switches` found them."""
    for row in rows:
        before, after = (_named(coded, k) for k in (row - 1, row))
        details = (("segments", before, after),)
        if not size_changes(coded, row) and before != after:
            yield Break("segments", row, before, after, details=details, count=len(rows), weight=Weight.STRONG, says=SEGMENTS)  # fmt: skip


def _named(coded: CodedHeaders, row: int) -> str:
    """The segments of the image at `row`."""
    stated = [one.payload for one in coded.parameter_sets if one.kind == "markers" and one.packet <= row]
    names = (
        [NAMES.get(k) or (f"APP{k - 0xE0}" if k >= 0xE0 else f"SOF{k - 0xC0}") for k in stated[-1]] if stated else []
    )
    return " ".join(names)[:LONGEST]


def _forms(coded: CodedHeaders, rows: list[int], constant: list[int]) -> Iterator[Break]:
    """Tables of another form. Where the tables stand still before and after, no rate control was at work."""
    ends = [0, *rows, len(coded)]
    lasting = all(b - a >= RUN for a, b in pairwise(ends))
    if len(rows) > FEW_BREAKS:
        yield _tables(coded, rows[0], len(rows))
        return
    for row in rows:
        if not size_changes(coded, row):
            weight = Weight.STRONG if lasting and row in constant else Weight.SUPPORTING
            yield replace(_tables(coded, row, len(rows)), weight=weight)


def _tables(coded: CodedHeaders, row: int, count: int) -> Break:
    """Tables of another form at `row`, as a note."""
    known = np.flatnonzero(coded.quantiser[:row] >= 0)
    values = (str(coded.quantiser[known[-1]]) if len(known) else "unknown", str(coded.quantiser[row]))
    details = (("mean quantiser step", *values),)
    return Break("quantiser-form", row, *values, details=details, count=count, weight=Weight.NEUTRAL, says=FORM)

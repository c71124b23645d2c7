"""Turns the runs of samples that movie fragments list (`trun`) into the columns of a sample table, all runs of a track at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Samples
from entirety.read.container.isobmff.columns import FARTHEST, Column, exclusive_sum, samples_of

DURATION, SIZE, FLAGS, COMPOSITION = 0x100, 0x200, 0x400, 0x800
"""Bits of the `trun` flags: each sample states its own (ISO/IEC 14496-12, 8.8.8)."""
FIELDS = (DURATION, SIZE, FLAGS, COMPOSITION)
NON_SYNC = 0x10000
"""Bit `sample_is_non_sync_sample` of the sample flags (8.8.3)."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for samples that do not state their own, from `trex` and then `tfhd`."""

    description: int
    duration: int
    size: int
    flags: int


@dataclass(frozen=True, slots=True)
class Run:
    """Samples that follow each other in the file, as one `trun` lists them."""

    box: int
    """Position of the `trun` itself."""
    rows: int
    position: int
    dts: int
    fields: int
    """Which of FIELDS the table holds."""
    table: bytes
    """`rows` x fields of 32 bits, as stored."""
    defaults: Defaults
    first_flags: int | None


def fields_of(flags: int) -> tuple[int, ...]:
    """The fields a run's table holds, in the order in which they are stored."""
    return tuple(bit for bit in FIELDS if flags & bit)


def total(run: Run, field: int, default: int) -> int:
    """Sum of one field over a run."""
    fields = fields_of(run.fields)
    if field not in fields:
        return run.rows * default
    return int(np.frombuffer(run.table, ">u4")[fields.index(field) :: len(fields)].sum(dtype=np.int64))


def join_runs(runs: Sequence[Run]) -> Samples:
    """The samples of all runs, at least one, in the order given."""
    counts = np.array([run.rows for run in runs])
    first = exclusive_sum(counts)
    tables = _tables(runs, counts)
    size = _column(tables, SIZE, [run.defaults.size for run in runs], counts)
    lasting = _column(tables, DURATION, [run.defaults.duration for run in runs], counts)
    flags = _column(tables, FLAGS, [run.defaults.flags for run in runs], counts)
    stated = {
        row: run.first_flags for row, run in zip(first.tolist(), runs, strict=True) if run.first_flags is not None
    }
    if stated:
        flags = flags.copy()
        flags[list(stated)] = list(stated.values())
    composition = _column(tables, COMPOSITION, [0] * len(runs), counts)
    if any(kind & COMPOSITION for kind in tables):
        # Negative offsets stand in version 0 too, against the standard; no real one reaches 2**31.
        composition[composition >= 2**31] -= 2**32
    descriptions = [min(run.defaults.description, 2**31 - 1) for run in runs]
    return samples_of(
        offset=_count_on([run.position for run in runs], size, first, counts),
        size=size,
        dts=_count_on([run.dts for run in runs], lasting, first, counts),
        composition=composition,
        sync=(flags & NON_SYNC) == 0,
        description=_column({}, 0, descriptions, counts).astype(np.int32),
    )


def _tables(runs: Sequence[Run], counts: Column) -> dict[int, tuple[NDArray[np.bool_], Column]]:
    """Per kind of table: which rows of the track it describes, and its values, shape (those rows, fields)."""
    kinds = np.array([run.fields for run in runs])
    found: dict[int, tuple[NDArray[np.bool_], Column]] = {}
    for kind in sorted({run.fields for run in runs} - {0}):
        raw = b"".join(run.table for run in runs if run.fields == kind)
        values = np.frombuffer(raw, ">u4").astype(np.int64).reshape(-1, len(fields_of(kind)))
        found[kind] = (np.repeat(kinds == kind, counts), values)
    return found


def _column(
    tables: dict[int, tuple[NDArray[np.bool_], Column]], field: int, defaults: Sequence[int], counts: Column
) -> Column:
    """One value per sample: its own where a table states it, else the default of its run."""
    if len(set(defaults)) == 1 and not any(kind & field for kind in tables):
        return np.broadcast_to(np.int64(defaults[0]), (int(counts.sum()),))
    values = np.repeat(np.array(defaults, np.int64), counts)
    for kind, (rows, table) in tables.items():
        if kind & field:
            values[rows] = table[:, fields_of(kind).index(field)]
    return values


def _count_on(starts: Sequence[int], steps: Column, first: Column, counts: Column) -> Column:
    """Within each run: its start, then start + the steps before."""
    before = exclusive_sum(steps)
    return np.repeat(np.array([min(start, FARTHEST) for start in starts], np.int64) - before[first], counts) + before

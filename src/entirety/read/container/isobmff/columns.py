"""Builds the columns of a sample table: read-only, of equal length, and small where all rows are alike."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Samples

Column = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.int32, np.bool_)

FARTHEST = 2**62
"""Positions and times beyond this are taken as this, so that sums stay within 64 bits."""


def no_samples() -> Samples:
    """A table without rows."""
    return samples_of(
        offset=np.zeros(0, np.int64), size=0, dts=np.zeros(0, np.int64), composition=0, sync=True, description=1
    )


def samples_of(
    *,
    offset: Column,
    size: Column | int,
    dts: Column,
    composition: Column | int,
    sync: NDArray[np.bool_] | bool,
    description: NDArray[np.int32] | int,
) -> Samples:
    """Read-only columns of equal length; a single number stands for a column of it and takes no memory."""
    rows = len(offset)
    return Samples(
        offset=_column(offset, rows, np.int64),
        size=_column(size, rows, np.int64),
        dts=_column(dts, rows, np.int64),
        composition=_column(composition, rows, np.int64),
        sync=_column(sync, rows, np.bool_),
        description=_column(description, rows, np.int32),
    )


def _column(values: NDArray[Number] | int, rows: int, dtype: type[Number]) -> NDArray[Number]:
    column: NDArray[Number] = np.broadcast_to(np.asarray(values, dtype), (rows,))
    column.flags.writeable = False
    return column


def exclusive_sum(values: Column) -> Column:
    """Sum of all values before each one; same length."""
    sums = np.zeros(len(values), np.int64)
    np.cumsum(values[:-1], out=sums[1:])
    return sums


def join(parts: Sequence[Samples]) -> Samples:
    """The rows of all parts, one after another."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else no_samples()
    return samples_of(
        offset=np.concatenate([part.offset for part in filled]),
        size=np.concatenate([part.size for part in filled]),
        dts=np.concatenate([part.dts for part in filled]),
        composition=np.concatenate([part.composition for part in filled]),
        sync=np.concatenate([part.sync for part in filled]),
        description=np.concatenate([part.description for part in filled]),
    )

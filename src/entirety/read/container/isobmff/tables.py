"""Reads the tables that say where every coded picture and sound block lies, how long it is shown and which can stand alone.

The tables are spread over several boxes that must agree with each other; where they do not, the part that agrees is kept
and the contradiction recorded.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Box, Samples
from entirety.read.container.isobmff.columns import FARTHEST, Column, exclusive_sum, no_samples, samples_of
from entirety.read.container.isobmff.fields import body, find, unpack
from entirety.read.container.isobmff.source import MAX_SAMPLES_TRACK, MAX_TABLE_BYTES, Source

UNCOMPRESSED = 64
"""Bytes. Sound whose samples all have at most this one size is uncompressed: 16 channels of 32 bits. Compressed blocks vary in size or are larger."""


def read_samples(source: Source, stbl: Box, handler: str) -> tuple[Samples, int]:
    """All samples of a sample table in decode order, and the decode time at which the last one ends.

    None for uncompressed sound: it has a sample per 1/48,000 s, and the size that old files state for it is not its size.
    """
    if handler == "soun" and 0 < _constant_size(source, stbl) <= UNCOMPRESSED:
        return no_samples(), 0
    size = _sizes(source, stbl)
    placed = _positions(source, stbl, size) if len(size) else None
    if placed is None or not len(placed[0]):
        return no_samples(), 0
    offset, description = placed
    rows = len(offset)
    size = size[:rows]
    source.budget.samples -= rows
    beyond = int(np.count_nonzero(offset + size > source.length))
    if beyond:
        source.problem(stbl.offset, f"{beyond} of {rows} samples reach past the end of the file")
    dts, end = _decode_times(source, stbl, rows)
    composition = _compositions(source, stbl, rows)
    samples = samples_of(
        offset=offset,
        size=size,
        dts=dts,
        composition=composition,
        sync=_sync(source, stbl, rows),
        description=description,
    )
    return samples, end


def _table(source: Source, box: Box, fields: int, start: int = 8) -> Column:
    """Rows of 32-bit fields after a 32-bit count that ends at `start`; shape (rows, fields), unsigned."""
    (count,) = unpack(source, box, ">I", body(source, box, start), start - 4)
    return _rows(source, box, count, np.dtype(">u4"), start=start, fields=fields).astype(np.int64).reshape(-1, fields)


def _rows(
    source: Source, box: Box, count: int, dtype: np.dtype[np.generic], *, start: int, fields: int = 1
) -> NDArray[np.generic]:
    """`count` rows, as stored, fewer where the box or the bound on a table ends before; flat."""
    step = dtype.itemsize * fields
    room = max(0, min(box.size - box.header, MAX_TABLE_BYTES) - start) // step
    if count > room:
        source.problem(box.offset, f"`{box.kind}` states {count} rows, and {room} are read")
    raw = source.read(box.offset + box.header + start, min(count, room) * step)
    return np.frombuffer(raw, dtype, len(raw) // step * fields)


def _constant_size(source: Source, stbl: Box) -> int:
    """The one size of all samples that `stsz` states; 0 where each has its own."""
    box = find(stbl, "stsz")
    return unpack(source, box, ">4xI", body(source, box, 8))[0] if box else 0


def _sizes(source: Source, stbl: Box) -> Column:
    """One size per sample from `stsz` or `stz2`, within all bounds."""
    box = find(stbl, "stsz") or find(stbl, "stz2")
    if box is None:
        source.problem(stbl.offset, "a sample table without sizes")
        return np.zeros(0, np.int64)
    constant, count = unpack(source, box, ">4xII", body(source, box, 12))
    allowed = min(MAX_SAMPLES_TRACK, source.budget.samples)
    if box.kind == "stsz" and constant:
        # Samples of equal size follow each other in the file, so there are no more than fit into it.
        allowed = min(allowed, source.length // constant)
    kept = min(count, allowed)
    if kept < count:
        source.problem(box.offset, f"`{box.kind}` states {count} samples; the file allows {kept}")
    if box.kind == "stz2":
        return _compact_sizes(source, box, constant & 0xFF, kept)
    if constant:
        return np.broadcast_to(np.int64(constant), (kept,))
    return _rows(source, box, kept, np.dtype(">u4"), start=12).astype(np.int64)


def _compact_sizes(source: Source, box: Box, bits: int, count: int) -> Column:
    """`stz2`: sizes of 4, 8 or 16 bits."""
    if bits == 4:
        pairs = _rows(source, box, (count + 1) // 2, np.dtype("u1"), start=12).astype(np.int64)
        return np.stack((pairs >> 4, pairs & 15), axis=1).reshape(-1)[:count]
    if bits in {8, 16}:
        return _rows(source, box, count, np.dtype(f">u{bits // 8}"), start=12).astype(np.int64)
    source.problem(box.offset, f"`stz2` states sizes of {bits} bits; only 4, 8 and 16 exist")
    return np.zeros(0, np.int64)


def _positions(source: Source, stbl: Box, size: Column) -> tuple[Column, NDArray[np.int32] | int] | None:
    """Position and description of each sample that a chunk holds, from `stsc` and `stco` or `co64`."""
    chunks = _chunk_offsets(source, stbl)
    stsc = find(stbl, "stsc")
    if chunks is None or stsc is None:
        source.problem(stbl.offset, f"{len(size)} samples without a table of where they lie")
        return None
    runs = _table(source, stsc, 3)
    first = np.clip(runs[:, 0], 1, len(chunks) + 1)
    ordered = np.maximum.accumulate(first) if len(first) else first
    if len(runs) and (ordered[0] != 1 or (ordered != runs[:, 0]).any()):
        source.problem(stsc.offset, "`stsc` does not list existing chunks in order from the first")
    lengths = np.diff(ordered, append=len(chunks) + 1)
    held = _share(np.repeat(runs[:, 1], lengths), len(size))
    if int(held.sum()) < len(size):
        source.problem(
            stsc.offset, f"only {int(held.sum())} of {len(size)} samples lie in a chunk; the rest is left out"
        )
    used = chunks[len(chunks) - len(held) :]
    rows = int(held.sum())
    before = exclusive_sum(size[:rows])
    starts = exclusive_sum(held)
    base = used[held > 0] - before[starts[held > 0]]
    offset = np.repeat(base, held[held > 0])
    offset += before
    kinds = np.minimum(runs[:, 2], 2**31 - 1).astype(np.int32)
    if len(kinds) and (kinds == kinds[0]).all():
        return offset, int(kinds[0])
    return offset, np.repeat(np.repeat(kinds, lengths), held)


def _share(counts: Column, rows: int) -> Column:
    """The same counts, cut off where their sum would pass `rows`."""
    return np.diff(np.minimum(np.cumsum(counts), rows), prepend=0)


def _chunk_offsets(source: Source, stbl: Box) -> Column | None:
    short = find(stbl, "stco")
    box = short or find(stbl, "co64")
    if box is None:
        return None
    (count,) = unpack(source, box, ">4xI", body(source, box, 8))
    raw = _rows(source, box, count, np.dtype(">u4" if short else ">u8"), start=8)
    return np.minimum(raw.astype(np.uint64), np.uint64(FARTHEST)).astype(np.int64)


def _spread(source: Source, box: Box, values: Column, counts: Column, rows: int) -> Column:
    """`values` repeated `counts` times, exactly `rows` long; the last value goes on where the table ends early."""
    total = int(counts.sum())
    if total != rows:
        source.problem(box.offset, f"`{box.kind}` describes {total} samples, and there are {rows}")
    shares = _share(counts, rows)
    if len(shares):
        shares[-1] += rows - int(shares.sum())
    spread = np.repeat(values, shares)
    return spread if len(spread) == rows else np.zeros(rows, np.int64)


def _decode_times(source: Source, stbl: Box, rows: int) -> tuple[Column, int]:
    box = find(stbl, "stts")
    if box is None:
        source.problem(stbl.offset, f"{rows} samples without a table of times")
        return np.zeros(rows, np.int64), 0
    runs = _table(source, box, 2)
    lasting = _spread(source, box, runs[:, 1], runs[:, 0], rows)
    dts = exclusive_sum(lasting)
    return dts, int(dts[-1] + lasting[-1])


def _compositions(source: Source, stbl: Box, rows: int) -> Column | int:
    box = find(stbl, "ctts")
    if box is None:
        return 0
    runs = _table(source, box, 2)
    # Version 0 is unsigned by the standard; writers store negative offsets in it all the same, and none reaches 2**31.
    signed = np.where(runs[:, 1] >= 2**31, runs[:, 1] - 2**32, runs[:, 1])
    return _spread(source, box, signed, runs[:, 0], rows)


def _sync(source: Source, stbl: Box, rows: int) -> NDArray[np.bool_] | bool:
    box = find(stbl, "stss")
    if box is None:
        return True
    numbers = _table(source, box, 1)[:, 0]
    inside = numbers[(numbers >= 1) & (numbers <= rows)]
    if len(inside) < len(numbers):
        source.problem(box.offset, f"`stss` names {len(numbers) - len(inside)} samples that do not exist")
    sync = np.zeros(rows, np.bool_)
    sync[inside - 1] = True
    return sync

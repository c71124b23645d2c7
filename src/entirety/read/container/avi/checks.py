"""Compares what an AVI file states about the number and the places of its chunks with what is there.

Players show what the index names. Chunks that no index names stay in the file and are, in many players, never seen; header
counts that do not fit are left by recordings that were not closed and by programs that change a part of a file only.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Box
from entirety.read.container.avi.headers import AVIH, DMLH, STRH, Values, read_fields
from entirety.read.container.avi.state import Walk
from entirety.read.container.facts import Facts

MAX_INDEX_BYTES = 8 * 2**20
"""Bytes read per index: half a million entries, twice the chunks that are visited."""
MAX_INDEXES = 5_000
"""Index chunks read; writers begin a new one about every gigabyte or every 2,000 pictures."""
HAS_INDEX = 0x10
LIST_ENTRY = 0x1
"""An entry of `idx1` for a list, not for a chunk."""
OF_INDEXES, OF_CHUNKS = 0, 1
"""OpenDML, `bIndexType`."""

Column = NDArray[np.int64]


def check_file(walk: Walk, boxes: Sequence[Box], facts: Facts) -> None:
    """Everything that can be compared."""
    found = [box for top in boxes for box in top.walk()]
    headers = [box for box in found if box.kind == "avih"]
    flags = _number(read_fields(walk, headers[0], AVIH), "dwFlags") if headers else 0
    if not headers:
        walk.source.problem(0, "no main header (`avih`) in the file")
    if not walk.movi:
        walk.source.problem(0, "no list of pictures and sound (`movi`) in the file")
    _check_indexes(walk, found, flags, facts)
    if walk.complete:
        _check_counts(walk, found)


def _number(values: Values, name: str) -> int:
    value = values.get(name, 0)
    return value if isinstance(value, int) else 0


def _check_counts(walk: Walk, found: Sequence[Box]) -> None:
    """Numbers of pictures in the headers; OpenDML files count those of the first `RIFF` or all of them."""
    headers = [(box, read_fields(walk, box, STRH)) for box in found if box.kind == "strh"]
    video: int | None = None
    for number, (box, values) in enumerate(headers):
        if values.get("fccType") == b"vids":
            _compare(walk, box, number, "dwLength", _number(values, "dwLength"))
            video = number if video is None else video
    if video is None:
        return
    for box in found:
        if box.kind == "avih":
            _compare(walk, box, video, "dwTotalFrames", _number(read_fields(walk, box, AVIH), "dwTotalFrames"))
        elif box.kind == "dmlh":
            _compare(walk, box, video, "dwTotalFrames", _number(read_fields(walk, box, DMLH), "dwTotalFrames"))


def _compare(walk: Walk, box: Box, number: int, name: str, stated: int) -> None:
    stream = walk.streams.get(number)
    chunks, first = (stream.chunks, stream.first_riff) if stream else (0, 0)
    if stated not in {chunks, first}:
        words = f"`{box.kind}` states {stated} pictures (`{name}`), and stream {number:02} has {chunks} chunks"
        walk.source.problem(box.offset, words)


def _check_indexes(walk: Walk, found: Sequence[Box], flags: int, facts: Facts) -> None:
    """Which chunks the indexes name, and whether what they name is there."""
    places = np.unique(np.frombuffer(walk.chunks, np.int64)) if walk.chunks else np.zeros(0, np.int64)
    old = [box for box in found if box.kind == "idx1"]
    named: list[Column] = [_old_index(walk, box, places, facts) for box in old]
    named += _new_indexes(walk, found, places)
    if not named:
        if walk.movi and (flags & HAS_INDEX or len(places)):
            claim = ", though the main header says that there is one" if flags & HAS_INDEX else ""
            walk.source.problem(walk.movi[0].offset, f"no index (`idx1`, `ix##`) of the chunks in `movi`{claim}")
        return
    if not walk.complete:
        return
    unnamed: Column = places[~np.isin(places, np.concatenate(named))]
    if len(unnamed):
        words = f"{len(unnamed)} of {len(places)} chunks in `movi` are named by no index, this one first"
        walk.source.problem(int(unnamed[0]), words)


def _old_index(walk: Walk, box: Box, places: Column, facts: Facts) -> Column:
    """Places named by `idx1`: counted from the word `movi`, by some writers from the start of the file."""
    raw = walk.source.read(box.offset + box.header, min(box.size - box.header, MAX_INDEX_BYTES))
    rows = np.frombuffer(raw[: len(raw) // 16 * 16], np.dtype("<u4")).reshape(-1, 4)
    facts.add(box.path, f"{len(rows)} entries")
    if len(raw) % 16:
        walk.source.problem(box.offset, "the length of `idx1` is no multiple of its entries' 16 bytes")
    offsets = rows[rows[:, 1] & LIST_ENTRY == 0, 2].astype(np.int64)
    start = walk.movi[0].offset + 8 if walk.movi else 0
    named: Column = max((offsets + start, offsets), key=lambda column: int(np.isin(column, places).sum()))
    _complain(walk, box.offset, "idx1", named, places)
    return named


def _complain(walk: Walk, offset: int, kind: str, named: Column, places: Column) -> None:
    wrong = int((~np.isin(named, places)).sum())
    if wrong and walk.complete:
        words = f"{wrong} of {len(named)} entries of `{kind}` name a place where no chunk of `movi` begins"
        walk.source.problem(offset, words)


def _new_indexes(walk: Walk, found: Sequence[Box], places: Column) -> list[Column]:
    """Places named by the indexes of OpenDML, and whether the index of indexes (`indx`) names all of them."""
    named: list[Column] = []
    known = {offset for offset, _ in walk.indexes}
    super_index: set[int] = set()
    for box in (box for box in found if box.kind == "indx"):
        raw = walk.source.read(box.offset + box.header, min(box.size - box.header, MAX_INDEX_BYTES))
        if len(raw) >= 24 and raw[3] == OF_CHUNKS:
            named.append(_standard_index(walk, box.offset, raw, places))
        elif len(raw) >= 24 and raw[3] == OF_INDEXES:
            stated = set(_super_entries(raw))
            super_index |= stated
            lost = sorted(stated - known)
            if lost and walk.complete:
                words = f"{len(lost)} of {len(stated)} entries of `indx` name a place where no index begins, byte {lost[0]} first"
                walk.source.problem(box.offset, words)
    for offset, size in walk.indexes[:MAX_INDEXES]:
        raw = walk.source.read(offset + 8, min(size - 8, MAX_INDEX_BYTES))
        if len(raw) >= 24 and raw[3] == OF_CHUNKS:
            named.append(_standard_index(walk, offset, raw, places))
        if super_index and offset not in super_index:
            walk.source.problem(offset, "an index that `indx` does not name")
    return named


def _super_entries(raw: bytes) -> Iterator[int]:
    """`qwOffset` of each entry in use."""
    for number in range(min(int.from_bytes(raw[4:8], "little"), (len(raw) - 24) // 16)):
        if place := int.from_bytes(raw[24 + 16 * number : 32 + 16 * number], "little"):
            yield place


def _standard_index(walk: Walk, offset: int, raw: bytes, places: Column) -> Column:
    """Places named by one index: base and offset name the data, eight bytes behind the chunk's beginning."""
    width = raw[0]
    count = int.from_bytes(raw[4:8], "little")
    base = min(int.from_bytes(raw[12:20], "little"), 2**62)
    if width not in {2, 3}:
        walk.source.problem(offset, f"an index with entries of {width} words; two and three exist")
        return np.zeros(0, np.int64)
    there = (len(raw) - 24) // (4 * width)
    if count > there:
        walk.source.problem(offset, f"an index states {count} entries, and {there} are there")
    kept = min(count, there)
    rows = np.frombuffer(raw[24 : 24 + 4 * width * kept], np.dtype("<u4")).reshape(-1, width)
    named: Column = rows[:, 0].astype(np.int64) + np.int64(base - 8)
    _complain(walk, offset, "ix##", named, places)
    return named

"""Reads movie fragments: films that are written piece by piece, each piece with its own small table.

Phones seldom write them; streaming services, security recorders and some action cameras do. The pieces are numbered, and a
missing number is worth knowing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entirety.model.container import Box
from entirety.read.container.isobmff.columns import FARTHEST
from entirety.read.container.isobmff.fields import body, find, unpack
from entirety.read.container.isobmff.runs import DURATION, FIELDS, FLAGS, SIZE, Defaults, Run, fields_of, total
from entirety.read.container.isobmff.source import MAX_SAMPLES_TRACK, MAX_TABLE_BYTES, Source


@dataclass(slots=True)
class Progress:
    """What the fragments read so far give for one track."""

    defaults: Defaults
    end_dts: int
    rows: int
    runs: list[Run]


@dataclass(slots=True)
class Cursor:
    """Where the next run of samples lies if it does not say so itself."""

    base: int
    position: int


def read_defaults(source: Source, moov: Box | None) -> dict[int, Defaults]:
    """`trex` of every track, by track number."""
    mvex = find(moov, "mvex")
    found: dict[int, Defaults] = {}
    for box in mvex.children if mvex else ():
        if box.kind == "trex":
            track, *values = unpack(source, box, ">4x5I", body(source, box, 24))
            found.setdefault(track, Defaults(*values))
    return found


def read_fragments(source: Source, boxes: Sequence[Box], tracks: dict[int, Progress]) -> tuple[int, ...]:
    """Append the samples of every `moof` to its track in `tracks`; sequence numbers of the fragments in file order."""
    numbers: list[int] = []
    for moof in boxes:
        if moof.kind != "moof":
            continue
        mfhd = find(moof, "mfhd")
        if mfhd is None:
            source.problem(moof.offset, "a movie fragment without a number")
        else:
            numbers.extend(unpack(source, mfhd, ">4xI", body(source, mfhd, 8)))
        cursor = Cursor(moof.offset, moof.offset)
        for traf in moof.children:
            if traf.kind == "traf":
                _read_track_fragment(source, moof, traf, cursor, tracks)
    return tuple(numbers)


def _read_track_fragment(source: Source, moof: Box, traf: Box, cursor: Cursor, tracks: dict[int, Progress]) -> None:
    tfhd = find(traf, "tfhd")
    if tfhd is None:
        source.problem(traf.offset, "a track fragment without a header")
        return
    data = body(source, tfhd, 40)
    flags, track_id = unpack(source, tfhd, ">II", data)
    progress = tracks.get(track_id)
    if progress is None:
        source.problem(traf.offset, f"a fragment of track {track_id}, which the movie header does not name")
        return
    base, defaults = _fragment_defaults(source, tfhd, data, progress.defaults)
    if base is not None or flags & 0x20000:
        cursor.base = cursor.position = moof.offset if base is None else base
    else:
        cursor.base = cursor.position
    dts = _base_time(source, traf)
    progress.end_dts = progress.end_dts if dts is None else dts
    for trun in traf.children:
        if trun.kind == "trun":
            _read_run(source, trun, cursor, defaults, progress)


def _fragment_defaults(source: Source, tfhd: Box, data: bytes, inherited: Defaults) -> tuple[int | None, Defaults]:
    """Base position, if stated, and the defaults of this fragment."""
    flags = int.from_bytes(data[1:4])
    start = 8
    stated: dict[int, int] = {}
    for bit, layout in ((0x1, ">Q"), (0x2, ">I"), (0x8, ">I"), (0x10, ">I"), (0x20, ">I")):
        if flags & bit:
            (stated[bit],) = unpack(source, tfhd, layout, data, start)
            start += 8 if bit == 0x1 else 4
    base = min(stated[0x1], FARTHEST) if 0x1 in stated else None
    return base, Defaults(
        description=stated.get(0x2, inherited.description),
        duration=stated.get(0x8, inherited.duration),
        size=stated.get(0x10, inherited.size),
        flags=stated.get(0x20, inherited.flags),
    )


def _base_time(source: Source, traf: Box) -> int | None:
    """Decode time of the first sample from `tfdt`; None where the box is absent."""
    tfdt = find(traf, "tfdt")
    if tfdt is None:
        return None
    data = body(source, tfdt, 12)
    (time,) = unpack(source, tfdt, ">4xQ" if data[:1] == b"\x01" else ">4xI", data)
    return min(time, FARTHEST)


def _read_run(source: Source, trun: Box, cursor: Cursor, defaults: Defaults, progress: Progress) -> None:
    """Append one `trun` to the track, and move the cursor and the track's time to where it ends."""
    data = body(source, trun, MAX_TABLE_BYTES)
    flags, count = unpack(source, trun, ">II", data)
    start = 8
    if flags & 0x1:
        (distance,) = unpack(source, trun, ">i", data, start)
        cursor.position = cursor.base + distance
        start += 4
    first_flags = None
    if flags & 0x4:
        (first_flags,) = unpack(source, trun, ">I", data, start)
        start += 4
    step = 4 * len(fields_of(flags))
    fit = max(0, len(data) - start) // step if step else source.length // max(1, defaults.size)
    run = Run(
        box=trun.offset,
        rows=_allowed_rows(source, trun, min(count, fit), count, progress),
        position=cursor.position,
        dts=progress.end_dts,
        fields=flags & sum(FIELDS),
        table=b"",
        defaults=defaults,
        first_flags=None if flags & FLAGS else first_flags,
    )
    if run.rows:
        run = replace(run, table=data[start : start + run.rows * step])
        progress.runs.append(run)
        cursor.position = min(run.position + total(run, SIZE, defaults.size), FARTHEST)
        progress.end_dts = min(run.dts + total(run, DURATION, defaults.duration), FARTHEST)


def _allowed_rows(source: Source, trun: Box, fit: int, count: int, progress: Progress) -> int:
    """How many of the `fit` samples the bounds allow; taken off what may still be read."""
    rows = min(fit, source.budget.samples, MAX_SAMPLES_TRACK - progress.rows)
    if rows < count:
        source.problem(trun.offset, f"`trun` states {count} samples; {rows} are read")
    source.budget.samples -= rows
    progress.rows += rows
    return rows

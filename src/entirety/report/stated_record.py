"""What was stated about the case, and the rows of pictures round the findings, as JSON values and back.

The first audits of this schema version have neither: a document has both, or it was written by a program that knew of none.
"""

import re

from entirety.model.extract import FrameRow
from entirety.model.stated import Stated, names
from entirety.report.part import Part
from entirety.report.rates import SHA256
from entirety.report.record import Json, Object, decimal, exact

NEW, KIND = ("stated", "extract"), re.compile(r"[?IPBSipb]")


def stated_part(stated: Stated | None) -> Json:
    if stated is None:
        return None
    return {
        table: {entry: getattr(stated, f"{table}_{entry}") for entry in entries} for table, entries in names().items()
    }


def extract_part(row: FrameRow) -> Object:
    return {
        "frame": row.frame,
        "time": exact(row.time),
        "time_s": decimal(row.time),
        "duration": exact(row.duration),
        "bytes": row.size,
        "type": row.kind,
        "key": row.key,
        "change": row.change,
        "sha256": row.sha256,
    }


def stated_of(top: Part) -> Stated | None:
    """None where nobody stated anything."""
    part = top.maybe("stated", top.part) if _knows(top) else None
    if part is None:
        return None
    return Stated(
        **{f"{table}_{entry}": part.part(table).text(entry) for table, entries in names().items() for entry in entries}
    )


def extract_of(top: Part) -> tuple[FrameRow, ...]:
    return top.each("extract", _row) if _knows(top) else ()


def _knows(top: Part) -> bool:
    return any(name in top.names() for name in NEW)


def _row(part: Part) -> FrameRow:
    return FrameRow(
        frame=part.count("frame"),
        time=part.maybe("time", part.time),
        duration=part.maybe("duration", part.time),
        size=part.maybe("bytes", part.count),
        kind=part.shaped("type", KIND),
        key=part.flag("key"),
        change=part.number("change"),
        sha256=part.shaped("sha256", SHA256),
    )

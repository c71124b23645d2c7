"""The table of shots as JSON values and back, and what a check could not see in this very clip.

The first audits of this schema version have neither: a document has both, or it was written by a program that looked for no shots.
"""

import re

from entirety.model.finding import Sentence
from entirety.model.shots import MOST_GROUPS, ShotRow, ShotTable
from entirety.report.part import Part
from entirety.report.record import Json, Object, decimal, exact, said
from entirety.report.said import sentence_of

BORDER, FINDING = re.compile(r"[a-z]{1,20}(-[a-z]{1,20}){0,3}"), re.compile(r"(F\d{3,9})?")
"""Both become parts of message ids and of links."""


def shots_part(table: ShotTable | None) -> Json:
    if table is None:
        return None
    return {"count": int(table.count), "rows": [_row_part(row) for row in table.rows], **said("reason", table.reason)}


def _row_part(row: ShotRow) -> Object:
    return {
        "first": int(row.first),
        "last": int(row.last),
        "start": exact(row.start),
        "start_s": decimal(row.start),
        "end": exact(row.end),
        "end_s": decimal(row.end),
        "group": int(row.group),
        "border": row.border,
        "finding": row.finding,
    }


def shots_of(top: Part) -> ShotTable | None:
    """None where none were looked for. Raises CannotOpen where a member is wrong, or fewer shots are counted than listed."""
    part = top.maybe("shots", top.part) if "shots" in top.names() else None
    if part is None:
        return None
    none = part.maybe("reason", part.text), part.maybe("reason_message", part.part)
    reason = None if none == (None, None) else sentence_of(part, "reason")
    table = ShotTable(part.each("rows", _row), part.count("count"), reason)
    if table.count < len(table.rows):
        raise part.wrong("count")
    return table


def _row(part: Part) -> ShotRow:
    row = ShotRow(
        first=part.count("first"),
        last=part.count("last"),
        start=part.maybe("start", part.time),
        end=part.maybe("end", part.time),
        group=part.whole("group"),
        border=part.shaped("border", BORDER),
        finding=part.shaped("finding", FINDING),
    )
    for name, wrong in (("last", row.last < row.first), ("group", not 1 <= row.group <= MOST_GROUPS)):
        if wrong:
            raise part.wrong(name)
    return row


def blind_of(check: Part, top: Part) -> Sentence | None:
    """What the check could not see here. Raises CannotOpen where the rest of the document says that it must be stated, or cannot be."""
    if "shots" not in top.names():
        if {"blind_here", "blind_here_message"} & set(check.names()):
            raise top.wrong("shots")
        return None
    both = check.maybe("blind_here", check.text), check.maybe("blind_here_message", check.part)
    return None if both == (None, None) else sentence_of(check, "blind_here")

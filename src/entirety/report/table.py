"""The findings as a table for spreadsheets: RFC 4180, UTF-8 with its mark at the front, one row per finding.

No cell is run as a formula; how that is kept is said where the table of a case folder is written. Column names and codes are the same in
every language, texts are in that of the report.
"""

import csv
import io
from collections.abc import Sequence

from entirety.model.audit import Audit, Numbered
from entirety.model.time import clock
from entirety.report.case_csv import safe
from entirety.report.record import decimal
from entirety.report.view import FindingView

HEAD = (
    "id",
    "check",
    "revision",
    "code",
    "strength",
    "confidence",
    "start",
    "end",
    "start_s",
    "end_s",
    "start_frame",
    "end_frame",
    "byte_ranges",
    "title",
    "claim",
    "inference",
    "explanations",
    "reproduce",
    "stills",
)
"""Column names; a promise to whoever reads the table by program."""
MOST_RANGES = 200
"""Byte ranges in one cell; audit.json has them all."""


def table(audit: Audit, found: tuple[FindingView, ...]) -> bytes:
    """The table as bytes."""
    revision = {check.id: check.revision for check in audit.checks}
    stills: dict[str, list[str]] = {}
    for still in audit.stills:
        stills.setdefault(still.finding, []).append(still.file)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one, shown in zip(audit.findings, found, strict=True):
        row = _cells(one, shown, revision.get(one.finding.check), stills.get(one.id, ()))
        writer.writerow([safe(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _cells(one: Numbered, shown: FindingView, revision: int | None, stills: Sequence[str]) -> tuple[object, ...]:
    finding, span = one.finding, one.finding.span
    return (
        one.id,
        finding.check,
        revision,
        finding.code,
        finding.weight.value,
        finding.confidence.value,
        clock(span.start),
        clock(span.end),
        f"{decimal(span.start):.6f}",
        f"{decimal(span.end):.6f}",
        span.first if span.first >= 0 else None,
        span.last if span.last >= 0 else None,
        _ranges(span.byte_ranges),
        shown.title,
        shown.claim,
        shown.inference,
        " | ".join(
            f"{innocent.slug} [{innocent.status.value}]: {said.cause} {said.seen}"
            for innocent, said in zip(finding.innocent, shown.explanations, strict=True)
        ),
        shown.reproduce,
        " ".join(stills),
    )


def _ranges(ranges: Sequence[tuple[int, int]]) -> str:
    """`48-8192 9000-9100`: first byte and the one after the last."""
    listed = " ".join(f"{start}-{end}" for start, end in ranges[:MOST_RANGES])
    return f"{listed} [+{len(ranges) - MOST_RANGES}]" if len(ranges) > MOST_RANGES else listed

"""The index as a table for spreadsheets: RFC 4180, UTF-8 with its mark at the front, one row per name met in the folder.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and file names are written by strangers. Every cell whose
first character other than blanks is one of these, or their wide forms, gets an apostrophe in front, negative numbers too; so does one that begins with a tab or a line
end. Where semicolons part cells, as in many countries, the text behind a semicolon is a cell as well and is treated in the same way. Names
are shown as on the page, hidden characters as `<U+202E>`; index.json has them as they are.
"""

import csv
import io
import re
from fractions import Fraction

from entirety.model.case import Case, Item, Listed
from entirety.model.time import clock
from entirety.report.case_names import path_hex
from entirety.report.case_rows import Row, rows
from entirety.report.performance import kind_of
from entirety.report.record import decimal
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")
LONGEST = 8000
"""Characters of one cell; a spreadsheet holds 32,767."""
HEAD = (
    "number",
    "path",
    "path_bytes",
    "outcome",
    "reason",
    "answer",
    "sentence",
    "strongest_finding",
    "strongest_check",
    "strongest_weight",
    "strongest_time",
    "strongest_time_s",
    "strongest_claim",
    "findings",
    "checks_broken",
    "parts_not_examined",
    "kind",
    "container",
    "codec",
    "width",
    "height",
    "frames",
    "length_s",
    "bytes",
    "sha256",
    "named_as_video",
    "same_content_group",
    "overlap_group",
    "report",
    "picture",
)
"""Column names; a promise to whoever reads the table by program."""


def case_csv(case: Case) -> bytes:
    """The table as bytes."""
    words, text = Catalogue("en"), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([safe(cell) for cell in _cells(row, words)] for row in rows(case))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "" if cell is None else visible(FORMULA.sub(r"\1'", str(cell)), LONGEST)


def _cells(row: Row, words: Catalogue) -> tuple[object, ...]:
    entry = row.entry
    return (
        row.number,
        entry.path,
        path_hex(entry.path),
        entry.fate.value,
        entry.reason,
        *(_audit(row.item, words) if row.item is not None else ("",) * 18),
        entry.size,
        entry.sha256,
        "yes" if entry.video_by_name else "no",
        row.same_group,
        row.overlap_group,
        row.report,
        "" if row.item is None else row.item.picture,
    )


def _audit(item: Item, words: Catalogue) -> tuple[object, ...]:
    strongest = item.findings[0] if item.findings else None
    return (
        item.answer.value,
        item.sentence,
        *(("",) * 6 if strongest is None else _strongest(strongest)),
        len(item.findings) + item.more,
        len(item.not_run),
        item.unexamined,
        kind_of(item.kind, words),
        item.container,
        item.codec,
        item.width,
        item.height,
        item.frames,
        _seconds(item.length),
    )


def _strongest(one: Listed) -> tuple[object, ...]:
    return one.id, one.check, one.weight.value, clock(one.start), _seconds(one.start), one.claim


def _seconds(time: Fraction) -> str:
    return f"{decimal(time):.6f}"

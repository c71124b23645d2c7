"""The table of error rates as comma-separated values: one line for each check, edit and condition, for whoever wants to count in another way."""

import csv
import io

from entirety.knowledge.intervals import interval, upper_bound
from entirety.knowledge.performance import Counted, Row, Seen, Table, Together

COLUMNS = [
    "half",
    "nature",
    "condition",
    "kind",
    "edit",
    "group",
    "check",
    "clips",
    "not_run",
    "found_within_half_a_second",
    "found_within_one_frame",
    "missed",
    "found_low",
    "found_high",
    "false_findings",
    "false_clips",
    "false_low",
    "false_high",
    "seconds",
    "false_per_hour",
    "not_found",
    "scene",
    "right_sources",
    "sources",
]

ANY = "any-check"
"""Stands in place of a check in the lines that count what was found by at least one of them, for edits without new encoding."""

CUTS = "any-cut-check"
"""The same of the checks for cuts, for all edits; these lines hold in how many clips parts were rightly told to be of one source or of two."""


def sheet(table: Table) -> str:
    """Every row of the table, check by check. Names are made of letters, digits, hyphens and colons, so that no cell can be taken for a formula."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for row in table.rows:
        for check, counted in row.checks:
            out.writerow(_cells(row, check, counted))
        if row.together is not None:
            out.writerow(_together(row, row.together))
        if row.seen is not None:
            out.writerow(_seen(row, row.seen))
    return text.getvalue()


def _together(row: Row, together: Together) -> list[str | int]:
    """Found within one frame and half a second by any check; then each clip with nothing within one frame, `base:reason`."""
    low, high = interval(together.near, row.clips)
    return [
        *(row.half, row.nature, row.condition, row.kind, row.edit, row.group, ANY, row.clips, 0),
        *(together.near, together.frame, row.clips - together.near, f"{low:.4f}", f"{high:.4f}"),
        *("", "", "", "", f"{row.seconds:.3f}", ""),
        " ".join(f"{base}:{why}" for base, why in together.lost),
        *(row.seen.scene if row.seen else "", "", ""),
    ]


def _seen(row: Row, seen: Seen) -> list[str | int]:
    low, high = interval(seen.near, row.clips)
    return [
        *(row.half, row.nature, row.condition, row.kind, row.edit, row.group, CUTS, row.clips, 0),
        *(seen.near, seen.frame, row.clips - seen.near, f"{low:.4f}", f"{high:.4f}"),
        *("", "", "", "", f"{row.seconds:.3f}", "", ""),
        *(seen.scene, seen.grouped, seen.parts),
    ]


def _cells(row: Row, check: str, counted: Counted) -> list[str | int]:
    ran = row.clips - counted.not_run
    hours = row.seconds * ran / row.clips / 3600
    acted = row.nature != "continuous"
    found = interval(counted.near, ran) if acted else None
    # None in n clips is a bound of 3/n, everywhere the same way.
    false = interval(counted.false_clips, ran) if counted.false_clips else (0.0, upper_bound(ran))
    return [
        *(row.half, row.nature, row.condition, row.kind, row.edit, row.group, check, row.clips, counted.not_run),
        *(counted.near, counted.frame, ran - counted.near if acted else ""),
        *((f"{bound:.4f}" for bound in found) if found else ("", "")),
        *(counted.false, counted.false_clips, *(f"{bound:.4f}" for bound in false)),
        *(f"{row.seconds:.3f}", f"{counted.false / hours:.2f}" if hours else ""),
        *("", row.seen.scene if row.seen else "", "", ""),
    ]

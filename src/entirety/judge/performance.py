"""The measured error rates that belong to one audit: those of its checks, on files of its kind, and no others.

They are counted on the half of the set on which no threshold was set. Where a check has changed since, or where too few clips of the kind
were measured, there are none: a rate from other files or from another check would say something false.
"""

from collections.abc import Iterator, Sequence

from entirety.knowledge.performance import GROUPS, Counted, Row, Table
from entirety.model.audit import CheckResult
from entirety.model.finding import Question
from entirety.model.rates import Found, MeasuredSet, Performance

FEWEST = 10
"""Clips of the kind in which the check ran. Chosen: three in ten is the best that could be said of fewer without a false finding."""


def performance(kind: str, checks: Sequence[CheckResult], table: Table | None) -> tuple[Performance, ...]:
    """Rates of the checks, in their order, for files of this kind; a check without any is left out. No table, no rates."""
    if table is None:
        return ()
    revisions = dict(table.revisions)
    rows = [row for row in table.rows if row.half == "reporting" and row.kind == kind]
    # What wrote a file has no place in the clip and is no edit: such checks are not counted by what they find of edits.
    current = (c for c in checks if revisions.get(c.id) == c.revision and c.question is not Question.ORIGINAL)
    return tuple(rates for check in current if (rates := _rates(check, kind, rows, table)) is not None)


def _rates(check: CheckResult, kind: str, rows: Sequence[Row], table: Table) -> Performance | None:
    counted = [(row, dict(row.checks)[check.id]) for row in rows]
    ran = sum(row.clips - done.not_run for row, done in counted)
    if ran < FEWEST:
        return None
    still = [(row, done) for row, done in counted if row.nature == "continuous"]
    return Performance(
        check=check.id,
        revision=check.revision,
        kind=kind,
        clips=sum(row.clips for row, _ in counted),
        found=tuple(_found([(row, done) for row, done in counted if row.nature != "continuous"])),
        continuous=sum(row.clips - done.not_run for row, done in still),
        not_run=sum(done.not_run for _, done in still),
        false=sum(done.false for _, done in still),
        false_clips=sum(done.false_clips for _, done in still),
        hours=round(sum(_seconds(row, done) for row, done in still) / 3600, 6),
        measured=MeasuredSet(table.set_sha256, table.clips, table.date, table.tool, table.commit),
    )


def _found(counted: Sequence[tuple[Row, Counted]]) -> Iterator[Found]:
    """One entry per group of edits, in the order of GROUPS."""
    for group in GROUPS:
        mine = [(row, done) for row, done in counted if row.group == group]
        if mine:
            yield Found(
                group,
                near=sum(done.near for _, done in mine),
                frame=sum(done.frame for _, done in mine),
                clips=sum(row.clips for row, _ in mine),
                not_run=sum(done.not_run for _, done in mine),
            )


def _seconds(row: Row, done: Counted) -> float:
    """The share of a row's length in which the check ran; the clips of one row are about equally long."""
    return row.seconds * (row.clips - done.not_run) / row.clips if row.clips else 0.0

"""How many clips of a folder would be flagged although nothing was done to them, from the measured error rates.

Whoever looks through hundreds of clips meets false alarms. How many are to be expected follows from how often the program flagged clips
that are known to be continuous, kind of file by kind of file. It is no chance that a clip at hand was edited.
"""

from collections import Counter
from dataclasses import dataclass

from entirety.judge.performance import FEWEST
from entirety.knowledge.intervals import interval
from entirety.knowledge.performance import Table
from entirety.model.audit import Answer
from entirety.model.case import Case, Item

FLAGS = (Answer.DIRECT, Answer.INDICATIONS)
"""Answers that say that something was done, or may have been."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be expected of the clips of one kind, if nothing was done to any of them."""

    kind: str
    """As judge.kind names it."""
    clips: int
    """Clips of this kind in the folder, each content once."""
    measured: int
    """Continuous clips of this kind on which it was measured; no threshold was set on them."""
    flagged: int
    """Those of them that were flagged."""
    why_unknown: str
    """`few` where too few of this kind were measured, `changed` where the checks are not those that were measured; else empty."""

    @property
    def known(self) -> bool:
        return not self.why_unknown

    @property
    def likely(self) -> tuple[float, float, float]:
        """Flags at the measured rate, and at the lower and upper end of its 95 % interval."""
        low, high = interval(self.flagged, self.measured)
        return self.clips * self.flagged / self.measured, self.clips * low, self.clips * high


def expected(case: Case, table: Table | None) -> tuple[Expected, ...]:
    """One entry per kind of file, in order of name; clips whose checks are not those measured apart from the others."""
    revisions = {} if table is None else dict(table.revisions)
    counted = Counter((item.kind, _as_measured(item, revisions)) for item in case.items)
    found = []
    for (kind, as_measured), clips in sorted(counted.items()):
        measured, flagged = _measured(kind, table)
        why = "changed" if not as_measured else "few" if measured < FEWEST else ""
        found.append(Expected(kind, clips, measured, flagged, why))
    return tuple(found)


def _as_measured(item: Item, revisions: dict[str, int]) -> bool:
    """Every check that ran on the clip is the one that was measured."""
    return bool(item.revisions) and all(revisions.get(check) == revision for check, revision in item.revisions)


def _measured(kind: str, table: Table | None) -> tuple[int, int]:
    """Continuous clips of this kind in the half on which nothing was set, and those flagged."""
    rows = [] if table is None else table.rows
    mine = [row for row in rows if (row.half, row.nature, row.kind) == ("reporting", "continuous", kind)]
    flags = {answer.value for answer in FLAGS}
    return sum(row.clips for row in mine), sum(n for row in mine for answer, n in row.answers if answer in flags)

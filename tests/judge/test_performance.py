"""Rates of this kind of file and of this revision, from the half on which no threshold was set; otherwise none."""

import json
from dataclasses import replace

from entirety.judge.performance import FEWEST, performance
from entirety.knowledge.performance import Counted, Row, Table, restore, store
from entirety.model.audit import CheckResult
from entirety.model.finding import Outcome, Question
from entirety.model.rates import Found, MeasuredSet

KIND = "h264 steady software"
CHECKS = (
    CheckResult("hard-cut", 2, Question.CONTINUOUS, Outcome.CLEAR, None, 0),
    CheckResult("stream-join", 1, Question.CONTINUOUS, Outcome.CLEAR, None, 0),
)
NOTHING = Counted(0, 0, 0, 0, 0)


def row(nature: str, group: str, clips: int, hard_cut: Counted = NOTHING, **changes: object) -> Row:
    counted = (("hard-cut", hard_cut), ("stream-join", NOTHING))
    made = Row("reporting", nature, "camera", KIND, group, group, clips, clips * 6.0, (("none-found", clips),), counted)
    return replace(made, **changes)  # type: ignore[arg-type] # fields by name


ROWS = (
    row("continuous", "untouched", 30, Counted(frame=0, near=0, false=4, false_clips=2, not_run=10)),
    row("continuous", "innocent", 10, Counted(frame=0, near=0, false=1, false_clips=1, not_run=0)),
    row("edited", "join-copy", 8, Counted(frame=3, near=5, false=7, false_clips=4, not_run=1)),
    row("edited", "join-copy", 4, Counted(frame=1, near=1, false=0, false_clips=0, not_run=0), condition="phone"),
    row("device", "device", 6, Counted(frame=2, near=2, false=0, false_clips=0, not_run=0)),
    row("edited", "join-copy", 50, Counted(frame=50, near=50, false=9, false_clips=9, not_run=0), half="tuning"),
    row(
        "edited",
        "join-copy",
        50,
        Counted(frame=50, near=50, false=9, false_clips=9, not_run=0),
        kind="vp9 steady software",
    ),
)


def table(*rows: Row, revision: int = 2) -> Table:
    revisions = (("hard-cut", revision), ("stream-join", 1))
    return Table("ab" * 32, "2026-02-14", "0.1.0", "0123abcd", "7.1", 2000, 40, revisions, rows, ())


def test_rows_of_the_kind_in_the_reporting_half_are_summed() -> None:
    rates = performance(KIND, CHECKS, table(*ROWS))
    assert [one.check for one in rates] == ["hard-cut", "stream-join"]
    cut = rates[0]
    assert (cut.revision, cut.kind, cut.clips) == (2, KIND, 58)
    assert cut.found == (Found("join-copy", 6, 4, 12, 1), Found("device", 2, 2, 6, 0))
    assert cut.measured == MeasuredSet("ab" * 32, 2000, "2026-02-14", "0.1.0", "0123abcd")


def test_false_findings_are_those_in_continuous_clips_in_which_the_check_ran() -> None:
    cut = performance(KIND, CHECKS, table(*ROWS))[0]
    assert (cut.false, cut.false_clips, cut.continuous, cut.not_run) == (5, 3, 30, 10)
    assert cut.hours == round((20 * 6 + 10 * 6) / 3600, 6)


def test_no_table_another_kind_another_revision() -> None:
    assert performance(KIND, CHECKS, None) == ()
    assert performance("h264 variable software", CHECKS, table(*ROWS)) == ()
    assert [one.check for one in performance(KIND, CHECKS, table(*ROWS, revision=1))] == ["stream-join"]
    assert performance(KIND, (replace(CHECKS[0], id="new-check"),), table(*ROWS)) == ()


def test_too_few_clips_give_none() -> None:
    few = row("continuous", "untouched", FEWEST - 1)
    assert performance(KIND, CHECKS, table(few)) == ()
    assert len(performance(KIND, CHECKS, table(replace(few, clips=FEWEST)))) == 2
    idle = row("continuous", "untouched", FEWEST, Counted(0, 0, 0, 0, not_run=1))
    assert [one.check for one in performance(KIND, CHECKS, table(idle))] == ["stream-join"]


def test_a_stored_table_gives_the_same() -> None:
    whole = table(*ROWS)
    assert performance(KIND, CHECKS, restore(json.loads(store(whole)))) == performance(KIND, CHECKS, whole)

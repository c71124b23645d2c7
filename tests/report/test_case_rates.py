"""False flags to expect: from continuous clips of the half on which nothing was set, for the checks that were measured, and no others."""

from dataclasses import replace

import pytest

from entirety.judge.checks import LISTED
from entirety.knowledge.intervals import interval
from entirety.knowledge.performance import table as real_table
from entirety.model.audit import Answer
from entirety.report.case_rates import Expected, expected
from report.cases import NAMED, RARE, STEADY, drawn, item, table


def counted(*items: object) -> dict[str, Expected]:
    return {one.kind: one for one in expected(replace(drawn(), items=items), table())}  # type: ignore[arg-type]


def test_the_rate_is_that_of_continuous_clips_of_the_reporting_half() -> None:
    found = counted(*(item(str(at), str(at), Answer.DIRECT) for at in range(30)))[STEADY]
    assert (found.clips, found.measured, found.flagged, found.known) == (30, 100, 1, True)
    low, high = interval(1, 100)
    assert found.likely == pytest.approx((0.3, 30 * low, 30 * high))


def test_no_flag_measured_is_a_bound_and_not_nothing() -> None:
    found = counted(item("a", "a", Answer.RE_SAVED, NAMED))[NAMED]
    likely, low, high = found.likely
    assert (likely, low) == (0.0, 0.0)
    assert high == pytest.approx(interval(0, 60)[1])


def test_too_few_measured_is_said_to_be_unknown() -> None:
    assert counted(item("a", "a", Answer.RE_SAVED, RARE))[RARE].why_unknown == "few"
    assert counted(item("a", "a", Answer.RE_SAVED, "prores steady unnamed"))["prores steady unnamed"].measured == 0


@pytest.mark.parametrize("revisions", [(("hard-cut", 3),), (("hard-cut", 4), ("new", 1)), ()])
def test_other_checks_than_those_measured_have_no_rate(revisions: tuple[tuple[str, int], ...]) -> None:
    found = counted(item("a", "a", Answer.DIRECT, STEADY, revisions=revisions))[STEADY]
    assert found.why_unknown == "changed"


def test_without_a_table_nothing_is_known() -> None:
    assert all(not one.known for one in expected(drawn(), None))


def test_the_rates_in_this_package_are_found_for_its_own_checks() -> None:
    """As long as the table is of the checks as they are now; where one was changed since, its rates are rightly gone."""
    measured = real_table()
    assert measured is not None
    known = dict(measured.revisions)
    own = tuple((check.id, check.revision) for check in LISTED if check.id in known)
    if any(known[check] != revision for check, revision in own):
        pytest.skip("the table was measured with other revisions")
    case = replace(drawn(), items=(item("a", "a", Answer.DIRECT, STEADY, revisions=own),))
    (found,) = expected(case, measured)
    assert found.known
    assert found.measured >= 100

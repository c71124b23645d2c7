"""The table of error rates in the package: whole, of this code, and of the catalogue that the code holds."""

from collections import Counter

import pytest

from entirety.detect import CHECKS
from entirety.knowledge.performance import Table, table
from entirety.validate.conditions import CONDITIONS
from entirety.validate.edits import EDITS
from entirety.validate.innocent import VARIANTS


@pytest.fixture(scope="module")
def stored() -> Table:
    found = table()
    assert found is not None, "the package holds no table: run `entirety validate --table`"
    return found


def test_the_table_was_measured_with_the_revisions_of_this_code(stored: Table) -> None:
    assert dict(stored.revisions) == {check.id: check.revision for check in CHECKS}, "measure again: entirety validate"


def test_no_row_is_missing(stored: Table) -> None:
    assert sum(row.clips for row in stored.rows) == stored.clips
    for row in stored.rows:
        assert sum(count for _, count in row.answers) == row.clips
        assert [check for check, _ in row.checks] == [check.id for check in CHECKS]
        for _, counted in row.checks:
            assert 0 <= counted.frame <= counted.near <= row.clips
            assert counted.false_clips <= counted.false
            assert counted.false_clips <= row.clips


def test_every_edit_and_every_innocent_variant_of_the_catalogue_was_measured(stored: Table) -> None:
    for half in ("tuning", "reporting"):
        measured = {row.edit for row in stored.rows if row.half == half}
        assert {edit.id for edit in EDITS} <= measured
        assert {variant.id for variant in VARIANTS} <= measured
        assert {condition.id for condition in CONDITIONS} <= {row.condition for row in stored.rows if row.half == half}


def test_the_set_is_as_large_as_a_rate_needs(stored: Table) -> None:
    assert stored.clips >= 1500
    assert stored.bases >= 40
    untouched = Counter[str]()
    for row in stored.rows:
        if row.edit == "untouched" and row.half == "reporting":
            untouched[row.condition] += row.clips
    assert min(untouched.values()) >= 10


def test_no_continuous_clip_was_answered_with_a_direct_trace(stored: Table) -> None:
    """The promise that the reporting half must keep: a false direct trace would cost a lawyer their credibility."""
    wrong = [row for row in stored.rows if row.nature == "continuous" and dict(row.answers).get("direct")]
    assert not [f"{row.half} {row.condition} {row.edit}" for row in wrong]

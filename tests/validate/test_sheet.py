"""Comma-separated values: every check of every row, each number where its heading says."""

import csv
import io

from entirety.detect import CHECKS
from entirety.validate.model import Truth
from entirety.validate.score import table
from entirety.validate.sheet import COLUMNS, sheet
from validate.test_score import CUT, STEADY, result, seen

GIVEN = {"date": "2026-01-01", "tool": "t", "commit": "c", "ffmpeg": "f"}


def lines(*truths: Truth) -> list[dict[str, str]]:
    made = [result(truth, seen(), spec=str(number), edit=f"edit-{number}") for number, truth in enumerate(truths)]
    return list(csv.DictReader(io.StringIO(sheet(table(made, **GIVEN)))))


def test_every_check_of_every_row_has_a_line() -> None:
    read = lines(CUT, STEADY)
    assert len([line for line in read if line["check"] != "any-cut-check"]) == 2 * len(CHECKS)
    assert all(list(line) == list(COLUMNS) for line in read)


def test_a_found_edit_and_a_false_finding_stand_in_their_columns() -> None:
    by = {(line["nature"], line["check"]): line for line in lines(CUT, STEADY)}
    found, false = by["edited", "hard-cut"], by["continuous", "hard-cut"]
    assert [found[name] for name in ("clips", "found_within_one_frame", "missed", "false_findings")] == [
        "1",
        "1",
        "0",
        "0",
    ]
    assert (found["found_low"], found["found_high"]) == ("0.2065", "1.0000")
    assert [false[name] for name in ("found_within_half_a_second", "missed", "false_clips")] == ["0", "", "1"]
    assert false["false_per_hour"] == "900.00"
    cuts = by["edited", "any-cut-check"]
    assert (cuts["found_within_one_frame"], cuts["scene"], cuts["sources"]) == ("1", "", "0")
    clear = by["edited", "stream-join"]
    assert (clear["false_low"], clear["false_high"]) == ("0.0000", "1.0000")

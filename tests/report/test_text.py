"""The lines on a terminal."""

import unicodedata
from pathlib import Path

from entirety.model.finding import Check, Question
from entirety.report.text import declaration, summary
from report.audits import hostile, many, ordinary, quiet


def test_the_last_line_is_the_result() -> None:
    lines = summary(ordinary()[0], Path("reports/clip.mp4"))
    assert lines[-1].startswith("clip 07 двор.mp4: The file itself contains material")
    assert any("4 findings" not in line and "1 direct trace, 1 strong indication" in line for line in lines)
    assert sum(line.startswith("  F00") for line in lines) == 3
    assert "  and 1 more finding" in lines
    assert f"Report: {Path('reports/clip.mp4/report.html')}" in lines


def test_nothing_found() -> None:
    lines = summary(quiet())
    assert lines[-1].endswith("This does not show that the recording is whole or unedited.")
    assert "Findings: none" in lines
    assert "Checks: 8, of which 0 with findings, 8 found nothing, 0 were not applicable, not run or broke down" in lines


def test_what_a_check_could_not_see_in_this_clip() -> None:
    lines = summary(ordinary()[0])
    assert "  What timestamp gap looks for: found. Times were rounded to 1 ms." in lines
    assert (
        "  What frozen picture looks for: nothing found. Nothing moved from 0 to 4 s: a cut there cannot be seen."
        in lines
    )


def test_no_line_can_steer_a_terminal() -> None:
    for line in summary(hostile()[0], Path("a\x1b[2J")):
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in line)
        assert len(line) < 600


def test_many_findings_stay_a_few_lines() -> None:
    assert len(summary(many(500))) < 14


def test_a_declaration_says_all_of_it() -> None:
    check = Check(
        id="made-up",
        revision=3,
        question=Question.WHOLE,
        title="A made-up check",
        sees="It sees nothing.",
        needs=(),
        innocent=(("lens-cap", "Somebody left the cap on."),),
        blind_spots=("Everything.",),
        references=("No source.",),
        run=lambda _: (),
    )
    lines = declaration(check)
    assert lines[0] == "made-up, revision 3: A made-up check"
    for part in (
        "Is all of it here?",
        "It sees nothing.",
        "- Somebody left the cap on. (lens-cap)",
        "- Everything.",
        "- No source.",
    ):
        assert any(part in line for line in lines)

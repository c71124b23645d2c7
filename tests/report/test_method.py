"""The block from which the analysis can be repeated: complete, and honest where something is not known."""

from dataclasses import replace

from entirety.report.method import configuration, method
from entirety.report.wording import Catalogue
from report.audits import ordinary

WORDS = Catalogue("en")


def test_every_row_is_there_whatever_is_known() -> None:
    audit = ordinary()[0]
    bare, known = dict(method(replace(audit, run=None), WORDS)), dict(method(audit, WORDS))
    assert bare.keys() == known.keys()
    assert len(known) == 16
    assert known["Started"].startswith("2026-03-02T10:00:00+00:00")
    assert bare["Command"] == bare["Started"] == "Not recorded in this copy."
    assert "67905ad3" in known["SHA-256 of the clip before the analysis"]
    assert known["SHA-256 of the clip after the analysis"] == known["SHA-256 of the clip before the analysis"]
    assert known["Source commit"].startswith("not stated by the installed package")


def test_what_the_program_states_of_itself() -> None:
    audit = ordinary()[0]
    more = (
        ("entirety commit", "0123abc"),
        ("entirety source", "ab" * 32),
        ("ffmpeg", "8.1.2"),
        ("libavutil", "60.26.102"),
    )
    rows = dict(method(replace(audit, tool=replace(audit.tool, libraries=more)), WORDS))
    assert rows["Source commit"] == "0123abc"
    assert rows["SHA-256 of the program's source files"].replace(" ", "") == "ab" * 32
    assert rows["FFmpeg"] == "8.1.2"
    assert rows["Libraries"] == "libavutil 60.26.102"


def test_the_configuration_is_what_was_looked_for() -> None:
    audit = ordinary()[0]
    other = replace(audit, checks=(replace(audit.checks[0], revision=3), *audit.checks[1:]))
    assert configuration(audit) == configuration(replace(audit, run=None, findings=()))
    assert configuration(audit) != configuration(other)
    assert len(configuration(audit)) == 64

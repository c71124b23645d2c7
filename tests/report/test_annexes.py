"""The annexes hold what the sections refer to, and stay short however much there is."""

from dataclasses import replace

from entirety.model.finding import Status
from entirety.report.annexes import MOST_COMMANDS, MOST_OPEN, annexes
from entirety.report.document import declared
from entirety.report.expert import FIXED, MOST
from entirety.report.wording import Catalogue
from report.audits import many, ordinary, quiet
from report.test_html import page

WORDS = Catalogue("en")


def test_pictures_near_findings_stand_in_tables() -> None:
    told = annexes(ordinary()[0], {}, WORDS)
    assert [table.heading for table in told.frames] == [
        "frames 0 to 6, near F004",
        "frames 85 to 96, near F001",
        "frames 135 to 156, near F002, F003",
    ]
    row = told.frames[1].rows[5]
    assert row[:7] == ("90", "00:00:03.003", "0.033367", "4,090", "P", "no", "1.25")
    assert len(row[7].replace(" ", "")) == 64
    assert annexes(replace(quiet(), extract=()), {}, WORDS).frames_note.startswith("No pictures are listed")


def test_a_value_that_is_not_known_is_said_to_be_so() -> None:
    audit = ordinary()[0]
    row = replace(audit.extract[0], time=None, duration=None, size=None)
    assert annexes(replace(audit, extract=(row,)), {}, WORDS).frames[0].rows[0][1:4] == ("not stated",) * 3


def test_each_command_stands_once_with_what_it_is_for() -> None:
    told = annexes(ordinary()[0], {}, WORDS).commands
    lines = [one.line for one in told]
    assert len(lines) == len(set(lines))
    assert lines[:3] == [
        "entirety audit clip.mp4",
        "entirety verify audit.json CLIP",
        "sha256sum -c manifest-sha256.txt",
    ]
    assert told[-1].purpose == "To see again: F001, F002, F003, F004"


def test_hashes_and_validation() -> None:
    told = annexes(ordinary()[0], {"frames.framehash": "cd" * 32}, WORDS)
    assert dict(told.hashes)["Frames shown"] == "360"
    assert told.hashes[-1][1].replace(" ", "") == "cd" * 32
    assert dict(told.validation)["Clips in the test set"] == "4,210"
    bare = annexes(quiet(), {}, WORDS)
    assert bare.validation == ()
    assert bare.validation_note.startswith("There is no performance data")


def test_what_is_open_says_what_would_settle_it() -> None:
    told = annexes(ordinary()[0], {}, WORDS).open
    assert (
        "F002, F003",
        "The device keeps a short time from before the button was pressed.",
        "The device is not known.",
    ) in told
    assert not any("F004" in found for found, _, _ in told)
    assert not any("at most 2" in said for _, _, said in told)


def test_questions_for_an_expert_are_closed_and_neutral() -> None:
    told = annexes(ordinary()[0], {}, WORDS).expert
    assert len(told) == len(FIXED) + 3
    assert all("?" in one for one in told)
    assert "F001, What hidden footage looks for (frames 90 to 91, file presentation time 00:00:03.003" in told[6]
    assert "(a) The owner shortened" in told[6]
    settled = ordinary()[0]
    first = settled.findings[0]
    excluded = tuple(replace(i, status=Status.EXCLUDED) for i in first.finding.innocent)
    one = replace(settled, findings=(replace(first, finding=replace(first.finding, innocent=excluded)),))
    assert annexes(one, {}, WORDS).expert[-1].endswith("is the observation confirmed?")
    silent = annexes(replace(quiet(), streams=quiet().streams[:1]), {}, WORDS)
    assert len(silent.expert) == len(FIXED) - 1


def test_five_hundred_findings_make_no_endless_lists() -> None:
    audit = declared(many(500))
    spread = tuple(
        replace(one, finding=replace(one.finding, reproduce=f"ffmpeg -i CLIP -ss {at}"))
        for at, one in enumerate(audit.findings)
    )
    told = annexes(replace(audit, findings=spread), {}, WORDS)
    assert len(told.commands) <= MOST_COMMANDS + 5
    assert told.commands_rest == "440 further commands stand with their findings in section 5."
    assert len(told.open) <= MOST_OPEN
    assert told.open[0][0].endswith("and 494 more")
    assert len(told.expert) == len(FIXED) + MOST
    assert told.expert_rest.startswith("480 further findings")


def test_all_sections_and_annexes_stand_in_order() -> None:
    ids = [name for name in page(*ordinary()).ids() if name.startswith("section-")]
    assert ids == [f"section-{name}" for name in (*range(1, 13), *"abcdefghij")]

"""`entirety verify CASE FOLDER` as a user types it: each difference on its own line, one sentence at the end, exit code 0 or 4."""

import json
import os
import shutil
from pathlib import Path

import pytest

from case.cases import REPORT, list_anew
from cli.runner import entirety


def test_a_whole_case(place: Path) -> None:
    done = entirety("verify", "case", "evidence", "--jobs", "1", cwd=place)
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("case: verified: ")
    assert (
        "a second analysis of 1 clip gave the same, a second look at 3 files without an audit the same outcome. "
        in line
    )
    assert "case.sqlite, in which a scan keeps what it has done, cannot be read " in line
    assert " Not repeated: the search for shared footage, and the small pictures. " in line
    assert {p.name for p in place.iterdir()} == {"case", "evidence"}


def test_a_page_changed_with_all_lists(place: Path) -> None:
    with (place / "case" / REPORT / "report.html").open("ab") as file:
        file.write(b" ")
    list_anew(place / "case" / REPORT)
    list_anew(place / "case")
    quick = entirety("verify", "case", "evidence", "--quick", cwd=place)
    assert quick.returncode == 4
    assert f"{REPORT}: report.html is not the page that was written: " in quick.stderr
    assert "No second analysis was made (--quick)." in quick.stderr
    done = entirety("verify", "case", "evidence", "--jobs", "1", cwd=place)
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        (
            f"{REPORT}: report.html is not the page that was written: its SHA-256 is not the one in statement.intoto.json. What it says need not be what "
            "the analysis found."
        ),
        done.stderr.splitlines()[-1],
    ]
    assert "case: not verified, 1 difference from the scan (listed above). " in done.stderr


def test_a_name_cannot_steer_the_terminal(place: Path) -> None:
    (place / "evidence/new\x1b[31m\n\u202egpj.mp4").write_bytes(b"new")
    (place / "evidence" / os.fsdecode(b"caf\xe9.txt")).unlink()
    done = entirety("verify", "case", "evidence", "--quick", cwd=place)
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        "caf<U+DCE9>.txt is missing from the folder of evidence",
        "new<U+001B>[31m<U+000A><U+202E>gpj.mp4 is new in the folder of evidence: the index does not list it",
        done.stderr.splitlines()[-1],
    ]
    assert (
        "case: not verified, 2 differences from the scan (listed above). No second analysis was made (--quick). "
        in done.stderr
    )
    assert " No second look was taken at 3 files without an audit (--quick). " in done.stderr


def test_a_case_without_reports_of_another_version(place: Path) -> None:
    """Nothing but the index names the version: what it keeps from being checked is said, and the case is not called verified."""
    case = place / "case"
    document = json.loads((case / "index.json").read_text())
    document["items"] = [one for one in document["items"] if one["outcome"] != "audited"]
    document["tool"]["version"] = "0.0.1"
    (case / "index.json").write_text(json.dumps(document))
    with (case / "evidence-sha256.txt").open("r+b") as file:
        kept = [line for line in file if b"clip.mp4" not in line]
        file.seek(0)
        file.truncate()
        file.writelines(kept)
    shutil.rmtree(case / REPORT)
    for name in ("clip.mp4", "below/copy of clip.mp4"):
        (place / "evidence" / name).unlink()
    list_anew(case)
    done = entirety("verify", "case", "evidence", "--quick", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "case: verified in part: " in done.stderr
    assert "ANOTHER VERSION of this program, or of a library, wrote the case: " in done.stderr
    assert "COULD NOT BE PRINTED AGAIN" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("case", "evidence/clip.mp4"), "is a case folder: name the folder of evidence"),
        (("case", "gone"), "is a case folder: name the folder of evidence"),
        (("case", "evidence", "--source", "evidence/clip.mp4"), "belong to a single report"),
        ((f"case/{REPORT}", "evidence/clip.mp4", "--quick"), "--quick is for a case folder"),
    ],
)
def test_what_makes_no_sense_is_refused(place: Path, arguments: tuple[str, ...], words: str) -> None:
    done = entirety("verify", *arguments, cwd=place)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())


def test_a_case_without_its_index(place: Path) -> None:
    (place / "case/index.json").unlink()
    done = entirety("verify", "case", "evidence", "--quick", cwd=place)
    assert done.returncode == 4
    assert "index.json is missing from the case folder" in done.stderr
    assert "Traceback" not in done.stderr

"""README.txt: every file of the folder in one line, and how to check them."""

from dataclasses import replace

from entirety.model.copies import REVIEW, REVIEW_FILE, Copy
from entirety.report.exports import exports
from entirety.report.names import AUDIT, EXPORTS, FRAMES, MANIFEST
from entirety.report.wording import Catalogue
from report.exported import hostile, ordinary, quiet

COPY = Copy("orphan", 0, "hidden-orphan-0.mkv", "ab" * 32, 25, 3)
SEEN = Copy(REVIEW, 0, REVIEW_FILE, "cd" * 32, 360, 0)


def lines(audit: object = None) -> list[str]:
    return exports(audit or ordinary(), Catalogue("en"))["README.txt"].decode().splitlines()  # type: ignore[arg-type]


def test_every_file_is_named_once_in_a_line_of_its_own() -> None:
    found = lines(replace(ordinary(), copies=(COPY, SEEN)))
    names = (AUDIT, "report.html", "report.pdf", "stills/", COPY.file, SEEN.file, FRAMES, *EXPORTS, MANIFEST)
    for name in (*names, "statement.intoto.json", "statement.dsse.json"):
        (line,) = [line for line in found if line.startswith(f"  {name} ")]
        assert line.endswith(".")
        assert len(line) < 140
    assert not any(SEEN.file in line or "stills/" in line for line in lines(quiet()))


def test_it_says_how_to_check_and_what_is_evidence() -> None:
    found = lines()
    assert f"  sha256sum -c {MANIFEST}" in found
    assert "  entirety verify . CLIP" in found
    assert any(line.startswith("audit.json is the master") for line in found)
    assert any("A review copy is for looking only and is no evidence." in line for line in found)


def test_no_name_of_a_clip_breaks_a_line() -> None:
    text = "\n".join(lines(hostile()))
    assert "\u202e" not in text
    assert "\x1b" not in text

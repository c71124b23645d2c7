"""`entirety bag CASE` as a user types it."""

from pathlib import Path

import pytest

from cli.runner import entirety


def test_a_package_with_evidence_can_be_verified_as_it_is(place: Path) -> None:
    (place / "evidence/link.mp4").rename(place / "link.mp4")
    done = entirety(
        "bag", "case", "--out", "bag", "--with-evidence", "evidence", "--organization", "Some\nVolunteers", cwd=place
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].startswith("bag: a BagIt package of ")
    assert "original-names.txt lists them" in done.stderr
    assert "1 name of the index without content of its own" in done.stderr
    info = (place / "bag/bag-info.txt").read_text()
    assert "Source-Organization: Some<U+000A>Volunteers\n" in info
    assert "Bagging-Date: 20" in info
    assert "Bag-Software-Agent: entirety " in info
    held = entirety("verify", "bag/data/case", "bag/data/evidence", "--quick", cwd=place)
    # Two things cannot be carried over: a link, and a name that is no text.
    assert held.returncode == 4
    assert "case: not verified, 2 differences" in held.stderr
    assert "caf<U+DCE9>.txt moved: the same bytes are under the name caf_~" in held.stderr
    assert "link.mp4 is missing" in held.stderr


def test_changed_evidence_stops_it(place: Path) -> None:
    (place / "evidence/note.txt").write_text("other")
    done = entirety("bag", "case", "--out", "bag", "--with-evidence", "evidence", cwd=place)
    assert done.returncode == 4
    assert "note.txt is not the file that the case lists" in done.stderr
    assert {p.name for p in place.iterdir()} == {"case", "evidence"}
    assert entirety("bag", "case", "--out", "bag", cwd=place).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("case", "--out", "case/bag"), "would lie in case"),
        (("case", "--out", "evidence/below/bag", "--with-evidence", "evidence"), "would lie in evidence"),
        (("evidence", "--out", "bag"), "evidence is no case folder"),
        (("case", "--out", "bag", "--with-evidence", "gone"), "gone is no folder"),
        (("case", "--out", "evidence"), "evidence is there already"),
    ],
)
def test_what_makes_no_sense_is_refused(place: Path, arguments: tuple[str, ...], words: str) -> None:
    done = entirety("bag", *arguments, cwd=place)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert not (place / "bag").exists()

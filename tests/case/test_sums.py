"""Lists of hashes: what `sha256sum` writes is read back, and nothing in one can lead anywhere else."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from entirety.case.sums import LARGEST, LONGEST, MOST_REFUSED, read_sums, sum_of
from entirety.errors import CannotOpen

HASH = "ab" * 32


@pytest.fixture
def names() -> tuple[str, ...]:
    return ("plain.txt", "two  spaces.txt", "back\\slash", "line\nend", "return\rend", os.fsdecode(b"caf\xe9"), "\\n")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the program is not on this machine")
def test_what_the_program_writes_is_read_back(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).write_text(name, errors="surrogateescape")
    done = subprocess.run(["sha256sum", "--", *names], cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "list").write_bytes(done.stdout)
    found = read_sums(tmp_path / "list")
    assert found.refused == ()
    assert found.listed == {name: sum_of(tmp_path / name) for name in names}


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "a//b", "./a/./b", "", "..", "nul\0"], ids=repr)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "list").write_text(f"{HASH}  {name}\n{HASH}  fine\n")
    found = read_sums(tmp_path / "list")
    assert found.listed == {"fine": HASH}
    assert len(found.refused) == 1
    assert found.refused[0].startswith("line 1 of list ")


@pytest.mark.parametrize(
    "text", ["no list", f"{HASH} x", f"{HASH[1:]}  short", f"{HASH.upper()}  x", f"\\{HASH}  a\\q"]
)
def test_a_line_that_is_no_entry_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(f"{text}\n")
    assert read_sums(tmp_path / "list").refused == ("line 1 of list is no hash and name",)


def test_many_such_lines_are_counted(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("nothing\n" * 1000)
    refused = read_sums(tmp_path / "list").refused
    assert len(refused) == MOST_REFUSED + 1
    assert refused[-1] == "list has 980 further lines that are no entry"


def test_two_hashes_for_one_name(tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{HASH}  x\n{'cd' * 32}  x\n{HASH}  x\n")
    assert read_sums(tmp_path / "list").refused == ("line 2 of list lists x twice, with two hashes",)


def test_a_huge_list_and_an_endless_line_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(LARGEST + 1)
    (tmp_path / "endless").write_bytes(b"a" * (LONGEST + 1))
    for name, words in (("huge", "larger than any"), ("endless", "endless lines")):
        with pytest.raises(CannotOpen, match=words):
            read_sums(tmp_path / name)


def test_neither_a_link_nor_a_pipe_is_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(f"{HASH}  x\n")
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "gone", "."):
        with pytest.raises(CannotOpen, match="cannot be read"):
            read_sums(tmp_path / name)
        with pytest.raises(OSError, match=r"^.+$"):
            sum_of(tmp_path / name)

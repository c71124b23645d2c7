"""Lists of hashes: what is written is what `sha256sum -c` reads, for every name a system can hold."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from entirety.report.case_lists import sums
from report.cases import NASTY

SHA = hashlib.sha256(b"x").hexdigest()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the program is not on this machine")
def test_the_program_that_everybody_has_confirms_every_name_and_sees_a_changed_byte(tmp_path: Path) -> None:
    names = [*NASTY, "trailing\r", "trailing blank ", "\\n", "*star", " lead", "#comment"]
    for name in names:
        file = tmp_path / os.fsdecode(name.encode("utf-8", "surrogateescape"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode("utf-8", "surrogateescape"))
    listed = [(name, hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()) for name in names]
    (tmp_path / "list.txt").write_bytes(sums(listed))
    command = ["sha256sum", "-c", "--strict", "--quiet", "list.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (tmp_path / "trailing\r").write_bytes(b"changed")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode


def test_a_line_is_the_hash_two_blanks_and_the_name() -> None:
    assert sums([("a b.mp4", SHA)]) == f"{SHA}  a b.mp4\n".encode()
    assert sums([("a\\b\n\r", SHA)]) == f"\\{SHA}  a\\\\b\\n\\r\n".encode()
    assert sums([("\udcff", SHA)]) == SHA.encode() + b"  \xff\n"
    assert sums([]) == b""


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../../x", "..", "a\0b"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        sums([(name, SHA)])


@pytest.mark.parametrize("sha256", ["", "ab", SHA.upper(), f"{SHA}\n", "x" * 64])
def test_what_is_no_hash_is_refused(sha256: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        sums([("a", sha256)])

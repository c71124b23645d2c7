"""Files of a job cross from one machine to another, and only those that a job writes."""

import os
from pathlib import Path

import pytest

from entirety.case.packed import pack, unpack


def test_there_and_back(tmp_path: Path) -> None:
    wanted = {
        "report/audit.json": b"{}",
        "report/stills/shown-000001.png": b"p",
        "pictures/ab.jpg": b"j",
        "hashes/ab/grey.npy": b"h",
    }
    for name, content in {**wanted, "result.json": b"{}", "last-words.txt": b"w", "report/.part": b""}.items():
        (tmp_path / "here" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "here" / name).write_bytes(content)
    packed = pack(tmp_path / "here")
    assert packed == wanted
    unpack(packed, tmp_path / "there")
    assert pack(tmp_path / "there") == wanted


@pytest.mark.parametrize(
    "files",
    [
        {"../x": b""}, {"report/../../x": b""}, {"/etc/x": b""}, {"report": b""}, {"other/x": b""}, {"report/a/b/c/d": b""},
        {"report/a": b"", "report/a/b": b""}, {"report/x\n": b""}, {"report/x": "text"}, {1: b""}, ["report/x"], None,
    ],
)  # fmt: skip
def test_anything_else_is_refused_and_nothing_written(files: object, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the files"):
        unpack(files if not isinstance(files, dict) else {"report/fine": b"", **files}, tmp_path / "there")
    assert not (tmp_path / "there").exists()


@pytest.mark.skipif(os.name != "posix", reason="links for everybody")
def test_a_link_is_not_followed_but_refused(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "audit.json").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="not only files"):
        pack(tmp_path)


def test_what_arrives_is_written_through_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    through = list[int]()
    monkeypatch.setattr(os, "fsync", through.append)
    unpack({"report/audit.json": b"{}", "report/a.png": b"p"}, tmp_path)
    assert len(through) == 2

"""Every name in a folder is met once, and nothing outside it is looked at."""

import os
import socket
from pathlib import Path

import pytest

from entirety.case.walk import video_by_name, walk
from entirety.model.case import Fate

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names of bytes")


def met(folder: Path) -> dict[str, Fate | None]:
    found = list(walk(folder))
    assert len({one.path for one in found}) == len(found)
    return {one.path: one.fate for one in found}


def test_files_at_every_depth(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.mp4").write_bytes(b"1")
    (tmp_path / "d").write_bytes(b"12")
    (tmp_path / "none").write_bytes(b"")
    assert met(tmp_path) == {"a/b/c.mp4": None, "d": None, "none": Fate.EMPTY}
    assert {one.size for one in walk(tmp_path)} == {0, 1, 2}


@POSIX
def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "outside.mp4").write_bytes(b"1")
    (inside / "file").symlink_to(tmp_path / "outside.mp4")
    (inside / "up").symlink_to(tmp_path)
    (inside / "self").symlink_to(inside)
    (inside / "nothing").symlink_to(tmp_path / "nothing")
    assert set(met(inside).values()) == {Fate.LINK}


@POSIX
def test_pipes_and_sockets_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert met(tmp_path) == {"pipe.mp4": Fate.SPECIAL, "socket": Fate.SPECIAL}


@POSIX
def test_names_that_are_no_text_and_the_longest(tmp_path: Path) -> None:
    names = [b"\xff\xfe.mp4", b"n" * 255, "кино\n\u202e\"'.mp4".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(b"1")
    assert sorted(os.fsencode(path) for path in met(tmp_path)) == sorted(names)


def test_a_folder_that_cannot_be_looked_into_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.mp4").write_bytes(b"1")
    real = os.scandir

    def scandir(place: Path) -> object:
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(place)

    monkeypatch.setattr(os, "scandir", scandir)
    assert met(tmp_path) == {"closed": Fate.UNREADABLE, "open.mp4": None}
    assert any("Permission denied" in one.reason for one in walk(tmp_path))


@POSIX
def test_a_path_longer_than_the_system_takes(tmp_path: Path) -> None:
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=place)
        deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = deeper
    os.close(place)
    assert set(met(tmp_path).values()) == {Fate.UNREADABLE}


@pytest.mark.parametrize(
    ("name", "video"), [("a.MP4", True), ("a/b.mkv", True), ("x.mp4/readme", False), ("a.txt", False)]
)
def test_what_a_name_calls_a_video(name: str, *, video: bool) -> None:
    assert video_by_name(name) is video

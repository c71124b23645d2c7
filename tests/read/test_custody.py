import hashlib
import os
from pathlib import Path

import pytest

from entirety.errors import CannotOpen, ChangedWhileReading
from entirety.read.custody import confirm, take


def test_describes_the_file_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"abc" * 500_000)
    os.utime(clip, (0, 86_400))
    before = clip.stat()
    custody = take(clip)
    assert (custody.name, custody.size, custody.modified) == ("clip.mp4", 1_500_000, "1970-01-02T00:00:00Z")
    assert custody.sha256 == hashlib.sha256(b"abc" * 500_000).hexdigest()
    assert confirm(clip, custody) == custody.sha256
    after = clip.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_mode) == (before.st_mtime_ns, before.st_size, before.st_mode)


@pytest.mark.parametrize("change", [b"abd", b"abcd", b""])
def test_sees_any_change_of_the_bytes(tmp_path: Path, change: bytes) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"abc")
    custody = take(clip)
    clip.write_bytes(change)
    with pytest.raises(ChangedWhileReading, match=r"^The file clip.mp4 .*\.$"):
        confirm(clip, custody)


def test_sees_that_the_file_is_gone(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"abc")
    custody = take(clip)
    clip.unlink()
    with pytest.raises(ChangedWhileReading, match=r"cannot be read now"):
        confirm(clip, custody)


def test_refuses_what_is_no_readable_file(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    os.mkfifo(tmp_path / "pipe.mp4")
    cases = {"missing.mp4": "no file", "empty.mp4": "empty", "pipe.mp4": "pipe", "bad\0name": "looked at"}
    for name, words in cases.items():
        with pytest.raises(CannotOpen, match=words) as raised:
            take(tmp_path / name)
        assert str(tmp_path) not in str(raised.value)
    with pytest.raises(CannotOpen, match="folder"):
        take(tmp_path)


def test_says_who_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"abc")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(clip))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CannotOpen, match="may not be read by this user"):
        take(clip)

"""Files that a clip is held against: each read once, kept where that is asked, and looked at again at the end."""

from pathlib import Path

import pytest

from entirety.compare import kept as place
from entirety.errors import ChangedWhileReading, NotVideo, OutputRefused
from entirety.judge.compared import compared
from entirety.measure.signature import sign
from entirety.model.signature import Signature
from entirety.read.custody import take
from read.films import film


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("compared") / "recording.mp4", vcodec="libx264", preset="veryfast")


def test_without_recordings_nothing_is_read(tmp_path: Path) -> None:
    assert compared(tmp_path / "no such file", ()) is None


def test_what_is_kept_is_read_once(recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "renamed.mp4"
    copy.write_bytes(recording.read_bytes())
    first = compared(copy, [recording], tmp_path / "kept")
    read: list[Path] = []

    def unread(path: Path, _: object) -> Signature:
        read.append(path)
        raise NotVideo("read again")

    monkeypatch.setattr(place, "sign", unread)
    again = compared(copy, [recording], tmp_path / "kept")
    assert again == first
    assert read == []
    assert first is not None
    assert (first.clip.custody, first.sources[0].custody) == (take(copy), take(recording))
    with pytest.raises(NotVideo):
        compared(copy, [recording])


def test_a_signature_that_is_at_hand_is_taken_and_kept(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(recording.read_bytes())
    wanted, signature = compared(clip, [recording]), sign(clip)
    read: list[Path] = []

    def noted(path: Path, progress: place.Progress | None) -> Signature:
        read.append(path)
        return sign(path, progress)

    monkeypatch.setattr(place, "sign", noted)
    assert compared(clip, [recording], signature=signature) == wanted
    assert read == [recording]
    assert compared(clip, [clip], tmp_path / "kept", signature=signature) is not None
    assert read == [recording]
    with pytest.raises(OutputRefused, match="--hashes"):
        compared(clip, [recording], recording, signature=signature)


def test_a_folder_that_keeps_nothing_is_refused(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputRefused, match="--hashes"):
        compared(recording, [recording], tmp_path / "kept")


def test_a_recording_that_changes_meanwhile_ends_the_comparison(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.mp4"
    source.write_bytes(recording.read_bytes())

    def changed(path: Path, progress: place.Progress | None) -> Signature:
        signature = sign(path, progress)
        if path == source:
            source.write_bytes(b"something else")
        return signature

    monkeypatch.setattr(place, "sign", changed)
    with pytest.raises(ChangedWhileReading, match="source"):
        compared(recording, [source])

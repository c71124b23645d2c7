"""A signature from one reading, which is kept; or from what was kept of the same bytes."""

from dataclasses import replace
from pathlib import Path

import pytest

from compare.test_store import signature
from entirety.compare import kept
from entirety.compare.kept import signature_of
from entirety.errors import OutputRefused
from entirety.model.signature import Signature
from entirety.read.custody import take


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose reading is written by hand."""
    path = tmp_path / "recording.mp4"
    path.write_bytes(b"a recording")

    def sign(read: Path, _: object) -> Signature:
        return replace(signature(), custody=take(read))

    monkeypatch.setattr(kept, "sign", sign)
    return path


def test_the_second_time_it_is_taken_from_the_folder_under_its_present_name(recording: Path, tmp_path: Path) -> None:
    first, was_kept = signature_of(recording, tmp_path / "kept")
    assert (first.custody, was_kept) == (take(recording), False)
    renamed = recording.rename(tmp_path / "renamed.mp4")
    again, was_kept = signature_of(renamed, tmp_path / "kept")
    assert (again.custody, was_kept) == (take(renamed), True)
    assert again.sha256.tobytes() == first.sha256.tobytes()


def test_without_a_folder_nothing_is_kept(recording: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert not signature_of(recording, None)[1]
    assert list(tmp_path.iterdir()) == [recording]


def test_a_folder_that_cannot_be_written_is_refused(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputRefused, match="--hashes"):
        signature_of(recording, tmp_path / "kept")

"""Why a file is not read is said by what it is: packed, encrypted, sound alone, or nothing that is known."""

import gzip
import tarfile
import zipfile
from pathlib import Path

import pytest

from entirety.errors import Archive, Damaged, NotVideo
from entirety.measure.clip import measure
from entirety.read.refusals import undecodable
from entirety.read.streams import open_clip


def packed(kind: str, clip: Path, target: Path) -> None:
    if kind == "ZIP":
        with zipfile.ZipFile(target, "w") as archive:
            archive.write(clip, "clip.mp4")
    elif kind == "tar":
        with tarfile.open(target, "w") as archive:
            archive.add(clip, "clip.mp4")
    elif kind == "gzip":
        target.write_bytes(gzip.compress(clip.read_bytes()[:1000]))
    else:
        marks = {
            "RAR": b"Rar!\x1a\x07\x01\x00",
            "7z": b"7z\xbc\xaf\x27\x1c",
            "bzip2": b"BZh9",
            "xz": b"\xfd7zXZ\x00",
            "Zstandard": b"\x28\xb5\x2f\xfd",
        }
        target.write_bytes(marks[kind] + clip.read_bytes()[:1000])


@pytest.mark.parametrize("kind", ["ZIP", "tar", "gzip", "RAR", "7z", "bzip2", "xz", "Zstandard"])
def test_archives_are_told_apart(kind: str, samples: Path, tmp_path: Path) -> None:
    packed(kind, samples / "messenger.mp4", tmp_path / "clip.mp4")
    with pytest.raises(Archive, match=rf"archive \({kind}\).*unpack it"):
        measure(tmp_path / "clip.mp4")


def test_a_video_is_no_archive(samples: Path) -> None:
    open_clip(samples / "messenger.mp4").close()


@pytest.mark.parametrize(
    "name", ["encrypted-track-with-sample-missing-cenc-aux.mp4", "test_case_1296532.mp4", "test_case_1389299.mp4"]
)
def test_encrypted_films_are_called_so(name: str, corpus: Path) -> None:
    with pytest.raises(Damaged, match=r"marked as encrypted.*ask for the key"):
        measure(corpus / "hostile" / name)


def test_what_is_not_encrypted_is_not_called_so(corpus: Path) -> None:
    with pytest.raises(Damaged, match="not one picture of it can be decoded; ask for the file again"):
        measure(corpus / "hostile" / "test_case_1181215.mp4")


def test_a_file_that_is_no_mp4_is_not_called_encrypted(tmp_path: Path) -> None:
    (tmp_path / "x.webm").write_bytes(b"\x1aE\xdf\xa3" + b"encv pssh" * 20)
    assert "encrypted" not in str(undecodable(tmp_path / "x.webm"))


def test_sound_alone(corpus: Path) -> None:
    with pytest.raises(NotVideo, match="holds sound and no pictures"):
        measure(corpus / "hostile" / "test_case_1301065-max-ez.mp4")

"""`entirety compare` as a user types it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from cli.runner import entirety
from entirety.read.custody import take
from read.films import FFMPEG, film


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording and a stream copy of a part of it, compared twice by the command itself."""
    import subprocess

    where = tmp_path_factory.mktemp("compared")
    (where / "evidence").mkdir()
    source, clip = where / "evidence" / "source.mp4", where / "evidence" / "clip.mp4"
    film(source, seconds=4, vcodec="libx264", g=25, preset="veryfast")
    subprocess.run([FFMPEG, "-v", "error", "-ss", "1", "-i", source, "-t", "2", "-c", "copy", clip], check=True)
    for name in ("first", "second"):
        done = entirety("compare", clip, source, "--out", f"out/{name}", "--hashes", "kept", "--json", cwd=where)
        assert done.returncode == 0, done.stderr
        (where / f"{name}.json").write_text(done.stdout, encoding="utf-8")
        (where / f"{name}.txt").write_text(done.stderr, encoding="utf-8")
    return where


def test_the_folder_and_the_last_line(folder: Path) -> None:
    assert {p.name for p in (folder / "out" / "first").iterdir()} == {
        "coverage.json",
        "coverage.html",
        "manifest-sha256.txt",
    }
    last = (folder / "first.txt").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert last.startswith("The clip holds 1 piece of source.mp4, ")
    document = json.loads((folder / "first.json").read_text(encoding="utf-8"))
    (piece,) = document["pieces"]
    assert (piece["matched_by"], piece["source_first_frame"], piece["boundary_uncertainty_frames"]) == (
        "packets",
        25,
        0,
    )
    assert document["sources"][0]["sha256"] == take(folder / "evidence" / "source.mp4").sha256


def test_kept_hashes_give_the_same(folder: Path) -> None:
    assert (folder / "second.txt").read_text(encoding="utf-8").count("read from the kept hashes") == 2
    first, second = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("first", "second"))
    first.pop("run")
    second.pop("run")
    assert first == second


def test_the_page_holds_the_pictures_and_the_hash_of_the_document(folder: Path) -> None:
    page = (folder / "out" / "first" / "coverage.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") >= 6
    document = (folder / "out" / "first" / "coverage.json").read_bytes()
    assert hashlib.sha256(document).hexdigest() in page


def test_the_originals_are_as_they_were(folder: Path) -> None:
    assert {p.name for p in (folder / "evidence").iterdir()} == {"source.mp4", "clip.mp4"}


def test_nothing_is_written_beside_or_over_evidence(folder: Path) -> None:
    for option in ("--out", "--hashes"):
        for target in ("evidence", "evidence/clip.mp4"):
            done = entirety("compare", "evidence/clip.mp4", "evidence/source.mp4", option, target, cwd=folder)
            assert done.returncode == 2
            assert "choose another folder" in done.stderr
    assert {p.name for p in (folder / "evidence").iterdir()} == {"source.mp4", "clip.mp4"}


def test_what_cannot_be_compared(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "evidence" / "clip.mp4", tmp_path)
    (tmp_path / "text.mp4").write_text("no film", encoding="utf-8")
    done = entirety("compare", "clip.mp4", "text.mp4", cwd=tmp_path)
    assert done.returncode == 3
    assert "text.mp4" in done.stderr
    assert not (tmp_path / "reports").exists()
    assert entirety("compare", "clip.mp4", cwd=tmp_path).returncode == 2
    assert entirety("compare", "clip.mp4", "gone.mp4", cwd=tmp_path).returncode == 3


def test_a_file_is_not_held_against_itself(samples: Path, tmp_path: Path) -> None:
    clip, other = samples / "fast-pan.mp4", samples / "freeze.mp4"
    for command in (("compare", clip, clip), ("compare", clip, other, other), ("audit", clip, "--source", clip)):
        done = entirety(*command, cwd=tmp_path)
        assert done.returncode == 2
        assert "is named twice" in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []

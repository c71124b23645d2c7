"""`entirety audit --source`: a clip made of two parts of a recording by stream copy, verified, printed again, and held against a film of something else."""

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import ffmpeg
import pytest

from cli.runner import entirety
from entirety.read.custody import take
from read.films import FFMPEG, film


def make(stream: Any) -> None:
    subprocess.run(stream.global_args("-v", "error", "-nostdin").compile(cmd=FFMPEG, overwrite_output=True), check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of eight seconds, 2 to 4 s and 5 to 7 s of it joined, and the audit of that."""
    where = tmp_path_factory.mktemp("sources")
    (where / "evidence").mkdir()
    source = str(film(where / "evidence" / "source.mp4", seconds=8, vcodec="libx264", g=25, bf=0, preset="veryfast"))
    for name, start in (("a.mp4", 2), ("b.mp4", 5)):
        make(ffmpeg.output(ffmpeg.input(source, ss=start), str(where / name), t=2, c="copy"))
    (where / "list.txt").write_text("file 'a.mp4'\nfile 'b.mp4'\n", encoding="utf-8")
    clip = str(where / "evidence" / "clip.mp4")
    make(ffmpeg.output(ffmpeg.input(str(where / "list.txt"), f="concat"), clip, c="copy"))
    done = entirety("audit", clip, "--source", source, "--hashes", "kept", "--out", "out", cwd=where)
    assert done.returncode == 0, done.stderr
    return where


def audited(folder: Path, out: str = "out") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / out / "clip.mp4" / "audit.json").read_text(encoding="utf-8"))
    return read


def test_a_stream_copy_of_two_parts_is_a_direct_trace(folder: Path) -> None:
    audit = audited(folder)
    said = {one["code"]: one for one in audit["findings"] if one["check"] == "against-recording"}
    assert {code: one["weight"] for code, one in said.items()} == {"left-out": "direct", "part": "direct"}
    assert said["left-out"]["claim"].endswith("Of that, 1.000 s were found nowhere in the clip.")
    assert (said["left-out"]["span"]["start_frame"], said["left-out"]["span"]["end_frame"]) == (49, 50)
    assert audit["answer"]["sentence"].startswith("Held against another recording")
    missing = [(part["source_first_frame"], part["source_last_frame"]) for part in audit["comparison"]["missing"]]
    assert missing == [(0, 49), (100, 124), (175, 199)]
    custody = take(folder / "evidence" / "source.mp4")
    (recording,) = audit["comparison"]["sources"]
    assert (recording["name"], recording["bytes"], recording["sha256"]) == ("source.mp4", custody.size, custody.sha256)


def test_the_command_that_is_printed_shows_it(folder: Path) -> None:
    """The hashes on both sides of the place are neighbours in the clip and 26 pictures apart in the recording."""
    (left,) = [one for one in audited(folder)["findings"] if one["code"] == "left-out"]
    files = {"CLIP": "evidence/clip.mp4", "RECORDING": "evidence/source.mp4", "ffmpeg": FFMPEG}
    program, *arguments = (files.get(word, word) for word in shlex.split(left["reproduce"]))
    command = [program, "-v", "error", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    lines = [line.split(",") for line in done.stdout.splitlines() if not line.startswith("#")]
    clip, source = ([line[-1].strip() for line in lines if line[0] == stream] for stream in "01")
    assert source.index(clip[50]) - source.index(clip[49]) == 26


def test_verify_asks_for_the_recording(folder: Path) -> None:
    clip = folder / "evidence" / "clip.mp4"
    without = entirety("verify", "out/clip.mp4", clip, cwd=folder)
    assert without.returncode == 4
    assert "name that file with --source" in without.stderr
    copied = folder / "renamed.mp4"
    copied.write_bytes((folder / "evidence" / "source.mp4").read_bytes())
    done = entirety("verify", "out/clip.mp4", clip, "--source", copied, "--hashes", "kept", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_the_report_is_printed_again_without_any_video(folder: Path) -> None:
    page = folder / "out" / "clip.mp4" / "report.html"
    before = page.read_bytes()
    assert b"Material to request" in before
    assert entirety("render", "out/clip.mp4", cwd=folder).returncode == 0
    assert page.read_bytes() == before


def test_a_film_of_something_else_gives_no_finding(folder: Path) -> None:
    other = ffmpeg.input("mandelbrot=size=162x122:rate=25", f="lavfi", t=2)
    make(ffmpeg.output(other, str(folder / "other.mp4"), vcodec="libx264", preset="veryfast"))
    clip = folder / "evidence" / "clip.mp4"
    done = entirety("audit", clip, "--source", "other.mp4", "--hashes", "kept", "--out", "else", cwd=folder)
    assert done.returncode == 0, done.stderr
    audit = audited(folder, "else")
    assert [one for one in audit["findings"] if one["check"] == "against-recording"] == []
    (check,) = [one for one in audit["checks"] if one["id"] == "against-recording"]
    assert check["outcome"] == "not applicable"
    assert check["reason"].startswith("Nothing of the recordings")
    assert "Recordings: No part of other.mp4 was found in the clip" in done.stderr


def test_nothing_is_kept_beside_evidence(folder: Path) -> None:
    done = entirety("audit", "evidence/clip.mp4", "--source", "evidence/source.mp4", "--hashes", "evidence", cwd=folder)
    assert done.returncode == 2
    assert "--hashes" in done.stderr
    assert {path.name for path in (folder / "evidence").iterdir()} == {"clip.mp4", "source.mp4"}

"""`entirety audit --source`: a clip made of two parts of a recording, by stream copy and coded again; verified, printed again, and held against a film of
something else."""

import json
import shlex
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import pytest

from cli.runner import entirety
from compare.moving import footage
from entirety.model.signature import ACROSS, DOWN
from entirety.model.time import clock
from entirety.read.custody import take
from read.films import FFMPEG, film


def make(stream: Any, piped: bytes = b"") -> None:
    command = stream.global_args("-v", "error").compile(cmd=FFMPEG, overwrite_output=True)
    subprocess.run(command, check=True, input=piped)


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


@pytest.fixture(scope="module")
def coded_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fixed camera's ten seconds; 6 to 9 s and then 2 to 5 s of it coded again at another size and quality; and the audit of that."""
    where = tmp_path_factory.mktemp("coded-again")
    pictures = footage(7, 10)
    drawn = ffmpeg.input("pipe:", format="rawvideo", pix_fmt="gray", s=f"{ACROSS}x{DOWN}", r=25).filter(
        "scale", 640, 360
    )
    recording = ffmpeg.output(drawn, str(where / "source.mp4"), vcodec="libx264", preset="veryfast", pix_fmt="yuv420p")
    make(recording, pictures.tobytes())
    whole = ffmpeg.input(str(where / "source.mp4")).video.filter_multi_output("split")
    parts = [
        whole[at].filter("trim", start=start, end=start + 3).filter("setpts", "PTS-STARTPTS")
        for at, start in enumerate((6, 2))
    ]
    shown = ffmpeg.concat(*parts).filter("scale", 480, 270)
    make(ffmpeg.output(shown, str(where / "clip.mp4"), vcodec="libx264", preset="veryfast", crf=30))
    done = entirety("audit", "clip.mp4", "--source", "source.mp4", "--out", "out", cwd=where)
    assert done.returncode == 0, done.stderr
    return where


def test_parts_coded_again_in_another_order_are_found_by_likeness(coded_again: Path) -> None:
    audit = audited(coded_again)
    said = {one["code"]: one for one in audit["findings"] if one["check"] == "against-recording"}
    # What was matched by likeness is never a direct trace.
    assert {code: one["weight"] for code, one in said.items()} == {"order": "strong", "part": "strong"}
    assert {piece["matched_by"] for piece in audit["comparison"]["pieces"]} == {"pictures"}
    shown = [(piece["source_first_frame"], piece["clip_first_frame"]) for piece in audit["comparison"]["pieces"]]
    assert shown == [(pytest.approx(150, abs=2), 0), (pytest.approx(50, abs=2), pytest.approx(75, abs=2))]
    assert said["order"]["span"]["start_frame"] == pytest.approx(74, abs=2)


def test_what_the_copy_lacks_is_listed_as_material_to_request(coded_again: Path) -> None:
    missing = [(part["source_start_s"], part["source_end_s"]) for part in audited(coded_again)["comparison"]["missing"]]
    wanted = [(0, 2), (5, 6), (9, 10)]
    assert missing == [(pytest.approx(start, abs=0.1), pytest.approx(end, abs=0.1)) for start, end in wanted]
    page = (coded_again / "out" / "clip.mp4" / "report.html").read_text(encoding="utf-8")
    annex = page[page.rindex("Material to request") :]
    assert all(clock(Fraction(str(start))) in annex for part in missing for start in part)

"""The PDF: made every time, the same every time, tagged, and nothing of the file acts in it."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from entirety.errors import Environment
from entirety.report.reduced import reduce_into, share
from report.audits import ordinary
from report.printed import print_of, printed, refused, texts


def text(pdf: bytes, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not on this machine: the text of the PDF is not read back")
    done = subprocess.run([program, *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").replace("\u200b", "").split())


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    assert printed(*ordinary(), tmp_path) == print_of("ordinary")


def test_archive_form_with_a_run_and_accessible_form_without() -> None:
    dated, undated = print_of("ordinary"), print_of("quiet")
    assert b"pdfaid:part" in dated
    assert b"pdfuaid:part" in dated
    assert b"pdfuaid:part" in undated
    assert b"CreationDate" not in undated
    for pdf in (dated, undated):
        assert b"/StructTreeRoot" in pdf
        assert b"/Lang" in pdf


def test_what_it_says() -> None:
    said = text(print_of("ordinary"))
    for phrase in (
        "page 1 of",
        "Unsigned draft",
        "assembled from parts. (Direct trace.)",
        "67905ad3 cc2dd52b",
        "entirety verify audit.json CLIP",
        "clip 07 двор.mp4",
        "Frame 90, file presentation time 00:00:03.003",
        "In our assessment",
        "not excluded",
        "The hum is -61.5 dB, too weak.",
        "The picture shows 3 shots.",
        "Nothing moved from 0 to 4 s: a cut there cannot be seen.",
        "What timestamp gap looks for: Times were rounded to 1 ms.",
        "Findings of this check in clips of this kind to which nothing had been done: 3 of 40 continuous clips: 7.5 %",
        "none in 36 continuous clips; with 95 % confidence the true rate is at most 3/36 (8.4 %, rounded up)",
        "Kind of this file: H.264, steady rate",
        "End of report E-",
    ):
        assert phrase in said
    assert said.count("page 1 of") == 1
    assert re.search(r"F002 \(see page \d+\) hard cut", said)


def test_no_error_rates_for_this_kind_of_file() -> None:
    said = text(print_of("quiet"))
    assert "There is no performance data for this kind of file." in said
    assert "False findings" not in said


def test_page_one_is_one_page() -> None:
    for name in ("ordinary", "hostile", "quiet"):
        first = text(print_of(name), "-l", "1")
        assert "What was examined" in first
        assert "Until this block is filled in and signed" in first
        assert "Contents" not in first
        assert "continuous clips" not in first


def test_hostile_texts_are_text() -> None:
    said = text(print_of("hostile"))
    assert '#let x = read("/etc/passwd") $x$ *b* [c]' in said
    assert "root:" not in said
    assert "<U+202E>gnp.exe" in said
    assert "<U+4E2D>" in said


def test_a_folder_whose_name_is_no_unicode(tmp_path: Path) -> None:
    folder = tmp_path / "clip\udcff.mp4"
    try:
        folder.mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system takes Unicode names only")
    assert printed(*ordinary(), folder) == print_of("ordinary")


def test_a_run_without_a_readable_time(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    assert audit.run is not None
    pdf = printed(replace(audit, run=replace(audit.run, started="2026-02-31T99:00:00Z")), pngs, tmp_path)
    assert b"CreationDate" not in pdf


def test_a_missing_picture_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(Environment, match="The PDF could not be made"):
        printed(ordinary()[0], {}, tmp_path)


def test_large_pictures_are_printed_smaller_and_that_is_said(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    noise = np.random.default_rng(7).integers(0, 256, (600, 800, 3), np.uint8)
    plain = [cv2.IMWRITE_PNG_COMPRESSION, 0]
    loud = {name: cv2.imencode(".png", np.roll(noise, at, 0), plain)[1].tobytes() for at, name in enumerate(pngs)}
    stills = tuple(replace(one, width=800, height=600) for one in audit.stills)
    pdf = printed(replace(audit, stills=stills), loud, tmp_path)
    assert sum(map(len, loud.values())) > 20 << 20
    assert len(pdf) < 20 << 20
    found = re.findall(r"its pictures have (\d+) % of their rows and of their columns", " ".join(texts(pdf)))
    assert found
    sizes = {(int(width), int(height)) for width, height in re.findall(rb"/Width (\d+)/Height (\d+)", pdf)}
    part = int(found[0])
    assert (800 * part // 100, 600 * part // 100) in sizes
    assert max(sizes) < (800, 600)
    assert refused(pdf, "3a") == []


def test_small_pictures_are_printed_as_they_are() -> None:
    assert "of their rows" not in " ".join(texts(print_of("ordinary")))
    assert re.search(rb"/Width 320/Height 180", print_of("ordinary"))


@pytest.mark.parametrize(("count", "part"), [(0, 100), (3, 100), (4, 87), (40, 27), (5000, 10)])
def test_how_much_of_the_pictures_is_kept(count: int, part: int) -> None:
    assert share({f"{at}.png": (1920, 1080) for at in range(count)}) == part


def test_a_picture_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    for name, content in (("a.png", b"no picture"), ("b.png", b"")):
        (tmp_path / name).write_bytes(content)
    reduce_into(tmp_path, tmp_path / "copy", {"a.png": (9, 9), "b.png": (9, 9)}, 50)
    assert not (tmp_path / "copy").exists()

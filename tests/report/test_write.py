"""The report folder: whole, checkable, never on top of anything else."""

import hashlib
import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from entirety.errors import CannotOpen, Mismatch, OutputRefused, Unsupported
from entirety.report.files import write_bytes, write_text
from entirety.report.write import refuse_foreign, render, write_report
from report.audits import hostile, many, ordinary, quiet, still
from report.test_html import Page

LINES = ("#format: frame checksums", "0, 0, 0, 1, 230400, " + "ab" * 32)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    audit, pngs = ordinary()
    write_report(audit, tmp_path / "report", pngs, LINES)
    return tmp_path / "report"


def test_the_folder_is_complete_and_lists_itself(written: Path) -> None:
    files = contents(written)
    stills = sorted(name for name in files if name.startswith("stills/"))
    assert set(files) - set(stills) == {
        "audit.json",
        "frames.framehash",
        "audit.sarif",
        "chapters.vtt",
        "findings.csv",
        "markers.otio",
        "README.txt",
        "report.html",
        "report.pdf",
        "statement.intoto.json",
        "manifest-sha256.txt",
    }
    assert len(stills) == 18
    assert files["frames.framehash"].decode() == "".join(f"{line}\n" for line in LINES)
    lines = [line.split("  ") for line in files["manifest-sha256.txt"].decode().splitlines()]
    listed = {name: sha256 for sha256, name in lines}
    assert listed == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest-sha256.txt"
    }
    audit_hash = hashlib.sha256(files["audit.json"]).hexdigest()
    assert audit_hash.encode() in files["report.html"]


def test_the_returned_paths_are_the_files(tmp_path: Path) -> None:
    paths = write_report(quiet(), tmp_path / "r", {}, LINES)
    assert sorted(p.name for p in paths) == sorted(contents(tmp_path / "r"))


def test_sha256sum_reads_the_manifest(written: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is not on this machine")
    done = subprocess.run([program, "-c", "manifest-sha256.txt"], cwd=written, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.count(b": OK") == len(contents(written)) - 1


def test_the_same_bytes_twice(written: Path, tmp_path: Path) -> None:
    audit, pngs = ordinary()
    write_report(audit, tmp_path / "again", pngs, LINES)
    assert contents(tmp_path / "again") == contents(written)


def test_printed_again_without_the_video(written: Path) -> None:
    before = contents(written)
    for name in ("report.html", "report.pdf"):
        (written / name).unlink()
    render(written)
    assert contents(written) == before
    again = [p.name for p in render(written, ("en",), ("html",))]
    assert again == ["report.html", "statement.intoto.json", "manifest-sha256.txt"]
    assert contents(written) == before


def test_hostile_texts_make_a_whole_report(tmp_path: Path) -> None:
    audit, pngs = hostile()
    write_report(audit, tmp_path, pngs, LINES)
    before = contents(tmp_path)
    render(tmp_path)
    assert contents(tmp_path) == before


def test_a_second_run_replaces_the_first_and_its_stills(written: Path) -> None:
    audit, pngs = ordinary()
    write_report(
        replace(audit, findings=audit.findings[:1], stills=audit.stills[:2]),
        written,
        dict(list(pngs.items())[:2]),
        LINES,
    )
    assert len(list((written / "stills").iterdir())) == 2


def test_a_still_that_is_not_the_cited_one(written: Path, tmp_path: Path) -> None:
    audit, pngs = ordinary()
    name = next(iter(pngs))
    with pytest.raises(Mismatch, match=name):
        write_report(audit, tmp_path / "x", pngs | {name: still("F001", "shown", 5)[1]}, LINES)
    (written / name).write_bytes(b"no picture")
    with pytest.raises(Mismatch, match=name):
        render(written)
    (written / name).unlink()
    with pytest.raises(Mismatch, match="missing"):
        render(written)


def test_what_cannot_be_printed_again(written: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="cannot be read"):
        render(tmp_path / "nowhere")
    with pytest.raises(Unsupported, match="language"):
        render(written, ("xx",))
    with pytest.raises(OutputRefused, match="form"):
        render(written, ("en",), ("docx",))
    (written / "audit.json").write_bytes((written / "audit.json").read_bytes()[:-300])
    with pytest.raises(CannotOpen, match="not an audit"):
        render(written)


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"evidence")
    with pytest.raises(OutputRefused, match="cannot be written"):
        write_report(quiet(), tmp_path / "file" / "report", {}, LINES)
    assert (tmp_path / "file").read_bytes() == b"evidence"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputRefused):
        write_text(tmp_path / "folder", "text")
    assert [p.name for p in tmp_path.iterdir()].count(".folder.part") == 0


def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user can write everywhere")
        with pytest.raises(OutputRefused, match="Choose another folder"):
            write_text(tmp_path / "x", "text")
    finally:
        tmp_path.chmod(0o700)


def test_half_a_file_never_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "a", "whole")
    (tmp_path / ".a.part").write_bytes(b"left by an interruption")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputRefused, match="No space left"):
        write_bytes(tmp_path / "a", b"new")
    assert contents(tmp_path) == {"a": b"whole"}


def test_a_folder_with_anything_else_in_it_is_refused(written: Path) -> None:
    same = ordinary()[0].custody.sha256
    refuse_foreign(written / "not-there", same)
    refuse_foreign(written, same)
    with pytest.raises(OutputRefused, match="another file"):
        refuse_foreign(written, "0" * 64)
    (written / "holiday.mp4").write_bytes(b"")
    with pytest.raises(OutputRefused, match=r"holiday\.mp4"):
        refuse_foreign(written, same)
    (written / "holiday.mp4").unlink()
    (written / "audit.json").write_bytes(b"{")
    with pytest.raises(OutputRefused, match="not an audit"):
        refuse_foreign(written, same)


@pytest.mark.parametrize("number", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_many_findings_within_a_minute_and_page_one_stays_readable(tmp_path: Path, number: int) -> None:
    began = time.process_time()
    write_report(many(number), tmp_path, {}, LINES)
    assert time.process_time() - began < 60
    assert (tmp_path / "report.pdf").stat().st_size < 30 << 20
    one = Page((tmp_path / "report.html").read_bytes())
    assert len(one.within["page-one"]) < 6000
    assert (
        f"{number} findings in all: {number // 10} strong indications, {number - number // 10} supporting signs."
        in one.within["main-findings"]
    )
    assert sum("data-weight" in attributes for _, attributes in one.tags) == number


def test_a_small_report_costs_little(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    write_report(audit, tmp_path, pngs, LINES)
    began = time.process_time()
    write_report(audit, tmp_path, pngs, LINES)
    assert time.process_time() - began < 2

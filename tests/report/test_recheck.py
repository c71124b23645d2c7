"""What `verify` says of the files of a report: nothing about whole ones, a sentence about each that is not what it should be."""

import hashlib
from pathlib import Path

import pytest

from entirety.errors import CannotOpen, Mismatch
from entirety.model.audit import Audit
from entirety.report.beside import look_at
from entirety.report.names import MANIFEST
from entirety.report.recheck import about_files, changed_files, files_of, recorded_audit
from entirety.report.reprint import made_again
from entirety.report.resealed import about_signed_pdfs
from entirety.report.wording import Catalogue
from entirety.report.write import write_report
from report.audits import ordinary, still

LINES = ["#format: frame checksums", "0, 0, 0, 1, 5, " + "ab" * 32]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    audit, pngs = ordinary()
    write_report(audit, tmp_path, pngs, LINES)
    return tmp_path


def list_anew(folder: Path) -> None:
    """What somebody does who changes a report and knows of the manifest."""
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and "manifest" not in p.name)
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "manifest-sha256.txt").write_text("".join(lines), encoding="utf-8")


def misprinted(folder: Path, audit: Audit) -> list[str]:
    """What is said once everything was made again."""
    beside = look_at(folder)
    made = made_again(beside, audit, "".join(f"{line}\n" for line in LINES).encode(), {})
    said = about_files(beside, files_of(audit), made, Catalogue("en"))
    return list((said | about_signed_pdfs(beside, made, Catalogue("en")).differences).values())


def test_a_whole_report(written: Path) -> None:
    audit = recorded_audit(written)
    assert changed_files(written, audit) == []
    assert misprinted(written, audit) == []


def test_a_changed_or_missing_file_is_named(written: Path) -> None:
    (written / "report.html").write_bytes(b"other")
    (written / "frames.framehash").unlink()
    assert changed_files(written, recorded_audit(written)) == [
        f"frames.framehash is missing from the report folder: {MANIFEST} lists it",
        (
            f"report.html is not the page that was written: its SHA-256 is not the one in {MANIFEST}. What it says need not be what the analysis "
            "found."
        ),
    ]


@pytest.mark.parametrize("line", ["ab  ../../etc/passwd\n", "ab" * 32 + "  ../secret\n", ""])
def test_a_manifest_cannot_point_elsewhere(written: Path, line: str) -> None:
    (written / "manifest-sha256.txt").write_text(line)
    said = changed_files(written, recorded_audit(written))
    assert len(said) == 1
    assert "missing or unreadable" in said[0]


def test_a_manifest_that_leaves_a_file_out(written: Path) -> None:
    (written / "report.pdf").unlink()
    list_anew(written)
    assert changed_files(written, recorded_audit(written)) == ["report.pdf is missing from the report folder"]


@pytest.mark.parametrize("name", ["report.html", "report.pdf", "frames.framehash"])
def test_a_changed_file_under_a_manifest_written_anew(written: Path, name: str) -> None:
    (written / name).write_bytes((written / name).read_bytes() + b" ")
    list_anew(written)
    audit = recorded_audit(written)
    assert changed_files(written, audit) == []
    said = misprinted(written, audit)
    assert len(said) == 1
    assert name in said[0]


def test_another_picture_under_a_manifest_written_anew(written: Path) -> None:
    audit = recorded_audit(written)
    name = audit.stills[0].file
    (written / name).write_bytes(still("F001", "shown", 5)[1])
    list_anew(written)
    assert misprinted(written, audit) == [
        f"{name} is not the picture that the audit cites. What it shows need not be in the clip."
    ]


def test_a_missing_picture(written: Path) -> None:
    audit = recorded_audit(written)
    name = audit.stills[0].file
    (written / name).unlink()
    assert changed_files(written, audit) == [f"{name} is missing from the report folder: {MANIFEST} lists it"]
    assert misprinted(written, audit) == [f"{name} is missing from the report folder: {MANIFEST} lists it"]


def test_an_audit_that_was_changed(written: Path) -> None:
    path = written / "audit.json"
    path.write_bytes(path.read_bytes().replace(b'"schema_version": 1', b'"schema_version": "1"'))
    with pytest.raises(Mismatch, match="changed after it was written"):
        recorded_audit(written)


def test_no_audit(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        recorded_audit(tmp_path)

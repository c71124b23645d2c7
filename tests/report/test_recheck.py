"""What `verify` says of the files of a report: nothing about whole ones, a sentence about each that is not what it should be."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from entirety.errors import CannotOpen, Mismatch
from entirety.model.audit import Audit
from entirety.report import reprint
from entirety.report.beside import look_at
from entirety.report.names import MANIFEST, STATEMENT
from entirety.report.recheck import about_files, changed_files, files_of, recorded_audit
from entirety.report.reprint import made_again
from entirety.report.resealed import about_signed_pdfs
from entirety.report.view import View
from entirety.report.wording import Catalogue
from entirety.report.write import printed, write_report
from report.audits import ordinary

LINES = ["#format: frame checksums", "0, 0, 0, 1, 5, " + "ab" * 32]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in two languages; not to be changed."""
    audit, pngs = ordinary()
    folder = tmp_path_factory.mktemp("made") / "report"
    write_report(audit, folder, pngs, LINES, ("kk", "ru"))
    return folder


@pytest.fixture
def written(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def misprinted(folder: Path, audit: Audit) -> list[str]:
    """What is said once everything was made again."""
    beside = look_at(folder)
    made = made_again(beside, audit, "".join(f"{line}\n" for line in LINES).encode(), {})
    said = about_files(beside, files_of(audit, beside), made, Catalogue("en"))
    return list((said | about_signed_pdfs(beside, made, Catalogue("en")).differences).values())


def test_a_whole_report_is_printed_once_in_each_language(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = []

    def counted(form: str, view: View, *rest: Any) -> bytes:
        forms.append((form, view.language))
        return printed(form, view, *rest)

    monkeypatch.setattr(reprint, "printed", counted)
    audit = recorded_audit(written)
    assert changed_files(written, audit) == []
    assert misprinted(written, audit) == []
    assert sorted(forms) == [("html", "kk"), ("html", "ru"), ("pdf", "kk"), ("pdf", "ru")]


def test_a_changed_or_missing_file_is_named(written: Path) -> None:
    (written / "report.html").write_bytes(b"other")
    (written / "frames.framehash").unlink()
    assert changed_files(written, recorded_audit(written)) == [
        f"frames.framehash is missing from the report folder: {MANIFEST}, {STATEMENT} list it",
        (
            f"report.html is not the page that was written: its SHA-256 is not the one in {MANIFEST}, {STATEMENT}. What it says need not be what the analysis "
            "found."
        ),
    ]


@pytest.mark.parametrize("line", ["ab  ../../etc/passwd\n", "ab" * 32 + "  ../secret\n", ""])
def test_a_manifest_cannot_point_elsewhere(written: Path, line: str) -> None:
    (written / "manifest-sha256.txt").write_text(line)
    said = changed_files(written, recorded_audit(written))
    assert len(said) == 1
    assert "missing or unreadable" in said[0]


def test_an_audit_that_was_changed(written: Path) -> None:
    path = written / "audit.json"
    path.write_bytes(path.read_bytes().replace(b'"schema_version": 1', b'"schema_version": "1"'))
    with pytest.raises(Mismatch, match="changed after it was written"):
        recorded_audit(written)


def test_no_audit(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        recorded_audit(tmp_path)

"""`entirety render` as a user types it: what of earlier signatures is gone is said."""

from pathlib import Path

from typer.testing import CliRunner

from entirety.cli import app
from entirety.report.pades import open_identity, signed
from entirety.report.write import Finish, write_report
from report.audits import quiet
from report.certificates import PASSPHRASE, SIGNED, identity_file


def said(folder: Path, *options: str) -> list[str]:
    """What stands on the terminal besides the files that were written."""
    done = CliRunner().invoke(app, ["render", str(folder), *options], catch_exceptions=False)
    assert done.exit_code == 0
    return [line for line in done.output.splitlines() if not line.startswith("written: ")]


def test_signatures_that_are_gone_are_named(tmp_path: Path) -> None:
    identity = open_identity(identity_file(), PASSPHRASE.encode(), "me.p12")
    finish = Finish(lambda pdf: signed(pdf, identity, SIGNED), lambda _: b"envelope")
    write_report(quiet(), tmp_path, {}, ["#format: frame checksums"], finish=finish)
    assert said(tmp_path, "--form", "html") == [
        (
            "statement.dsse.json was removed: the signature in it was over the report as it was before, and fits no longer. Sign the report again with "
            "--sign."
        )
    ]
    assert said(tmp_path) == [
        "report.pdf was signed before: it was printed anew without a signature, or removed. Sign it again with --sign-pdf."
    ]
    assert said(tmp_path) == []


def test_both_forms_are_printed_where_the_languages_are_others(tmp_path: Path) -> None:
    write_report(quiet(), tmp_path, {}, ["#format: frame checksums"])
    said(tmp_path, "--form", "html", "--lang", "ru")
    assert {path.name for path in tmp_path.glob("report*")} == {
        "report.html",
        "report.pdf",
    }
    assert b"/Lang(ru" in (tmp_path / "report.pdf").read_bytes()

"""The options that sign the PDF: the user's certificate, its passphrase, and the address of a time stamp server.

Certificate and passphrase are opened before anything else is done, so that a wrong one costs nothing. The passphrase is typed or read from a
file; it is never taken from the command line or the environment, where others can read it.
"""

import datetime as dt
import sys
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from entirety.cli.terminal import safe
from entirety.errors import CannotOpen, Environment

SignPdf = Annotated[
    Path | None,
    typer.Option(
        "--sign-pdf",
        metavar="FILE.p12",
        help="Sign each PDF with the certificate in this PKCS#12 file (PAdES). Its passphrase is asked for.",
    ),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", metavar="FILE", help="Read the passphrase of --sign-pdf from this file's first line."
    ),
]
Timestamp = Annotated[
    str | None,
    typer.Option(
        "--timestamp",
        metavar="URL",
        help="Have the signature time-stamped (RFC 3161) at this address: an audit uses a network for nothing else. The hash of the signature is sent.",
    ),
]

LARGEST_FILE = 1 << 20
"""Bytes of a PKCS#12 or passphrase file that are read."""


@dataclass(frozen=True, slots=True)
class PdfSigning:
    """Signs printed PDFs one after the other; what could not be signed comes back as it was, with the reason kept."""

    identity: Any
    """A certificate with its key, opened (`entirety.report.pades.Identity`)."""
    address: str | None
    failed: list[str] = field(default_factory=list)
    """One sentence for each PDF that was not signed."""

    def __call__(self, pdf: bytes) -> bytes:
        """The PDF signed, or as it is where that failed: a signature can be made later, a lost report is lost."""
        from entirety.report.pades import signed

        try:
            return signed(pdf, self.identity, dt.datetime.now(dt.UTC), self._stamped if self.address else None)
        except Environment as error:
            self.failed.append(str(error))
            return pdf

    def _stamped(self, request: bytes) -> bytes:
        from entirety.cli.time_stamp import time_stamp

        return time_stamp(str(self.address), request)


def pdf_signing(certificate: Path | None, passphrase_file: Path | None, timestamp: str | None) -> PdfSigning | None:
    """What signs the PDFs of this run; None where nobody asked for it.

    Raises BadParameter where options do not go together, Environment where pyHanko is missing, CannotOpen where a file or passphrase is wrong.
    """
    if certificate is None:
        if passphrase_file is not None or timestamp is not None:
            raise typer.BadParameter("--passphrase-file and --timestamp are for --sign-pdf, which is missing.")
        return None
    if timestamp is not None:
        _confirm_address(timestamp)
    from entirety.report.pades import confirm_installed, open_identity

    confirm_installed()
    content = _small(certificate)
    return PdfSigning(open_identity(content, _passphrase(certificate, passphrase_file), certificate.name), timestamp)


def _confirm_address(address: str) -> None:
    try:
        parts = urllib.parse.urlsplit(address)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        fits = fits and address.isascii() and address.isprintable() and " " not in address and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise typer.BadParameter(
            "an address of a time stamp server begins with http:// or https://", param_hint="--timestamp"
        )


def _passphrase(certificate: Path, file: Path | None) -> bytes | None:
    if file is not None:
        return next(iter(_small(file).splitlines()), b"") or None
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "nobody can be asked for the passphrase here: name a file that holds it.", param_hint="--passphrase-file"
        )
    typed: str = typer.prompt(
        f"Passphrase of {safe(certificate.name)}", default="", hide_input=True, show_default=False, err=True
    )
    return typed.encode() or None


def _small(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except OSError as error:
        raise CannotOpen(f"{safe(path.name)} cannot be read: {error.strerror or error}.") from error

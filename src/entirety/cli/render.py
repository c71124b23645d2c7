"""`entirety render AUDIT`: the same audit again, in another language or form, without the video."""

from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.sealing import SigningKey, sealer
from entirety.cli.signing import PassphraseFile, SignPdf, Timestamp, pdf_signing
from entirety.cli.terminal import safe, say
from entirety.errors import Environment


def render(  # noqa: PLR0917 - each is an option of the command
    audit: Annotated[Path, typer.Argument(metavar="AUDIT", help="Report folder, or the audit.json in it.")],
    language: Annotated[
        str, typer.Option("--lang", help="Language of HTML and PDF: en, ru or kk; several as in ru,kk.")
    ] = "en",
    sign: SigningKey = None,
    sign_pdf: SignPdf = None,
    passphrase_file: PassphraseFile = None,
    timestamp: Timestamp = None,
    form: Annotated[list[str] | None, typer.Option(help="html or pdf; may be given twice. Default: both.")] = None,
) -> None:
    """Write the HTML and the PDF again.

    They are made from audit.json and the saved stills; the video is not needed. Forms in other languages, and signatures over the earlier ones,
    are removed.
    """
    from entirety.report.wording import chosen
    from entirety.report.write import Finish
    from entirety.report.write import render as again

    folder = audit.parent if audit.name == "audit.json" else audit
    signing = pdf_signing(sign_pdf, passphrase_file, timestamp)
    finish = Finish(signing, sealer(sign))
    for written in again(folder, chosen(language), tuple(form or ("html", "pdf")), finish=finish):
        say(f"written: {safe(str(written))}")
    failed = signing.failed if signing else []
    for sentence in failed:
        say(f"entirety: {safe(sentence)}")
    if failed:
        raise typer.Exit(Environment.exit_code)

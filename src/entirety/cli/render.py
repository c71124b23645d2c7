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
    are removed; what of these is gone is said.
    """
    from entirety.report.names import ENVELOPE
    from entirety.report.wording import Catalogue, chosen
    from entirety.report.write import Finish
    from entirety.report.write import render as again

    folder = audit.parent if audit.name == "audit.json" else audit
    signing = pdf_signing(sign_pdf, passphrase_file, timestamp)
    finish = Finish(signing, sealer(sign))
    languages, before = chosen(language), _signed(folder)
    for written in again(folder, languages, tuple(form or ("html", "pdf")), finish=finish):
        say(f"written: {safe(str(written))}")
    words, gone = Catalogue(languages[0]), sorted(before - _signed(folder))
    if ENVELOPE in gone:
        say(safe(words.text("render.unsealed", file=ENVELOPE)))
    if pdfs := [name for name in gone if name != ENVELOPE]:
        say(safe(words.text("render.unsigned", files=", ".join(pdfs), n=len(pdfs))))
    failed = signing.failed if signing else []
    for sentence in failed:
        say(f"entirety: {safe(sentence)}")
    if failed:
        raise typer.Exit(Environment.exit_code)


def _signed(folder: Path) -> set[str]:
    """Files of a report that hold a signature: the envelope, and each PDF after whose printed bytes one follows."""
    from entirety.report.names import ENVELOPE, FORM

    found = {ENVELOPE} if (folder / ENVELOPE).is_file() else set()
    for path in folder.glob("report*.pdf"):
        if FORM.fullmatch(path.name) and path.is_file() and b"/ByteRange" in path.read_bytes():
            found.add(path.name)
    return found

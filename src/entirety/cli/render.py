"""`entirety render AUDIT`: the same audit again, in another language or form, without the video."""

from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import safe, say


def render(
    audit: Annotated[Path, typer.Argument(metavar="AUDIT", help="Report folder, or the audit.json in it.")],
    language: Annotated[
        str, typer.Option("--lang", help="Language of HTML and PDF: en, ru or kk; several as in ru,kk.")
    ] = "en",
    form: Annotated[list[str] | None, typer.Option(help="html or pdf; may be given twice. Default: both.")] = None,
) -> None:
    """Write the HTML and the PDF again.

    They are made from audit.json and the saved stills; the video is not needed.
    """
    from entirety.report.wording import chosen
    from entirety.report.write import render as again

    folder = audit.parent if audit.name == "audit.json" else audit
    for written in again(folder, chosen(language), tuple(form or ("html", "pdf"))):
        say(f"written: {safe(str(written))}")

"""`entirety verify AUDIT CLIP` and `entirety verify CASE FOLDER`: hash again, run again, and say exactly what differs."""

from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.scan import MEMORY
from entirety.cli.sealing import PublicKey, key_file
from entirety.cli.terminal import progress, safe, say
from entirety.cli.verify_case import Means, is_case, verify_case
from entirety.errors import Mismatch


def verify(  # noqa: PLR0917 - each is an option of the command
    audit: Annotated[
        Path,
        typer.Argument(metavar="AUDIT", help="Report folder, or the audit.json in it; or the case folder of a scan."),
    ],
    clip: Annotated[
        Path,
        typer.Argument(
            metavar="CLIP",
            help="The video file, opened for reading only; with a case folder the folder of evidence that was scanned.",
        ),
    ],
    source: Annotated[
        list[Path] | None,
        typer.Option(metavar="SOURCE", help="Each recording that the clip was held against; opened for reading only."),
    ] = None,
    hashes: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where what was read of recordings is kept, as in audit.")
    ] = None,
    key: PublicKey = None,
    language: Annotated[str, typer.Option("--lang", help="Language of these lines: en, ru or kk.")] = "en",
    quick: Annotated[
        bool, typer.Option("--quick", help="Of a case folder: hash and compare all files, without a second analysis.")
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            min=0, help="Of a case folder: clips side by side; 0 is one for each processor.", show_default=False
        ),
    ] = 0,
    memory: Annotated[
        int, typer.Option(min=256, metavar="MIB", help="Of a case folder: memory for each clip.")
    ] = MEMORY,
    minutes: Annotated[
        float | None,
        typer.Option(min=0.01, help="Of a case folder: processor time for each clip, as in scan.", show_default=False),
    ] = None,
) -> None:
    """Check a report against its clip, or a case folder against the folder of evidence.

    CLIP must be the file that was audited, the files of the report must be unchanged, and a second analysis must give the same. Where the clip
    was held against recordings, each is named with --source. Of a case folder all of this holds for every file. A signature on a report says
    whose it is only with --key.
    """
    if is_case(audit):
        if source or hashes is not None or key is not None:
            raise typer.BadParameter(
                "--source, --hashes and --key belong to a single report; a scan holds no clip against recordings and signs nothing."
            )
        verify_case(audit, clip, Means(jobs, memory, minutes), quick=quick)
        return
    if quick:
        raise typer.BadParameter("--quick is for a case folder; of a single report the second analysis is always made.")
    from entirety.case.verify_item import How, verified
    from entirety.cli.tool import tool
    from entirety.model.copies import REVIEW_FILE
    from entirety.report.wording import Catalogue

    folder, words = audit.parent if audit.name == "audit.json" else audit, Catalogue(language)
    public = None if key is None else key_file(key)
    with progress(clip.name) as tell:
        done = verified(folder, clip, How(tool(), words, tuple(source or ()), hashes, public, tell))
    for line in (*done.differences, *done.notes):
        say(safe(line))
    count = len(done.differences)
    if count:
        raise Mismatch(words.text("verify.end.differs", name=clip.name, n=count))
    same = "verify.end.same_but_review" if done.review else "verify.end.same"
    say(safe(words.text(same, name=clip.name, review=REVIEW_FILE)))

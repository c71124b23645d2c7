"""`entirety audit CLIP...`: read each clip once and write its report folder."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.compare import refuse_twice
from entirety.cli.sealing import SigningKey, sealer
from entirety.cli.signing import PassphraseFile, SignPdf, Timestamp, pdf_signing
from entirety.cli.terminal import safe, say
from entirety.errors import EntiretyError, Environment, OutputRefused


class FailOn(StrEnum):
    """Answers that can be asked to end with exit code 1; each stands for itself and everything stronger."""

    NEVER = "never"
    DIRECT = "direct"
    INDICATIONS = "indications"
    RE_SAVED = "re-saved"
    INCONCLUSIVE = "inconclusive"


def audit(  # noqa: PLR0917 - each is an option of the command
    clips: Annotated[
        list[Path], typer.Argument(metavar="CLIP...", help="Video files to audit; each is opened for reading only.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the reports: DIR/<clip file name>/.")] = Path(
        "reports"
    ),
    as_json: Annotated[
        bool, typer.Option("--json", help="Also print audit.json to standard output; one per line for several clips.")
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option(help="End with exit code 1 where an answer is this or stronger.")
    ] = FailOn.NEVER,
    extract_hidden: Annotated[
        bool,
        typer.Option(
            "--extract-hidden", help="Also write a playable working copy of stored pictures that are not shown."
        ),
    ] = False,
    case: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Case number, court, who handed over what, operator: a TOML file; see samples/case.toml.",
        ),
    ] = None,
    copy: Annotated[
        bool,
        typer.Option(
            "--review-copy",
            help="Also write review-copy.mp4, which any browser plays, with numbered frames; no evidence.",
        ),
    ] = False,
    sign: SigningKey = None,
    sign_pdf: SignPdf = None,
    passphrase_file: PassphraseFile = None,
    timestamp: Timestamp = None,
    language: Annotated[
        str, typer.Option("--lang", help="Language of HTML, PDF and these lines: en, ru or kk; several as in ru,kk.")
    ] = "en",
    source: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="SOURCE",
            help="A longer recording to hold each clip against; opened for reading only. May be given several times.",
        ),
    ] = None,
    hashes: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep what is read for --source here, so that a recording is read once for many clips."
        ),
    ] = None,
) -> None:
    """Examine clips and write a report for each.

    Every frame is hashed; cuts, gaps, hidden footage and re-saving are looked for; with --source, what a longer recording shows and the clip
    does not. The last line for each clip is its answer.
    """
    # Heavy libraries load here and below, so that `--help` does not wait for them.
    from entirety.cli.audit_one import Wanted, audit_one
    from entirety.read.stated import read_stated
    from entirety.report.wording import chosen
    from entirety.report.write import Finish

    worst, folders, sources, languages = 0, _folders(clips, out), tuple(source or ()), chosen(language)
    refuse_twice(clips, sources)
    _refuse_evidence((*clips, *sources), folders, hashes)
    # Case file, keys and passphrases before anything else: nobody waits for an analysis that then cannot be finished.
    signing = pdf_signing(sign_pdf, passphrase_file, timestamp)
    wanted = Wanted(
        languages,
        Finish(signing, sealer(sign)),
        stated=None if case is None else read_stated(case),
        sources=sources,
        hashes=hashes,
        extract=extract_hidden,
        review=copy,
        command=(
            *(["--extract-hidden"] if extract_hidden else []),
            *(["--review-copy"] if copy else []),
            *(f"--source {safe(path.name)}" for path in sources),
        ),
    )
    for clip, folder in zip(clips, folders, strict=True):
        try:
            answer, code = audit_one(clip, folder, wanted)
        except EntiretyError as error:
            say(f"entirety: {safe(str(error))}")
            worst = max(worst, error.exit_code)
            continue
        worst = max(worst, code)
        if as_json:
            sys.stdout.write(_printed(folder, several=len(clips) > 1))
        if reached(answer, fail_on):
            worst = max(worst, 1)
    for sentence in signing.failed if signing else ():
        say(f"entirety: {safe(sentence)}")
        worst = max(worst, Environment.exit_code)
    if worst:
        raise typer.Exit(worst)


def _folders(clips: Sequence[Path], out: Path) -> list[Path]:
    """One report folder per clip, named after it. Raises OutputRefused where two clips would share one or a report would lie on evidence."""
    folders = [out / clip.name for clip in clips]
    for clip, folder in zip(clips, folders, strict=True):
        if folders.count(folder) > 1:
            raise OutputRefused(f"Two clips are named {clip.name}: audit them one by one with different --out folders.")
        if folder.absolute() == clip.absolute() or (folder.exists() and not folder.is_dir()):
            raise OutputRefused(
                f"The report folder {folder.name} would lie where a file is: choose another folder with --out."
            )
    return folders


def _refuse_evidence(evidence: Sequence[Path], folders: Sequence[Path], hashes: Path | None) -> None:
    """Raise OutputRefused where a report or kept hashes would be written over a file that is read, or hashes beside one."""
    for path in evidence:
        if any(folder.absolute() == path.absolute() for folder in folders):
            raise OutputRefused(f"A report folder would lie where {safe(path.name)} is: choose another one with --out.")
        if hashes is not None and hashes.resolve() in (path.resolve(), path.resolve().parent):
            raise OutputRefused(f"{safe(path.name)} lies in the folder of --hashes, or is it: choose another folder.")
    if hashes is not None and hashes.exists() and not hashes.is_dir():
        raise OutputRefused(f"{safe(hashes.name)} is a file: choose a folder with --hashes.")


def _printed(folder: Path, *, several: bool) -> str:
    text = (folder / "audit.json").read_text(encoding="utf-8")
    return f"{json.dumps(json.loads(text), ensure_ascii=False, separators=(',', ':'))}\n" if several else text


def reached(answer: str, bound: FailOn) -> bool:
    """Whether an answer is `bound` or stronger; the weakest answer of all, that nothing was found, cannot be asked for."""
    order = [one.value for one in FailOn if one is not FailOn.NEVER]
    return bound is not FailOn.NEVER and answer in order[: order.index(bound.value) + 1]

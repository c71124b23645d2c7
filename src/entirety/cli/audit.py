"""`entirety audit CLIP...`: read each clip once and write its report folder."""

import datetime as dt
import json
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.compare import refuse_twice
from entirety.cli.terminal import progress, safe, say
from entirety.errors import EntiretyError, OutputRefused


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
    from entirety.report.wording import chosen

    worst, folders, sources, languages = 0, _folders(clips, out), tuple(source or ()), chosen(language)
    refuse_twice(clips, sources)
    _refuse_evidence((*clips, *sources), folders, hashes)
    for clip, folder in zip(clips, folders, strict=True):
        try:
            answer = _audit_one(clip, folder, languages, extract=extract_hidden, against=(sources, hashes))
        except EntiretyError as error:
            say(f"entirety: {safe(str(error))}")
            worst = max(worst, error.exit_code)
            continue
        if as_json:
            sys.stdout.write(_printed(folder, several=len(clips) > 1))
        if reached(answer, fail_on):
            worst = max(worst, 1)
    if worst:
        raise typer.Exit(worst)


def _audit_one(
    clip: Path, folder: Path, languages: Sequence[str], *, extract: bool, against: tuple[tuple[Path, ...], Path | None]
) -> str:
    from entirety.cli.tool import tool
    from entirety.judge.examine import examine
    from entirety.model.audit import RunRecord
    from entirety.report.framehash import framehash_lines
    from entirety.report.text import summary
    from entirety.report.write import refuse_foreign, write_report

    started, began = dt.datetime.now(dt.UTC), time.monotonic()
    options = [*(["--extract-hidden"] if extract else []), *(f"--source {safe(path.name)}" for path in against[0])]
    with progress(clip.name) as tell:
        examination = examine(clip, tool(), tell, extract=extract, sources=against[0], hashes=against[1])
    refuse_foreign(folder, examination.audit.custody.sha256)
    run = RunRecord(
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 3),
        command=" ".join(["entirety audit", *options, safe(clip.name)]),
        platform=f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    )
    done, pictures, copies = replace(examination.audit, run=run), examination.pictures, examination.copies
    lines = framehash_lines(examination.clip)
    # Once its frames are listed the clip goes, 120 MiB for an hour, before pages are set.
    del examination
    write_report(done, folder, pictures, lines, languages, copies=copies)
    say("\n".join(safe(line) for line in summary(done, folder, languages[0])))
    return done.answer.value


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

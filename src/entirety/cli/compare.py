"""`entirety compare CLIP SOURCE...`: which seconds of recordings are in a clip, in what order, at what speed, and what it lacks."""

import datetime as dt
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entirety.cli.terminal import progress, safe, say
from entirety.errors import OutputRefused

if TYPE_CHECKING:  # the model brings numpy along, for which --help would wait
    from entirety.model.coverage import Coverage
    from entirety.model.signature import Signature
    from entirety.report.coverage_boundaries import Boundary
    from entirety.report.wording import Catalogue


def compare(  # noqa: PLR0917 - each is an option of the command
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="The clip; opened for reading only.")],
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="Longer recordings it may come from; opened for reading only."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder for coverage.json and coverage.html; reports/compare/<clip file name> unless given.",
        ),
    ] = None,
    hashes: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep what is read of each file here, so that it is read once however often it is compared.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Also print coverage.json to standard output.")] = False,
    language: Annotated[
        str, typer.Option("--lang", help="Language of the page and of these lines: en, ru or kk.")
    ] = "en",
) -> None:
    """Hold a clip against longer recordings.

    Says which seconds of each recording are in the clip, in what order and at what speed, what was left out, and what the clip holds besides.
    The last line is the result.
    """
    from entirety.cli.tool import tool
    from entirety.compare.coverage import cover
    from entirety.model.audit import RunRecord
    from entirety.read.custody import confirm
    from entirety.report.coverage_words import last_lines
    from entirety.report.coverage_write import PAGE, refuse_foreign, write_coverage
    from entirety.report.wording import Catalogue

    words = Catalogue(language)
    started, began = dt.datetime.now(dt.UTC), time.monotonic()
    refuse_twice([clip], sources)
    folder, paths = out or Path("reports") / "compare" / clip.name, [clip, *sources]
    _refuse_evidence(paths, folder, hashes)
    signatures = [_signature(path, hashes, words) for path in paths]
    refuse_foreign(folder, signatures[0].custody.sha256)
    with progress("compare", "recordings"):
        coverage = cover(signatures[0], signatures[1:])
    with progress("compare", "pictures"):
        ends = _ends(coverage, paths, signatures, words)
    for path, signature in zip(paths, signatures, strict=True):
        confirm(path, signature.custody)
    run = RunRecord(
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 3),
        command=" ".join(["entirety compare", *(safe(path.name) for path in paths)]),
        platform=f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    )
    document = write_coverage(coverage, folder, tool(), run, ends, words=words)
    if as_json:
        sys.stdout.write(document.decode("utf-8"))
    say("\n".join(safe(line) for line in last_lines(coverage, str(folder / PAGE), words)))


def refuse_twice(clips: Sequence[Path], sources: Sequence[Path]) -> None:
    """Raise BadParameter where a recording is one of the clips too, or is named twice: every sentence on it would be true and empty."""
    seen = {path.resolve() for path in clips}
    for path in sources:
        if path.resolve() in seen:
            raise typer.BadParameter(
                f"{safe(path.name)} is named twice: hold a clip against other files, each named once."
            )
        seen.add(path.resolve())


def _signature(path: Path, hashes: Path | None, words: "Catalogue") -> "Signature":
    """What is kept of the file, which is said, else one reading of it."""
    from entirety.compare.kept import signature_of
    from entirety.report.coverage_words import kept_line

    with progress(path.name) as tell:
        signature, kept = signature_of(path, hashes, tell)
    if kept:
        say(safe(kept_line(path.name, words)))
    return signature


def _ends(
    coverage: "Coverage", paths: Sequence[Path], signatures: Sequence["Signature"], words: "Catalogue"
) -> list["Boundary"]:
    """The pictures at the ends of the pieces, fetched from the files."""
    from entirety.measure.boundary import reduced_pictures
    from entirety.report.coverage_boundaries import boundaries, wanted

    # The clip is file -1 there and the first of ours.
    pictures = {
        index: reduced_pictures(paths[index + 1], signatures[index + 1], frames)
        for index, frames in wanted(coverage).items()
    }
    return list(boundaries(coverage, signatures[0], signatures[1:], pictures, words))


def _refuse_evidence(paths: Sequence[Path], folder: Path, hashes: Path | None) -> None:
    """Raise OutputRefused where anything would be written over or beside a file that is compared."""
    for path in paths:
        for target, option in ((folder, "--out"), (hashes, "--hashes")):
            if target is None:
                continue
            if target.resolve() in (path.resolve(), path.resolve().parent) or (target.exists() and not target.is_dir()):
                raise OutputRefused(
                    f"{safe(target.name or str(target))} is where {safe(path.name)} lies, or a file: choose another folder with {option}."
                )

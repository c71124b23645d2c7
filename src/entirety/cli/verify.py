"""`entirety verify AUDIT CLIP`: hash again, run again, and say exactly what differs."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entirety.cli.terminal import progress, safe, say
from entirety.errors import EntiretyError, Mismatch

if TYPE_CHECKING:  # the model brings numpy along, for which --help would wait
    from entirety.model.audit import Audit


def verify(
    audit: Annotated[Path, typer.Argument(metavar="AUDIT", help="Report folder, or the audit.json in it.")],
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="The video file; opened for reading only.")],
    source: Annotated[
        list[Path] | None,
        typer.Option(metavar="SOURCE", help="Each recording that the clip was held against; opened for reading only."),
    ] = None,
    hashes: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where what was read of recordings is kept, as in audit.")
    ] = None,
) -> None:
    """Check a report against its clip.

    CLIP must be the file that was audited, the files of the report must be unchanged, and a second analysis must give the same. Where the clip
    was held against recordings, each is named with --source.
    """
    from entirety.read import custody
    from entirety.report.recheck import changed_files, recorded_audit

    folder = audit.parent if audit.name == "audit.json" else audit
    recorded = recorded_audit(folder)
    found = list(changed_files(folder, recorded))
    taken = custody.take(clip)
    if taken.sha256 != recorded.custody.sha256:
        found.append(
            f"{taken.name} is not the file that was audited: its SHA-256 is {taken.sha256}, the one in the report is "
            f"{recorded.custody.sha256}"
        )
        found.append(_frames(folder, clip))
    else:
        sources, absent = _recordings(recorded, source or [])
        found += absent or _analysis(folder, recorded, clip, sources, hashes)
    if found:
        for line in found:
            say(safe(line))
        raise Mismatch(f"{taken.name}: not verified, {_counted(len(found))} from the audit (listed above).")
    say(
        f"{safe(taken.name)}: verified: this is the file that was audited, a second analysis gave the same, and the report's files are "
        "those that follow from it. Names, dates and the run record are stated by whoever made the report."
    )


def _recordings(recorded: "Audit", given: list[Path]) -> tuple[list[Path], list[str]]:
    """The recordings in the order in which the audit names them, by their hashes; and a sentence for each that was not given."""
    from entirety.read import custody

    by_hash = {custody.take(path).sha256: path for path in given}
    named = [one.custody for one in recorded.coverage.sources] if recorded.coverage is not None else []
    absent = [
        f"the audit held the clip against {one.name}, SHA-256 {one.sha256}: name that file with --source, without it the analysis cannot be "
        "repeated"
        for one in named
        if one.sha256 not in by_hash
    ]
    known = {one.sha256 for one in named}
    absent += [
        f"{path.name} is no recording that the clip was held against: its SHA-256 is {sha256}"
        for sha256, path in by_hash.items()
        if sha256 not in known
    ]
    return [by_hash[one.sha256] for one in named if one.sha256 in by_hash], absent


def _counted(number: int) -> str:
    return "1 difference" if number == 1 else f"{number} differences"


def _frames(folder: Path, clip: Path) -> str:
    """Where the pictures of another file leave the recorded ones, in words."""
    from entirety.measure.clip import measure
    from entirety.report.difference import first_difference
    from entirety.report.framehash import framehash_lines

    manifest = folder / "frames.framehash"
    if not manifest.is_file():
        return "frames.framehash is missing from the report folder: which frame differs cannot be said"
    try:
        with progress(clip.name) as tell:
            again = list(framehash_lines(measure(clip, tell)))
    except EntiretyError as error:
        return f"its frames cannot be compared: {error}"
    different = first_difference(manifest.read_text(encoding="utf-8").splitlines(), again)
    return different or "every shown frame equals the recorded one: the files differ outside the shown pictures"


def _analysis(folder: Path, recorded: "Audit", clip: Path, sources: list[Path], hashes: Path | None) -> list[str]:
    """Differences between the recorded audit and a new one of the same bytes, and between the files and what they are printed from."""
    from entirety.cli.tool import tool
    from entirety.judge.examine import examine
    from entirety.report.difference import MOST, differences
    from entirety.report.document import to_document
    from entirety.report.framehash import framehash_lines
    from entirety.report.recheck import misprinted

    with progress(clip.name) as tell:
        again = examine(clip, tool(), tell, extract=bool(recorded.copies), sources=sources, hashes=hashes)
    all_of_them = differences(to_document(recorded), to_document(again.audit))
    listed = list(islice(all_of_them, MOST))
    rest = sum(1 for _ in all_of_them)
    if listed and recorded.tool != again.audit.tool:
        listed.insert(
            0,
            "the audit was made with another version of this program or its libraries; a difference can come from that",
        )
    elif recorded.tool == again.audit.tool:
        # Another version may print the same audit differently; only the same one must print the same bytes.
        listed += misprinted(folder, recorded, framehash_lines(again.clip))
    return listed + ([f"and {rest} further differences"] if rest else [])

"""`entirety verify AUDIT CLIP`: hash again, run again, and say exactly what differs."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import progress, safe, say
from entirety.errors import EntiretyError, Mismatch


def verify(
    audit: Annotated[Path, typer.Argument(metavar="AUDIT", help="Report folder, or the audit.json in it.")],
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="The video file; opened for reading only.")],
) -> None:
    """Check that CLIP is the file that was audited, that the report's files are unchanged, and that the analysis gives the same again."""
    from entirety.read import custody
    from entirety.report.document import from_document, load
    from entirety.report.write import changed_files

    folder = audit.parent if audit.name == "audit.json" else audit
    document = load(folder / "audit.json")
    found = list(changed_files(folder))
    taken = custody.take(clip)
    recorded = from_document(document).custody.sha256
    if taken.sha256 != recorded:
        found.append(
            f"{taken.name} is not the file that was audited: its SHA-256 is {taken.sha256}, recorded is {recorded}"
        )
        found.append(_frames(folder, clip))
    else:
        found += _analysis(document, clip)
    if found:
        for line in found:
            say(safe(line))
        raise Mismatch(f"{taken.name}: not verified, {_counted(len(found))} from the audit (listed above).")
    say(f"{safe(taken.name)}: verified; the file, the report and a second analysis equal the audit.")


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


def _analysis(document: Mapping[str, object], clip: Path) -> list[str]:
    """Differences between the recorded audit and a new one of the same bytes."""
    from entirety.cli.tool import tool
    from entirety.judge.examine import examine
    from entirety.report.difference import MOST, differences
    from entirety.report.document import to_document

    with progress(clip.name) as tell:
        again = to_document(examine(clip, tool(), tell).audit)
    all_of_them = differences(document, again)
    listed = list(islice(all_of_them, MOST))
    rest = sum(1 for _ in all_of_them)
    if listed and document["tool"] != again["tool"]:
        listed.insert(
            0,
            "the audit was made with other versions of this program or its libraries; a difference can come from that",
        )
    return listed + ([f"and {rest} further differences"] if rest else [])

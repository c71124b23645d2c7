"""What a scan refuses before it begins: places that lie in one another, an empty folder, and a folder that is not the one of the case."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from entirety.errors import OutputRefused, Unsupported

if TYPE_CHECKING:  # numpy comes along with these, for which --help would wait
    from entirety.case.state import State
    from entirety.case.walk import Met


def refuse(folder: Path, out: Path, language: str) -> None:
    """Raise OutputRefused where there is no folder, the case folder and the evidence lie in one another, or no report can be in the language."""
    if not folder.is_dir():
        raise OutputRefused(
            f"{folder.name} is no folder; name the folder of evidence, or audit one file with `entirety audit`."
        )
    if _within(out, folder) or _within(folder, out):
        raise OutputRefused(
            "The case folder and the folder of evidence lie in one another: choose another one with --out."
        )
    if out.exists() and not out.is_dir():
        raise OutputRefused(f"{out.name} is a file: choose a folder with --out.")
    from entirety.case.layout import STATE
    from entirety.report.wording import chosen

    if out.is_dir() and any(out.iterdir()) and not (out / STATE).is_file():
        raise OutputRefused(
            f"{out.name} holds other things and is no case folder: choose an empty or a new one with --out."
        )
    try:
        chosen(language)
    except Unsupported as error:
        raise OutputRefused(str(error)) from error


def _within(place: Path, folder: Path) -> bool:
    """Whether a place lies in a folder or is it, by what the system says and not by how the names are written."""
    if not folder.exists():
        return False
    whole = place.resolve()
    return any(one.exists() and one.samefile(folder) for one in (whole, *whole.parents))


def refuse_nothing(met: "Sequence[Met]", folder: Path) -> None:
    """Raise OutputRefused where the folder holds nothing: a disk that is not connected looks like that."""
    if not met:
        raise OutputRefused(f"{folder.name} holds nothing; is the disk connected?")


def refuse_other(gone: Sequence[str], state: "State", out: Path) -> None:
    """Raise OutputRefused where most of the files that an earlier scan met are not there: the index would be without them."""
    before = len(state.hashes())
    if 2 * len(gone) > before:
        raise OutputRefused(
            f"{len(gone):,} of {before:,} files that {out.name} was made from are not in this folder under their names: check the folder and the "
            "disk, or choose a new case folder with --out; --moved goes on all the same."
        )

"""Puts what a child wrote into its place, so that a power cut at any moment leaves an item either finished or not begun."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from entirety.case.jobs import Done
from entirety.case.layout import HASHES, ITEMS, PICTURES, REPORT, WORK, item_folder, picture_file
from entirety.case.state import State
from entirety.errors import OutputRefused
from entirety.model.case import Fate, Item
from entirety.report.case_record import item_from
from entirety.report.visible import visible

SOCKETS = "pymp-"
"""Begin of the name under which Python keeps the socket of a crew; a scan that was killed leaves it behind."""


def begin(case: Path) -> None:
    """Make the folders, and throw away what an interrupted run was writing. Raises OutputRefused."""
    try:
        for left in (case / WORK, *case.glob(f"{SOCKETS}*")):
            shutil.rmtree(left, ignore_errors=True)
        for name in (WORK, PICTURES, HASHES, ITEMS):
            (case / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"{visible(case.name)} cannot be written: {error.strerror or error}. Choose another folder."
        ) from error


def end(case: Path) -> None:
    """Nothing is being written any more."""
    shutil.rmtree(case / WORK, ignore_errors=True)


def desk(case: Path, name: str) -> Path:
    """An empty folder for one job."""
    folder = case / WORK / name[:64]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def settle(done: Done, case: Path, state: State) -> Done:
    """Move the report into its place and write down what became of the content; returns it as it was written down.

    Raises OutputRefused where the case folder cannot be written.
    """
    try:
        kept = _settled(done, case, state)
        state.keep(
            done.job.id, kept.fate, kept.reason, kept.record, size=done.job.size, seconds=done.seconds, peak=done.peak
        )
        shutil.rmtree(done.job.folder, ignore_errors=True)
    except OSError as error:
        raise OutputRefused(
            f"{visible(case.name)} cannot be written: {error.strerror or error}. Make room or choose another folder."
        ) from error
    return kept


def _settled(done: Done, case: Path, state: State) -> Done:
    if done.fate is not Fate.AUDITED:
        return done
    desk, item = Path(done.job.folder), case / item_folder(done.job.id)
    try:
        # What a child says is believed only where it has the form that ours have.
        whole = done.record is not None and item_from(done.record).sha256 == done.job.id
    except ValueError:
        whole = False
    if not whole or not _plain(desk) or not (desk / REPORT / "audit.json").is_file():
        return Done(
            done.job,
            Fate.CRASHED,
            "The analysis ended with a result that cannot be read; ask for it again with --retry.",
            None,
        )
    state.forget(done.job.id)
    _replace(desk / REPORT, item)
    picture = case / picture_file(done.job.id)
    if (made := desk / picture_file(done.job.id)).is_file():
        _replace(made, picture)
    else:
        picture.unlink(missing_ok=True)
    take_hashes(desk, case, done.job.id)
    for folder in (*_folders(item), item.parent, picture.parent):
        sync(folder)
    return done


def _plain(desk: Path) -> bool:
    """Whether a child left files and folders only: a link could make a report of what lies elsewhere."""
    return not any(one.is_symlink() or not (one.is_file() or one.is_dir()) for one in desk.rglob("*"))


def take_hashes(desk: Path, case: Path, sha256: str) -> None:
    """Move what the search for shared footage needs of this content, and nothing of another."""
    if (desk / HASHES).is_dir() and _plain(desk):
        for one in sorted((desk / HASHES).glob(f"{sha256}*")):
            _replace(one, case / HASHES / one.name)
        sync(case / HASHES)


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)


def _folders(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (one for one in folder.rglob("*") if one.is_dir())


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk; files are written through by whoever writes them."""
    if os.name == "posix":
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def stands(case: Path, sha256: str) -> bool:
    """Whether the report on a content is still in its place."""
    return (case / item_folder(sha256) / "manifest-sha256.txt").is_file()


def strangers(case: Path, items: Iterable[Item]) -> list[str]:
    """Reports on contents that the folder of evidence does not hold now: an earlier scan left them, and nothing deletes a report."""
    listed = {item.folder for item in items}
    return sorted(f"{ITEMS}/{one.name}" for one in (case / ITEMS).iterdir() if f"{ITEMS}/{one.name}" not in listed)

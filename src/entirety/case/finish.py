"""Puts what a child wrote into its place, so that a power cut at any moment leaves an item either finished or not begun."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from entirety.case.jobs import Done
from entirety.case.layout import FORMER, HASHES, ITEMS, PICTURES, REPORT, WORK, item_folder, picture_file
from entirety.case.state import Kept, State
from entirety.errors import OutputRefused
from entirety.model.case import Fate, Item
from entirety.report.case_record import item_from
from entirety.report.files import listed
from entirety.report.names import MANIFEST
from entirety.report.visible import visible

SOCKETS = "pymp-"
"""Begin of the name under which Python keeps the socket of a crew; a scan that was killed leaves it behind."""
LEAST_ROOM = 32 * 2**20
"""Bytes below which a disk counts as full: a report takes some 5 MB."""


@contextmanager
def writing(case: Path) -> Iterator[None]:
    """Whatever the system says against writing into the case folder becomes OutputRefused."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        told = getattr(error, "strerror", None) or error
        raise OutputRefused(
            f"{visible(case.name)} cannot be written: {told}. Make room or choose another folder; what is finished is kept, and the same "
            "command goes on."
        ) from error


def begin(case: Path) -> None:
    """Make the folders, and throw away what an interrupted run was writing. Raises OutputRefused."""
    with writing(case):
        for left in (case / WORK, *case.glob(f"{SOCKETS}*")):
            shutil.rmtree(left, ignore_errors=True)
        for name in (WORK, PICTURES, HASHES, ITEMS):
            (case / name).mkdir(parents=True, exist_ok=True)


def end(case: Path) -> None:
    """Nothing is being written any more."""
    shutil.rmtree(case / WORK, ignore_errors=True)


def desk(case: Path, name: str) -> Path:
    """An empty folder for one job. Raises OutputRefused."""
    folder = case / WORK / name[:64]
    with writing(case):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def settle(done: Done, case: Path, state: State) -> Done:
    """Move the report into its place and write down what became of the content; returns it as it was written down.

    Raises OutputRefused where the case folder cannot be written, or has no room left.
    """
    with writing(case):
        kept = _settled(done, case, state)
        state.keep(kept)
        shutil.rmtree(done.job.folder, ignore_errors=True)
        if kept.fate is Fate.FAILED and shutil.disk_usage(case).free < LEAST_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
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
        reason = "The analysis ended with a result that cannot be read; ask for it again with --retry."
        return replace(done, fate=Fate.CRASHED, reason=reason, record=None)
    for one in desk.rglob("*"):
        sync(one)
    state.forget(done.job.id)
    _replace(desk / REPORT, item)
    picture = case / picture_file(done.job.id)
    if (made := desk / picture_file(done.job.id)).is_file():
        _replace(made, picture)
    else:
        picture.unlink(missing_ok=True)
    take_hashes(desk, case, done.job.id)
    for folder in (item, item.parent, picture.parent):
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


def sync(place: Path) -> None:
    """Have a file, or the names in a folder, on the disk before anything rests on it."""
    if os.name != "posix":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems of networks know no such thing for folders.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def stands(case: Path, sha256: str, kept: Kept) -> bool:
    """Whether the report on a content, its picture in the index included, is still in its place: every file of it, whatever it holds."""
    folder = case / item_folder(sha256)
    files = [folder / name for name in (*listed(folder), MANIFEST)]
    if picture := (kept.record or {}).get("picture"):
        files.append(case / str(picture))
    return len(files) > 1 and all(file.is_file() for file in files)


def put_away(case: Path, items: Iterable[Item]) -> list[str]:
    """Move reports that the index does not list to FORMER, and throw away their pictures; returns where they lie now. Raises OutputRefused."""
    wanted = {item.folder for item in items} | {item.picture for item in items}
    moved = []
    with writing(case):
        for one in sorted((case / ITEMS).iterdir()):
            if f"{ITEMS}/{one.name}" not in wanted:
                (case / FORMER).mkdir(exist_ok=True)
                _replace(one, case / FORMER / one.name)
                moved.append(f"{FORMER}/{one.name}")
        for one in (case / PICTURES).iterdir():
            if f"{PICTURES}/{one.name}" not in wanted:
                one.unlink()
    return moved

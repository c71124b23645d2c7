"""Holds the files of a case folder against its own list of hashes: what changed, what is missing, what is there and not listed.

Links are never followed: a link in the place of a file is a difference, and what it names is not read.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from entirety.case.layout import FORMER, HASHES, LOG, MANIFEST, STATE, WORK
from entirety.case.sums import Sums, open_itself, read_sums, reason, sum_of
from entirety.case.walk import Met, walk
from entirety.errors import CannotOpen
from entirety.model.case import Fate

Progress = Callable[[int, int], None]

MB = 10**6
"""Progress is counted in megabytes: files are too unlike in size for their number to say how long is left."""

UNLISTED = (MANIFEST, LOG, STATE, f"{STATE}-wal", f"{STATE}-shm", f"{STATE}-journal")
"""Files that no list can hold: the list itself, and what is written while or after it is."""

HEAD, PLAIN = 20, b"\1\1"
"""Bytes of a SQLite file up to its versions for writing and reading (offsets 18 and 19), and what they are where it keeps a journal."""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """What is in a case folder, held against its list."""

    differences: tuple[str, ...]
    named: frozenset[str]
    """Files that a difference is about."""
    hashes: dict[str, str]
    """SHA-256 of the listed files that are there, as they are."""
    odd: frozenset[str]
    """Links, devices and what cannot be looked into: nothing below such a name is read."""
    unlisted: tuple[str, ...]
    """Files of UNLISTED that are there."""
    again: tuple[str, ...]
    """Files that can be made again or are of an earlier scan, in HASHES, WORK and FORMER."""


def case_files(case: Path, progress: Progress | None = None) -> CaseFiles:
    """Read every file of a case folder and hold it against the list there. Nothing outside the folder is read."""
    general: list[str] = []
    try:
        sums = read_sums(case / MANIFEST)
        general += sums.refused
    except CannotOpen as error:
        sums = Sums({}, ())
        general.append(f"the files of the case cannot be checked against a list: {error}")
    met = {one.path: one for one in sorted(walk(case), key=lambda one: one.path)}
    again = {
        path: one
        for path, one in met.items()
        if path.split("/")[0] in (FORMER, HASHES, WORK) and path not in sums.listed
    }
    ours = {path: one for path, one in met.items() if path not in again}
    hashes, found = read(case, [one for path, one in ours.items() if path in sums.listed], progress)
    for path in sorted(sums.listed.keys() | ours.keys()):
        if path in found:
            continue
        if path not in ours:
            found[path] = f"{path} is missing from the case folder"
        elif not _is_file(ours[path]):
            found[path] = f"{path} is not the file that was written: {lowered(ours[path].reason)}"
        elif path in sums.listed and hashes[path] != sums.listed[path]:
            found[path] = f"{path} is not the file that was written: its SHA-256 is not the listed one"
        elif path not in sums.listed and path not in UNLISTED:
            found[path] = f"{path} is not listed in {MANIFEST}"
    return CaseFiles(
        differences=(*general, *(found[path] for path in sorted(found))),
        named=frozenset(found),
        hashes=hashes,
        odd=frozenset(path for path, one in met.items() if not _is_file(one)),
        unlisted=tuple(path for path, one in ours.items() if path in UNLISTED and _is_file(one)),
        again=tuple(path for path, one in again.items() if _is_file(one)),
    )


def refuse_running(case: Path) -> None:
    """Raise CannotOpen where a scan is writing into this case folder: nothing in it would fit yet."""
    busy = any((case / f"{STATE}{ending}").exists() for ending in ("-wal", "-journal"))
    with suppress(sqlite3.DatabaseError, OSError):
        with open_itself(case / STATE) as file:
            if file.read(HEAD)[-2:] != PLAIN:
                raise OSError("asked for the lock, it would have files made beside it, as ours never does")
        base = sqlite3.connect(f"{(case / STATE).absolute().as_uri()}?mode=ro", uri=True, timeout=0)
        try:
            base.execute("PRAGMA user_version")  # asks for the lock, and reads nothing that could be made to harm
        except sqlite3.OperationalError as error:
            busy = busy or "locked" in str(error)
        finally:
            base.close()
    if busy:
        raise CannotOpen(
            f"{case.name} is in use, or a scan of it was interrupted: let `entirety scan` come to its end first."
        )


def read(folder: Path, met: Iterable[Met], progress: Progress | None) -> tuple[dict[str, str], dict[str, str]]:
    """SHA-256 by path of every one that is a file, and a sentence by path for each that cannot be read."""
    files = [one for one in met if _is_file(one)]
    total, done = sum(one.size for one in files), 0
    hashes: dict[str, str] = {}
    unread: dict[str, str] = {}

    def told(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(done // MB, total // MB)

    for one in files:
        try:
            hashes[one.path] = sum_of(folder / one.path, told)
        except OSError as error:
            unread[one.path] = f"{one.path} cannot be read: {reason(error)}"
    return hashes, unread


def lowered(sentence: str) -> str:
    """A sentence of the walk as the second half of one of ours."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _is_file(one: Met) -> bool:
    return one.fate in (None, Fate.EMPTY)

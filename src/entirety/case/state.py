"""What was done so far, in one SQLite file: a scan that was broken off goes on where it stopped, whatever broke it off.

A content is known by its SHA-256; what became of it is kept together with the version of the program and the settings that it depends on.
The file is locked while a scan runs, so that two never write into one case folder.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from entirety.case.jobs import Done
from entirety.case.walk import Met
from entirety.errors import OutputRefused
from entirety.model.case import Fate
from entirety.report.visible import visible

FORM = 1
"""Raised when the tables change; a case folder of another form is refused, not guessed at."""
TABLES = """
CREATE TABLE files (path BLOB PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, number INTEGER NOT NULL,
                    sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE done (sha256 TEXT PRIMARY KEY, made_by TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL, record TEXT,
                   seconds REAL NOT NULL, peak INTEGER NOT NULL, bytes INTEGER NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
"""
MOST_TOLD = 10_000
"""Characters of a reason and of last words."""
APPLICATION = 0x656E7431
"""`ent1` in the file's head tells it from other SQLite files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one content."""

    fate: Fate
    reason: str
    record: dict[str, Any] | None


class State:
    """The open file; use as a context."""

    def __init__(self, path: Path, made_by: str) -> None:
        """`made_by` stands for the program's version and the settings; what was done under another one counts as not done.

        Raises OutputRefused where the file cannot be used, or is in use.
        """
        self._made_by = made_by
        try:
            self._base = sqlite3.connect(path, timeout=1, isolation_level=None)
            # Exclusive: the lock is held until the file is closed, and the system frees it when the process dies.
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            # A commit is on the disk when it returns: a power cut loses no finished file.
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA journal_mode = DELETE")
            self._base.execute("BEGIN EXCLUSIVE")
            self._prepare(path)
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error)
            told = "another scan is writing into it; wait for its end" if busy else f"{error}; choose another folder"
            raise OutputRefused(f"{path.parent.name}/{path.name} cannot be used: {told}.") from error
        except sqlite3.DatabaseError as error:
            raise OutputRefused(
                f"{path.parent.name}/{path.name} is not the state of a scan, or is damaged; move it away: the scan then begins anew."
            ) from error

    def _prepare(self, path: Path) -> None:
        (application,) = self._base.execute("PRAGMA application_id").fetchone()
        (form,) = self._base.execute("PRAGMA user_version").fetchone()
        if not application and not form and not self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in TABLES.split(";"):
                self._base.execute(statement)
            self._base.execute(f"PRAGMA application_id = {APPLICATION}")
            self._base.execute(f"PRAGMA user_version = {FORM}")
        elif (application, form) != (APPLICATION, FORM):
            raise OutputRefused(
                f"{path.parent.name}/{path.name} was written by another version of this program; choose another folder."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):
            self._base.close()

    def hashes(self) -> dict[str, tuple[int, tuple[int, int, int], str]]:
        """Size, stamp and SHA-256 of every file that was hashed before, by path."""
        rows = self._base.execute("SELECT path, size, modified, changed, number, sha256 FROM files")
        return {
            os.fsdecode(path): (size, (modified, changed, number), sha256)
            for path, size, modified, changed, number, sha256 in rows
        }

    def keep_hashes(self, hashed: Iterable[tuple[Met, str]]) -> None:
        """Keep the hashes of files, all or none of them."""
        rows = [(os.fsencode(met.path), met.size, *met.stamp, sha256) for met, sha256 in hashed]
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)

    def drop(self, paths: Iterable[str]) -> None:
        """The hashes of files that are gone are not kept."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("DELETE FROM files WHERE path = ?", [(os.fsencode(path),) for path in paths])

    def done(self) -> dict[str, Kept]:
        """What became of every content under this version and these settings, by hash."""
        rows = self._base.execute("SELECT sha256, fate, reason, record FROM done WHERE made_by = ?", (self._made_by,))
        return {
            sha256: Kept(Fate(fate), reason, None if record is None else json.loads(record))
            for sha256, fate, reason, record in rows
        }

    def forget(self, sha256: str) -> None:
        """What became of this content counts as not known."""
        self._base.execute("DELETE FROM done WHERE sha256 = ?", (sha256,))

    def keep(self, done: Done) -> None:
        """What became of a content; on the disk when this returns."""
        text = None if done.record is None else json.dumps(done.record)
        told = (
            visible(done.reason, MOST_TOLD),
            text,
            done.seconds,
            done.peak,
            done.job.size,
            visible(done.words, MOST_TOLD),
        )
        row = (done.job.id, self._made_by, done.fate.value, *told)
        self._base.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

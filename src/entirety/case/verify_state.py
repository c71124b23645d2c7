"""Holds the index of a case against the file in which the scan kept what it had done: whoever changes the index may leave that one as it is.

That file is input like any other. It is opened for reading only, without a lock and without files beside it, and nothing is read of it but
two texts and a record for each content that the index lists; tables in any other form than a scan makes are not read at all.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entirety.case.child import MOST_RESULT
from entirety.case.layout import STATE
from entirety.case.state import APPLICATION, FORM, TABLES
from entirety.case.sums import open_itself, reason
from entirety.case.verify_index import DOCUMENT, Index, Named
from entirety.model.case import Fate

STEPS = 1_000_000
"""Of SQLite's own counting, between two looks at whether it does more than our rows ask for."""
MOST_LOOKS = 200
"""To find a row by its key takes some twenty steps, so that these are enough for ten million contents."""
MOST_SCHEMA = 10_000
"""Characters of the description of a table that are compared; ours have 300."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the scan kept, held against the index."""

    differences: tuple[str, ...]
    unread: str
    """Why it was not held against the index, as the second half of a sentence; empty where it was."""


def against_state(index: Index, case: Path) -> Kept:
    """A sentence for each content of which the index and the file of the scan do not say the same."""
    path = case / STATE
    try:
        open_itself(path).close()
    except FileNotFoundError:
        return Kept((), "is not there")
    except OSError as error:
        return Kept((), f"cannot be read ({reason(error)})")
    try:
        # Immutable: else a file that asks for it has others made beside it, in the case folder.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            _bound(base)
            return Kept(tuple(_differences(base, index)), "")
    except (sqlite3.Error, TypeError, ValueError, RecursionError) as error:
        return Kept((), f"cannot be read ({str(error)[:200]})")


def _bound(base: sqlite3.Connection) -> None:
    """Let a file that was made to harm do little. Raises ValueError where it is not in the form of ours."""
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_RESULT)
    looks = 0

    def enough() -> bool:
        nonlocal looks
        looks += 1
        return looks > MOST_LOOKS

    base.set_progress_handler(enough, STEPS)
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        base.execute(f"PRAGMA {setting}")
    marks = [base.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
    if marks != [(APPLICATION,), (FORM,)]:
        raise ValueError("it is not the state of a scan of this version")
    rows = base.execute("SELECT type, substr(sql, 1, ?) FROM sqlite_master WHERE name = 'done'", (MOST_SCHEMA,))
    ours = next(statement.strip() for statement in TABLES.split(";") if " done " in statement)
    if rows.fetchmany(2) != [("table", ours)]:
        raise ValueError("its tables are not those of a scan")


def _differences(base: sqlite3.Connection, index: Index) -> Iterator[str]:
    # As the scan writes down what a result depends on besides the content.
    made_by = [index.document.get("tool"), index.document.get("options")]
    others: list[str] = []
    firsts: dict[str, Named] = {}
    for one in index.files.values():
        if one.sha256:
            firsts.setdefault(one.sha256, one)
    for sha256, one in firsts.items():
        row = base.execute("SELECT fate, reason, record, made_by FROM done WHERE sha256 = ?", (sha256,)).fetchone()
        yield from (f"{one.path}: {said}" for said in _of(one, row))
        if row is not None and json.loads(row[3]) != made_by:
            others.append(one.path)
    if others:
        more = f" and {len(others) - 1:,} more" if others[1:] else ""
        yield f"{DOCUMENT} names another program, version or settings than {STATE} does of {others[0]}{more}"


def _of(one: Named, row: tuple[Any, ...] | None) -> Iterator[str]:
    """What is to be said of one content."""
    entry = one.entry
    if row is None:
        # A scan that ended before it came to a file kept nothing of it.
        if entry.fate is not Fate.FAILED:
            yield f"{DOCUMENT} gives its outcome as {entry.fate.value}, {STATE} holds nothing of it"
        return
    fate, why, record, _ = row
    if fate != entry.fate.value:
        yield f"{DOCUMENT} gives its outcome as {entry.fate.value}, {STATE} as {str(fate)[:80]}"
    elif entry.fate is Fate.AUDITED:
        answer = _answer(record)
        if answer != one.answer:
            yield f"{DOCUMENT} gives the answer as {one.answer[:80]}, {STATE} as {answer[:80]}"
    elif why != entry.reason:
        yield f"{DOCUMENT} gives the reason in other words than {STATE}"


def _answer(record: Any) -> str:
    found = json.loads(record)
    return str(found.get("answer")) if isinstance(found, dict) else "none"

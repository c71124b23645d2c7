"""Reads the case file: what the parties and the operator state, as TOML with a fixed set of entries.

The file is bounded and every entry is a text or a date; anything else ends the reading with one sentence that says what is allowed.
"""

import datetime as dt
import tomllib
from pathlib import Path

from entirety.errors import CannotOpen, Unsupported
from entirety.model.stated import Stated, names

LARGEST = 64 << 10
"""Bytes of a case file. Chosen: 18 entries of the longest text take a quarter of it."""

LONGEST = 300
"""Characters of one entry. Chosen: a court's full name with its address; a longer text belongs into a letter, not on a form."""


def read_stated(path: Path) -> Stated:
    """What the case file at `path` states. Raises CannotOpen where it cannot be read, Unsupported where it states anything unknown."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CannotOpen(f"The case file {path.name!r} cannot be read: {error.strerror or error}.") from error
    if len(content) > LARGEST:
        raise Unsupported(f"The case file {path.name!r} is larger than {LARGEST:,} bytes: it is no case file.")
    return parse_stated(content, path.name)


def parse_stated(content: bytes, name: str) -> Stated:
    """The same from bytes; `name` stands in the sentence of an error."""
    try:
        # Editors of one system put a byte order mark before the first table.
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unsupported(f"The case file {name!r} is not readable as TOML in UTF-8: {_short(str(error))}.") from error
    known, found = names(), {}
    for table, entries in document.items():
        if table not in known:
            raise Unsupported(
                f"The case file {name!r} has an unknown table {_short(table)!r}; known are {', '.join(known)}."
            )
        if not isinstance(entries, dict):
            raise Unsupported(
                f"In the case file {name!r}, {table} must be a table, [{table}], with entries such as "
                f'{known[table][0]} = "...".'
            )
        for entry, value in entries.items():
            if entry not in known[table]:
                raise Unsupported(
                    f"The case file {name!r} has an unknown entry {_short(entry)!r} in [{table}]; "
                    f"known are {', '.join(known[table])}."
                )
            found[f"{table}_{entry}"] = _text(value, f"{table}.{entry}", name)
    stated = Stated(**found)
    if stated.report_why and not stated.report_replaces:
        raise Unsupported(
            f"The case file {name!r} states report.why without report.replaces: name the report that is replaced."
        )
    return stated


def _text(value: object, entry: str, name: str) -> str:
    """A text with its runs of blanks and line ends made one blank, or a date as TOML writes it."""
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if not isinstance(value, str):
        raise Unsupported(f"In the case file {name!r}, {entry} must be a text in quotation marks or a date.")
    text = " ".join(value.split())
    if not text.isprintable():
        raise Unsupported(
            f"In the case file {name!r}, {entry} holds a character that cannot be seen, such as one that turns the direction of writing: type it anew."
        )
    if len(text) > LONGEST:
        raise Unsupported(
            f"In the case file {name!r}, {entry} has {len(text):,} characters; at most {LONGEST} are printed."
        )
    return text


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."

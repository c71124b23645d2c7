"""The files of a report folder as they are, and who says what their hashes must be: the list of hashes, the statement, the audit itself.

Each can be written anew by anybody; so `verify` asks all of them, and names those that disagree. Links are never followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from entirety.errors import CannotOpen
from entirety.report.files import hash_of
from entirety.report.names import ENVELOPE, FORM, MANIFEST, STATEMENT
from entirety.report.statement import subjects
from entirety.report.visible import visible

MOST_FILES = 100_000
"""Names that are looked at; a report on 500 findings has some 2,000."""

LARGEST = 64 << 20
"""Bytes of a list of hashes, a statement or an envelope that are read; for 10,000 files each takes 2 MB."""

LARGEST_FORM = 2 << 30
"""Bytes of a printed form that are read: it holds the pictures of 40 findings, of which one in 8K can take 60 MB."""

LISTED = re.compile(r"([0-9a-f]{64})  (\S+)")

SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that a computer puts into a folder when somebody only looks at it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies in a report folder."""

    folder: Path
    hashes: dict[str, str]
    """SHA-256 by name of every file that is there."""
    odd: tuple[str, ...]
    """Links and devices; nothing behind one is read."""
    too_many: bool
    witnesses: dict[str, dict[str, str]] = field(default_factory=dict)
    """Per file that lists hashes, and can be read, what it lists."""
    unreadable: tuple[str, ...] = ()
    """Files that should list hashes and cannot be read as such."""

    def against(self, name: str) -> tuple[str, ...]:
        """Those that state another hash of this file than it has."""
        now = self.hashes.get(name)
        return tuple(who for who, listed in self.witnesses.items() if name in listed and listed[name] != now)

    def silent(self, name: str) -> tuple[str, ...]:
        """Those that should list this file and do not."""
        unlisted = {MANIFEST: {MANIFEST}, STATEMENT: {MANIFEST, STATEMENT, ENVELOPE}}
        return tuple(who for who, listed in self.witnesses.items() if name not in listed and name not in unlisted[who])

    def content(self, name: str) -> bytes | None:
        """The bytes of a file that is there and not larger than any that must be read whole."""
        if name not in self.hashes:
            return None
        path, most = self.folder / name, LARGEST_FORM if FORM.fullmatch(name) else LARGEST
        try:
            return path.read_bytes() if path.stat().st_size <= most else None
        except OSError as error:
            raise CannotOpen(f"{visible(path.name)} cannot be read: {error.strerror or error}.") from error


def look_at(folder: Path) -> Beside:
    """Hash every file of a report folder, and read the lists of hashes in it. Raises CannotOpen where a file cannot be read."""
    files: list[str] = []
    odd: list[str] = []
    too_many = False
    for name, plain in _walk(folder):
        if len(files) + len(odd) >= MOST_FILES:
            too_many = True
            break
        (files if plain else odd).append(name)
    beside = Beside(folder, {name: hash_of(folder / name) for name in sorted(files)}, tuple(sorted(odd)), too_many)
    read = {MANIFEST: _listed(beside.content(MANIFEST)), STATEMENT: _stated(beside.content(STATEMENT))}
    return Beside(
        folder,
        beside.hashes,
        beside.odd,
        too_many,
        {who: listed for who, listed in read.items() if listed is not None},
        tuple(who for who, listed in read.items() if listed is None and (who == MANIFEST or who in beside.hashes)),
    )


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Names below a folder, and whether each is a plain file."""
    open_folders = [("", folder)]
    while open_folders:
        above, place = open_folders.pop()
        for path in _entries(place):
            name = f"{above}{path.name}"
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                yield name, False
            elif path.is_dir():
                open_folders.append((f"{name}/", path))
            else:
                yield name, True


def _entries(place: Path) -> list[Path]:
    try:
        found = list(place.iterdir())
        # A folder can be listed and yet not be entered.
        for path in found:
            path.lstat()
    except OSError as error:
        raise CannotOpen(f"{visible(place.name)} cannot be read: {error.strerror or error}.") from error
    return found


def _listed(content: bytes | None) -> dict[str, str] | None:
    """Names and hashes of a list as `sha256sum` writes it; None where it is none, or names a place outside the folder."""
    try:
        lines = [] if content is None else content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    pairs = [match for line in lines if (match := LISTED.fullmatch(line))]
    listed = {match[2]: match[1] for match in pairs}
    return listed if listed and len(listed) == len(lines) and all(map(_inside, listed)) else None


def _stated(content: bytes | None) -> dict[str, str] | None:
    named = None if content is None else subjects(content)
    return named if named and all(map(_inside, named)) else None


def _inside(name: str) -> bool:
    return not name.startswith("/") and not {"", ".", ".."} & set(name.split("/")) and "\\" not in name

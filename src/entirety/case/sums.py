"""Lists of hashes in the form that `sha256sum` writes and reads, and the hash of one file.

A list is input like any other: whoever holds the folder can write it anew. A name in it that leads out of its folder is refused, so that
nothing outside is ever read for it.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from entirety.errors import CannotOpen

CHUNK = 2**20
"""Bytes read at a time: enough that the hash, and not the calls, sets the pace."""

LARGEST = 512 << 20
"""Bytes of a list that are read: some four million files; beyond this it is not ours."""

LONGEST = 20_000
"""Bytes of one line. A path has at most 4,096 on the systems we know, each of which may be written as two."""

MOST_REFUSED = 20
"""Lines that are no entry and are named one by one; the rest are counted."""

LINE = re.compile(rb"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)
ESCAPED = re.compile(rb"\\(.?)", re.DOTALL)
PLAIN = {b"\\": b"\\", b"n": b"\n", b"r": b"\r"}


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list of hashes says."""

    listed: dict[str, str]
    """SHA-256 by name; bytes that are no text stand as lone surrogates."""
    refused: tuple[str, ...]
    """A sentence for each line that is no entry or names a place outside."""


def read_sums(path: Path) -> Sums:
    """Read a list of hashes. Raises CannotOpen where there is none that could be ours."""
    listed: dict[str, str] = {}
    refused: list[str] = []
    unnamed = 0
    for number, line in enumerate(_lines(path), 1):
        entry = _entry(line)
        if isinstance(entry, tuple) and listed.setdefault(entry[0], entry[1]) == entry[1]:
            continue
        if len(refused) == MOST_REFUSED:
            unnamed += 1
            continue
        why = f"lists {entry[0]} twice, with two hashes" if isinstance(entry, tuple) else entry
        refused.append(f"line {number} of {path.name} {why}")
    if unnamed:
        refused.append(f"{path.name} has {unnamed:,} further lines that are no entry")
    return Sums(listed, tuple(refused))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with open_itself(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise CannotOpen(f"{path.name} is no list of hashes that this program wrote: it is larger than any.")
            while line := file.readline(LONGEST):
                if len(line) == LONGEST:
                    raise CannotOpen(f"{path.name} is no list of hashes that this program wrote: it has endless lines.")
                yield line.removesuffix(b"\n").removesuffix(b"\r")
    except OSError as error:
        raise CannotOpen(f"{path.name} cannot be read: {reason(error)}.") from error


def _entry(line: bytes) -> tuple[str, str] | str:
    """Name and hash of one line, or what is wrong with it."""
    found = LINE.fullmatch(line)
    if found is None:
        return "is no hash and name"
    written = found[3]
    if found[1]:
        if any(one[1] not in PLAIN for one in ESCAPED.finditer(written)):
            return "is no hash and name"
        written = ESCAPED.sub(lambda one: PLAIN[one[1]], written)
    # A file that is named a single dash is listed as `./-`: a dash alone is another thing to the program.
    name = os.fsdecode(written).removeprefix("./")
    return (name, found[2].decode()) if inside(name) else f"names a place outside the folder: {name[:200]}"


def inside(name: str) -> bool:
    """Whether a relative name, parts joined by `/`, stays in its folder on every system."""
    other = {os.sep, os.altsep} - {"/", None}
    return (
        "\0" not in name
        and not Path(name).anchor
        and not any(separator in name for separator in other if separator)
        and all(part not in ("", ".", "..") for part in name.split("/"))
    )


def open_itself(path: Path) -> BinaryIO:
    """Open a file for reading, unbuffered, and only where the name stands for the file itself: no link, no pipe. Raises OSError."""
    file = cast("BinaryIO", open(path, "rb", opener=_opened))  # noqa: SIM115 - Path.open takes no opener
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("it is not a file")
    return file


def _opened(path: str, flags: int) -> int:
    # Without waiting: a pipe would keep us until somebody writes into it.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces; it is opened for reading only, and not over a link. Raises OSError."""
    with open_itself(path) as file:
        while piece := file.read(CHUNK):
            yield piece


def sum_of(path: Path, told: Callable[[int], None] | None = None) -> str:
    """The SHA-256 of a file; `told` hears of each piece how many bytes it has. Raises OSError."""
    digest = hashlib.sha256()
    for piece in pieces(path):
        digest.update(piece)
        if told is not None:
            told(len(piece))
    return digest.hexdigest()


def reason(error: OSError) -> str:
    """What the system said, without the path."""
    return error.strerror or str(error) or type(error).__name__

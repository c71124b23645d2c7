"""Lists of hashes in the form that `sha256sum -c` reads: one line per file, so that anybody can check them without this program."""

import re
from collections.abc import Iterable

from entirety.report.case_names import name_bytes
from entirety.report.rates import SHA256

ESCAPES = {b"\\": b"\\\\", b"\n": b"\\n", b"\r": b"\\r"}
"""As the program itself writes names that would break a line; such a line begins with a backslash. Source: GNU coreutils, cksum."""


def sums(files: Iterable[tuple[str, str]]) -> bytes:
    """One line for each name and its SHA-256. Names are relative to the folder in which the list is read.

    Raises ValueError for a hash that is none and for a name that leads out of the folder.
    """
    return b"".join(_line(name, sha256) for name, sha256 in files)


def _line(name: str, sha256: str) -> bytes:
    if SHA256.fullmatch(sha256) is None:
        raise ValueError(f"{sha256[:80]!r} is no SHA-256")
    if not name or "\0" in name or name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"{name[:80]!r} leads out of the folder")
    # A single dash is not a file to it, but its own input.
    content = name_bytes("./-" if name == "-" else name)
    escaped = re.sub(rb"[\\\n\r]", lambda found: ESCAPES[found.group()], content)
    return (b"" if escaped == content else b"\\") + sha256.encode() + b"  " + escaped + b"\n"

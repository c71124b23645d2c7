"""What goes into a package to hand over, and under which names.

A name is kept wherever text can hold it, also one that other systems would refuse. A list of hashes in a package is text, so a name that is
none gets another one there, and a list says which.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from entirety.case.verify_files import CaseFiles
from entirety.case.verify_index import Index
from entirety.errors import Mismatch
from entirety.model.case import Fate

CASE, EVIDENCE = "data/case", "data/evidence"
NOTHING = hashlib.sha256(b"").hexdigest()
"""The index gives an empty file no hash; in a package it must have one."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One file to be packed."""

    source: Path
    stored: str
    """In the package, parts joined by `/`; always text."""
    sha256: str
    """What it must be; empty where nothing lists it."""
    size: int
    original: str = ""
    """Its name in the folder of evidence where it cannot be kept."""


def payload_of_case(case: Path, files: CaseFiles, *, whole: bool) -> list[Payload]:
    """What is packed of a case folder; `whole` adds what can be made again. Raises Mismatch where the folder is not as it was written."""
    if files.differences:
        raise Mismatch(
            f"{case.name} is not as it was written ({files.differences[0]}): run `entirety verify` to see everything that differs."
        )
    names = {**dict.fromkeys((*files.unlisted, *(files.again if whole else ())), ""), **files.hashes}
    return [Payload(case / name, f"{CASE}/{name}", names[name], _size(case / name)) for name in sorted(names)]


def payload_of_evidence(folder: Path, index: Index) -> list[Payload]:
    """Every file of the evidence that was read, under its own name wherever text can hold it. Raises Mismatch where the index makes no sense."""
    if index.differences:
        raise Mismatch(f"The index is not as it was written ({index.differences[0]}): run `entirety verify`.")
    taken = {path for path in index.files if _is_text(path)}
    found = []
    for path, one in sorted(index.files.items()):
        sha256 = NOTHING if one.entry.fate is Fate.EMPTY else one.sha256
        if not sha256:
            continue
        stored = path if _is_text(path) else _stand_in(path, taken)
        taken.add(stored)
        original = "" if stored == path else path
        found.append(Payload(folder / path, f"{EVIDENCE}/{stored}", sha256, _size(folder / path), original))
    return found


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _stand_in(path: str, taken: set[str]) -> str:
    """Text in place of a name that is none: what of it can be read, and a hash of its bytes, so that no two become one."""
    parts = []
    for part in path.split("/"):
        stem, dot, ending = part.rpartition(".") if "." in part[1:] else (part, "", "")
        mark = hashlib.sha256(os.fsencode(part)).hexdigest()[:16]
        parts.append(part if _is_text(part) else f"{_readable(stem)}~{mark}{dot}{_readable(ending)}")
    found = "/".join(parts)
    while found in taken:
        found += "~"
    return found


def _readable(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z ._-]", "_", text)[:80]


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0

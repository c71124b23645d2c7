"""Files of a report folder as they are written and listed: each whole or not at all, with a list of hashes that anybody can check."""

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from entirety.errors import CannotOpen, OutputRefused
from entirety.report.names import MANIFEST, kind_of
from entirety.report.visible import visible


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically. Raises OutputRefused."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it, then rename it into place. Raises OutputRefused where that is not possible."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputRefused(
            f"{visible(str(path))} cannot be written: {error.strerror or error}. Choose another folder."
        ) from error


def hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotOpen(f"{visible(path.name)} cannot be read: {error.strerror or error}.") from error


def manifest(hashes: Mapping[str, str]) -> str:
    """The form that `sha256sum -c` reads, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def listed(folder: Path) -> dict[str, str]:
    """Names and hashes of the manifest; empty where it is missing or names anything that is no part of a report."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in lines]
    listed = {match[2]: match[1] for match in found if match}
    plain = all(is_ours(name) for name in listed)
    return listed if plain and len(listed) == len(lines) else {}


def is_ours(name: str) -> bool:
    """Whether a file of this name, relative to the report folder, is part of a report."""
    return name == "stills" or bool(kind_of(name))

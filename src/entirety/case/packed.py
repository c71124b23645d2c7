"""Files of a job's folder on their way from one machine to another: by name, and taken out only where a name is one that a job writes."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

WRITTEN = re.compile(r"(report|pictures|hashes)(/[A-Za-z0-9][A-Za-z0-9._-]{0,120}){1,3}")
"""What a job leaves for its case; words, progress and result stay where they are."""


def pack(folder: Path) -> dict[str, bytes]:
    """Content of every file that a job left, by its path with `/`."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if WRITTEN.fullmatch(name)}


def unpack(files: Any, folder: Path) -> None:
    """Write them below `folder`. Raises ValueError where anything is not what `pack` gives; nothing is written then."""
    plain = isinstance(files, dict) and all(
        isinstance(name, str) and WRITTEN.fullmatch(name) and isinstance(content, bytes)
        for name, content in files.items()
    )
    if not plain:
        raise ValueError("not the files of a job")
    for name, content in files.items():
        target = folder / PurePosixPath(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

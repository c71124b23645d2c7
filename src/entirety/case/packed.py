"""Files of a job's folder on their way from one machine to another: by name, and taken out only where a name is one that a job writes."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

from entirety.report.files import write_bytes

WRITTEN = re.compile(r"(report|pictures|hashes)(/[A-Za-z0-9][A-Za-z0-9._-]{0,120}){1,3}")
"""What a job leaves for its case; words, progress and result stay where they are."""


def pack(folder: Path) -> dict[str, bytes]:
    """Content of every file that a job left, by its path with `/`.

    Raises ValueError where it left a link, a pipe or a device: a link would bring what lies elsewhere on that machine into a report.
    """
    if any(path.is_symlink() or not (path.is_file() or path.is_dir()) for path in folder.rglob("*")):
        raise ValueError("not only files and folders")
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if WRITTEN.fullmatch(name)}


def unpack(files: Any, folder: Path) -> None:
    """Write them below `folder`, through to the disk: what was settled is not done again after a power cut.

    Raises ValueError where anything is not what `pack` gives; nothing is written then. Raises OutputRefused where they cannot be written.
    """
    plain = isinstance(files, dict) and all(
        isinstance(name, str) and WRITTEN.fullmatch(name) and isinstance(content, bytes)
        for name, content in files.items()
    )
    # A file where another one needs a folder.
    if not plain or any(str(above) in files for name in files for above in PurePosixPath(name).parents):
        raise ValueError("not the files of a job")
    for name, content in files.items():
        write_bytes(folder / PurePosixPath(name), content)

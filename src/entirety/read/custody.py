"""Takes the file into custody: its size, its SHA-256 and its dates, before anything else happens to it, and once more at the end.

The file is opened for reading only. Where the second look differs from the first, the analysis is worth nothing and says so.
"""

import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from entirety.errors import CannotOpen, ChangedWhileReading
from entirety.model.clip import Custody

CHUNK = 2**20
"""Bytes read at a time: enough that the hash, and not the calls, sets the pace."""


def take(path: Path) -> Custody:
    """Describe the file as it was handed over. Raises CannotOpen where there is no readable, regular, non-empty file."""
    before = _status(path)
    sha256, size = _hash(path)
    if not size:
        raise CannotOpen(f"The file {path.name} is empty; ask for it again.")
    try:
        changed = datetime.fromtimestamp(before.st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        raise CannotOpen(
            f"The file {path.name} has a date outside the years 1 to 9999, which cannot be written down; copy it and audit the copy."
        ) from None
    return Custody(path.name, size, sha256, changed.isoformat(timespec="seconds").replace("+00:00", "Z"))


def confirm(path: Path, custody: Custody) -> str:
    """Hash the file again and return the hash. Raises ChangedWhileReading where bytes or size are not those of `custody`."""
    try:
        sha256, size = _hash(path)
    except CannotOpen as error:
        raise ChangedWhileReading(
            f"The file {path.name} could be read when the analysis began and cannot be read now; "
            "copy it to a disk that nobody else uses and repeat the analysis."
        ) from error
    if (sha256, size) != (custody.sha256, custody.size):
        raise ChangedWhileReading(
            f"The file {path.name} is not the one that was read: {custody.size} bytes with SHA-256 {custody.sha256} before, "
            f"{size} bytes with SHA-256 {sha256} after; make sure that nothing writes to it and repeat the analysis."
        )
    return sha256


def _status(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise CannotOpen(f"There is no file {path.name}; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        raise CannotOpen(
            f"The file {path.name} cannot be looked at ({_reason(error)}); check the path and its permissions."
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise CannotOpen(f"{path.name} is a folder; name one video file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise CannotOpen(f"{path.name} is a device or a pipe, not a file; copy its content into a file first.")
    return status


def _hash(path: Path) -> tuple[str, int]:
    """SHA-256 and the number of bytes it covers. Raises CannotOpen."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except PermissionError:
        raise CannotOpen(f"The file {path.name} may not be read by this user; ask for permission to read it.") from None
    except OSError as error:
        raise CannotOpen(
            f"The file {path.name} cannot be read to its end ({_reason(error)}); check the disk and copy it again."
        ) from error
    return digest.hexdigest(), size


def _reason(error: Exception) -> str:
    """What the system said, without the path."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__

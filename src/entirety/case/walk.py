"""Walks a folder of evidence and lists every name in it: files, links, devices, and places that could not be read.

Nothing is opened here but folders. Links are listed and not followed: what they name may lie outside the folder, and may lead back into it.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entirety.model.case import Fate

VIDEO_NAMES = frozenset(
    [
        "3g2",
        "3gp",
        "264",
        "265",
        "asf",
        "av1",
        "avi",
        "dav",
        "divx",
        "dv",
        "f4v",
        "flv",
        "h264",
        "h265",
        "hevc",
        "ivf",
        "m1v",
        "m2t",
        "m2ts",
        "m2v",
        "m4v",
        "mjpeg",
        "mjpg",
        "mkv",
        "mod",
        "mov",
        "mp4",
        "mpe",
        "mpeg",
        "mpg",
        "mts",
        "mxf",
        "nut",
        "nsv",
        "ogm",
        "ogv",
        "qt",
        "rm",
        "rmvb",
        "tod",
        "ts",
        "vob",
        "webm",
        "wmv",
        "wtv",
    ]
)
"""Endings of names under which cameras, recorders, telephones and messengers store video. Only used to say that such a file is no video:
what is audited is decided by content."""


@dataclass(frozen=True, slots=True)
class Met:
    """One name met, as it was at that moment."""

    path: str
    """Relative, parts joined by `/`, bytes that are no text as lone surrogates."""
    fate: Fate | None
    """What is already known of it; None for a file that can be read further."""
    reason: str
    size: int
    stamp: tuple[int, int, int]
    """Times of the last change of content and of anything, nanoseconds, and the number by which the system knows the file: where these and
    the size are as before, so are the bytes, as far as a scan goes; `verify` reads them again."""


def walk(folder: Path) -> Iterator[Met]:
    """Every name below `folder` that is not a folder, and every folder that cannot be read, in no particular order."""
    waiting, seen = [""], set()
    while waiting:
        inside = waiting.pop()
        try:
            status = (folder / inside).stat()
            if (place := (status.st_dev, status.st_ino)) in seen and status.st_ino:
                yield _refused(inside, "it is a folder that was looked into already, under another name")
                continue
            seen.add(place)
            with os.scandir(folder / inside) as found:
                entries = list(found)
        except OSError as error:
            yield _refused(inside or ".", f"it cannot be looked into ({error.strerror or type(error).__name__})")
            continue
        for entry in entries:
            path = f"{inside}/{entry.name}" if inside else entry.name
            met = _met(path, entry)
            if met is None:
                waiting.append(path)
            else:
                yield met


def video_by_name(path: str) -> bool:
    """Whether the ending of the name is one that video files have."""
    return path.rpartition("/")[2].rpartition(".")[2].lower() in VIDEO_NAMES


def _met(path: str, entry: "os.DirEntry[str]") -> Met | None:
    """What one name stands for; None for a folder."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return _refused(path, f"it cannot be looked at ({error.strerror or type(error).__name__})")
    if stat.S_ISLNK(status.st_mode) or _is_junction(status):
        return Met(
            path, Fate.LINK, "It is a link, which is not followed: look at what it names by itself.", 0, (0, 0, 0)
        )
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return Met(path, Fate.SPECIAL, "It is a device, a pipe or a socket, not a file.", 0, (0, 0, 0))
    stamp = status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    if not status.st_size:
        return Met(path, Fate.EMPTY, "The file is empty; ask for it again.", 0, stamp)
    return Met(path, None, "", status.st_size, stamp)


def _is_junction(status: os.stat_result) -> bool:
    """Windows has links that look like folders; other marks of that kind stand on files that lie in the cloud or are packed by the system."""
    links = {getattr(stat, name, None) for name in ("IO_REPARSE_TAG_SYMLINK", "IO_REPARSE_TAG_MOUNT_POINT")}
    return getattr(status, "st_reparse_tag", 0) in links


def _refused(path: str, why: str) -> Met:
    return Met(path, Fate.UNREADABLE, f"The system did not let this be read: {why}.", 0, (0, 0, 0))

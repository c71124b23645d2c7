"""Says in one sentence why a file could not be opened, and what to ask for; looks at its first and last bytes to tell causes apart."""

from pathlib import Path

from entirety.errors import Archive, CannotOpen, Damaged, EntiretyError, NotVideo, Unsupported
from entirety.model.container import Box
from entirety.read.container.isobmff import looks_like_isobmff, read_movie

HEAD = 4_096
"""Bytes looked at: every signature below stands within the first 1,100."""

_LISTS = (
    b"#EXTM3U",
    b"ffconcat version",
    b"[playlist]",
    b"<MPD",
    b"<SmoothStreamingMedia",
    b"v=0\r\no=",
    b"v=0\no=",
    b"<ASX",
    b"<asx",
    b"[Reference]",
)
_FAMILIES = (
    (b"\x1aE\xdf\xa3", "Matroska"),
    (b"RIFF", "AVI"),
    (b"FLV\x01", "Flash video"),
    (b"OggS", "Ogg"),
    (b"\x30\x26\xb2\x75", "Windows Media"),
)

_ARCHIVES = (
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"PK\x05\x06", "ZIP"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard"),
    (257, b"ustar", "tar"),
)
"""Where a packed file says what it is. The libraries would take some of these for broken video."""
_PROTECTED = frozenset({"encv", "enca", "sinf", "pssh"})
"""Boxes of encrypted tracks (ISO 14496-12, 23001-7)."""


def refuse_archive(path: Path) -> None:
    """Raise Archive where the file is a packed one. A file that cannot be read is left to whoever opens it."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except (OSError, ValueError):
        return
    for at, mark, form in _ARCHIVES:
        if head.startswith(mark, at):
            raise Archive(f"{path.name} is an archive ({form}), which is not opened; unpack it and name what is in it.")


def undecodable(path: Path) -> Damaged:
    """The error to raise where a file declares video and gives not one picture."""
    said = f"{path.name} declares video, and not one picture of it can be decoded"
    if _is_protected(path):
        return Damaged(f"{said}: it is marked as encrypted; ask for the key or for an export without protection.")
    return Damaged(f"{said}; ask for the file again.")


def _is_protected(path: Path) -> bool:
    """Whether an MP4 file says that a track of it is encrypted."""
    with path.open("rb") as file:
        if not looks_like_isobmff(file.read(HEAD)):
            return False
        return _holds(read_movie(file, path.stat().st_size).boxes)


def _holds(boxes: tuple[Box, ...]) -> bool:
    waiting = list(boxes)
    while waiting:
        box = waiting.pop()
        if box.kind in _PROTECTED:
            return True
        waiting += box.children
    return False


def refusal(path: Path, error: Exception) -> EntiretyError:
    """The error to raise for what libavformat said about `path`."""
    if isinstance(error, FileNotFoundError | PermissionError):
        return CannotOpen(f"The file {path.name} cannot be opened; check that it is there and may be read.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return CannotOpen(f"The file {path.name} cannot be opened; check that it is there and may be read.")
    if any(mark in head for mark in _LISTS):
        return Unsupported(f"{path.name} is a list that names other files, not a video; name the video file itself.")
    if looks_like_isobmff(head):
        return _isobmff(path)
    for mark, family in _FAMILIES:
        if head.startswith(mark):
            return Damaged(
                f"{path.name} begins as a {family} file and cannot be read any further; ask for the file again."
            )
    return NotVideo(
        f"{path.name} is not a video in any form that this program knows; if a recorder wrote it, ask for its player or an export."
    )


def _isobmff(path: Path) -> EntiretyError:
    with path.open("rb") as file:
        movie = read_movie(file, path.stat().st_size)
    if not any(box.kind in ("moov", "moof") for box in movie.boxes):
        return Damaged(
            f"{path.name} is cut short: the index that says where its pictures lie (the movie header) is missing; ask for the complete file again."
        )
    if _holds(movie.boxes):
        return Damaged(
            f"{path.name} is marked as encrypted and cannot be read; ask for the key or for an export without protection."
        )
    return Damaged(f"The index of {path.name} (its movie header) cannot be read; ask for the file again.")

"""Says in one sentence why a file could not be opened, and what to ask for; looks at its first and last bytes to tell causes apart."""

from pathlib import Path

from entirety.errors import CannotOpen, Damaged, EntiretyError, NotVideo, Unsupported
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
    return NotVideo(f"{path.name} is not a video in any form that this program knows; name a video file.")


def _isobmff(path: Path) -> EntiretyError:
    with path.open("rb") as file:
        movie = read_movie(file, path.stat().st_size)
    if not any(box.kind in ("moov", "moof") for box in movie.boxes):
        return Damaged(
            f"{path.name} is cut short: the index that says where its pictures lie (the movie header) is missing; ask for the complete file again."
        )
    return Damaged(f"The index of {path.name} (its movie header) cannot be read; ask for the file again.")

"""Listens to what libav* says while it reads, so that nothing is printed and every complaint can be kept with its place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import av
import av.logging

Log = list[tuple[int, str, str]]
"""Level, part of the library, message."""

NOTE_LENGTH = 300
"""Characters kept of a complaint; the library's own messages are far shorter unless they quote the file."""

_ADDRESS = re.compile(r" ?@ ?(0x)?[0-9a-fA-F]{6,}|\b0x[0-9a-fA-F]{7,}\b")


@contextmanager
def listening() -> Iterator[Log]:
    """Collect errors that the library reports from any of its threads; whoever reads the list clears it."""
    before = av.logging.get_level()
    av.logging.set_level(av.logging.ERROR)
    av.logging.set_skip_repeated(False)
    try:
        with av.logging.Capture(local=False) as log:
            yield log
    finally:
        av.logging.set_level(before)


def printable(text: str) -> str:
    """One line without memory addresses and control characters, at most NOTE_LENGTH long."""
    clean = "".join(c if c.isprintable() else " " for c in _ADDRESS.sub("", text))
    return " ".join(clean.split())[:NOTE_LENGTH]


def reason(error: Exception) -> str:
    """What the library or the system said, without the file's path."""
    return (error.strerror if isinstance(error, OSError | av.FFmpegError) else None) or type(error).__name__

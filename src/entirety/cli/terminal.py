"""What is written to a terminal: progress for people only, and nothing from a file that could steer the terminal."""

import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

Ffmpeg = Annotated[
    str | None,
    typer.Option(
        "--ffmpeg",
        envvar="ENTIRETY_FFMPEG",
        metavar="PROGRAM",
        help="Use this ffmpeg program, not the one that came with the installation.",
    ),
]
"""The option that names an ffmpeg program, the same in every command that runs one."""


def safe(text: str) -> str:
    """The text with every character that could steer a terminal or reorder a line shown as its code point."""
    return "".join(
        f"<U+{ord(c):04X}>" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text
    )


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say(line: str) -> None:
    """One line for people, on standard error, so that standard output stays clean for data."""
    sys.stderr.write(f"{line}\n")


@contextmanager
def progress(name: str, unit: str = "frames") -> Iterator[Callable[[int, int], None] | None]:
    """A counting line while the block runs, on a terminal only; None where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    began, last = time.monotonic(), 0.0

    def tell(done: int, expected: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < 0.2:  # five times a second is as fast as a person reads
            return
        last = now
        sys.stderr.write(f"\r\x1b[K{safe(name)}: {_count(done, expected, now - began, unit)}")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _count(done: int, expected: int, spent: float, what: str = "frames") -> str:
    """`456/1,200 frames, 2 min left`; without a declared number of frames only what is done."""
    if expected < done or not done:
        return f"{done:,} {what}"
    left = spent / done * (expected - done)
    unit = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
    return f"{done:,}/{expected:,} {what}, {unit} left"

"""The file as the container reader sees it: bytes by position, within bounds, and a list of what was wrong.

Files handed over as evidence may be damaged or built to exhaust whoever opens them. Every byte therefore comes through here,
where no length stated in a file is believed without comparison with what is there.
"""

from dataclasses import dataclass, field
from typing import BinaryIO

MAX_DEPTH = 32
"""Real files nest nine or ten deep; 32 leaves room and stays far from Python's recursion limit."""
MAX_BOXES = 100_000
"""Five hours of fragments of one second, at five boxes each; walking that many takes about four seconds."""
MAX_TABLE_BYTES = 64 * 2**20
"""64 MiB hold 16 million sample sizes, four days of pictures at 50 a second."""
MAX_SAMPLES_TRACK = 4_000_000
"""22 hours at 50 pictures a second."""
MAX_SAMPLES_MOVIE = 5_000_000
"""A row takes 37 bytes at most, so all columns stay below 200 MB."""
MAX_PROBLEMS = 200
"""More sentences than this help no reader."""


@dataclass(slots=True)
class Budget:
    """What may still be read of a file."""

    boxes: int
    samples: int


@dataclass(frozen=True, slots=True)
class Source:
    """An open file of `length` bytes, the sentences about what was wrong in it, and what may still be read."""

    file: BinaryIO
    length: int
    budget: Budget
    problems: list[str] = field(default_factory=list)

    def read(self, offset: int, size: int) -> bytes:
        """The bytes [offset, offset + size), fewer where the file ends before; raises OSError as the file does."""
        wanted = min(size, self.length - offset)
        if wanted <= 0:
            return b""
        self.file.seek(offset)
        data = self.file.read(wanted)
        while data and len(data) < wanted and (more := self.file.read(wanted - len(data))):
            data += more
        return data

    def problem(self, offset: int, words: str) -> None:
        """Record that something at `offset` is not as the standard demands; `words` make a sentence without full stop."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"At byte {offset}: {words}.")
        elif len(self.problems) == MAX_PROBLEMS:
            self.problems.append(f"At byte {offset}: more is wrong from here on, and is not listed.")


def open_source(file: BinaryIO, length: int) -> Source:
    """A source with full bounds; no more samples than bytes, since each takes room in a table or in the media."""
    length = max(length, 0)
    return Source(file, length, Budget(MAX_BOXES, min(MAX_SAMPLES_MOVIE, length)))

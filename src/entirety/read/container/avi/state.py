"""What the walk through an AVI file carries along: bounds, and which chunks of which stream lie where."""

from array import array
from dataclasses import dataclass, field

from entirety.read.container.blocks import Block, tell_end
from entirety.read.container.isobmff.source import Source
from entirety.read.container.search import Search


@dataclass(slots=True)
class Stream:
    """The chunks of one stream."""

    chunks: int = 0
    empty: int = 0
    """Chunks without data: the picture before is shown once more."""
    first_riff: int = 0
    """Chunks within the first `RIFF`, which the main header counts."""


@dataclass(slots=True)
class Walk:
    """The file, what may still be visited in it, and what was met."""

    source: Source
    search: Search
    units: int
    complete: bool = True
    """False once something was not visited for lack of share."""
    riffs: int = 0
    movi: list[Block] = field(default_factory=list)
    streams: dict[int, Stream] = field(default_factory=dict)
    """By stream number, of which two digits allow one hundred."""
    chunks: "array[int]" = field(default_factory=lambda: array("q"))
    """Where each chunk of stream data begins."""
    indexes: list[tuple[int, int]] = field(default_factory=list)
    """Offset and size of each index chunk (`ix##`) met in `movi`."""

    def stop(self, offset: int, words: str) -> None:
        """Say once that the file has had its share."""
        if self.complete:
            tell_end(self.source, offset, words)
        self.complete = False

    def note(self, kind: bytes, offset: int, size: int) -> None:
        """One chunk of stream data; palette changes are no pictures, and are located only."""
        self.chunks.append(offset)
        if kind[2:] == b"pc":
            return
        stream = self.streams.setdefault(int(kind[:2]), Stream())
        stream.chunks += 1
        stream.empty += not size
        stream.first_riff += self.riffs == 1

"""Names the reader of each codec's headers, and hands every packet of a stream to the one that knows it.

A reader takes the packets of one stream in decode order and keeps a row for each; whatever the bytes are, it raises nothing.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from entirety.model.headers import CodedHeaders, EmbeddedClock, SoundHeaders
from entirety.read.headers.hevc import HevcReader


class VideoReader(Protocol):
    """Reads the headers of one video stream."""

    def configure(self, extradata: bytes) -> None:
        """Take in a further header that the container has for the packet added next."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row."""

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """Clocks that the packets carry, as those of stream number `stream`."""


class SoundReader(Protocol):
    """Reads the headers of one sound stream."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row."""

    def columns(self, stream: int) -> SoundHeaders:
        """What was read, as that of stream number `stream`."""


class ClockReader(Protocol):
    """Reads a clock out of the packets of one data or subtitle stream."""

    def add(self, packet: bytes) -> None:
        """Read one packet."""

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """Clocks that the packets carry, as those of stream number `stream`."""


VIDEO: Mapping[str, Callable[[bytes], VideoReader]] = {
    "hevc": HevcReader,
}
"""By the library's name of the codec; each takes the codec's header from the container. H.264 has a reader with columns of its own."""
SOUND: Mapping[str, Callable[[bytes], SoundReader]] = {}
"""By the library's name of the codec, likewise."""

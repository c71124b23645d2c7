"""Names the reader of each codec's headers, and hands every packet of a stream to the one that knows it.

A reader takes the packets of one stream in decode order and keeps a row for each; whatever the bytes are, it raises nothing.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from entirety.model.headers import CodedHeaders, EmbeddedClock, SoundHeaders
from entirety.read.headers.sound.aac import aac
from entirety.read.headers.sound.blocks import BlockReader, SoundFormat
from entirety.read.headers.sound.frames import amr, dolby, mpeg_audio, opus
from entirety.read.headers.sound.plain import WIDTHS, pcm


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

    def configure(self, extradata: bytes) -> None:
        """Take in a further header that the container has for the packet added next."""

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


CODINGS = {
    "aac": aac,
    "ac3": dolby,
    "eac3": dolby,
    "amr_nb": amr,
    "amr_wb": amr,
    "mp1": mpeg_audio,
    "mp2": mpeg_audio,
    "mp3": mpeg_audio,
    "opus": opus,
    **dict.fromkeys(WIDTHS, pcm),
}
SOUND: Mapping[str, Callable[[SoundFormat], SoundReader]] = {
    name: partial(BlockReader, coding=coding) for name, coding in CODINGS.items()
}
"""By the library's name of the codec; each takes what the container says of the stream."""

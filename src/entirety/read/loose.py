"""Decodes coded pictures that no demultiplexer hands out: carved from bytes without a table, or kept as single pictures in a box.

A picture counts as decoded only where the decoder said nothing against it, and nothing against what it is built on since the last key picture.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.codec import CodecContext
from av.packet import Packet
from av.video.frame import VideoFrame

from entirety.model.container import Movie, Track
from entirety.model.further import Orphans
from entirety.read.carve import Carving, Coded
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.log import Log, listening
from entirety.read.orphans import Unlisted, unlisted
from entirety.read.streams import MAX_PIXELS

MOST_PICTURES = 3_000
"""Carved pictures decoded: two minutes at 25 a second, in about half a minute at 1080p. The rest is counted by its structure only."""
MOST_CONTEXT = 600
"""Listed pictures decoded before a row that does not begin with a key picture: the longest group that encoders make by themselves is 250."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How one video track is coded."""

    stream: int
    codec: str
    header: bytes
    track: Track


class Loose:
    """A decoder for packets with a number each; gives back pictures with their numbers."""

    def __init__(self, codec: str, header: bytes, log: Log) -> None:
        """`log` is that of `listening()`."""
        self._log = log
        self._context: Any = CodecContext.create(codec, "r")
        if header:
            self._context.extradata = header
        self._context.thread_type, self._context.thread_count = "NONE", 1
        self._context.options = {"max_pixels": str(MAX_PIXELS)}
        self._sound = False
        self._spoilt: set[int] = set()

    def restart(self) -> Iterator[tuple[int, VideoFrame]]:
        """Give out what is held back, and begin anew."""
        yield from self._out(None)
        self._context.flush_buffers()
        self._sound = True

    def decode(self, number: int, data: bytes, *, key: bool) -> Iterator[tuple[int, VideoFrame]]:
        """Pictures without errors that are ready after this packet."""
        packet: Packet[Any] = Packet(data)
        packet.pts = number
        self._log.clear()
        frames = list(self._out(packet))
        if self._log:
            self._spoilt.add(number)
        self._sound = not self._log and (self._sound or key)
        if not self._sound:
            self._spoilt.add(number)
        yield from (pair for pair in frames if pair[0] not in self._spoilt)

    def _out(self, packet: "Packet[Any] | None") -> Iterator[tuple[int, VideoFrame]]:
        try:
            frames = self._context.decode(packet)
        except (av.FFmpegError, OSError, ValueError):
            self._log.append((0, "", "refused"))
            return
        for frame in frames:
            if frame.pts is not None and not frame.is_corrupt and frame.pts not in self._spoilt:
                yield frame.pts, frame


@dataclass(frozen=True, slots=True)
class Carved:
    """One picture from bytes that no table refers to."""

    stream: int
    coded: Coded
    frame: VideoFrame


def unlisted_bytes(path: Path, movie: Movie) -> Unlisted:
    """What no table of the file refers to."""
    with path.open("rb") as file:
        return unlisted(open_source(file, path.stat().st_size), movie)


def orphan_pictures(path: Path, rest: Unlisted, codings: Sequence[Coding]) -> Generator[Carved, None, Orphans]:
    """Decode every coded picture in these bytes, with the settings of the first track that fits; returns what was found."""
    found: list[Coded] = []
    complete, readable, done = rest.complete, False, 0
    with path.open("rb") as file:
        source = open_source(file, path.stat().st_size)
        for coding in codings:
            carving = Carving(source, coding.codec, coding.header)
            found = sorted(carving.pictures((*rest.ranges, *rest.others)), key=lambda coded: coded.offset)
            readable, complete = readable or carving.readable, complete and carving.complete
            if found:
                for carved in _decoded(source, coding, found[:MOST_PICTURES]):
                    done += 1
                    yield carved
                break
    return Orphans(
        ranges=rest.ranges,
        size=rest.size,
        padding=rest.padding,
        media=rest.media,
        others=rest.others,
        coded=len(found),
        damaged=min(len(found), MOST_PICTURES) - done,
        complete=complete and len(found) <= MOST_PICTURES,
        readable=readable,
    )


def _decoded(source: Source, coding: Coding, coded: list[Coded]) -> Iterator[Carved]:
    places = np.sort(coding.track.samples.offset)
    end = -1
    with listening() as log:
        decoder = Loose(coding.codec, coding.header, log)
        for number, picture in enumerate(coded):
            # Sound may lie between pictures of one row; pictures of the track may not.
            if end < 0 or np.searchsorted(places, end) != np.searchsorted(places, picture.offset):
                yield from _carved(coding, coded, decoder.restart())
                if not picture.key:
                    _lead_in(source, coding.track, picture.offset, decoder)
            end = picture.offset + picture.size
            data = source.read(picture.offset, picture.size)
            yield from _carved(coding, coded, decoder.decode(number, data, key=picture.key))
        yield from _carved(coding, coded, decoder.restart())


def _carved(coding: Coding, coded: list[Coded], pairs: Iterator[tuple[int, VideoFrame]]) -> Iterator[Carved]:
    # Numbers below 0 are those of listed pictures that were decoded for what is built on them.
    yield from (Carved(coding.stream, coded[number], frame) for number, frame in pairs if 0 <= number < len(coded))


def _lead_in(source: Source, track: Track, offset: int, decoder: Loose) -> None:
    """Decode the listed pictures from the last key picture before `offset` on, which lie before it in the file."""
    table = track.samples
    before = np.flatnonzero(table.offset < offset)
    keys = before[table.sync[before]]
    rows = before[before >= keys[-1]] if len(keys) else before[:0]
    for count, row in enumerate(islice(rows.tolist(), MOST_CONTEXT)):
        data = source.read(int(table.offset[row]), int(table.size[row]))
        list(decoder.decode(count - MOST_CONTEXT, data, key=bool(table.sync[row])))


def single_picture(data: bytes) -> VideoFrame | None:
    """The picture of a JPEG or PNG file; None where it cannot be decoded."""
    with listening() as log:
        decoder = Loose("png" if data.startswith(b"\x89PNG") else "mjpeg", b"", log)
        pairs = [*decoder.decode(0, data, key=True), *decoder.restart()]
    return pairs[0][1] if pairs else None

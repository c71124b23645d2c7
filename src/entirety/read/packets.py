"""Reads the coded pictures and sound blocks of every stream as the container hands them out, without decoding any.

A packet is one coded picture or block of sound. Its bytes can be hashed, its place in the file and its times written down; what a
player would leave out because of an edit list is read here as well.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from entirety.errors import Unsupported
from entirety.model.clip import Packets
from entirety.model.container import Movie
from entirety.model.h264 import H264Headers
from entirety.model.headers import CodedHeaders, EmbeddedClock, SoundHeaders
from entirety.model.time import UNSET
from entirety.read.clocks.dv import DvClock
from entirety.read.clocks.packets import PacketClock
from entirety.read.clocks.tmcd import timecode_tracks
from entirety.read.headers.h264.columns import H264Reader
from entirety.read.headers.readers import SOUND, ClockReader, SoundReader, VideoReader
from entirety.read.headers.sound.blocks import SoundFormat
from entirety.read.streams import decoder_of

MAX_PACKETS = 20_000_000
"""All streams together: three days of 50 pictures and 25 sound blocks a second; a file that yields more is not a clip."""

_FIELDS = 5
_KEY, _CORRUPT, _DISCARD = 1, 2, 4


class PacketColumns:
    """Collects the packets of one stream: numbers in flat arrays, no object per packet."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._flags = array("B")
        self._hashes = bytearray()

    def add(self, packet: "Packet[Any]") -> None:
        """Append one row without hash."""
        pts, dts, position = packet.pts, packet.dts, packet.pos
        self._numbers.extend(
            (
                UNSET if pts is None else pts,
                UNSET if dts is None else dts,
                packet.duration or 0,
                packet.size,
                -1 if position is None else position,
            )
        )
        self._flags.append(packet.is_keyframe * _KEY + packet.is_corrupt * _CORRUPT + packet.is_discard * _DISCARD)

    def add_hash(self, data: bytes) -> None:
        """Append the SHA-256 of the bytes of the packet added last."""
        self._hashes += hashlib.sha256(data).digest()

    def __len__(self) -> int:
        return len(self._flags)

    def columns(self) -> Packets:
        """All rows so far."""
        numbers = np.array(self._numbers, np.int64).reshape(-1, _FIELDS)
        flags = np.array(self._flags, np.uint8)
        pts, dts, duration, size, position = (np.ascontiguousarray(numbers[:, k]) for k in range(_FIELDS))
        return Packets(
            pts=pts,
            dts=dts,
            duration=duration,
            size=size,
            position=position,
            key=flags & _KEY != 0,
            corrupt=flags & _CORRUPT != 0,
            discard=flags & _DISCARD != 0,
            sha256=np.frombuffer(bytes(self._hashes), np.uint8).reshape(-1, 32),
        )


def demuxed(
    container: InputContainer, path: Path, complain: Callable[[Exception], None] | None = None
) -> Iterator["Packet[Any]"]:
    """Every packet of the file in file order; an error ends the reading as the end of the file does, after `complain`.

    Raises Unsupported where more packets come than any clip has.
    """
    source = container.demux()
    count = 0
    while True:
        try:
            packet = next(source, None)
        except (av.FFmpegError, OSError, ValueError) as error:
            packet = None
            if complain is not None:
                complain(error)
        if packet is None or _is_flush(packet):
            return
        count += 1
        if count > MAX_PACKETS:
            raise Unsupported(
                f"{path.name} yields more than {MAX_PACKETS:,} coded pictures and sound blocks; make working copies of parts of it and audit each."
            )
        yield packet


def _is_flush(packet: "Packet[Any]") -> bool:
    """True for the empty packets that PyAV appends to every stream to empty the decoder; the file has no such packet."""
    return packet.size == 0 and packet.dts is None and packet.pts is None and packet.pos is None


@dataclass(frozen=True, slots=True)
class Stored:
    """All that one reading of the packets gives."""

    packets: tuple[Packets, ...]
    headers: H264Headers | None
    """Of the main video, where it is H.264."""
    coded: CodedHeaders | None
    """Of the main video, where another reader knows its codec."""
    sounds: tuple[SoundHeaders, ...]
    clocks: tuple[EmbeddedClock, ...]


def stored_packets(container: InputContainer, video: int, path: Path, movie: Movie | None = None) -> Stored:
    """Every packet of every stream, and what their headers say; `container` was opened with edit lists ignored.

    `movie` is what the container declares of itself; without it, time code tracks are not read.
    """
    readers = _Readers(container, video, timecode_tracks(path, movie))
    columns = [PacketColumns() for _ in container.streams]
    for packet in demuxed(container, path):
        data = bytes(packet)
        columns[packet.stream_index].add(packet)
        columns[packet.stream_index].add_hash(data)
        readers.add(packet, data)
    return readers.stored(tuple(c.columns() for c in columns))


def _reader(name: str, extradata: bytes) -> VideoReader | None:
    # Most clips are H.264, and need none of these: 0.04 s and 1 MiB.
    from entirety.read.headers.video import VIDEO  # noqa: PLC0415 - see above

    return VIDEO[name](extradata) if name in VIDEO else None


class _Readers:
    """One reader of headers for each stream whose codec has one."""

    def __init__(self, container: InputContainer, video: int, timecodes: Mapping[int, ClockReader]) -> None:
        self._video = video
        self._h264: H264Reader | None = None
        self._main: VideoReader | None = None
        self._sounds: dict[int, SoundReader] = {}
        self._clocks: dict[int, ClockReader] = {}
        for stream in container.streams:
            if stream.type in ("data", "subtitle"):
                self._clocks[stream.index] = timecodes.get(stream.id) or PacketClock()
            decoder = decoder_of(stream)
            if decoder is None:
                continue
            name, extradata = decoder.codec.canonical_name, bytes(decoder.extradata or b"")
            if stream.index == video and name == "h264":
                self._h264 = H264Reader(extradata)
            elif stream.index == video and name == "dvvideo":
                self._clocks[video] = DvClock()
            elif stream.index == video:
                self._main = _reader(name, extradata)
            elif isinstance(stream, AudioStream) and name in SOUND:
                channels = stream.codec_context.channels
                self._sounds[stream.index] = SOUND[name](SoundFormat(name, extradata, channels))

    def add(self, packet: "Packet[Any]", data: bytes) -> None:
        """Hand one packet to the reader of its stream."""
        place = packet.stream_index
        reader = self._h264 or self._main if place == self._video else self._sounds.get(place)
        if reader is not None:
            if packet.has_sidedata("new_extradata"):
                reader.configure(bytes(packet.get_sidedata("new_extradata")))
            reader.add(data)
        if place in self._clocks:
            self._clocks[place].add(data)

    def stored(self, packets: tuple[Packets, ...]) -> Stored:
        """All that was read, beside the packets themselves."""
        main = self._h264 or self._main
        return Stored(
            packets=packets,
            headers=self._h264.columns() if self._h264 else None,
            coded=self._main.columns() if self._main else None,
            sounds=tuple(reader.columns(stream) for stream, reader in self._sounds.items()),
            clocks=(
                *(main.clocks(self._video) if main else ()),
                *(clock for stream, reader in self._clocks.items() for clock in reader.clocks(stream)),
            ),
        )

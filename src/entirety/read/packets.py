"""Reads the coded pictures and sound blocks of every stream as the container hands them out, without decoding any.

A packet is one coded picture or block of sound. Its bytes can be hashed, its place in the file and its times written down; what a
player would leave out because of an edit list is read here as well.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet

from entirety.errors import Unsupported
from entirety.model.clip import Packets
from entirety.model.h264 import H264Headers
from entirety.model.time import UNSET
from entirety.read.headers.h264.columns import H264Reader

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


def stored_packets(container: InputContainer, video: int, path: Path) -> tuple[tuple[Packets, ...], H264Headers | None]:
    """Every packet of every stream, and the H.264 headers of stream `video`; `container` was opened with edit lists ignored."""
    main = container.streams[video].codec_context
    headers = H264Reader(bytes(main.extradata or b"")) if main is not None and main.name == "h264" else None
    columns = [PacketColumns() for _ in container.streams]
    for packet in demuxed(container, path):
        place, data = packet.stream_index, bytes(packet)
        columns[place].add(packet)
        columns[place].add_hash(data)
        if headers is not None and place == video:
            if packet.has_sidedata("new_extradata"):
                headers.configure(bytes(packet.get_sidedata("new_extradata")))
            headers.add(data)
    return tuple(c.columns() for c in columns), headers.columns() if headers else None

"""Puts coded pictures of a file, as they are, into a small Matroska file of their own that players can open.

Nothing is encoded again. Such a file is a working copy for looking at, made anew from the evidence whenever it is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from entirety.read.log import listening
from entirety.read.streams import open_clip, video_stream

MOST_BYTES = 1 << 29
"""512 MiB of coded pictures in one copy, which is made in memory: five minutes of a phone's 1080p."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One coded picture: where it lies, and when it is to be decoded and shown."""

    offset: int
    size: int
    pts: int
    dts: int
    key: bool


def matroska(path: Path, stream: int, pieces: Sequence[Piece], base: Fraction) -> tuple[bytes, int] | None:
    """The copy, and how many of the pieces are in it; times in ticks of `base`. None where Matroska cannot hold this coding."""
    target = BytesIO()
    try:
        with (
            listening(),
            open_clip(path, ignore_edits=True) as container,
            path.open("rb") as file,
            # Without the flag every copy would hold another random number.
            av.open(target, "w", format="matroska", options={"fflags": "+bitexact"}) as copy,
        ):
            track = copy.add_stream_from_template(video_stream(container, stream))
            written = 0
            for piece in _within(pieces):
                file.seek(piece.offset)
                packet: Packet[Any] = Packet(file.read(piece.size))
                packet.pts, packet.dts, packet.time_base = piece.pts, piece.dts, base
                packet.is_keyframe, packet.stream = piece.key, track
                copy.mux(packet)
                written += 1
    except (av.FFmpegError, OSError, ValueError):
        return None
    return target.getvalue(), written


def _within(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """As many of the pieces as MOST_BYTES hold."""
    size = 0
    for piece in pieces:
        size += piece.size
        if size > MOST_BYTES:
            return
        yield piece

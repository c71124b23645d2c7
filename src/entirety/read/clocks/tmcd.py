"""Reads time code tracks (`tmcd`) of MOV and MP4 files: each sample is the number of the picture with which a clip began.

One sample for the whole file is the rule. Several mean that the file lists several clips, each with a time code of its own.
How many pictures make a second stands in the sample description (Apple, QuickTime File Format, timecode media).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from entirety.model.container import Movie, Track
from entirety.model.headers import EmbeddedClock
from entirety.read.clocks.readings import Readings

ENTRY = struct.Struct(">4s8x4xIIIB")
"""Of a sample description after its length: kind, reserved and data reference, reserved, flags, timescale, length of a picture, pictures a second."""
WRAPS, NEGATIVE = 0x2, 0x4
"""Flags: starts anew after 24 hours; may be below zero."""
DESCRIPTIONS_MOST = 64


@dataclass(frozen=True, slots=True)
class Timecode:
    """How one sample description counts."""

    flags: int
    picture: Fraction
    """Seconds."""


def timecode_tracks(path: Path, movie: Movie | None) -> dict[int, "TimecodeTrack"]:
    """A reader for each time code track, by track_ID; none where the file cannot be read at those places."""
    traks = [box for box in movie.walk() if box.kind == "trak"] if movie else []
    if movie is None or len(traks) != len(movie.tracks):
        return {}
    readers = {}
    with path.open("rb") as file:
        for trak, track in zip(traks, movie.tracks, strict=True):
            entries = [box for box in trak.walk() if box.kind == "tmcd" and box.path.split("/")[-2:-1] == ["stsd"]]
            if track.handler == "tmcd" and entries:
                formats = []
                for entry in entries[:DESCRIPTIONS_MOST]:
                    file.seek(entry.offset + 4)
                    formats.append(_format(file.read(ENTRY.size)))
                readers[track.track_id] = TimecodeTrack(formats, track)
    return readers


def _format(data: bytes) -> Timecode | None:
    if len(data) < ENTRY.size:
        return None
    _, flags, timescale, length, _ = ENTRY.unpack(data)
    return Timecode(flags, Fraction(length, timescale)) if timescale and length else None


class TimecodeTrack:
    """Reads the samples of one time code track."""

    def __init__(self, formats: Sequence[Timecode | None], track: Track) -> None:
        self._formats = formats
        self._which = track.samples.description
        self._base = next((known for known in formats if known is not None), None)
        self._row = 0
        self._readings = Readings()

    def add(self, packet: bytes) -> None:
        """Read one sample; whatever its bytes, it raises nothing."""
        row, self._row = self._row, self._row + 1
        which = int(self._which[row]) if row < len(self._which) else 1
        known = self._formats[which - 1] if 0 < which <= len(self._formats) else None
        if known is None or self._base is None or len(packet) < 4:
            return
        count = int.from_bytes(packet[:4], signed=bool(known.flags & NEGATIVE))
        self._readings.take(row, int(count * known.picture / self._base.picture))

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The counter of the track, in pictures of its first description."""
        if self._base is None or not len(self._readings):
            return ()
        read = self._readings
        return (read.clock("tmcd", stream, self._base.picture, daily=bool(self._base.flags & WRAPS)),)

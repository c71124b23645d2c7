"""Decodes the main video once, from its first picture to its last, as a player that honours edit lists shows it.

What the library complains about is written down beside the picture it was said at; it never stops the reading. The coded packets of
all streams are listed on the way, so that the file is not read again for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame

from entirety.errors import Unsupported
from entirety.model.clip import DecodeNote, Packets
from entirety.model.time import UNSET
from entirety.read.log import Log, printable, reason
from entirety.read.packets import PacketColumns, demuxed
from entirety.read.streams import MAX_PIXELS, video_stream

MAX_FRAMES_PER_PACKET = 1_024
"""Codecs put one picture into a packet, some two or eight; the decoder's own delay adds at most a few dozen at the end."""
THREADS = 2
"""Hashing on the main thread takes about as long as decoding on two others; more threads only wait, and cost 5 % processor time."""
MAX_NOTES = 1_000
"""Complaints kept; what comes after is counted in one last line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded picture, alive only until the next is asked for."""

    frame: VideoFrame
    pts: int
    """Presentation time in ticks of the stream; UNSET where neither the stream nor the container gives one."""
    duration: int


class Complaint(Exception):
    """The decoder complained while it ran on several threads, where chance decides what is said first.

    No error: it asks for a second reading on one thread, so that two audits of a damaged file say the same.
    """


class Decoding:
    """One reading of an open container: iterate `pictures()`, then ask for `shown()` and `notes()`."""

    def __init__(
        self, container: InputContainer, video: int, path: Path, log: Log, *, threads: bool, hashes: bool = False
    ) -> None:
        """`log` is that of `listening()`, begun before `container` was opened.

        `threads` decodes on several cores; what the decoder says then raises Complaint out of `pictures()`. `hashes` asks for those of
        the main video's packets.
        """
        self._container, self._video, self._path, self._log, self._threads = container, video, path, log, threads
        self._hashes = hashes
        self._context = video_stream(container, video).codec_context
        self._columns = [PacketColumns() for _ in container.streams]
        self._notes: list[DecodeNote] = []
        self._more_notes = self._frames = 0
        self._best_time = BestTime()

    @property
    def packets(self) -> int:
        """Coded pictures of the main video that were read so far."""
        return len(self._columns[self._video])

    def shown(self) -> tuple[Packets, ...]:
        """The packets of every stream that were read, edit lists applied; hashes are those that were asked for."""
        return tuple(columns.columns() for columns in self._columns)

    def notes(self) -> tuple[DecodeNote, ...]:
        """What was complained about, in order."""
        if not self._more_notes:
            return tuple(self._notes)
        last = DecodeNote(self.packets - 1, self._frames, f"{self._more_notes} further complaints are not listed")
        return (*self._notes, last)

    def pictures(self) -> Iterator[Picture]:
        """Decode everything. Raises Unsupported for a file beyond all bounds, and Complaint as said above."""
        context = self._context
        context.thread_type = "AUTO" if self._threads else "NONE"
        context.thread_count = THREADS if self._threads else 1
        context.options = {"max_pixels": str(MAX_PIXELS)}
        # What was said at opening was said on this thread: it asks for no second reading.
        self._write_down()
        try:
            for packet in self._coded_pictures():
                yield from self._decoded(packet)
            yield from self._decoded(None)
        finally:
            # A decoder thread with a complaint waits for the interpreter; freeing the decoder would wait for that thread for ever.
            context.flush_buffers()

    def _coded_pictures(self) -> Iterator["Packet[Any]"]:
        """Packets of the main video that hold something; all others are only listed."""
        for packet in demuxed(self._container, self._path, lambda error: self._complain(reason(error))):
            self._drain()
            self._columns[packet.stream_index].add(packet)
            if self._hashes and packet.stream_index == self._video:
                self._columns[self._video].add_hash(bytes(packet))
            # An empty packet would tell the decoder that the film ends here.
            if packet.stream_index == self._video and packet.size:
                yield packet

    def _decoded(self, packet: "Packet[Any] | None") -> Iterator[Picture]:
        """What the decoder gives for one packet; for None, what it still holds at the end."""
        try:
            frames = self._context.decode(packet)
        except (av.FFmpegError, OSError, ValueError) as error:
            frames = []
            if not self._log:
                self._complain(reason(error))
        self._drain()
        if len(frames) > MAX_FRAMES_PER_PACKET:
            raise Unsupported(
                f"{self._path.name} holds more than {MAX_FRAMES_PER_PACKET} pictures in one coded picture; it is refused for safety."
            )
        for frame in frames:
            pts = self._best_time.of(frame.pts, frame.dts)
            self._frames += 1
            yield Picture(frame, pts, frame.duration or 0)

    def _drain(self) -> None:
        """Turn what the library said since the last time into notes."""
        if self._log:
            if self._threads:
                raise Complaint
            self._write_down()

    def _write_down(self) -> None:
        for _, part, message in self._log:
            self._note(f"{part}: {message}" if part else message)
        self._log.clear()

    def _complain(self, text: str) -> None:
        if self._threads:
            raise Complaint
        self._note(text)

    def _note(self, text: str) -> None:
        if len(self._notes) >= MAX_NOTES:
            self._more_notes += 1
        else:
            self._notes.append(DecodeNote(self.packets - 1, self._frames, printable(text)))


class BestTime:
    """The presentation time of each picture as libavcodec guesses it, in the words of its `best_effort_timestamp`.

    A picture's own time counts unless such times run backwards more often than the decode times do, or it has none.
    """

    def __init__(self) -> None:
        self._last_pts = self._last_dts = UNSET
        self._faulty_pts = self._faulty_dts = 0

    def of(self, pts: int | None, dts: int | None) -> int:
        """The time to believe for the next picture, ticks; UNSET where it has neither."""
        if dts is not None:
            self._faulty_dts += dts <= self._last_dts
            self._last_dts = dts
        elif pts is not None:
            self._last_dts = pts
        if pts is not None:
            self._faulty_pts += pts <= self._last_pts
            self._last_pts = pts
        elif dts is not None:
            self._last_pts = dts
        if pts is not None and (dts is None or self._faulty_pts <= self._faulty_dts):
            return pts
        return UNSET if dts is None else dts

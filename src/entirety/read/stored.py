"""Decodes pictures of a file that a player leaves out although a table lists them: hidden by an edit list, or in another track.

Each is decoded with what the file stores before it, edit lists ignored, and told apart by its own packet.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame

from entirety.model.clip import Packets
from entirety.model.time import UNSET
from entirety.read.log import Log, listening
from entirety.read.packets import demuxed
from entirety.read.streams import MAX_PIXELS, decoder_of, open_clip, video_stream

MARGIN = 64
"""Pictures decoded beyond the wanted ones before giving up on a place: more than any decoder holds back (H.264: 16)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored picture."""

    row: int
    """Of its packet among the stored packets of its stream; -1 where it has no time to be told by."""
    frame: VideoFrame


Begun = Callable[[InputContainer], None]
"""Told the open container before anything is decoded."""


def chosen_pictures(path: Path, stream: int, packets: Packets, rows: Sequence[int], begun: Begun) -> Iterator[Stored]:
    """The pictures of these packets, group by group; one that cannot be decoded without errors is left out."""
    with listening() as log, open_clip(path, ignore_edits=True) as container:
        begun(container)
        for first, members in _stretches(packets, rows):
            wanted = {int(packets.pts[row]): row for row in members}
            for frame in _from(container, stream, int(packets.pts[first]), members[-1] - first + 1 + MARGIN, log):
                row = wanted.pop(frame.pts, -1) if frame.pts is not None else -1
                if row >= 0:
                    yield Stored(row, frame)
                if not wanted:
                    break


def _stretches(packets: Packets, rows: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Rows with the key picture that they are built on; groups that follow one another are one stretch."""
    keys = np.flatnonzero(packets.key & (packets.pts != UNSET))
    first, members = -1, list[int]()
    for row in sorted(row for row in rows if packets.pts[row] != UNSET):
        key = int(np.searchsorted(keys, row, side="right")) - 1
        if key < 0:
            continue
        if members and keys[key] > members[-1] + 1:
            yield first, members
            members = []
        if not members:
            first = int(keys[key])
        members.append(row)
    if members:
        yield first, members


def _from(container: InputContainer, video: int, pts: int, most: int, log: Log) -> Iterator[VideoFrame]:
    """At most `most` pictures from the key frame at `pts` on, as long as the decoder does not complain."""
    stream = video_stream(container, video)
    try:
        container.seek(pts, stream=stream)
        log.clear()
        for number, frame in enumerate(container.decode(stream), 1):
            if log:
                return
            yield frame
            if number >= most:
                return
    except (av.FFmpegError, OSError, ValueError):
        return


def other_videos(path: Path, main: int) -> list[int]:
    """Streams of moving pictures other than the main one that the library can decode."""
    with listening(), open_clip(path, ignore_edits=True) as container:
        return [
            s.index
            for s in container.streams.video
            if s.index != main and not s.disposition & Disposition.attached_pic and decoder_of(s) is not None
        ]


def track_pictures(path: Path, stream: int, packets: Packets, begun: Begun) -> Iterator[Stored]:
    """All pictures of one track in the order of showing, its edit list ignored; those with errors are left out."""
    with listening() as log, open_clip(path, ignore_edits=True) as container:
        begun(container)
        context = video_stream(container, stream).codec_context
        context.thread_type, context.thread_count = "NONE", 1
        context.options = {"max_pixels": str(MAX_PIXELS)}
        rows = {int(pts): row for row, pts in enumerate(packets.pts.tolist()) if pts != UNSET}
        for packet in demuxed(container, path):
            if packet.stream_index == stream and packet.size:
                log.clear()
                try:
                    frames = context.decode(packet)
                except (av.FFmpegError, OSError, ValueError):
                    continue
                yield from (Stored(_row(rows, f), f) for f in frames if not log and not f.is_corrupt)
        try:
            yield from (Stored(_row(rows, f), f) for f in context.decode(None) if not f.is_corrupt)
        except (av.FFmpegError, OSError, ValueError):
            return


def _row(rows: dict[int, int], frame: VideoFrame) -> int:
    return -1 if frame.pts is None else rows.get(frame.pts, -1)

"""Reads one file and measures everything about it: the only place where a path becomes a Clip.

The file is hashed first and hashed again by whoever finishes the audit; in between its packets are listed once with edit lists ignored,
and once with them while the pictures are decoded. What the file holds besides the shown pictures is looked at last.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from entirety.measure.crop import cropping
from entirety.measure.frames import FrameColumns
from entirety.measure.further import look_further
from entirety.measure.thumbnail import Thumbnails
from entirety.model.clip import Clip, Custody, DecodeNote, Frames, Packets, Stream
from entirety.model.container import Movie, Structure
from entirety.read.container.isobmff import looks_like_isobmff, read_movie
from entirety.read.container.structure import HEAD, read_structure
from entirety.read.custody import take
from entirety.read.decode import Complaint, Decoding
from entirety.read.log import listening
from entirety.read.packets import stored_packets
from entirety.read.provenance import read_provenance
from entirety.read.refusals import undecodable
from entirety.read.second_opinion import read_second
from entirety.read.streams import describe, main_video, open_clip, start_time, tags

Progress = Callable[[int, int], None]
"""Called with the pictures measured so far and the number of coded pictures in the file."""

STEP = 32
"""Pictures between two calls of Progress: about once a tenth of a second at 720p."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the same decode gives besides, where it is asked for: a Signature needs it, no check does."""

    thumbnails: NDArray[np.uint8]
    packets: Packets
    """Those of the main video as a player reads them, with hashes."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one decode of the file gives."""

    streams: tuple[Stream, ...]
    shown: tuple[Packets, ...]
    frames: Frames
    log: tuple[DecodeNote, ...]
    container: str
    duration: Fraction | None
    start: Fraction
    tags: tuple[tuple[str, str], ...]
    beside: Beside | None


def measure(path: Path, progress: Progress | None = None, *, second: bool = False, threads: bool = True) -> Clip:
    """Everything known about the clip at `path`; `second` asks a second program as well what it reads there. `threads` decodes on several
    cores: sooner done, for more processor time, and the Clip is the same.

    Raises CannotOpen, NotVideo, Damaged or Unsupported; whatever else is wrong with the file is recorded in the Clip.
    """
    return measure_beside(path, progress, second=second, threads=threads)[0]


def measure_beside(
    path: Path,
    progress: Progress | None = None,
    *,
    second: bool = False,
    threads: bool = True,
    collect: Callable[[], Thumbnails] | None = None,
) -> tuple[Clip, Beside | None]:
    """The same, and what `collect` gathers in the same decode: it is asked for a new collection at the begin of each reading. None where
    none was asked for, or the pictures were too many for it.
    """
    custody = take(path)
    movie, structure = _container(path, custody)
    # What the library says here it says again when the pictures are decoded.
    with listening(), open_clip(path, ignore_edits=True) as container:
        video = main_video(container, path)
        stored = stored_packets(container, video, path, movie)
    report = _reporter(progress, len(stored.packets[video]))
    try:
        reading = _read(path, movie, report, collect, threads=threads)
    except Complaint:
        reading = _read(path, movie, report, collect, threads=False)
    if not len(reading.frames):
        raise undecodable(path)
    clip = Clip(
        custody=custody,
        container=reading.container,
        duration=reading.duration,
        start=reading.start,
        tags=reading.tags,
        streams=reading.streams,
        video=video,
        movie=movie,
        stored=stored.packets,
        shown=reading.shown,
        headers=stored.headers,
        frames=reading.frames,
        log=reading.log,
        decoder=decoder_version(),
        structure=structure,
        provenance=read_provenance(path, structure),
        coded=stored.coded,
        sounds=stored.sounds,
        clocks=stored.clocks,
    )
    whole = replace(clip, further=look_further(path, clip), second=read_second(path) if second else None)
    return whole, reading.beside


def decoder_version() -> str:
    """The library that decodes, with its version."""
    return "libavcodec " + ".".join(str(number) for number in av.library_versions["libavcodec"])


def decoder_build() -> tuple[tuple[str, str], ...]:
    """The version of FFmpeg that reads and decodes, and of each of its libraries."""
    libraries = ((name, ".".join(str(number) for number in version)) for name, version in av.library_versions.items())
    return ("ffmpeg", str(av.ffmpeg_version_info)), *libraries


def _container(path: Path, custody: Custody) -> tuple[Movie | None, Structure | None]:
    with path.open("rb") as file:
        movie = read_movie(file, custody.size) if looks_like_isobmff(file.read(HEAD)) else None
        return movie, read_structure(file, custody.size, movie)


def _reporter(progress: Progress | None, total: int) -> Callable[[int], None]:
    def report(done: int) -> None:
        if progress is not None and done % STEP == 0:
            progress(done, total)

    return report


def _read(
    path: Path,
    movie: Movie | None,
    report: Callable[[int], None],
    collect: Callable[[], Thumbnails] | None,
    *,
    threads: bool,
) -> _Reading:
    """Decode the whole file once. Raises Complaint where `threads` is set and the decoder complains."""
    with listening() as log, open_clip(path) as container:
        video = main_video(container, path)
        decoding = Decoding(container, video, path, log, threads=threads, hashes=collect is not None)
        collection = None if collect is None else collect()
        columns = FrameColumns(cropping(container, video, movie, path), collection)
        turn = 0
        for picture in decoding.pictures():
            if not len(columns):
                turn = clockwise(picture.frame.rotation)
            columns.add(picture)
            report(len(columns))
        streams, shown = describe(container, video, turn), decoding.shown()
        frames = columns.columns(streams[video].time_base)
        thumbnails = None if collection is None else collection.column()
        return _Reading(
            streams=streams,
            shown=tuple(replace(packets, sha256=packets.sha256[:0]) for packets in shown),
            frames=frames,
            log=decoding.notes(),
            container=container.format.name,
            duration=None if container.duration is None else Fraction(container.duration, av.time_base),
            start=start_time(container, video),
            tags=tags(container.metadata),
            beside=None if thumbnails is None else Beside(thumbnails, shown[video]),
        )


def clockwise(rotation: int) -> int:
    """The library's counter-clockwise angle as 0, 90, 180 or 270 clockwise; 0 where it is none of them."""
    turn = -rotation % 360
    return turn if turn % 90 == 0 else 0

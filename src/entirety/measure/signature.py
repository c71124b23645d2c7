"""Reads a recording once and keeps what is needed to find its footage again: the only place where a path becomes a Signature.

It reads as the audit does, so that the hashes are those of the audit's own list, and measures less: nothing is judged here. Where the file is
audited too, both come from one decode.
"""

from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from entirety.measure.clip import STEP, Progress, decoder_version, measure_beside
from entirety.measure.crop import cropping
from entirety.measure.digest import digest
from entirety.measure.grey import HEIGHT, WIDTH, Shrinker
from entirety.measure.perceptual import phash
from entirety.measure.rising import rising, usual_step
from entirety.measure.sound import outline
from entirety.measure.thumbnail import Thumbnails, thumbnails
from entirety.model.clip import Clip, Custody, Packets, Stream
from entirety.model.container import Movie
from entirety.model.signature import ACROSS, DOWN, Signature
from entirety.read.container.isobmff import looks_like_isobmff, read_movie
from entirety.read.container.structure import HEAD
from entirety.read.cropping import Crop
from entirety.read.custody import take
from entirety.read.decode import Complaint, Decoding, Picture
from entirety.read.log import listening
from entirety.read.refusals import undecodable
from entirety.read.streams import describe, main_video, open_clip, start_time, video_stream

BATCH = 16
"""Pictures measured together: as many as stay in the processor's cache."""


def sign(path: Path, progress: Progress | None = None) -> Signature:
    """The signature of the recording at `path`; `progress` is told about how many pictures the file declares.

    Raises CannotOpen, NotVideo, Damaged or Unsupported.
    """
    custody = take(path)
    movie = _movie(path, custody)
    try:
        signature = _read(path, custody, movie, progress, threads=True)
    except Complaint:
        signature = _read(path, custody, movie, progress, threads=False)
    if not len(signature):
        raise undecodable(path)
    return replace(signature, sound=outline(path))


def measure_and_sign(
    path: Path,
    progress: Progress | None = None,
    *,
    second: bool = False,
    threads: bool = True,
    spool: Path | None = None,
) -> tuple[Clip, Signature | None]:
    """What `measure` and `sign` give, from one decode; no signature where the pictures are more than thumbnails are kept of. `spool` is a
    file that takes the thumbnails instead of memory: it must stay as long as the signature is used.

    Raises as `measure` does, and OSError where the disk takes no more thumbnails.
    """
    clip, beside = measure_beside(path, progress, second=second, threads=threads, collect=partial(Thumbnails, spool))
    if beside is None:
        return clip, None
    frames, stream = clip.frames, clip.stream
    pts, duration = rising(frames.pts, frames.duration, _step(stream))
    signature = Signature(
        custody=clip.custody,
        start=clip.start,
        time_base=stream.time_base,
        codec=stream.codec,
        width=int(frames.width[0]),
        height=int(frames.height[0]),
        pts=pts,
        duration=duration,
        sha256=frames.sha256,
        grey=beside.thumbnails,
        phash=frames.phash,
        packets=_played(beside.packets),
        sound=outline(path),
        decoder=clip.decoder,
    )
    return clip, signature


def _step(stream: Stream) -> int:
    return usual_step(stream.average_rate or stream.rate, stream.time_base)


def _movie(path: Path, custody: Custody) -> Movie | None:
    with path.open("rb") as file:
        return read_movie(file, custody.size) if looks_like_isobmff(file.read(HEAD)) else None


def _read(path: Path, custody: Custody, movie: Movie | None, progress: Progress | None, *, threads: bool) -> Signature:
    """Decode the whole file once. Raises Complaint where `threads` is set and the decoder complains."""
    with listening() as log, open_clip(path) as container:
        video = main_video(container, path)
        report = _reporter(progress, _declared(container, video))
        decoding = Decoding(container, video, path, log, threads=threads, hashes=True)
        rows = _Rows(cropping(container, video, movie, path))
        for picture in decoding.pictures():
            rows.add(picture)
            report(len(rows))
        stream = describe(container, video, 0)[video]
        stated, lengths = rows.times()
        pts, duration = rising(stated, lengths, _step(stream))
        grey, hashes = rows.pictures()
        return Signature(
            custody=custody,
            start=start_time(container, video),
            time_base=stream.time_base,
            codec=stream.codec,
            width=rows.size[0],
            height=rows.size[1],
            pts=pts,
            duration=duration,
            sha256=rows.sha256(),
            grey=grey,
            phash=hashes,
            packets=_played(decoding.shown()[video]),
            sound=None,
            decoder=decoder_version(),
        )


def _declared(container: InputContainer, video: int) -> int:
    """About how many pictures the stream has, by what the container says; 0 where it says nothing."""
    stream = video_stream(container, video)
    length = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    if not length and container.duration:
        length = container.duration / 1e6
    return max(stream.frames or round(length * float(stream.average_rate or 0)), 0)


def _reporter(progress: Progress | None, total: int) -> Callable[[int], None]:
    def report(done: int) -> None:
        if progress is not None and done % STEP == 0:
            progress(done, max(done, total))

    return report


def _played(packets: Packets) -> Packets:
    """Those from which a picture is shown: not the ones that are decoded only to begin in the middle, and not the empty ones."""
    rows = ~packets.discard & (packets.size > 0)
    return Packets(**{name: column[rows] for name, column in vars(packets).items()})


class _Rows:
    """Collects the picture columns: flat arrays, no object per picture."""

    def __init__(self, crop: Crop) -> None:
        self.size = (0, 0)
        """Width and height of the first picture as shown."""
        self._crop, self._shrinker = crop, Shrinker()
        self._batch = np.zeros((BATCH, HEIGHT, WIDTH), np.uint8)
        self._times, self._sha256, self._thumbnails, self._hashes = array("q"), bytearray(), bytearray(), bytearray()
        self._count = self._waiting = 0

    def __len__(self) -> int:
        return self._count

    def add(self, picture: Picture) -> None:
        """Measure one picture and append its row."""
        frame = picture.frame
        if not self._count:
            self.size = self._crop.within(frame.width, frame.height)[2:]
        self._sha256 += digest(frame, self._crop)[0]
        self._times.extend((picture.pts, picture.duration))
        self._batch[self._waiting] = self._shrinker.shrink(frame, self._crop).grey
        self._count += 1
        self._waiting += 1
        if self._waiting == BATCH:
            self._measure()

    def times(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What the file states of each picture: when and for how long."""
        pts, duration = np.array(self._times, np.int64).reshape(-1, 2).T.copy()
        return pts, duration

    def sha256(self) -> NDArray[np.uint8]:
        """Hashes of the pictures, n x 32."""
        return np.frombuffer(self._sha256, np.uint8).reshape(-1, 32)

    def pictures(self) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        """Thumbnails and perceptual hashes."""
        self._measure()
        grey = np.frombuffer(self._thumbnails, np.uint8).reshape(-1, DOWN, ACROSS)
        return grey, np.frombuffer(self._hashes, np.uint64)

    def _measure(self) -> None:
        greys = self._batch[: self._waiting]
        if len(greys):
            self._thumbnails += thumbnails(greys).tobytes()
            self._hashes += phash(greys).tobytes()
        self._waiting = 0

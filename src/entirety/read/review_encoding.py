"""Makes a review copy, within the process that was started for it: every shown picture once, at its own time, with a band below it.

The pictures are decoded and numbered exactly as for the audit, edit lists applied, so a number in the band is a number of the report. No
tag of the clip and no time of day goes into the copy.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream
from numpy.typing import NDArray

from entirety.errors import Unsupported
from entirety.model.time import UNSET
from entirety.read.cropping import Crop
from entirety.read.decode import Decoding, Picture
from entirety.read.log import Log, listening
from entirety.read.review_band import Band
from entirety.read.review_sound import ReviewSound
from entirety.read.sound import TRIED, SoundBlock, blocks_within
from entirety.read.streams import open_clip, video_stream

MOST_BYTES = 1 << 29
"""512 MiB, made in memory. The rate is held so low that a longer clip stays below it."""
MOST_RATE = 6_000_000
"""Bits a second at most: 720p with a moving camera takes about half of it at this quality."""
OPTIONS = {"preset": "veryfast", "crf": "23", "bf": "0", "g": "15"}
"""No picture is built on a later one and each fifteenth on none, so that a player reaches every place at once."""
THREADS = 2
"""A fixed number: the encoder's bytes depend on it."""
FINEST = 1_000_000
"""Ticks a second of the clip that the copy takes over; finer ones are rounded to COMMON."""
COMMON = Fraction(1, 90_000)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made."""

    path: Path
    video: int
    rotation: int
    aspect: Fraction
    crop: Crop
    start: Fraction
    """Where the clip begins by its own count, seconds: 0 in the copy."""
    seconds: Fraction
    pictures: int
    """As the audit counts them: another number is refused."""
    sha256: str


def encoded(order: Order) -> bytes:
    """The copy as MP4. Raises Unsupported where it cannot be one of this audit, and what opening a clip raises."""
    target = BytesIO()
    try:
        with ExitStack() as stack:
            log, container = stack.enter_context(listening()), stack.enter_context(open_clip(order.path))
            # Without the flag the copy would hold the library's version.
            copy = stack.enter_context(av.open(target, "w", format="mp4", options={"fflags": "+bitexact"}))
            stream = video_stream(container, order.video)
            base, rate = Fraction(stream.time_base or COMMON), stream.average_rate or stream.guessed_rate
            sound = _sound(order, stack, log)
            writer = _Writer(copy, order, base, Fraction(rate or 25), sound)
            # On one thread damage is patched up the same way each time, and the encoder has the other.
            pictures = Decoding(container, order.video, order.path, log, threads=False).pictures()
            for number, picture in enumerate(pictures):
                writer.add(number, picture)
                _bound(target)
            writer.end()
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Unsupported(f"the encoder gave up ({type(error).__name__})") from error
    if writer.pictures != order.pictures:
        raise Unsupported(f"{writer.pictures} pictures came out where the audit counts {order.pictures}")
    _bound(target)
    return target.getvalue()


def _sound(order: Order, stack: ExitStack, log: Log) -> Iterator[SoundBlock] | None:
    """The first sound stream that gives any, read beside the pictures; None where there is none."""
    for turn in range(TRIED):
        container = stack.enter_context(open_clip(order.path))
        blocks = blocks_within(container, turn, order.path, log)
        first = next(blocks, None)
        if first is not None:
            return chain((first,), blocks)
    return None


def _bound(target: BytesIO) -> None:
    if target.tell() > MOST_BYTES:
        raise Unsupported(f"it would be larger than {MOST_BYTES >> 20} MiB")


class _Writer:
    """The copy while it is written: its streams begin with the first picture, whose size decides that of all."""

    def __init__(
        self, copy: OutputContainer, order: Order, base: Fraction, rate: Fraction, sound: Iterator[SoundBlock] | None
    ) -> None:
        self._copy, self._order, self._source, self._rate, self._blocks = copy, order, base, rate, sound
        self._base = base if base.numerator == 1 and base.denominator <= FINEST else COMMON
        self._streams: tuple[Band, VideoStream, ReviewSound | None] | None = None
        self._last = -1
        self.pictures = 0

    def add(self, number: int, picture: Picture) -> None:
        band, video, sound = self._streams or self._begin(picture.frame)
        time = None if picture.pts == UNSET else picture.pts * self._source
        whole = band.laid_out(_samples(picture.frame), self._order.crop, number, time)
        frame = VideoFrame.from_ndarray(whole, format="yuv420p")
        frame.pts, frame.time_base = self._ticks(time), self._base
        self._last = frame.pts
        if sound is not None:
            sound.until(frame.pts * self._base)
        self._copy.mux(video.encode(frame))
        self.pictures += 1

    def end(self) -> None:
        if self._streams is None:
            return
        _, video, sound = self._streams
        self._copy.mux(video.encode(None))
        if sound is not None:
            sound.until(self._order.seconds)
            sound.end()

    def _ticks(self, time: Fraction | None) -> int:
        """Place in the copy; later than the one before, whatever the clip says."""
        if time is None:
            return 0 if self._last < 0 else self._last + max(1, round(1 / self._rate / self._base))
        return max(self._last + 1, round((time - self._order.start) / self._base))

    def _begin(self, first: VideoFrame) -> tuple[Band, VideoStream, ReviewSound | None]:
        order = self._order
        _, _, width, height = order.crop.within(first.width, first.height)
        band = Band(width, height, aspect=order.aspect, rotation=order.rotation, sha256=order.sha256)
        most = min(MOST_RATE, int(MOST_BYTES * 7 / max(Fraction(1), order.seconds)))
        options = OPTIONS | {"maxrate": str(most), "bufsize": str(2 * most)}
        video = self._copy.add_stream("libx264", rate=self._rate.limit_denominator(60_000), options=options)
        video.width, video.height, video.pix_fmt = band.width, band.height, "yuv420p"
        video.time_base = video.codec_context.time_base = self._base
        context = video.codec_context
        context.thread_count, context.colorspace = THREADS, first.colorspace
        context.flags |= Flags.bitexact
        sound = None if self._blocks is None else ReviewSound(self._copy, self._blocks, order.start)
        self._streams = band, video, sound
        return self._streams


def _samples(frame: VideoFrame) -> NDArray[np.uint8]:
    """The picture as 4:2:0 of eight bits, whose sides are even, with black and white where television has them."""
    plain = frame.reformat(
        width=frame.width + frame.width % 2,
        height=frame.height + frame.height % 2,
        format="yuv420p",
        dst_color_range=ColorRange.MPEG,
    )
    return plain.to_ndarray().astype(np.uint8, copy=False)

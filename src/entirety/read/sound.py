"""Decodes the sound of a file to one channel at one rate, block by block, each with its place on the file's own time axis.

Only the first sound stream that can be decoded is read. Damaged blocks are left out and what follows stands where the file puts it;
no damage ends in an error.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from numpy.typing import NDArray

from entirety.errors import EntiretyError
from entirety.read.log import Log, listening
from entirety.read.packets import demuxed
from entirety.read.streams import decoder_of, open_clip

RATE = 16_000
"""Samples a second: holds all pitches below 8 kHz, more than any telephone."""
TRIED = 4
"""Sound streams that are tried in turn; each costs one reading of the file."""
RATES = (4_000, 768_000)
"""Samples a second of the coded sound: below the telephone's 8,000 and above studio's 384,000 no sound of a film is coded."""
JUMP = RATE // 25
"""Two pictures' time: where a block's own time is later than that, there is a gap. Containers that round times to a thousandth, or that count
in blocks of 1,024 samples, stay far below."""
LONGEST = 72 * 3600 * RATE
"""Samples: three days, as many as coded pictures are read of."""

Samples = NDArray[np.float32]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """Samples that follow one another without a gap."""

    first: int
    """Place of the first sample: RATE of them a second, 0 where the file's own times are 0. Never before the end of the last block."""
    samples: Samples
    """-1 to 1."""


def sound_blocks(path: Path) -> Iterator[SoundBlock]:
    """The sound of the first stream that gives any, in order; nothing where there is none. A file that cannot be opened has no sound."""
    return _first(path, _stream_blocks)


def sound_frames(path: Path) -> Iterator[AudioFrame]:
    """The same sound as the decoder gives it, in the order of the file: all channels, at its own rate."""
    return _first(path, _stream_frames)


def _first(path: Path, stream: Callable[[Path, int], Iterator[T]]) -> Iterator[T]:
    """What the first sound stream gives that gives anything."""
    for turn in range(TRIED):
        some = False
        for part in stream(path, turn):
            some = True
            yield part
        if some:
            return


def _stream_blocks(path: Path, turn: int) -> Iterator[SoundBlock]:
    """The blocks of the sound stream with this number among those that have a decoder."""
    yield from _bounded(_Placed().blocks(_stream_frames(path, turn)))


def _stream_frames(path: Path, turn: int) -> Iterator[AudioFrame]:
    """What is decoded of the sound stream with this number among those that have a decoder."""
    with listening() as log:
        try:
            with open_clip(path) as container:
                yield from _frames_within(container, turn, path, log)
        except EntiretyError:
            return


def blocks_within(container: InputContainer, turn: int, path: Path, log: Log) -> Iterator[SoundBlock]:
    """The same of an open container that nothing else reads from, for whoever listens to the library already."""
    yield from _bounded(_Placed().blocks(_frames_within(container, turn, path, log)))


def _frames_within(container: InputContainer, turn: int, path: Path, log: Log) -> Iterator[AudioFrame]:
    streams = [s for s in container.streams.audio if decoder_of(s) is not None]
    if turn < len(streams):
        yield from _frames(container, streams[turn], path, log)


def _bounded(blocks: Iterator[SoundBlock]) -> Iterator[SoundBlock]:
    """Until the sound is longer than any clip's."""
    start: int | None = None
    for block in blocks:
        start = block.first if start is None else start
        if block.first + len(block.samples) - start > LONGEST:
            return
        yield block


def _frames(container: InputContainer, stream: AudioStream, path: Path, log: Log) -> Iterator[AudioFrame]:
    """Every block that can be decoded."""
    context = stream.codec_context
    # Chance would decide which of several threads meets damage first.
    context.thread_type, context.thread_count = "NONE", 1
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    try:
        for packet in demuxed(container, path):
            log.clear()
            if packet.stream_index == stream.index and packet.size:
                yield from _decoded(context, packet)
        yield from _decoded(context, None)
    finally:
        log.clear()


def _decoded(context: AudioCodecContext, packet: "Packet[Any] | None") -> list[AudioFrame]:
    try:
        frames = context.decode(packet)
    except (av.FFmpegError, OSError, ValueError):
        return []
    return [frame for frame in frames if frame.samples and RATES[0] <= frame.sample_rate <= RATES[1]]


class _Placed:
    """Resamples blocks and says where each belongs."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._form: tuple[str, str, int] | None = None
        self._end: int | None = None
        """Where the sound handed out so far ends."""
        self._owed = Fraction(0)
        """Where what was put into the resampler ends, in samples of RATE; it holds some back."""

    def blocks(self, frames: Iterator[AudioFrame]) -> Iterator[SoundBlock]:
        for frame in frames:
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            place = _place(frame)
            jumps = self._end is not None and place is not None and place - self._owed > JUMP
            if form != self._form or jumps:
                yield from self._given(None)
                self._resampler, self._form = AudioResampler("flt", "mono", RATE), form
                self._end = self._begin(place)
                self._owed = Fraction(self._end)
            self._owed += Fraction(frame.samples * RATE, frame.sample_rate)
            yield from self._given(frame)
        yield from self._given(None)

    def _begin(self, place: Fraction | None) -> int:
        """Where the next stretch begins: never within the last."""
        if self._end is None:
            return 0 if place is None else round(place)
        return self._end if place is None else max(self._end, round(place))

    def _given(self, frame: AudioFrame | None) -> Iterator[SoundBlock]:
        """What the resampler gives for one block; for None, what it still holds."""
        if self._resampler is None or self._end is None:
            return
        try:
            # The resampler's own idea of time is not asked: it would fill or cut where the file's times are rounded.
            if frame is not None:
                frame.pts = None
            done = self._resampler.resample(frame)
        except (av.FFmpegError, OSError, ValueError):
            done = []
        for part in done:
            samples = np.nan_to_num(part.to_ndarray().reshape(-1), nan=0.0, posinf=1.0, neginf=-1.0)
            yield SoundBlock(self._end, samples.astype(np.float32))
            self._end += len(samples)


def _place(frame: AudioFrame) -> Fraction | None:
    """Where a block begins by its own time, in samples of RATE."""
    if frame.pts is None or not frame.time_base:
        return None
    return frame.pts * Fraction(frame.time_base) * RATE

"""The sound of a review copy: one channel, 16,000 samples a second, each at the place that the clip gives it; silence where it has none."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import Flags
from av.container import OutputContainer

from entirety.read.sound import RATE, Samples, SoundBlock

BLOCK = 1024
"""Samples of one coded block of AAC."""


class ReviewSound:
    """One stream of the copy, written as far as the pictures are."""

    def __init__(self, copy: OutputContainer, blocks: Iterator[SoundBlock], start: Fraction) -> None:
        """`start` is where the clip begins by its own count, seconds."""
        self._copy, self._blocks, self._start = copy, blocks, round(start * RATE)
        self._stream: AudioStream = copy.add_stream("aac", rate=RATE, layout="mono")
        self._stream.codec_context.flags |= Flags.bitexact
        self._next = next(blocks, None)
        self._held: Samples = np.zeros(0, np.float32)
        self._written = 0

    def until(self, time: Fraction) -> None:
        """Write everything that is heard before `time`."""
        end = int(time * RATE)
        while self._next is not None and self._next.first - self._start < end:
            first, samples = self._next.first - self._start, self._next.samples
            self._silence(first)
            self._hold(samples[max(0, self._place - first) :])
            self._next = next(self._blocks, None)

    def end(self) -> None:
        """Write what is left of the last block."""
        self._hold(np.zeros(-len(self._held) % BLOCK, np.float32))
        self._copy.mux(self._stream.encode(None))

    @property
    def _place(self) -> int:
        return self._written + len(self._held)

    def _silence(self, end: int) -> None:
        while self._place < end:
            self._hold(np.zeros(min(RATE, end - self._place), np.float32))

    def _hold(self, samples: Samples) -> None:
        self._held = np.concatenate((self._held, samples))
        while len(self._held) >= BLOCK:
            frame = AudioFrame.from_ndarray(self._held[None, :BLOCK].copy(), format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, self._written, Fraction(1, RATE)
            self._copy.mux(self._stream.encode(frame))
            self._held, self._written = self._held[BLOCK:], self._written + BLOCK

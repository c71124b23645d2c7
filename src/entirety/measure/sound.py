"""Draws the outline of a file's sound: how loud it is in 16 bands of pitch, fifty times a second.

The outline follows speech, steps and engines closely enough to recognise a recording after another encoding or at another volume, and
nothing can be heard from it.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entirety.model.signature import BANDS, STEP, SoundOutline
from entirety.read.sound import RATE, SoundBlock, sound_blocks

HOP = int(RATE * STEP)
"""Samples between two rows."""
WINDOW = 512
"""Samples that one row hears, 32 ms: about ten waves of a low voice."""
BEFORE = (WINDOW - HOP) // 2
"""Samples that a row hears before its own begin."""
LOW, HIGH = 100.0, 7000.0
"""Hertz: below is wind and hum, above most encoders at low rates keep nothing."""
FLOOR = -90.0
"""Decibels below the loudest sine a file can hold: the rounding of 16-bit samples lies below in every band, the quietest room above."""
UNITS = 2
"""Rows count half decibels."""
TOGETHER = 50
"""Rows measured at once: the product stays so small that it is computed on the calling thread."""

Floats = NDArray[np.float64]


def outline(path: Path) -> SoundOutline | None:
    """Of the first sound stream that can be decoded; None where there is none."""
    levels = bytearray()
    start: int | None = None
    for row, part in _rows(sound_blocks(path)):
        start = row if start is None else start
        missing = (row - start) * BANDS - len(levels)
        if missing >= 0:
            levels += bytes(missing)
            levels += part.tobytes()
        else:
            # After a gap the sound may go on within a row that is there already: the louder counts.
            _overlay(levels, (row - start) * BANDS, part.reshape(-1))
    if start is None:
        return None
    return SoundOutline(start * STEP, np.frombuffer(levels, np.uint8).reshape(-1, BANDS))


def _overlay(levels: bytearray, place: int, part: NDArray[np.uint8]) -> None:
    common = min(len(levels) - place, len(part))
    louder = np.maximum(np.frombuffer(bytes(levels[place : place + common]), np.uint8), part[:common])
    levels[place : place + common] = louder.tobytes()
    levels += part[common:].tobytes()


def _rows(blocks: Iterator[SoundBlock]) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Rows in order with the number of the first, counted from time 0; every unbroken stretch of sound begins anew."""
    waiting = np.zeros(0, np.float32)
    row, end = 0, -1
    for block in blocks:
        if block.first != end:
            if len(waiting):
                yield row, _last(waiting)
            row = block.first // HOP
            waiting = np.zeros(BEFORE + block.first - row * HOP, np.float32)
        waiting = np.append(waiting, block.samples)
        end = block.first + len(block.samples)
        ready = (len(waiting) - WINDOW) // HOP + 1
        while ready >= TOGETHER:
            yield row, levels_of(waiting[: (TOGETHER - 1) * HOP + WINDOW])
            row, ready, waiting = row + TOGETHER, ready - TOGETHER, waiting[TOGETHER * HOP :]
    if len(waiting):
        yield row, _last(waiting)


def _last(waiting: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The rows of what is left, with silence behind."""
    rows = max(-(-(len(waiting) - BEFORE) // HOP), 0)
    return levels_of(np.append(waiting, np.zeros(rows * HOP + WINDOW, np.float32))[: (rows - 1) * HOP + WINDOW])


def levels_of(samples: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rows of half decibels above the floor; row k hears samples k * HOP to k * HOP + WINDOW."""
    if len(samples) < WINDOW:
        return np.zeros((0, BANDS), np.uint8)
    heard = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP].astype(np.float64)
    power = np.abs(np.fft.rfft(heard * _BELL)) ** 2 @ _SHARES
    decibels = 10 * np.log10(np.maximum(power, 10 ** (FLOOR / 10)))
    return np.clip(np.rint((decibels - FLOOR) * UNITS), 0, 255).astype(np.uint8)


def _shares() -> Floats:
    """How much of each line of the spectrum each band holds, so that a sine of full loudness gives 1."""
    edges = LOW * (HIGH / LOW) ** (np.arange(BANDS + 1) / BANDS)
    width = RATE / WINDOW
    lines = np.arange(WINDOW // 2 + 1)[:, None] * width
    overlap = np.minimum(lines + width / 2, edges[1:]) - np.maximum(lines - width / 2, edges[:-1])
    # By Parseval: a sine of amplitude 1 puts WINDOW / 4 times the bell's energy into the lines round its own.
    return np.asarray(np.maximum(overlap, 0) / width * 4 / (WINDOW * float((_BELL**2).sum())))


_BELL = np.hanning(WINDOW + 1)[:-1]
_SHARES = _shares()

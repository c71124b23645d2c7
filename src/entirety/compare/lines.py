"""Turns pairs of equal pictures into pieces: stretches in which the recording's time runs evenly with the clip's.

Where the recording's time begins to run faster or slower, or leaps, a piece ends, even if no picture is left out: a change of speed is a
finding of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

Rows = NDArray[np.int64]

MOST_LINES = 500
"""Pieces into which one run is divided at most; times that change more often follow no line, and the run stays one piece."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pictures of the clip, rising, and the picture of the recording that each shows, rising or falling."""

    clip: Rows
    source: Rows

    def __len__(self) -> int:
        return len(self.clip)

    def part(self, first: int, end: int) -> "Pairs":
        return Pairs(self.clip[first:end], self.source[first:end])


def pieces(
    clip: Signature, source: Signature, pairs: Pairs, layer: Layer, *, sampled: bool = False, slack: float = 1.0
) -> Iterator[Piece]:
    """The pieces of one run. `sampled` says that pictures are left out or doubled at an even pace, as a change of the frame rate does;
    pictures may lie off a line by the share `slack` of the time for which one usually stands.
    """
    for first, end in _time_lines(clip, source, pairs, slack):
        yield _piece(clip, source, pairs.part(first, end), layer, sampled=sampled)


def speed(clip: Fraction, source: Fraction, rounding: tuple[Fraction, Fraction]) -> Fraction:
    """Seconds of the recording in one of the clip: the simplest fraction that both lengths allow, each known to its `rounding` only."""
    if clip <= 0 or source <= 0:
        return Fraction(1)
    least = max(source - rounding[1], source / 2) / (clip + rounding[0])
    most = (source + rounding[1]) / max(clip - rounding[0], clip / 2)
    return Fraction(1) if least <= 1 <= most else simplest(least, most)


def simplest(least: Fraction, most: Fraction) -> Fraction:
    """The fraction with the smallest denominator in [least, most], both above 0."""
    whole = floor(least)
    if whole == least:
        return Fraction(whole)
    if whole + 1 <= most:
        return Fraction(whole + 1)
    return whole + 1 / simplest(1 / (most - whole), 1 / (least - whole))


def _piece(clip: Signature, source: Signature, pairs: Pairs, layer: Layer, *, sampled: bool) -> Piece:
    first, last = int(pairs.clip[0]), int(pairs.clip[-1])
    low, high = int(pairs.source.min()), int(pairs.source.max())
    backwards = bool(len(pairs) > 1 and pairs.source[0] > pairs.source[-1])
    shown, recorded = clip.begin(last) - clip.begin(first), source.begin(high) - source.begin(low)
    rate = speed(shown, recorded, _rounding(clip, source))
    if sampled:
        # The last picture of the clip stands for those after it that the even pace leaves out.
        until = float(source.begin(low) + rate * (clip.end(last) - clip.begin(first)))
        step = source.times[high + 1] - source.times[high]
        high = max(high, int(np.searchsorted(source.times[: len(source)], until - step / 2)) - 1)
    return Piece(
        source=0,
        clip_first=first,
        clip_end=last + 1,
        source_first=low,
        source_end=high + 1,
        clip_span=(clip.begin(first), clip.end(last)),
        source_span=(source.begin(low), source.end(high)),
        speed=rate,
        reversed=backwards,
        mirrored=False,
        matched_by=layer,
        uncertainty=0,
    )


def _rounding(clip: Signature, source: Signature) -> tuple[Fraction, Fraction]:
    """Between two times, each rounded to half a tick, lies an error of one tick."""
    return clip.time_base, source.time_base


def _time_lines(clip: Signature, source: Signature, pairs: Pairs, slack: float) -> list[tuple[int, int]]:
    """Ranges of pairs on straight lines: divided where a pair lies farthest off the line between the ends, until none lies far off."""
    x, y = clip.times[pairs.clip], source.times[pairs.source]
    off = slack * max(_usual(clip.times, pairs.clip), _usual(source.times, pairs.source))
    whole, done = [(0, len(pairs) - 1)], list[int]()
    while whole:
        first, last = whole.pop()
        if last - first < 2:
            continue
        chord = y[first] + (y[last] - y[first]) * ((x[first : last + 1] - x[first]) / max(x[last] - x[first], 1e-9))
        away = np.abs(y[first : last + 1] - chord)
        if away.max() <= off:
            continue
        if len(done) >= MOST_LINES:
            return [(0, len(pairs))]
        middle = first + int(away.argmax())
        done.append(middle)
        whole += [(first, middle), (middle, last)]
    ends = [*sorted(done), len(pairs)]
    # Before a leap stands one pair between two borders: it ends the line before it.
    kept = [end for end, after in zip(ends, [*ends[1:], 0], strict=True) if after != end + 1 or end == ends[-1]]
    return list(zip([0, *kept], kept, strict=False))


def _usual(times: NDArray[np.float64], rows: Rows) -> float:
    """How long a picture usually stands in this stretch."""
    return float(np.median(times[rows + 1] - times[rows]))

"""Finds the places where a block of sound does not begin when the block before it ends by its own headers.

Sound is recorded without a break, and every block states how many samples it holds. So the time of the next block is known to the
sample; where a file keeps this everywhere else, a single block that begins earlier or later marks a place where something was left
out or put together, however short it is. Files whose clock trembles are held against their own trembling.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.detect.odd_step import START_UP
from entirety.detect.spans import runs
from entirety.detect.steps import FEW_PAUSES, FEWEST, ROUNDING, WRAP, clock_of, restarts
from entirety.model.clip import Clip
from entirety.model.headers import SoundHeaders
from entirety.model.time import UNSET

TREMBLING = 2.5
"""Times the deviation that 19 of 20 steps stay below: 2.5 times is about five standard deviations where they scatter by chance."""
COMMON = 95
"""Percent."""
LASTING = 5
"""Blocks on either side over which the shift must last; a single block with a wrong time is corrected by the next one: chosen."""
ROUNDED = 2
"""Ticks by which the difference of two rounded times, one of them summed up by the writer, can be off."""
FINEST = Fraction(1, 2000)
"""Seconds that no file is asked to keep: a clip of the corpus that went through a phone's own editor is off by 0.14 ms twice; chosen."""
LAST = 2
"""Blocks at the end that are left out: the last ones are cut short or filled up."""


@dataclass(frozen=True, slots=True)
class SoundBreak:
    """One place between two neighbouring blocks of one sound stream."""

    before: int
    after: int
    """Packet rows of the stream on both sides; not neighbours where several steps in a row are off."""
    step: Fraction
    """Seconds from the time of the one to the time of the other."""
    held: Fraction
    """Seconds of sound that lie between these times by the headers."""
    bound: Fraction
    """Seconds by which the two may differ in this file."""


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Neighbouring blocks with a time, one row for each pair."""

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    ticks: NDArray[np.int64]
    samples: NDArray[np.int64]
    off: NDArray[np.float64]
    """Ticks by which the second block begins later than the first one ends."""
    rate: int
    base: Fraction


def sound_breaks(clip: Clip, sound: SoundHeaders) -> tuple[SoundBreak, ...]:
    """Places where the time goes on by other than the samples held, in file order.

    Left out: the first second, the last blocks, places where the clock goes back (timestamp-gap tells those), and everything in a
    file that has more such places than one a minute (three in a short one). Containers that store no times have no such places.
    """
    packets, stream = clip.stored[sound.stream], clip.streams[sound.stream]
    rate, base = sound.rate or stream.sample_rate, stream.time_base
    if len(packets) != len(sound) or rate <= 0 or base <= 0:
        return ()
    gaps = _gaps(clip, sound, rate)
    bound = _bound(gaps)
    limit = Fraction(bound).limit_denominator(1000) * base
    return tuple(_break(gaps, first, last, limit) for first, last in _lasting(gaps, bound))


def _gaps(clip: Clip, sound: SoundHeaders, rate: int) -> _Gaps:
    """All pairs of neighbours between which the samples are known."""
    packets, base = clip.stored[sound.stream], clip.streams[sound.stream].time_base
    times = clock_of(packets)
    known = np.flatnonzero(times != UNSET)
    before, after = known[:-1], known[1:]
    samples, unknown = np.maximum(sound.samples, 0), sound.samples < 0
    held = np.concatenate([[0], np.cumsum(samples)])
    doubtful = np.concatenate([[0], np.cumsum(unknown)])
    ticks = times[after] - times[before]
    part = np.searchsorted(restarts(packets, clip.container), known, side="right")
    kept = (doubtful[after] == doubtful[before]) & (part[1:] == part[:-1]) & (ticks > -WRAP // 2)
    before, after, ticks = before[kept], after[kept], ticks[kept]
    count = held[after] - held[before]
    off = ticks - count * float(1 / (rate * base))
    return _Gaps(before, after, ticks, count, off, rate, base)


def _bound(gaps: _Gaps) -> float:
    """Ticks by which a step may be off: the rounding of the container, or the habit of this file where that is wider."""
    if not len(gaps.off):
        return 0.0
    base = gaps.base
    whole = (1 / (gaps.rate * base)).denominator == 1  # each sample is a whole number of ticks: nothing is rounded
    rounding = 1.0 if whole else max(float(ROUNDED), float(ROUNDING / base))
    return max(rounding, float(FINEST / base), TREMBLING * float(np.percentile(np.abs(gaps.off), COMMON)))


def _lasting(gaps: _Gaps, bound: float) -> list[tuple[int, int]]:
    """Runs of steps off by more than `bound`, first and last, after which the sound stays shifted; none where they are common.

    Where parts overlap, some programs (ffmpeg) crowd the blocks of the second one together until they follow the first: one run.
    """
    if len(gaps.off) < FEWEST:
        return []
    level = np.concatenate([[0.0], np.cumsum(gaps.off)])
    passed = (np.cumsum(gaps.ticks) - gaps.ticks) * float(gaps.base)
    odd = runs(np.abs(gaps.off) > bound)
    found = [
        (first, last)
        for first, last in odd
        if passed[first] >= float(START_UP) and last < len(gaps.off) - LAST and abs(_shift(level, first, last)) > bound
    ]
    minutes = int(float(int(gaps.ticks.sum()) * gaps.base) / 60)
    return found if len(found) <= max(FEW_PAUSES, minutes) else []


def _shift(level: NDArray[np.float64], first: int, last: int) -> float:
    """By how much the blocks after the run lie later than those before it."""
    before, after = level[max(0, first + 1 - LASTING) : first + 1], level[last + 1 : last + 1 + LASTING]
    return float(np.median(after) - np.median(before))


def _break(gaps: _Gaps, first: int, last: int, bound: Fraction) -> SoundBreak:
    """The break that reaches from pair `first` to pair `last`."""
    step = int(gaps.ticks[first : last + 1].sum()) * gaps.base
    held = Fraction(int(gaps.samples[first : last + 1].sum()), gaps.rate)
    return SoundBreak(int(gaps.before[first]), int(gaps.after[last]), step, held, bound)

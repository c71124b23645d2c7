"""How a file counts its time: the steps from one picture or sound block to the next, held against the file's own habit.

A recorder with a steady clock repeats one step; a phone in the dark stretches it; a recorder that waits for movement pauses.
So no step is judged by itself, only by what the rest of the same file does.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip, Packets
from entirety.model.time import UNSET

ROUNDING = Fraction(1, 1000)
"""Seconds. Matroska, FLV and many phones write whole milliseconds, so a steady 33.37 ms appears as 33 and 34."""
GAP = 1.5
"""Times the usual step (first trials, one clip per kind of footage): between one step, and the two that a single left-out picture makes."""
FEWEST = 8
"""Steps needed: neither habit nor exception can be told from fewer."""
STEADY = 0.99
"""Share of steps that must equal the usual one: chosen; the phones of the corpus have 0.3 to 0.9, recorders and encoders 1."""
PAUSE = Fraction(1, 2)
"""Seconds from which a long step is a pause and not a few lost pictures: chosen, above the 0.18 s that phones of the corpus need to start."""
FEW_PAUSES = 3
"""Pauses that may stand alone in a short clip: chosen, so that a clip with two parts taken out is not taken for a device that pauses."""
WRAP = 2**33
"""A transport stream's counter has 33 bits and starts again after 26.5 hours (ISO 13818-1)."""
COUNTED = frozenset(("avi", "h264", "hevc", "m4v", "mjpeg", "mpegvideo", "rawvideo", "image2"))
"""Containers that store no times: a reader counts pictures at a fixed rate, so that the clock goes on whatever is missing."""
FARTHEST = 2**60
"""Ticks: 400,000 years at 90,000 a second. Farther times are damage, and their differences would not fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one stream. `before` and `after` are packet rows on both sides of each step, in the order of showing."""

    stream: int
    base: Fraction
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    times: NDArray[np.int64]
    """Time at which each step begins, ticks."""
    ticks: NDArray[np.int64]
    usual: int
    """Median step, ticks."""
    tolerance: float
    """Ticks by which rounding alone can move a step."""
    begin: int
    """First time, ticks."""
    minutes: float
    """Length of the stream, pauses included."""

    @property
    def steady(self) -> bool:
        """Nearly all steps equal the usual one within rounding; pauses are left aside, for they are what this is asked about."""
        others = np.delete(self.ticks, self.pauses())
        return bool(np.mean(np.abs(others - self.usual) <= self.tolerance) >= STEADY) if len(others) else False

    @property
    def few(self) -> int:
        """How many odd steps may stand alone: below one a minute (first trials, one clip per kind of footage), and a single one in a short clip."""
        return max(1, int(self.minutes))

    @property
    def few_pauses(self) -> int:
        """How many pauses may stand alone: below one a minute, and FEW_PAUSES in a short clip."""
        return max(FEW_PAUSES, int(self.minutes))

    def pauses(self) -> NDArray[np.int64]:
        """Long steps that last PAUSE or more."""
        every = self.long()
        return every[self.ticks[every] >= float(PAUSE / self.base)]

    def long(self) -> NDArray[np.int64]:
        """Steps that leave room for at least one more picture."""
        return np.flatnonzero(self.ticks > GAP * self.usual + self.tolerance)

    def seconds(self, step: int) -> Fraction:
        return int(self.ticks[step]) * self.base

    @property
    def usual_s(self) -> Fraction:
        return self.usual * self.base


def clock_of(packets: Packets) -> NDArray[np.int64]:
    """Presentation times, or decode times where the file states no presentation times; UNSET where they cannot be meant."""
    return _meant(packets.pts if bool((packets.pts != UNSET).any()) else packets.dts)


def _meant(times: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where((times > -FARTHEST) & (times < FARTHEST), times, UNSET)


def steps(clip: Clip, stream: int, restarts: NDArray[np.int64]) -> Steps | None:
    """Steps in the order of showing, each run between `restarts` (rows) by itself; None where no habit can be read off them."""
    times, base = clock_of(clip.stored[stream]), clip.streams[stream].time_base
    pairs = []
    for run in np.split(np.arange(len(times)), restarts):
        known = run[times[run] != UNSET]
        order = known[np.argsort(times[known], kind="stable")]
        pairs.append(np.stack([order[:-1], order[1:]]))
    before, after = np.concatenate(pairs, axis=1) if pairs else np.zeros((2, 0), np.int64)
    ticks = times[after] - times[before]
    usual = int(np.median(ticks)) if len(ticks) >= FEWEST else 0
    if usual <= 0:
        return None
    # A tick as long as a quarter of the step is no rounding: then steps are counted, and one tick more is one picture more.
    tolerance = min(max(1.0, float(ROUNDING / base) + 0.01), usual / 4)
    length = float(int(ticks.sum()) * base)
    return Steps(
        stream, base, before, after, times[before], ticks, usual, tolerance, int(times[before].min()), length / 60
    )


def restarts(packets: Packets, container: str) -> NDArray[np.int64]:
    """Rows at which the clock goes back and stays back."""
    if container.startswith("matroska"):  # stores no decode times; key frames are shown in the order of decoding
        times = _meant(packets.pts)
        rows = np.flatnonzero(packets.key & (times != UNSET))
    else:
        times = _meant(packets.dts)
        rows = np.flatnonzero(times != UNSET)
    return rows[_falls(times[rows])]


def in_time(clip: Clip, row: int) -> bool:
    """The clock goes on over packet `row` of the main video as if nothing were missing there."""
    habit = steps(clip, clip.video, restarts(clip.packets, clip.container))
    if habit is None:
        return False
    beside = habit.ticks[(habit.before == row) | (habit.after == row)]
    return len(beside) > 0 and bool((np.abs(beside) <= GAP * habit.usual + habit.tolerance).all())


def _falls(times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices where times fall below the one before; a single wrong time, up or down, is damage and no restart."""
    if len(times) < 3:
        return np.zeros(0, np.int64)
    at = np.flatnonzero(np.diff(times) < 0) + 1
    two_back = times[np.maximum(at - 2, 0)]
    following = times[np.minimum(at + 1, len(times) - 1)]
    lasting = ((times[at] <= two_back) | (at < 2)) & (following <= times[at - 1])
    wrapped = np.abs(times[at] - times[at - 1] + WRAP) < WRAP // 100
    return np.asarray(at[lasting & ~wrapped], dtype=np.int64)

"""What transport and programme streams (ISO/IEC 13818-1) have in common: a clock of 27 MHz that wraps, and events that break it."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import TransportEvent

HERTZ = 27_000_000
WRAP = 2**33 * 300
"""A clock reference has 33 bits of 90 kHz and a remainder of 300: it starts anew after 26.5 hours."""
FAR = 5
"""A step beyond the standard's longest is a jump only where it is this many times the file's own median: recorders of a few pictures a
second write a reference with each picture, and one late picture is no jump."""
MAX_EVENTS = 2_000
"""Events of one kind that are kept; a recording with more is damaged throughout, and the rest is counted."""

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Events:
    """Events in the order of their finding, within bounds, and how many there were."""

    kept: list[TransportEvent] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, offset: int, pid: int, ticks: int = 0, lost: int = 0) -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= MAX_EVENTS:
            self.kept.append(TransportEvent(offset, pid, kind, ticks, lost))

    def more(self, kind: str, count: int) -> None:
        """Count events that are not kept."""
        if count:
            self.counts[kind] += count

    def room(self, kind: str) -> int:
        return max(0, MAX_EVENTS - self.counts[kind])

    def ordered(self) -> tuple[TransportEvent, ...]:
        return tuple(sorted(self.kept, key=lambda event: (event.offset, event.kind)))

    def totals(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(self.counts.items()))


def step(before: Ints, value: Ints) -> Ints:
    """From one reference to the next, the shorter way round the clock."""
    return (value - before + WRAP // 2) % WRAP - WRAP // 2


def jumps(delta: Ints, longest: int) -> NDArray[np.bool_]:
    """Steps that go back, or beyond both the standard's `longest` and the habit of these very steps."""
    habit = int(np.median(delta)) if len(delta) else 0
    return (delta < 0) | (delta > max(longest, FAR * habit))


def seconds(ticks: int, hertz: int = HERTZ) -> str:
    """Ticks as seconds to the millisecond."""
    return f"{float(Fraction(ticks, hertz)):.3f} s"


STREAM_TYPES = {
    0x01: "MPEG-1 video",
    0x02: "MPEG-2 video",
    0x03: "MPEG-1 audio",
    0x04: "MPEG-2 audio",
    0x05: "private sections",
    0x06: "private PES packets",
    0x0F: "AAC with ADTS",
    0x10: "MPEG-4 visual",
    0x11: "AAC with LATM",
    0x15: "metadata in PES packets",
    0x1B: "H.264",
    0x20: "H.264 of a further view",
    0x24: "HEVC",
    0x33: "VVC",
}
"""stream_type of ISO/IEC 13818-1, table 2-34; numbers from 0x80 on are private and stay numbers."""

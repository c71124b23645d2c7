"""How much a leap of a clock can carry, and which innocent explanations fit it."""

from dataclasses import dataclass, replace

import numpy as np

from entirety.detect.clock_jumps import Jump
from entirety.detect.clock_readings import DAY_S, EXACT, SATELLITE, Aligned
from entirety.detect.stream_join_weights import RANK
from entirety.model.finding import Weight

HALF_HOUR_S = 1_800.0
CORRECTION_S = 2.0
"""Seconds up to which a wall clock may be corrected by the network while it runs: chosen."""
LEAP_SECONDS = 20
"""Whole seconds up to which a receiver may leap when it learns of them; 18 lay between satellite time and UTC in 2017 to 2026."""
LOST = 3
"""Usual steps without a reading from which the fix counts as lost: chosen."""
NEAR = 4
"""Readings on each side among which longer steps are looked for: as many as a jump is found with."""
DROPPED = (2, 4)
"""Numbers that drop-frame counting leaves out at a minute, at 30 and at 60 pictures a second (SMPTE ST 12-1)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a jump is taken for."""

    code: str
    weight: Weight
    still_open: frozenset[str]
    shared: bool = False
    """Another check tells the same number at this place."""


def judged(readings: Aligned, jump: Jump) -> Judged:
    """Code, weight and open explanations of one jump."""
    doubt = jump.doubt + readings.tolerance
    if _paused(readings, jump, doubt):
        return Judged("stands", Weight.NEUTRAL, frozenset(("rec-run",)))
    code = "jump" if jump.size > 0 else "back"
    still_open = {"clock-set"} | ({"recorder-pause", "lost-pictures"} if jump.size > 0 else set())
    weights = [Weight.STRONG]
    size, clock = abs(jump.size), readings.clock
    halves = round(size / HALF_HOUR_S)
    if clock.source == EXACT:
        still_open.add("clip-list")
        weights.append(Weight.SUPPORTING)
    elif halves and abs(size - halves * HALF_HOUR_S) <= doubt:
        still_open.add("summer-time")
        weights.append(Weight.NEUTRAL)
    if clock.source in SATELLITE:
        leap = round(size)
        if size > DAY_S or (0 < leap <= LEAP_SECONDS and abs(size - leap) <= doubt):
            still_open.add("gps-loss")
            weights.append(Weight.NEUTRAL)
        elif _step(readings, jump) > LOST * readings.usual:
            still_open.add("gps-loss")
            weights.append(Weight.SUPPORTING)
    elif not clock.daily and size < CORRECTION_S:
        weights.append(Weight.SUPPORTING)
    if clock.daily and clock.source not in SATELLITE and _dropped(readings, size):
        still_open.add("drop-frame")
        weights.append(Weight.SUPPORTING)
    return Judged(code, min(weights, key=RANK.index), frozenset(still_open))


def once(readings: Aligned, jump: Jump, told: tuple[int, ...]) -> Judged:
    """What a jump is taken for; where stream-join tells the same number, a note."""
    says, first, last = judged(readings, jump), int(readings.rows[jump.before]), int(readings.rows[jump.after])
    shared = any(first <= row <= last for row in told)
    return replace(says, weight=Weight.NEUTRAL, shared=True) if shared else says


def _step(readings: Aligned, jump: Jump) -> float:
    """The longest step of the file's own times within the place, seconds."""
    return float(readings.presented[jump.before : jump.after].max(initial=0.0))


def _paused(readings: Aligned, jump: Jump, doubt: float) -> bool:
    """The clock goes on by ordinary steps, and longer steps of the file's own times account for what it falls behind."""
    near = slice(max(0, jump.before - NEAR), jump.after + NEAR)
    presented, counted = readings.presented[near], readings.counted[near]
    longer = float(np.clip(presented - readings.usual, 0, None).sum())
    ordinary = bool(np.all(counted >= 0)) and float(counted.max(initial=0.0)) <= readings.usual + readings.unit + doubt
    return jump.size < 0 and ordinary and longer > 0 and longer >= -jump.size - doubt


def _dropped(readings: Aligned, size: float) -> bool:
    return any(abs(size / readings.unit - left_out) < 0.5 for left_out in DROPPED)

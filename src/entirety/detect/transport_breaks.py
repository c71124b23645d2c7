"""Finds the places where a transport stream was put together: where its packet counters and its clock do not go on.

Every stream and table inside a transport stream counts its packets from 0 to 15 and round again, each by itself. Lost packets break one
counter, or several where much is lost, and damage the picture. Where one file follows another, the counters of all of them break at one
place, each once, and every picture is there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from entirety.detect.damage import damaged_stretches
from entirety.detect.spans import first_shown, frame_of_packet
from entirety.detect.steps import in_time, restarts, steps
from entirety.model.clip import Clip
from entirety.model.container import Transport, TransportEvent
from entirety.model.finding import Weight

TOGETHER = Fraction(1)
"""Seconds of film within which counters that break belong to one place: multiplexers store sound up to 0.7 s apart from its picture."""
HERTZ = 27_000_000
SEVERAL = 2
"""Least number of counters that break at a place where files were joined; by chance one in 16 goes on."""
DATAGRAM = 7
"""Packets of a transport stream that one datagram of a network carries: 1,316 bytes."""
BESIDE = 2
"""Pictures on either side that must have been decoded cleanly for all of them to count as there: chosen."""
CLOCK = ("pcr-jump", "declared-discontinuity")
Place = list[tuple[int, TransportEvent]]
"""Events of one place, each with the packet of the main video that begins first behind it."""


@dataclass(frozen=True, slots=True)
class TransportBreak:
    """One place, or one of many of a kind."""

    code: str
    """`counters-restart`, `clock-reference` or `packets-lost`."""
    row: int
    """Packet of the main video that begins first behind the place."""
    offset: int
    """Byte of the file."""
    pids: tuple[int, ...]
    """Streams and tables whose counters break."""
    jump: Fraction
    """Seconds by which the clock of the multiplex steps; 0 where it goes on."""
    goes_on: bool
    """The times of the pictures go on."""
    damaged: bool
    early: bool
    count: int
    weight: Weight


def transport_breaks(clip: Clip) -> Iterator[TransportBreak]:
    """Places where counters start anew, then jumps of the clock, then one note on packets that were lost."""
    transport = clip.structure.transport if clip.structure else None
    if transport is None or not transport.packet or not len(clip.frames) or (clip.packets.position < 0).all():
        return
    habit = steps(clip, clip.video, restarts(clip.packets, clip.container))
    if habit is None:
        return
    # Pictures that make TOGETHER.
    near = int(TOGETHER / habit.usual_s)
    places = list(_places(clip, [e for e in transport.events if e.kind == "continuity" or e.kind in CLOCK], near))
    timed = {clock.pid for clock in transport.clocks}
    joins = [place for place in places if _restart(place, timed)]
    lost = [place for place in places if not _restart(place, timed) and _pids(place)]
    clocks = [place for place in places if not _pids(place)]
    lossy = len(lost) > habit.few_pauses
    for code, found in (("counters-restart", joins), ("clock-reference", clocks), ("packets-lost", lost)):
        often = len(found) > habit.few_pauses
        for place in found[:1] if often or code == "packets-lost" else found:
            usual = often or lossy or place[0][0] < near
            yield _break(clip, transport, code, place, count=len(found), early=place[0][0] < near, usual=usual)


def _places(clip: Clip, events: Sequence[TransportEvent], near: int) -> Iterator[Place]:
    """Events with their rows, those within `near` pictures together."""
    order = np.maximum.accumulate(clip.packets.position)
    place: Place = []
    for event in events:
        row = min(int(np.searchsorted(order, event.offset)), len(order) - 1)
        if place and row - place[0][0] > near:
            yield place
            place = []
        place.append((row, event))
    if place:
        yield place


def _pids(place: Place) -> list[int]:
    return [event.pid for _, event in place if event.kind == "continuity"]


def _restart(place: Place, timed: set[int]) -> bool:
    """Several counters break, each of them once: loss breaks one counter again and again.

    One of them is that of a stream that carries the clock, the main video as a rule; where that goes on, by chance one time in 16, more
    is missing than the tables and the sound that are lost with one datagram.
    """
    pids = _pids(place)
    lost = sum(event.lost for _, event in place if event.kind == "continuity")
    carries = not timed or not timed.isdisjoint(pids) or lost > DATAGRAM
    return carries and len(set(pids)) >= SEVERAL and len(set(pids)) == len(pids)


def _break(
    clip: Clip, transport: Transport, code: str, place: Place, *, count: int, early: bool, usual: bool
) -> TransportBreak:
    row, first = place[0]
    leaps = [event.ticks for _, event in place if event.kind in CLOCK and event.ticks]
    step = max((clock.usual for clock in transport.clocks), default=0)
    jump = Fraction(leaps[0] - step, HERTZ) if leaps else Fraction(0)
    back = row in restarts(clip.packets, clip.container)
    goes_on = not back and in_time(clip, first_shown(clip, row))
    damaged = _damaged(clip, row)
    weight = Weight.NEUTRAL
    if code == "counters-restart" and not (usual or damaged):
        weight = Weight.STRONG if goes_on else Weight.SUPPORTING
    elif code == "clock-reference" and goes_on and leaps and not usual:
        weight = (
            Weight.SUPPORTING
        )  # where the pictures' times step too, that is told, and one fact is not to count as two signs
    pids = tuple(sorted(set(_pids(place))))
    return TransportBreak(code, row, first.offset, pids, jump, goes_on, damaged, early, count, weight)


def _damaged(clip: Clip, row: int) -> bool:
    """A picture beside the place was not decoded cleanly."""
    frame = frame_of_packet(clip, first_shown(clip, row))
    return any(first - BESIDE <= frame <= last + BESIDE + 1 for first, last in damaged_stretches(clip))

"""The signals of the coded stream, each drawn as one lane of the timeline, so that black ink on white paper tells them apart.

Every lane has the same time from left to right. A lane of which the file has no signal is left out.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import log2

from entirety.model.timeline import ClockLine, Timeline

LEFT, RIGHT = 118, 984
"""Drawing units of the time axis; 1000 of them are the 170 mm between the margins of A4."""
INKS = {"I": "#111", "P": "#888", "B": "#d4d4d4"}
"""Three greys that stay apart in print, darkest for the pictures that stand on their own."""
MOST_OCTAVES = 4.0
"""A step sixteen times the usual one fills its lane: chosen; the finding beside it states its length."""
LETTER, LEAST_STEP = 13, 2.0
"""Units that a letter needs, and from one border of a shot to the next that is drawn."""
LEAST_SPAN = 1.0
"""Seconds that half the height of a clock's lane stands for at least, so that rounding does not look like a jump: chosen."""
SILENCE = -90.0
"""Decibels at the floor of the lane of sound: a saved audit's level of silence."""
MOST_POINTS = 4000
"""Readings drawn of a clock and parts drawn of any lane: what this program keeps is below; a saved audit may hold anything."""


def bars(values: Sequence[float], top: int, bottom: int, *, highest: float = 0.0, ink: str = "#555") -> str:
    """One bar for each bin, the highest as high as the lane or as `highest` says."""
    highest = highest or max(values, default=0.0)
    if highest <= 0:
        return ""
    width = (RIGHT - LEFT) / len(values)
    path = "".join(
        f"M{LEFT + at * width:.1f} {bottom}v-{min(1.0, value / highest) * (bottom - top):.1f}h{width:.2f}V{bottom}z"
        for at, value in enumerate(values)
        if value > 0
    )
    return f'<path d="{path}" fill="{ink}"/>'


def sizes(timeline: Timeline, top: int, bottom: int) -> Iterator[str]:
    """Coded sizes, square roots of them: key pictures are many times as large as others. By type, where types are known."""
    by_type = [(INKS[letter], values) for letter, values in timeline.kinds if letter in INKS]
    rooted = [(ink, [_root(value) for value in values]) for ink, values in by_type or [("#555", timeline.packet_bytes)]]
    highest = max((value for _, values in rooted for value in values), default=0.0)
    for ink, values in rooted:
        yield bars(values, top, bottom, highest=highest, ink=ink)


def shots(parts: Sequence[tuple[float, float, str]], timeline: Timeline, top: int, bottom: int) -> Iterator[str]:
    """A box for each shot, every second one grey, with the letter of its group where there is room; no box between shots is a transition."""
    fills, borders, reached = ["", ""], "", float("-inf")
    letters = []
    for at, (start, end, group) in enumerate(parts):
        left, right = x_of(start, timeline), x_of(end, timeline)
        if right <= left:
            continue
        borders += f"M{left} {top}H{right}"
        fills[at % 2] += f"M{left} {top}H{right}V{bottom}H{left}z"
        for x in (left, right):
            # Closer ones would run into one black bar on paper, and no shot could be told from it.
            if x >= reached + LEAST_STEP:
                borders, reached = f"{borders}M{x} {top}V{bottom}", x
        if right - left >= LETTER * len(group):
            letters.append(text((left + right) / 2, (top + bottom) // 2 + 5, group, "middle"))
    yield f'<path d="{fills[0]}" fill="#fff"/><path d="{fills[1]}" fill="{INKS["B"]}"/>'
    yield f'<path d="{borders}" stroke="#111" stroke-width="0.8"/>'
    yield from letters


def quantiser(timeline: Timeline, top: int, bottom: int) -> str:
    """A line with a level for each bin; coarser is higher. The lane begins at the finest value of the file, less one."""
    known = [value for value in timeline.quantiser if value >= 0]
    lowest, highest = min(known) - 1, max(known) + 1
    width, parts, pen = (RIGHT - LEFT) / len(timeline.quantiser), [], False
    for at, value in enumerate(timeline.quantiser):
        if value < 0:
            pen = False
            continue
        y = bottom - (value - lowest) / (highest - lowest) * (bottom - top)
        left = LEFT + at * width
        parts.append(f"{'V' if pen else f'M{left:.1f} '}{y:.1f}H{left + width:.1f}")
        pen = True
    return _line("".join(parts))


def steps(timeline: Timeline, top: int, bottom: int) -> str:
    """From a line in the middle up for a longer step than usual, down for a shorter one; each doubling is as high. A step back reaches the floor."""
    middle, half, usual = (top + bottom) / 2, (bottom - top) / 2, timeline.usual_step
    width = (RIGHT - LEFT) / len(timeline.steps)
    parts = [f"M{LEFT} {middle}H{RIGHT}"]
    filled = []
    for at, step in enumerate(timeline.steps):
        if step == 0:
            continue
        least, most = 2**-MOST_OCTAVES, 2**MOST_OCTAVES
        octaves = log2(min(most, max(least, step / usual)))
        rise = octaves / MOST_OCTAVES * half
        if abs(rise) >= 0.5:
            # At least as wide as a key frame's tick, or a single step would be lost on paper.
            filled.append(f"M{LEFT + at * width:.1f} {middle}v{-rise:.1f}h{max(width, 1.5):.2f}V{middle}z")
    return _line("".join(parts), 0.8) + f'<path d="{"".join(filled)}" fill="#111"/>'


def sound(timeline: Timeline, top: int, bottom: int) -> str:
    """One bar for each bin, by decibels: silence has none, the loudest that a sample can hold fills the lane."""
    return bars([max(0.0, level - SILENCE) for level in timeline.sound], top, bottom, highest=-SILENCE)


def clock(line: ClockLine, timeline: Timeline, top: int, bottom: int) -> str:
    """A line that stays level while the clock inside the footage runs as the presentation clock does; up where it is ahead."""
    points = list(zip(line.times, line.ahead, strict=True))[:MOST_POINTS]
    span = half_span(line)
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    path = ""
    for time, value in points:
        x = x_of(time, timeline)
        y = middle - value / span * half
        path += f"V{y:.1f}H{x}" if path else f"M{x} {y:.1f}"
    return _line(path)


def half_span(line: ClockLine) -> float:
    """Seconds that half the height of this clock's lane stands for."""
    return max([LEAST_SPAN, *(abs(value) for value in line.ahead[:MOST_POINTS])])


def x_of(seconds: float, timeline: Timeline) -> float:
    """Drawing position of a time counted from the first shown frame, kept inside the lane."""
    share = min(1.0, max(0.0, seconds / float(timeline.duration)))
    return round(LEFT + share * (RIGHT - LEFT), 1)


def text(x: float, y: int, said: str, anchor: str, size: int = 0) -> str:
    """One line of print in the drawing."""
    small = f' font-size="{size}"' if size else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#111"{small}>{escape(said)}</text>'


def _root(value: float) -> float:
    return value**0.5 if value > 0 else 0.0


def _line(path: str, width: float = 1.4) -> str:
    return f'<path d="{path}" fill="none" stroke="#111" stroke-width="{width}"/>'

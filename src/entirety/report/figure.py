"""The whole clip drawn once from left to right, as an SVG that is readable in black and white.

Bars show how much the picture changes and how large the coded pictures are; ticks show key frames; lines show the quantiser and the clocks
inside the footage, bars between them odd steps of the presentation clock; pins show findings with their ids; hatching shows what could not
be examined. Pins that would lie on each other become one pin with a count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from entirety.model.audit import Audit, ClockLine, Numbered, Timeline
from entirety.model.finding import Finding, Weight
from entirety.model.time import clock
from entirety.report import lanes
from entirety.report.lanes import LEFT, RIGHT
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

WIDTH = 1000
"""Drawing units between the margins of A4."""

PINS, CHANGE, BYTES, KEYS = (8, 62), (74, 134), (142, 192), (200, 214)
"""Top and bottom of the lanes that every clip has."""

QUANTISER, STEPS, CLOCK, HIDDEN, GAP = 34, 30, 26, 14, 8
"""Heights of the lanes below them, of which a clip may lack some, and the space above each."""

MOST_CLOCKS = 3
"""Clocks drawn: what this program keeps; a saved audit may hold any number."""

APART = 92
"""Two pins nearer than this would print over each other's ids: about 16 mm on paper, the width of `F001 +499`."""

MOST_LINES = 6
"""Pins of one group that get a dotted line down to the signals; more would hide what they point at."""

SHAPES = {
    Weight.DIRECT: '<path d="M{x} 60l-8-14h16z" fill="#111"/>',
    Weight.STRONG: '<path d="M{x} 60l-7-8 7-8 7 8z" fill="#111"/>',
    Weight.SUPPORTING: '<path d="M{x} 60l-7-8 7-8 7 8z" fill="#fff" stroke="#111" stroke-width="1.6"/>',
    Weight.NEUTRAL: '<circle cx="{x}" cy="53" r="6" fill="#fff" stroke="#111" stroke-width="1.6"/>',
}


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes below the key frames lie: top and bottom, None for a lane of which the file has no signal."""

    quantiser: tuple[int, int] | None
    steps: tuple[int, int] | None
    clocks: tuple[tuple[ClockLine, tuple[int, int]], ...]
    hidden: tuple[int, int]
    axis: int


def drawing(audit: Audit, words: Catalogue) -> tuple[str, str]:
    """The SVG and its description in words."""
    placed = _lanes(audit.timeline)
    alt = _alt(audit.timeline, placed, words)
    body, height = "".join(_body(audit, placed, words)), placed.axis + 26
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Libertinus Serif, Georgia, Times New Roman, serif" font-size="15"><title>{escape(alt)}</title>'
    )
    return f"{head}{body}</svg>", alt


def legend(timeline: Timeline, words: Catalogue) -> str:
    """What the lanes of this drawing mean, in words."""
    placed = _lanes(timeline)
    there = (
        ("kinds", bool(timeline.kinds)),
        ("quantiser", placed.quantiser is not None),
        ("steps", placed.steps is not None),
        ("clocks", bool(placed.clocks)),
    )
    return " ".join(words.text(f"timeline.means_{name}") for name, drawn in there if drawn)


def _lanes(timeline: Timeline) -> Lanes:
    bottom = KEYS[1]

    def below(height: int) -> tuple[int, int]:
        nonlocal bottom
        top, bottom = bottom + GAP, bottom + GAP + height
        return top, bottom

    level = any(value >= 0 for value in timeline.quantiser)
    clocked = timeline.usual_step > 0 and any(timeline.steps)
    quantiser = below(QUANTISER) if level else None
    steps = below(STEPS) if clocked else None
    shown = [line for line in timeline.clocks if line.times][:MOST_CLOCKS]
    clocks = tuple((line, below(CLOCK)) for line in shown)
    hidden = below(HIDDEN)
    return Lanes(quantiser, steps, clocks, hidden, bottom + 14)


def _alt(timeline: Timeline, placed: Lanes, words: Catalogue) -> str:
    """The drawing in words: which lanes it has, and of the last ones what is seen at a glance."""
    parts = [words.text("timeline.alt", seconds=f"{float(timeline.duration):.3f}")]
    if placed.quantiser:
        known = [value for value in timeline.quantiser if value >= 0]
        parts.append(words.text("timeline.alt_quantiser", lowest=f"{min(known):g}", highest=f"{max(known):g}"))
    if placed.steps:
        drawn = [step for step in timeline.steps if step != 0]
        values = {"usual": timeline.usual_step, "shortest": min(drawn), "longest": max(drawn)}
        parts.append(words.text("timeline.alt_steps", **{name: f"{value:.4f}" for name, value in values.items()}))
    for line, _ in placed.clocks:
        span = max(line.ahead) - min(line.ahead)
        parts.append(words.text("timeline.alt_clock", name=lanes.name(line), span=f"{span:.3f}"))
    return " ".join(parts)


def _body(audit: Audit, placed: Lanes, words: Catalogue) -> Iterator[str]:
    timeline = audit.timeline
    yield (
        '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path d="M0 7L7 0" stroke="#111" stroke-width="1.2"/></pattern></defs>'
    )
    for name, lane in (
        ("findings", PINS),
        ("change", CHANGE),
        ("bytes", BYTES),
        ("keys", KEYS),
        ("quantiser", placed.quantiser),
        ("steps", placed.steps),
        ("hidden", placed.hidden),
    ):
        if lane:
            yield from _lane(words.text(f"timeline.{name}"), *lane)
    for line, lane in placed.clocks:
        yield from _lane(lanes.name(line), *lane)
    if timeline.duration <= 0:
        yield _text((LEFT + RIGHT) // 2, 110, words.text("timeline.empty"), "middle")
        return
    yield lanes.bars(timeline.change, *CHANGE)
    yield from lanes.sizes(timeline, *BYTES)
    ticks = "".join(f"M{_x(key, audit)} {KEYS[0]}V{KEYS[1]}" for key in timeline.keys)
    yield f'<path d="{ticks}" stroke="#111" stroke-width="1"/>'
    if placed.quantiser:
        yield lanes.quantiser(timeline, *placed.quantiser)
    if placed.steps:
        yield lanes.steps(timeline, *placed.steps)
    for line, lane in placed.clocks:
        yield lanes.clock(line, float(timeline.duration), *lane)
    yield from _unexamined(audit, placed, words)
    yield from _hidden(audit, placed)
    yield from _pins(audit, placed, words)
    yield from _axis(audit, placed.axis)


def _lane(name: str, top: int, bottom: int) -> Iterator[str]:
    yield _text(LEFT - 10, (top + bottom) // 2 + 5, name, "end")
    yield f'<path d="M{LEFT} {bottom}.5H{RIGHT}" stroke="#777" stroke-width="0.8"/>'


def _x(seconds: float, audit: Audit) -> float:
    """Drawing position of a time counted from the first shown frame, kept inside the lane."""
    share = min(1.0, max(0.0, seconds / float(audit.timeline.duration)))
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _unexamined(audit: Audit, placed: Lanes, words: Catalogue) -> Iterator[str]:
    for part in audit.unexamined:
        left = _x(float(part.start - audit.timeline.origin), audit)
        width = max(3.0, round(_x(float(part.end - audit.timeline.origin), audit) - left, 1))
        yield (
            f'<rect x="{left}" y="{CHANGE[0]}" width="{width}" height="{placed.hidden[1] - CHANGE[0]}" '
            f'fill="url(#hatch)" stroke="#111"><title>{escape(words.text("timeline.unexamined"))}</title></rect>'
        )


def has_hidden_place(finding: Finding) -> bool:
    """Whether the finding is about pictures that belong at one place and are not shown there."""
    return bool(finding.hidden) or (bool(finding.further) and finding.span.start == finding.span.end)


def _hidden(audit: Audit, placed: Lanes) -> Iterator[str]:
    for one in audit.findings:
        if has_hidden_place(one.finding):
            left = _x(float(one.finding.span.start - audit.timeline.origin), audit)
            top, bottom = placed.hidden
            yield f'<rect x="{left - 4:.1f}" y="{top}" width="8" height="{bottom - top}" fill="#111"/>'


def _pins(audit: Audit, placed: Lanes, words: Catalogue) -> Iterator[str]:
    ordered = sorted(
        (
            (_x(float(one.finding.span.start - audit.timeline.origin), audit), at, one)
            for at, one in enumerate(audit.findings)
        ),
        key=lambda pin: pin[:2],
    )
    groups: list[list[tuple[float, int, Numbered]]] = []
    for pin in ordered:
        if groups and pin[0] - groups[-1][0][0] < APART:
            groups[-1].append(pin)
        else:
            groups.append([pin])
    for group in groups:
        # The audit lists findings strongest first: the lowest position in a group is its strongest, drawn last and named.
        ranked = sorted(group, key=lambda pin: pin[1])
        for x, _, _ in ranked[:MOST_LINES]:
            yield f'<path d="M{x} 62V{placed.axis}" stroke="#111" stroke-width="0.6" stroke-dasharray="2 4"/>'
        strongest = {x: one.finding.weight for x, _, one in reversed(ranked)}
        yield "".join(SHAPES[weight].format(x=x) for x, weight in strongest.items())
        x, name, more = group[0][0], visible(ranked[0][2].id, 12), len(group) - 1
        label = words.text("timeline.group", first=name, more=more) if more else name
        yield _text(x, 36, label, "end" if x > RIGHT - 40 else "start" if x < LEFT + 20 else "middle")


def _axis(audit: Audit, bottom: int) -> Iterator[str]:
    for quarter in range(5):
        at = audit.timeline.duration * quarter / 4
        x = _x(float(at), audit)
        yield f'<path d="M{x} {bottom - 6}V{bottom}" stroke="#111"/>'
        yield _text(
            x,
            bottom + 17,
            clock(audit.timeline.origin + at),
            "end" if quarter == 4 else "start" if quarter == 0 else "middle",
        )


def _text(x: float, y: int, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#111">{escape(text)}</text>'

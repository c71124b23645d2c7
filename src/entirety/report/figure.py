"""The whole clip drawn once from left to right, as an SVG that is readable in black and white.

Bars show how much the picture changes, how large the coded pictures are and how loud the sound is; ticks show key frames; lines show the quantiser and the clocks
inside the footage, bars between them odd steps of the presentation clock; boxes show shots; pins show findings with their ids; hatching shows what could not
be examined. Pins that would lie on each other become one pin with a count, and no mark is painted over by a weaker one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from entirety.detect.clock_names import NAMES
from entirety.model.audit import Audit, has_place
from entirety.model.finding import Finding
from entirety.model.time import clock
from entirety.model.timeline import ClockLine, Timeline
from entirety.report import lanes
from entirety.report.lanes import LEFT, RIGHT, text, x_of
from entirety.report.pins import pins
from entirety.report.shots import lane as shot_lane
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

WIDTH = 1000
"""Drawing units between the margins of A4."""

PINS, CHANGE, BYTES, KEYS = (8, 62), (74, 134), (142, 192), (200, 214)
"""Top and bottom of the lanes that every clip has."""

SHOTS, QUANTISER, STEPS, SOUND, CLOCK, HIDDEN, GAP = 20, 34, 30, 30, 26, 14, 8
"""Heights of the lanes below them, of which a clip may lack some, and the space above each."""

MOST_CLOCKS = 3
"""Clocks drawn: what this program keeps; a saved audit may hold any number."""

SMALL = 12
"""Height of the print under the name of a clock's lane."""

LONGEST_NAME = 18
"""Characters of a clock's short name that have room beside its lane in small print."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes below the key frames lie: top and bottom, None for a lane of which the file has no signal."""

    shots: tuple[int, int] | None
    quantiser: tuple[int, int] | None
    steps: tuple[int, int] | None
    sound: tuple[int, int] | None
    clocks: tuple[tuple[ClockLine, tuple[int, int]], ...]
    hidden: tuple[int, int]
    axis: int


def drawing(audit: Audit, words: Catalogue) -> tuple[str, str]:
    """The SVG and its description in words."""
    lanes_at = placed_lanes(audit)
    alt = _alt(audit, lanes_at, words)
    body, height = "".join(_body(audit, lanes_at, words)), lanes_at.axis + 26
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Libertinus Serif, Georgia, Times New Roman, serif" font-size="15"><title>{escape(alt)}</title>'
    )
    return f"{head}{body}</svg>", alt


def clock_name(line: ClockLine, words: Catalogue) -> str:
    """What kind of clock it is, as the findings call it; one that is not known is called as the audit calls it."""
    known = NAMES.get(line.source)
    return words.own(known) if known else visible(line.source, LONGEST_NAME)


def short_clock_name(line: ClockLine, words: Catalogue) -> str:
    """The same for the print beside its lane."""
    known = line.source in NAMES
    return words.text(f"clock.short_{line.source}") if known else visible(line.source, LONGEST_NAME)


def scale(timeline: Timeline) -> dict[str, str]:
    """Between which values the lanes of quantiser and time steps lie; only those of the lanes that there are."""
    values: dict[str, str] = {}
    if known := [value for value in timeline.quantiser if value >= 0]:
        values |= {"lowest": f"{min(known):g}", "highest": f"{max(known):g}"}
    if drawn := [step for step in timeline.steps if step != 0]:
        steps = {"usual": timeline.usual_step, "shortest": min(drawn), "longest": max(drawn)}
        values |= {name: f"{value:.4f}" for name, value in steps.items()}
    return values


def loudest(timeline: Timeline) -> dict[str, str]:
    """Between which levels the sound lies, decibels."""
    return {"lowest": f"{min(timeline.sound):g}", "highest": f"{max(timeline.sound):g}"}


def placed_lanes(audit: Audit) -> Lanes:
    """Where each lane lies, one below the other; a lane of which there is no signal takes no room."""
    timeline, bottom = audit.timeline, KEYS[1]

    def below(height: int) -> tuple[int, int]:
        nonlocal bottom
        top, bottom = bottom + GAP, bottom + GAP + height
        return top, bottom

    level = any(value >= 0 for value in timeline.quantiser)
    clocked = timeline.usual_step > 0 and any(timeline.steps)
    shots = below(SHOTS) if drawn_shots(audit) else None
    quantiser = below(QUANTISER) if level else None
    steps = below(STEPS) if clocked else None
    sound = below(SOUND) if timeline.sound else None
    shown = [line for line in timeline.clocks if line.times][:MOST_CLOCKS]
    clocks = tuple((line, below(CLOCK)) for line in shown)
    hidden = below(HIDDEN)
    return Lanes(shots, quantiser, steps, sound, clocks, hidden, bottom + 14)


def drawn_shots(audit: Audit) -> list[tuple[float, float, str]]:
    """The shots to be drawn; none for a clip of one shot."""
    return list(shot_lane(audit.shots, audit.timeline.origin))


def _alt(audit: Audit, placed: Lanes, words: Catalogue) -> str:
    """The drawing in words: which lanes it has, and of the last ones what is seen at a glance."""
    timeline = audit.timeline
    parts = [words.text("timeline.alt", seconds=f"{float(timeline.duration):.3f}")]
    if placed.shots and audit.shots:
        parts.append(words.text("timeline.alt_shots", n=audit.shots.count))
    values = scale(timeline)
    for name, there in (("quantiser", placed.quantiser), ("steps", placed.steps)):
        if there:
            parts.append(words.text(f"timeline.alt_{name}", **values))
    if placed.sound:
        parts.append(words.text("timeline.alt_sound", **loudest(timeline)))
    for line, _ in placed.clocks:
        span = max(line.ahead) - min(line.ahead)
        parts.append(words.text("timeline.alt_clock", name=clock_name(line, words), span=f"{span:.3f}"))
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
        ("shots", placed.shots),
        ("quantiser", placed.quantiser),
        ("steps", placed.steps),
        ("sound", placed.sound),
        ("hidden", placed.hidden),
    ):
        if lane:
            yield from _lane(words.text(f"timeline.{name}"), *lane)
    for number, (line, lane) in enumerate(placed.clocks, 1):
        yield from _lane(words.text("timeline.clock", number=number), *lane, short_clock_name(line, words))
    if timeline.duration <= 0:
        yield text((LEFT + RIGHT) // 2, 110, words.text("timeline.empty"), "middle")
        return
    yield lanes.bars(timeline.change, *CHANGE)
    yield from lanes.sizes(timeline, *BYTES)
    ticks = "".join(f"M{x_of(key, timeline)} {KEYS[0]}V{KEYS[1]}" for key in timeline.keys)
    yield f'<path d="{ticks}" stroke="#111" stroke-width="1"/>'
    if placed.shots:
        yield from lanes.shots(drawn_shots(audit), timeline, *placed.shots)
    if placed.quantiser:
        yield lanes.quantiser(timeline, *placed.quantiser)
    if placed.steps:
        yield lanes.steps(timeline, *placed.steps)
    if placed.sound:
        yield lanes.sound(timeline, *placed.sound)
    for line, lane in placed.clocks:
        yield lanes.clock(line, timeline, *lane)
    yield from _unexamined(audit, placed, words)
    yield from _hidden(audit, placed)
    yield from pins(audit, placed.axis, words)
    yield from _axis(audit, placed.axis)


def _lane(name: str, top: int, bottom: int, below: str = "") -> Iterator[str]:
    yield f'<path d="M{LEFT} {bottom}.5H{RIGHT}" stroke="#777" stroke-width="0.8"/>'
    if below:
        yield text(LEFT - 10, bottom, below, "end", SMALL)
        bottom -= SMALL
    yield text(LEFT - 10, (top + bottom) // 2 + 5, name, "end")


def _unexamined(audit: Audit, lanes_at: Lanes, words: Catalogue) -> Iterator[str]:
    for part in filter(has_place, audit.unexamined):
        left = x_of(float(part.start - audit.timeline.origin), audit.timeline)
        width = max(3.0, round(x_of(float(part.end - audit.timeline.origin), audit.timeline) - left, 1))
        yield (
            f'<rect x="{left}" y="{CHANGE[0]}" width="{width}" height="{lanes_at.hidden[1] - CHANGE[0]}" '
            f'fill="url(#hatch)" stroke="#111"><title>{escape(words.text("timeline.unexamined"))}</title></rect>'
        )


def has_hidden_place(finding: Finding) -> bool:
    """Whether the finding is about pictures that belong at one place and are not shown there."""
    return bool(finding.hidden) or (bool(finding.further) and finding.span.start == finding.span.end)


def _hidden(audit: Audit, placed: Lanes) -> Iterator[str]:
    for one in audit.findings:
        if has_hidden_place(one.finding):
            left = x_of(float(one.finding.span.start - audit.timeline.origin), audit.timeline)
            top, bottom = placed.hidden
            yield f'<rect x="{left - 4:.1f}" y="{top}" width="8" height="{bottom - top}" fill="#111"/>'


def _axis(audit: Audit, bottom: int) -> Iterator[str]:
    for quarter in range(5):
        at = audit.timeline.duration * quarter / 4
        x = x_of(float(at), audit.timeline)
        yield f'<path d="M{x} {bottom - 6}V{bottom}" stroke="#111"/>'
        yield text(
            x,
            bottom + 17,
            clock(audit.timeline.origin + at),
            "end" if quarter == 4 else "start" if quarter == 0 else "middle",
        )

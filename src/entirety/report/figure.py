"""The whole clip drawn once from left to right, as an SVG that is readable in black and white.

Bars show how much the picture changes and how large the coded pictures are; ticks show key frames; pins show findings with their ids;
hatching shows what could not be examined. Pins that would lie on each other become one pin with a count.
"""

from collections.abc import Iterator, Sequence
from html import escape

from entirety.model.audit import Audit, Numbered
from entirety.model.finding import Finding, Weight
from entirety.model.time import clock
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

WIDTH, LEFT, RIGHT = 1000, 118, 984
"""Drawing units; 1000 of them are the 170 mm between the margins of A4."""

PINS, CHANGE, BYTES, KEYS, HIDDEN, AXIS = (8, 62), (74, 134), (142, 192), (200, 214), (222, 236), 250
"""Top and bottom of each lane."""

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


def drawing(audit: Audit, words: Catalogue) -> tuple[str, str]:
    """The SVG and its description in words."""
    alt = words.text("timeline.alt", seconds=f"{float(audit.timeline.duration):.3f}")
    body = "".join(_body(audit, words))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 276" width="{WIDTH}" height="276" role="img" '
        f'font-family="Libertinus Serif, Georgia, Times New Roman, serif" font-size="15"><title>{escape(alt)}</title>'
    )
    return f"{head}{body}</svg>", alt


def _body(audit: Audit, words: Catalogue) -> Iterator[str]:
    timeline = audit.timeline
    yield (
        '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path d="M0 7L7 0" stroke="#111" stroke-width="1.2"/></pattern></defs>'
    )
    for name, (top, bottom) in zip(
        ("findings", "change", "bytes", "keys", "hidden"), (PINS, CHANGE, BYTES, KEYS, HIDDEN), strict=True
    ):
        yield _text(LEFT - 10, (top + bottom) // 2 + 5, words.text(f"timeline.{name}"), "end")
        yield f'<path d="M{LEFT} {bottom}.5H{RIGHT}" stroke="#777" stroke-width="0.8"/>'
    if timeline.duration <= 0:
        yield _text((LEFT + RIGHT) // 2, 110, words.text("timeline.empty"), "middle")
        return
    yield _bars(timeline.change, *CHANGE)
    yield _bars([value**0.5 if value > 0 else 0.0 for value in timeline.packet_bytes], *BYTES)
    ticks = "".join(f"M{_x(key, audit)} {KEYS[0]}V{KEYS[1]}" for key in timeline.keys)
    yield f'<path d="{ticks}" stroke="#111" stroke-width="1"/>'
    yield from _unexamined(audit, words)
    yield from _hidden(audit)
    yield from _pins(audit, words)
    yield from _axis(audit)


def _x(seconds: float, audit: Audit) -> float:
    """Drawing position of a time counted from the first shown frame, kept inside the lane."""
    share = min(1.0, max(0.0, seconds / float(audit.timeline.duration)))
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _bars(values: Sequence[float], top: int, bottom: int) -> str:
    highest = max(values, default=0.0)
    if highest <= 0:
        return ""
    width = (RIGHT - LEFT) / len(values)
    path = "".join(
        f"M{LEFT + at * width:.1f} {bottom}v-{value / highest * (bottom - top):.1f}h{width:.2f}V{bottom}z"
        for at, value in enumerate(values)
        if value > 0
    )
    return f'<path d="{path}" fill="#555"/>'


def _unexamined(audit: Audit, words: Catalogue) -> Iterator[str]:
    for part in audit.unexamined:
        left = _x(float(part.start - audit.timeline.origin), audit)
        width = max(3.0, round(_x(float(part.end - audit.timeline.origin), audit) - left, 1))
        yield (
            f'<rect x="{left}" y="{CHANGE[0]}" width="{width}" height="{HIDDEN[1] - CHANGE[0]}" '
            f'fill="url(#hatch)" stroke="#111"><title>{escape(words.text("timeline.unexamined"))}</title></rect>'
        )


def has_hidden_place(finding: Finding) -> bool:
    """Whether the finding is about pictures that belong at one place and are not shown there."""
    return bool(finding.hidden) or (bool(finding.further) and finding.span.start == finding.span.end)


def _hidden(audit: Audit) -> Iterator[str]:
    for one in audit.findings:
        if has_hidden_place(one.finding):
            left = _x(float(one.finding.span.start - audit.timeline.origin), audit)
            yield f'<rect x="{left - 4:.1f}" y="{HIDDEN[0]}" width="8" height="{HIDDEN[1] - HIDDEN[0]}" fill="#111"/>'


def _pins(audit: Audit, words: Catalogue) -> Iterator[str]:
    placed = sorted(
        (
            (_x(float(one.finding.span.start - audit.timeline.origin), audit), at, one)
            for at, one in enumerate(audit.findings)
        ),
        key=lambda pin: pin[:2],
    )
    groups: list[list[tuple[float, int, Numbered]]] = []
    for pin in placed:
        if groups and pin[0] - groups[-1][0][0] < APART:
            groups[-1].append(pin)
        else:
            groups.append([pin])
    for group in groups:
        # The audit lists findings strongest first: the lowest position in a group is its strongest, drawn last and named.
        ranked = sorted(group, key=lambda pin: pin[1])
        for x, _, _ in ranked[:MOST_LINES]:
            yield f'<path d="M{x} 62V{AXIS}" stroke="#111" stroke-width="0.6" stroke-dasharray="2 4"/>'
        strongest = {x: one.finding.weight for x, _, one in reversed(ranked)}
        yield "".join(SHAPES[weight].format(x=x) for x, weight in strongest.items())
        x, name, more = group[0][0], visible(ranked[0][2].id, 12), len(group) - 1
        label = words.text("timeline.group", first=name, more=more) if more else name
        yield _text(x, 36, label, "end" if x > RIGHT - 40 else "start" if x < LEFT + 20 else "middle")


def _axis(audit: Audit) -> Iterator[str]:
    for quarter in range(5):
        at = audit.timeline.duration * quarter / 4
        x = _x(float(at), audit)
        yield f'<path d="M{x} {AXIS - 6}V{AXIS}" stroke="#111"/>'
        yield _text(
            x,
            AXIS + 17,
            clock(audit.timeline.origin + at),
            "end" if quarter == 4 else "start" if quarter == 0 else "middle",
        )


def _text(x: float, y: int, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#111">{escape(text)}</text>'

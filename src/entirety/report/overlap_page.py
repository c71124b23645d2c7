"""Overlaps between clips as one page for people: for each group an axis with a bar for each clip, and tables. It needs nothing else to be read."""

import base64
import hashlib
from dataclasses import dataclass
from fractions import Fraction

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.model.coverage import Layer
from entirety.model.overlap import Group, Overlap, Overlaps, Span
from entirety.model.time import clock
from entirety.report.html import TEMPLATES
from entirety.report.visible import visible

MATCHED = {
    Layer.PACKETS: "coded pictures equal byte for byte",
    Layer.FRAMES: "decoded pictures equal sample for sample",
    Layer.PICTURES: "the same motion",
}
LEFT, WIDTH = 10.0, 980.0
"""Drawing units of the axis."""
ROW, BAR, TOP = 34, 12, 34
"""Height of a clip's line, of its bar, and of the scale above."""
MARKS = 8
"""Most spaces between marks of the scale."""
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400)
"""Seconds between two marks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One group, ready for the template."""

    height: int
    marks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    shared: tuple[Bar, ...]
    gaps: tuple[Bar, ...]


def overlap_page(found: Overlaps) -> bytes:
    """The page as UTF-8 bytes. Every name is made visible and escaped."""
    css = (TEMPLATES / "overlap.css").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    names = [visible(one.custody.name, 120) for one in found.clips]
    groups = [
        {
            "drawing": draw(group, names),
            "placed": [
                (names[one.clip], *_clocks(one.span), clock(one.span[1] - one.span[0]), one.others)
                for one in group.placed
            ],
            "overlaps": [_row(one, names) for one in group.overlaps],
            "conflicts": [_row(one, names) for one in group.conflicts],
            "gaps": [(*_clocks(one), clock(one[1] - one[0])) for one in group.gaps],
            "twice": [(*_clocks(one), clock(one[1] - one[0])) for one in group.covered_twice],
        }
        for group in found.groups
    ]
    page = environment.get_template("overlap.html.j2").render(
        # Ours, and without any text of a file in it.
        css=Markup(css),  # noqa: S704
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}",
        groups=groups,
        clips=[(name, one.custody.sha256, clock(one.length)) for name, one in zip(names, found.clips, strict=True)],
        alone=[names[number] for number in found.alone],
        unread=[(visible(one.name, 120), visible(one.reason)) for one in found.unread],
    )
    return f"{page}\n".encode()


def draw(group: Group, names: list[str]) -> Drawing:
    """Where everything of a group stands in its drawing."""
    last = max(one.span[1] for one in group.placed)
    scale = WIDTH / max(float(last), 1e-3)
    bottom = TOP + ROW * len(group.placed)

    def bar(span: Span, top: float, height: float, name: str = "") -> Bar:
        width = max(float(span[1] - span[0]) * scale, 0.8)
        return Bar(round(LEFT + float(span[0]) * scale, 2), top, round(width, 2), height, name)

    line = {one.clip: (TOP + ROW * at + ROW - BAR - 4, one.zero) for at, one in enumerate(group.placed)}
    shared = [
        bar((start + line[clip][1], end + line[clip][1]), line[clip][0], BAR)
        for overlap in group.overlaps
        for clip, (start, end) in zip(overlap.clips, overlap.spans, strict=True)
    ]
    step = next(
        (step for step in STEPS if float(last) / step <= MARKS), STEPS[-1] * (int(last) // STEPS[-1] // MARKS + 1)
    )
    marks = tuple((round(LEFT + at * scale, 2), _short(at)) for at in range(0, int(last) + 1, step))
    return Drawing(
        height=bottom + 8,
        marks=marks,
        bars=tuple(bar(one.span, line[one.clip][0], BAR, names[one.clip]) for one in group.placed),
        shared=tuple(shared),
        gaps=tuple(bar(span, TOP - 6, bottom - TOP + 6) for span in group.gaps),
    )


def _row(overlap: Overlap, names: list[str]) -> tuple[str, ...]:
    """Cells of one line of the table of overlaps."""
    (one, other), (here, there) = overlap.clips, overlap.spans
    alike = ""
    if overlap.differing is not None and overlap.likeness is not None:
        alike = f"; {overlap.differing:.1f} of 64 bits differ, correlation {overlap.likeness:.2f}"
    length = f"{clock(here[1] - here[0])}, of which {float(overlap.compared):.1f} s compared"
    return (names[one], *_clocks(here), names[other], *_clocks(there), length, MATCHED[overlap.matched_by] + alike)


def _clocks(span: Span) -> tuple[str, str]:
    return clock(span[0]), clock(span[1])


def _short(seconds: int) -> str:
    return clock(Fraction(seconds)).removesuffix(".000")

"""Overlaps between clips as one page for people: for each group an axis with a bar for each clip, and tables. It needs nothing else to be read."""

import base64
import hashlib
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.model.audit import Tool
from entirety.model.coverage import Layer
from entirety.model.overlap import Group, Overlap, Overlaps, Span
from entirety.model.time import clock
from entirety.report.coverage_words import lasting
from entirety.report.html import TEMPLATES
from entirety.report.isolated import isolated, isolated_drawn
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MATCHED = {
    Layer.PACKETS: "coded pictures equal byte for byte",
    Layer.FRAMES: "decoded pictures equal sample for sample",
    Layer.PICTURES: "likeness of movement",
}
WORDS = Catalogue("en")
LEFT, WIDTH = 10.0, 980.0
"""Drawing units of the axis."""
ROW, BAR, TOP = 34, 12, 34
"""Height of a clip's line, of its bar, and of the scale above."""
MARKS = 8
"""Most spaces between marks of the scale."""
MOST_COMMANDS = 5
"""Commands printed of one group; one for each pair of clips would be many, and all are alike but for the names."""
MOST_OTHERS = 3
"""Clips named in the note of another."""
NOT_AS_IT_IS = re.compile(r"<U\+|[…\\]")
"""In a name that is not printed as the system has it, so that no command can be made of it."""
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
    odd: bool = False
    """The clip also shares footage at a place that does not fit this one: it or the other clip is not one run."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One group, ready for the template."""

    height: int
    marks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    shared: tuple[Bar, ...]
    gaps: tuple[Bar, ...]


def overlap_page(found: Overlaps, tool: Tool, document_sha256: str) -> bytes:
    """The page as UTF-8 bytes; `document_sha256` is that of the overlap.json of which it is a print. Every name is made visible and escaped."""
    css = (TEMPLATES / "overlap.css").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(path=isolated, drawn_path=isolated_drawn)
    names = [visible(one.custody.name, 120) for one in found.clips]
    groups = [group_view(group, names) for group in found.groups]
    page = environment.get_template("overlap.html.j2").render(
        # Ours, and without any text of a file in it.
        css=Markup(css),  # noqa: S704
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}",
        groups=groups,
        clips=[
            (name, one.custody.sha256, lasting(one.length, WORDS)) for name, one in zip(names, found.clips, strict=True)
        ],
        alone=[names[number] for number in found.alone],
        tool=tool,
        document=document_sha256,
        unread=[(visible(one.name, 120), visible(one.reason)) for one in found.unread],
    )
    return f"{page}\n".encode()


def group_view(group: Group, names: Sequence[str], most: int | None = None) -> dict[str, Any]:
    """Drawing and tables of one group for the template; of shared footage at most `most` rows, where that is given."""
    odd = {clip: _elsewhere([names[other] for other in others]) for clip, others in _odd(group).items()}
    return {
        "drawing": draw(group, names),
        "placed": [
            (
                names[one.clip],
                *_clocks(one.span),
                lasting(one.span[1] - one.span[0], WORDS),
                one.others,
                odd.get(one.clip, ""),
            )
            for one in group.placed
        ],
        "overlaps": [_row(one, names) for one in group.overlaps[:most]],
        "conflicts": [_row(one, names) for one in group.conflicts[:most]],
        "commands": _commands(group, names),
        "gaps": [_stretch(one) for one in group.gaps],
        "twice": [_stretch(one) for one in group.covered_twice],
    }


def draw(group: Group, names: Sequence[str]) -> Drawing:
    """Where everything of a group stands in its drawing."""
    last = max(one.span[1] for one in group.placed)
    scale = WIDTH / max(float(last), 1e-3)
    bottom = TOP + ROW * len(group.placed)

    def bar(span: Span, top: float, height: float, name: str = "", *, odd: bool = False) -> Bar:
        width = max(float(span[1] - span[0]) * scale, 0.8)
        return Bar(round(LEFT + float(span[0]) * scale, 2), top, round(width, 2), height, name, odd)

    odd = _odd(group)
    line = {one.clip: (TOP + ROW * at + ROW - BAR - 4, one.zero) for at, one in enumerate(group.placed)}
    spans: dict[int, list[Span]] = {}
    for overlap in group.overlaps:
        for clip, (start, end) in zip(overlap.clips, overlap.spans, strict=True):
            spans.setdefault(clip, []).append((start + line[clip][1], end + line[clip][1]))
    shared = [bar(span, line[clip][0], BAR) for clip, found in spans.items() for span in _united(found)]
    step = next(
        (step for step in STEPS if float(last) / step <= MARKS), STEPS[-1] * (int(last) // STEPS[-1] // MARKS + 1)
    )
    marks = tuple((round(LEFT + at * scale, 2), _short(at)) for at in range(0, int(last) + 1, step))
    return Drawing(
        height=bottom + 8,
        marks=marks,
        bars=tuple(bar(one.span, line[one.clip][0], BAR, names[one.clip], odd=one.clip in odd) for one in group.placed),
        shared=tuple(shared),
        gaps=tuple(bar(span, TOP - 6, bottom - TOP + 6) for span in group.gaps),
    )


def _odd(group: Group) -> dict[int, list[int]]:
    """Clips that share footage with another at a place that is not their own on the axis, and those others."""
    odd: dict[int, list[int]] = {}
    for overlap in group.conflicts:
        one, other = overlap.clips
        for clip, with_it in ((one, other), (other, one)):
            if with_it not in odd.setdefault(clip, []):
                odd[clip].append(with_it)
    return odd


def _elsewhere(others: Sequence[str]) -> str:
    rest = len(others) - MOST_OTHERS
    more = f" and {rest:,} more" if rest > 0 else ""
    return f"shares footage with {', '.join(others[:MOST_OTHERS])}{more} off this place too"


def _commands(group: Group, names: Sequence[str]) -> list[str]:
    """What holds the first pairs of clips against each other whose places do not agree."""
    pairs = dict.fromkeys(overlap.clips for overlap in group.conflicts)
    found = []
    for pair in pairs:
        said = [names[clip] for clip in pair]
        if not any(NOT_AS_IT_IS.search(name) for name in said):
            files = (shlex.quote(f"./{name}" if name.startswith("-") else name) for name in said)
            found.append(f"entirety compare {' '.join(files)}")
    return found[:MOST_COMMANDS]


def _united(spans: Sequence[Span]) -> list[Span]:
    """The same without one lying over another, which would look darker."""
    done: list[Span] = []
    for start, end in sorted(spans):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return done


def _row(overlap: Overlap, names: Sequence[str]) -> dict[str, str]:
    """Cells of one line of the table of overlaps."""
    (one, other), (here, there) = overlap.clips, overlap.spans
    alike = ""
    if overlap.differing is not None and overlap.likeness is not None:
        alike = f"; {overlap.differing:.1f} of 64 bits differ, likeness {int(overlap.likeness * 100) / 100:.2f} of 1"
    return {
        "one": names[one],
        "here": " to ".join(_clocks(here)),
        "other": names[other],
        "there": " to ".join(_clocks(there)),
        "length": lasting(here[1] - here[0], WORDS),
        "compared": lasting(overlap.compared, WORDS),
        "how": MATCHED[overlap.matched_by] + alike,
    }


def _stretch(span: Span) -> tuple[str, str, str]:
    return *_clocks(span), lasting(span[1] - span[0], WORDS)


def _clocks(span: Span) -> tuple[str, str]:
    return clock(span[0]), clock(span[1])


def _short(seconds: int) -> str:
    return clock(Fraction(seconds)).removesuffix(".000")

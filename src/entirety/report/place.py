"""Where in the clip one finding lies: a small drawing for its own page, the whole clip as a line with the change of the picture on it."""

from functools import lru_cache
from html import escape

from entirety.model.audit import Audit, Numbered
from entirety.model.time import clock
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

WIDTH, HEIGHT, LEFT, RIGHT, BASE = 1000, 70, 4, 996, 48
COLUMNS = 120
"""Bars: about one per 1.4 mm of paper; a drawing stays at a thousand characters, also beside each of 500 findings."""
HIGHEST = 22


def place(audit: Audit, one: Numbered, words: Catalogue) -> tuple[str, str]:
    """The drawing as SVG and its description in words."""
    span, timeline = one.finding.span, audit.timeline
    first, last = clock(timeline.origin), clock(timeline.origin + timeline.duration)
    known = {
        "id": visible(one.id, 20),
        "start": clock(span.start),
        "end": clock(span.end),
        "first": first,
        "last": last,
    }
    alt = words.text("place.alt_point" if span.start == span.end else "place.alt", **known)
    if timeline.duration <= 0:
        return "", ""
    left, right = (_x(float((time - timeline.origin) / timeline.duration)) for time in (span.start, span.end))
    middle = round((left + right) / 2, 1)
    body = (
        f'<path d="M{LEFT} {BASE}H{RIGHT}" stroke="#111"/>{_bars(timeline.change)}'
        f'<path d="M{left} {BASE}v5H{max(right, left + 2)}v-5z" fill="#111"/>'
        f'<path d="M{middle} 24l-7-12h14z" fill="#111"/><path d="M{middle} 24V{BASE}" stroke="#111" stroke-width="1.6"/>'
        f"{_said(middle, 10, known['id'])}{_said(LEFT, 68, first, 'start')}{_said(RIGHT, 68, last, 'end')}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'font-family="Libertinus Serif, Georgia, Times New Roman, serif" font-size="15"><title>{escape(alt)}</title>{body}</svg>'
    ), alt


def _x(share: float) -> float:
    return round(LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT), 1)


def _said(x: float, y: int, text: str, anchor: str = "") -> str:
    kept = anchor or ("start" if x < 60 else "end" if x > WIDTH - 60 else "middle")
    return f'<text x="{x}" y="{y}" text-anchor="{kept}" fill="#111">{escape(text)}</text>'


@lru_cache(maxsize=1)
def _bars(change: tuple[float, ...]) -> str:
    """The largest change in each of at most COLUMNS parts, as grey bars: the same beside every finding of a clip."""
    if not change or max(change) <= 0:
        return ""
    count, highest = min(COLUMNS, len(change)), max(change)
    parts = [max(change[at * len(change) // count : (at + 1) * len(change) // count]) for at in range(count)]
    lines = "".join(
        f"M{_x((at + 0.5) / count)} {BASE}v-{max(0.0, value) / highest * HIGHEST:.1f}" for at, value in enumerate(parts)
    )
    return f'<path d="{lines}" stroke="#767676" stroke-width="4"/>'

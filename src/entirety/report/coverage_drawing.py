"""The map of a comparison as an SVG that is readable in black and white: recordings as bars, the clip as a bar below, bands between them.

What is shown is filled with a pattern, what is missing stays white. Every bar is as wide as the page, whatever its length.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from entirety.model.coverage import Coverage, Piece
from entirety.model.time import clock
from entirety.report.coverage_words import lasting
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

WIDTH, LEFT, RIGHT = 1000, 8, 992
"""Drawing units; 1000 of them are the 170 mm between the margins of A4."""
FONT, SMALL = 18, 15
"""Sizes of letters: 8.7 and 7.2 points on A4."""
BAR, NAME, AXIS, GAP = 36, 22, 18, 26
"""Heights of a bar, of the lines with its name and with its times, and of the space to the next."""
LAST_GAP = 110
"""Space above the clip, in which the bands cross: nothing is written there."""
MOST_DRAWN = 300
"""Pieces drawn; more would be a grey area on paper. The table lists all."""
LONGEST_NAME = 60
LETTER, SMALL_LETTER = 9.8, 8.2
"""Units that a character needs, and one of small print."""
PATTERNS = ("grey", "dots", "lines")


def drawing(coverage: Coverage, words: Catalogue) -> str:
    """The SVG; every text in it is escaped."""
    height = _clip_top(coverage) + BAR + AXIS + NAME + 6
    alt = escape(words.text("coverage.map_alt", pieces=len(coverage.pieces)))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Libertinus Serif, Georgia, Times New Roman, serif" font-size="{FONT}"><title>{alt}</title>'
    )
    return f"{head}{''.join(_body(coverage, words))}</svg>"


def _body(coverage: Coverage, words: Catalogue) -> Iterator[str]:
    yield (
        '<defs><pattern id="c-grey" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0H6V6H0z" fill="#c4c4c4"/></pattern>'
        '<pattern id="c-dots" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0H6V6H0z" fill="#efefef"/><circle cx="3" cy="3" r="1.1" fill="#222"/></pattern>'
        '<pattern id="c-lines" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0H6V6H0z" fill="#fff"/><path d="M0 3H6" stroke="#222" stroke-width="1.2"/></pattern>'
        '<pattern id="c-hatch" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M0 0H7V7H0z" fill="#fff"/><path d="M0 7L7 0" stroke="#111" stroke-width="1.2"/></pattern></defs>'
    )
    drawn = list(enumerate(coverage.pieces, 1))[:MOST_DRAWN]
    clip = clip_scale(coverage)
    sources = [source_scale(coverage, index) for index in range(len(coverage.sources))]
    for number, piece in drawn:
        yield _band(number, piece, sources[piece.source], clip)
    for index, source in enumerate(coverage.sources):
        name = words.text("coverage.recording", number=index + 1)
        yield from _bar(sources[index], f"{name}: {visible(source.custody.name, LONGEST_NAME)}", -AXIS - 7, -7)
        for part in coverage.missing:
            if part.source == index:
                yield from _missing(part.span, sources[index], words)
        for number, piece in drawn:
            if piece.source == index:
                yield from _filled(number, piece, piece.source_span, sources[index])
    # The bands end at the upper edge of the clip: what is to be read stands below it.
    name = f"{words.text('coverage.clip')}: {visible(coverage.clip.custody.name, LONGEST_NAME)}"
    yield from _bar(clip, name, BAR + AXIS + 18, BAR + 16)
    for strange in coverage.foreign:
        yield _rect(strange.span, clip, "url(#c-hatch)")
    for number, piece in drawn:
        yield from _filled(number, piece, piece.clip_span, clip)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where one bar lies, and which times its ends stand for."""

    top: int
    start: Fraction
    end: Fraction

    def x(self, time: Fraction) -> float:
        share = (time - self.start) / (self.end - self.start) if self.end > self.start else Fraction(0)
        return round(LEFT + float(min(Fraction(1), max(Fraction(0), share))) * (RIGHT - LEFT), 1)


def source_scale(coverage: Coverage, index: int) -> Scale:
    """Of a recording: pieces and missing stretches fill it."""
    spans = [piece.source_span for piece in coverage.pieces if piece.source == index]
    spans += [part.span for part in coverage.missing if part.source == index]
    return _scale(_top(index), spans, coverage.sources[index].length)


def clip_scale(coverage: Coverage) -> Scale:
    """Of the clip: pieces and foreign stretches fill it."""
    spans = [*(piece.clip_span for piece in coverage.pieces), *(part.span for part in coverage.foreign)]
    return _scale(_clip_top(coverage), spans, coverage.clip.length)


def _scale(top: int, spans: list[tuple[Fraction, Fraction]], length: Fraction) -> Scale:
    start = min((span[0] for span in spans), default=Fraction(0))
    return Scale(top, start, max([start + length, *(span[1] for span in spans)]))


def _top(index: int) -> int:
    return NAME + AXIS + index * (NAME + AXIS + BAR + GAP)


def _clip_top(coverage: Coverage) -> int:
    return _top(len(coverage.sources) - 1) + BAR + LAST_GAP


def _fill(number: int) -> str:
    return f"url(#c-{PATTERNS[number % len(PATTERNS)]})"


def _band(number: int, piece: Piece, source: Scale, clip: Scale) -> str:
    """From the piece in the recording to the piece in the clip; backwards, its sides cross."""
    left, right = source.x(piece.source_span[0]), source.x(piece.source_span[1])
    if piece.reversed:
        left, right = right, left
    above, below = source.top + BAR, clip.top
    a, b = clip.x(piece.clip_span[0]), clip.x(piece.clip_span[1])
    return (
        f'<path d="M{left} {above}L{a} {below}H{b}L{right} {above}z" fill="{_fill(number)}" fill-opacity="0.4" stroke="#111" '
        'stroke-width="0.9"/>'
    )


def _bar(scale: Scale, name: str, name_y: int, times_y: int) -> Iterator[str]:
    yield f'<rect x="{LEFT}" y="{scale.top}" width="{RIGHT - LEFT}" height="{BAR}" fill="#fff" stroke="#111" stroke-width="1.2"/>'
    yield _text(LEFT, scale.top + name_y, name, "start")
    yield _text(LEFT, scale.top + times_y, clock(scale.start), "start", SMALL)
    yield _text(RIGHT, scale.top + times_y, clock(scale.end), "end", SMALL)


def _missing(span: tuple[Fraction, Fraction], scale: Scale, words: Catalogue) -> Iterator[str]:
    left, right = scale.x(span[0]), scale.x(span[1])
    yield (
        f'<rect x="{left}" y="{scale.top}" width="{max(1.0, round(right - left, 1))}" height="{BAR}" fill="#fff" stroke="#111" '
        'stroke-dasharray="5 3"/>'
    )
    length = lasting(span[1] - span[0], words)
    if right - left > SMALL_LETTER * len(length):
        yield _text((left + right) / 2, scale.top + BAR // 2 + 5, length, "middle", SMALL)


def _filled(number: int, piece: Piece, span: tuple[Fraction, Fraction], scale: Scale) -> Iterator[str]:
    yield _rect(span, scale, _fill(number))
    mark = f"{number} R" if piece.reversed else str(number)
    left, right = scale.x(span[0]), scale.x(span[1])
    if right - left > LETTER * (len(mark) + 1):
        middle, width = (left + right) / 2, LETTER * (len(mark) + 0.6)
        yield f'<rect x="{middle - width / 2:.1f}" y="{scale.top + 7}" width="{width:.1f}" height="22" fill="#fff"/>'
        yield _text(middle, scale.top + BAR // 2 + 6, mark, "middle")


def _rect(span: tuple[Fraction, Fraction], scale: Scale, fill: str) -> str:
    left, right = scale.x(span[0]), scale.x(span[1])
    width = max(1.0, round(right - left, 1))
    return f'<rect x="{left}" y="{scale.top}" width="{width}" height="{BAR}" fill="{fill}" stroke="#111" stroke-width="0.9"/>'


def _text(x: float, y: int, said: str, anchor: str, size: int = 0) -> str:
    small = f' font-size="{size}"' if size else ""
    # A white rim, so that what lies on a band can be read.
    rim = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}" fill="#111" {rim}{small}>{escape(said)}</text>'

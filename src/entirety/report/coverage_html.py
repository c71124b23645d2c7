"""A comparison as one HTML file that needs nothing else: no network, no script, pictures inside.

As in the report of an audit, its security policy allows the one style sheet that it carries and embedded pictures, nothing more.
"""

import base64
import hashlib
import shlex
from collections.abc import Iterator, Sequence
from fractions import Fraction

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.model.audit import Tool
from entirety.model.coverage import Coverage, Layer, Piece
from entirety.model.time import clock
from entirety.report.coverage_boundaries import MOST_PIECES, Boundary
from entirety.report.coverage_drawing import MOST_DRAWN, drawing
from entirety.report.coverage_words import BRIEF, BY, heard, lasting, notes, remarks, sentence, speed_of
from entirety.report.html import TEMPLATES
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

CHECKS = {
    Layer.PACKETS: (
        "coverage.check_packets",
        "ffmpeg -v error -i FILE -map 0:v:0 -c copy -f framehash -hash sha256 -",
    ),
    Layer.FRAMES: (
        "coverage.check_frames",
        "ffmpeg -v error -noautorotate -i FILE -map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -",
    ),
    Layer.PICTURES: (
        "coverage.check_pictures",
        (
            "ffmpeg -v error -noautorotate -i FILE -map 0:v:0 -vf \"select='eq(n,FRAME)'\" -fps_mode passthrough "
            "-frames:v 1 FRAME.png"
        ),
    ),
}
"""What each shows, and the command of plain ffmpeg, by what the pictures were matched by."""


def coverage_page(
    coverage: Coverage, tool: Tool, ends: Sequence[Boundary], document_sha256: str, words: Catalogue
) -> bytes:
    """The page as UTF-8 bytes; `document_sha256` is that of the coverage.json of which it is a print."""
    css = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "coverage.css"))
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    page = environment.get_template("coverage.html.j2").render(
        w=words.fixed(),
        language=words.language,
        sentence=sentence(coverage, words),
        remarks=list(remarks(coverage, words)),
        files=[files_row(coverage, index, words) for index in range(-1, len(coverage.sources))],
        # Drawn by coverage_drawing.py, which escapes every text it is given.
        svg=Markup(drawing(coverage, words)),  # noqa: S704
        drawn_rest=_rest("coverage.drawn_rest", coverage, MOST_DRAWN, words),
        pieces=list(piece_rows(coverage, words)),
        missing=list(missing_rows(coverage, words)),
        foreign=list(foreign_rows(coverage, words)),
        ends=ends,
        ends_rest=_rest("coverage.boundaries_rest", coverage, MOST_PIECES, words),
        png=lambda content: f"data:image/png;base64,{base64.b64encode(content).decode()}",
        made_by=words.text("coverage.made_by", name=tool.name, version=tool.version, decoder=tool.decoder),
        libraries=tool.libraries,
        method_sound=words.text("coverage.method_sound", shortest=int(BRIEF)),
        commands=list(_commands(coverage, words)),
        document=document_sha256,
        # Ours, and without any text of a file in it: as markup, not as text.
        css=Markup(css),  # noqa: S704
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}",
    )
    return f"{page}\n".encode()


def files_row(coverage: Coverage, index: int, words: Catalogue) -> list[tuple[str, str]]:
    """Role and facts of one file; -1 is the clip."""
    recording = coverage.clip if index < 0 else coverage.sources[index]
    role = words.text("coverage.clip") if index < 0 else words.text("coverage.recording", number=index + 1)
    custody = recording.custody
    return [
        (role, visible(custody.name, 255)),
        (words.text("item.size"), words.text("item.bytes", n=custody.size)),
        (words.text("item.sha256"), custody.sha256),
        (words.text("item.modified"), visible(custody.modified, 60)),
        (words.text("item.shown"), _length(recording.length, words)),
        (words.text("item.frames"), words.number(recording.frames)),
        (words.text("item.codec"), visible(recording.codec, 60)),
        (words.text("item.picture"), words.text("item.picture_value", width=recording.width, height=recording.height)),
        (words.text("coverage.sound"), words.text("coverage.with_sound" if recording.sound else "coverage.no_sound")),
    ]


def piece_rows(coverage: Coverage, words: Catalogue) -> Iterator[dict[str, str]]:
    """The table of pieces."""
    for number, piece in enumerate(coverage.pieces, 1):
        before = coverage.pieces[number - 2] if number > 1 else None
        ways = [words.text("coverage.backward" if piece.reversed else "coverage.onward")]
        ways += [words.text("coverage.mirrored")] if piece.mirrored else []
        yield {
            "number": str(number),
            "notes": "; ".join(notes(before, piece, number, words)),
            "clip": _span(piece.clip_span, words),
            "clip_frames": frames(piece.clip_first, piece.clip_end, words),
            "file": words.text("coverage.recording", number=piece.source + 1),
            "source": _span(piece.source_span, words),
            "source_frames": frames(piece.source_first, piece.source_end, words),
            "speed": words.text("coverage.speed_value", speed=speed_of(piece)),
            "direction": ", ".join(ways),
            "matched": _matched(piece, words),
            "sound": heard(piece, words),
        }


def missing_rows(coverage: Coverage, words: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Recording, time, frames, length of what to request."""
    for part in coverage.missing:
        source = coverage.sources[part.source]
        whole = part.end - part.first == source.frames
        span = words.text("coverage.missing_whole") if whole else _span(part.span, words)
        name = f"{words.text('coverage.recording', number=part.source + 1)}: {visible(source.custody.name, 255)}"
        length = lasting(part.span[1] - part.span[0], words)
        yield name, span, frames(part.first, part.end, words), length


def foreign_rows(coverage: Coverage, words: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Time, frames, length and a note on what no recording has."""
    for part in coverage.foreign:
        note = words.text("coverage.still" if part.still else "coverage.moving")
        length = lasting(part.span[1] - part.span[0], words)
        yield _span(part.span, words), frames(part.first, part.end, words), length, note


def frames(first: int, end: int, words: Catalogue) -> str:
    """Numbers of the pictures [first, end)."""
    if end - first == 1:
        return words.text("coverage.frame", first=first)
    return words.text("coverage.frames", first=first, last=end - 1)


def _length(time: Fraction, words: Catalogue) -> str:
    return words.text("item.length", clock=clock(time), seconds=f"{float(time):.3f}")


def _commands(coverage: Coverage, words: Catalogue) -> Iterator[tuple[str, str]]:
    """How to see again what the pieces rest on, each with what it does."""
    named = [visible(one.custody.name, 255) for one in (coverage.clip, *coverage.sources)]
    yield words.text("coverage.check_again"), shlex.join(["entirety", "compare", *named])
    for layer, (shows, command) in CHECKS.items():
        packets = layer is Layer.PACKETS and any(piece.packets for piece in coverage.pieces)
        if packets or any(piece.matched_by is layer for piece in coverage.pieces):
            yield words.text(shows), command


def _span(span: tuple[Fraction, Fraction], words: Catalogue) -> str:
    return words.text("coverage.span", start=clock(span[0]), end=clock(span[1]))


def _matched(piece: Piece, words: Catalogue) -> str:
    said = words.text(BY[piece.matched_by])
    if piece.packets and piece.matched_by is not Layer.PACKETS:
        said = f"{said}; {words.text('coverage.also_packets', n=piece.packets)}"
    within = words.text("coverage.within", n=piece.uncertainty) if piece.uncertainty else words.text("coverage.exact")
    return words.text("compared.matched", by=said, within=within)


def _rest(key: str, coverage: Coverage, most: int, words: Catalogue) -> str:
    total = len(coverage.pieces)
    return words.text(key, drawn=most, shown=most, pieces=total) if total > most else ""

"""The comparison with recordings in words: the map, the pieces, and the list of what to request, made to be handed in by itself."""

from collections.abc import Iterator

from entirety.model.audit import Audit
from entirety.model.coverage import Coverage, Missing
from entirety.model.time import clock
from entirety.report.coverage_drawing import MOST_DRAWN, drawing
from entirety.report.coverage_html import files_row, frames, piece_rows
from entirety.report.coverage_words import BRIEF, lasting, remarks, sentence
from entirety.report.facts import grouped
from entirety.report.view_compared import ComparedView, PieceView, RequestView, Rows
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_PIECES = 60
"""Pieces printed, about three pages; audit.json has all. Chosen: nobody reads a longer list on paper."""
MOST_STRETCHES = 200
"""Stretches of one recording that are printed in the list to hand in. Chosen: whoever needs more asks for the whole recording."""
LEGEND = ("shown", "missing", "foreign", "bands", "scale")


def compared_view(audit: Audit, words: Catalogue) -> ComparedView:
    """Sentences alone where the clip was held against no recording."""
    coverage = audit.coverage
    if coverage is None:
        return ComparedView((words.text("compared.none"),), "", "", (), (), "", (words.text("request.none"),), ())
    count = len(coverage.pieces)
    lead = (
        sentence(coverage, words),
        *remarks(coverage, words),
        words.text("coverage.observation"),
        words.text("compared.integrity"),
        words.text("coverage.method_layers"),
        words.text("coverage.method_sound", shortest=int(BRIEF)),
        words.text("coverage.method_times"),
        words.text("coverage.method_absent"),
    )
    legend = (words.text("compared.figure"), *(words.text(f"coverage.legend_{name}") for name in LEGEND))
    if count > MOST_DRAWN:
        legend = (*legend, words.text("coverage.drawn_rest", drawn=MOST_DRAWN, pieces=count))
    custody = audit.custody
    ask = words.text("request.lead", name=visible(custody.name, 255), sha256=grouped(custody.sha256))
    return ComparedView(
        lead=lead,
        svg=drawing(coverage, words),
        svg_alt=words.text("coverage.map_alt", pieces=count),
        legend=legend,
        pieces=tuple(_pieces(coverage, words)),
        rest=words.text("compared.rest", n=count - MOST_PIECES) if count > MOST_PIECES else "",
        ask=(ask, words.text("request.times"), words.text("request.why")),
        requests=tuple(_request(coverage, index, words) for index in range(len(coverage.sources))),
    )


def settled(audit: Audit, words: Catalogue) -> Iterator[str]:
    """What page one says of the list: nothing where there is nothing to request."""
    if audit.coverage is not None and audit.coverage.missing:
        yield words.text("page.settle_annex")


def _pieces(coverage: Coverage, words: Catalogue) -> Iterator[PieceView]:
    for row, _ in zip(piece_rows(coverage, words), range(MOST_PIECES), strict=False):
        ways = [row["speed"], row["direction"], row["notes"]]
        sound = words.text("compared.sound", sound=row["sound"])
        yield PieceView(
            number=row["number"],
            clip=row["clip"],
            clip_frames=row["clip_frames"],
            source=f"{row['file']}: {row['source']}",
            source_frames=row["source_frames"],
            how="; ".join(way for way in (*ways, sound) if way),
            matched=row["matched"],
        )


def _request(coverage: Coverage, index: int, words: Catalogue) -> RequestView:
    parts = [part for part in coverage.missing if part.source == index]
    facts: Rows = tuple(
        (label, grouped(value) if label == words.text("item.sha256") else value)
        for label, value in files_row(coverage, index, words)[1:]
    )
    name = files_row(coverage, index, words)[0]
    whole = bool(parts) and parts[0].end - parts[0].first == coverage.sources[index].frames
    none = words.text("request.whole") if whole else "" if parts else words.text("request.nothing")
    rest = len(parts) - MOST_STRETCHES
    return RequestView(
        heading=name[0],
        facts=((words.text("item.file"), name[1]), *facts),
        rows=()
        if whole
        else tuple(_stretch(index, at, one, words) for at, one in enumerate(parts[:MOST_STRETCHES], 1)),
        notes=tuple(
            line
            for line in (
                none,
                words.text("request.rest", n=rest) if rest > 0 else "",
                words.text("request.original"),
            )
            if line
        ),
    )


def _stretch(index: int, number: int, part: Missing, words: Catalogue) -> tuple[str, str, str, str, str]:
    length = lasting(part.span[1] - part.span[0], words)
    return (
        f"{index + 1}.{number}",
        clock(part.span[0]),
        clock(part.span[1]),
        frames(part.first, part.end, words),
        length,
    )

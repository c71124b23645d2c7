"""Finds single pictures that an MP4 or MOV file keeps beside its video: covers, thumbnails, posters, a camera's own preview."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entirety.model.container import Box, Movie
from entirety.read.container.isobmff.source import Source, open_source

PLACES = ("udta", "meta", "uuid", "thmb", "ilst", "pnot", "PICT")
"""Boxes in or below which such pictures are kept (ISO/IEC 14496-12, 8.10 and 8.11; Apple's iTunes items; makers' own user data)."""
LEAST = 125
"""Bytes: no JPEG that holds a picture is shorter, and text is not searched needlessly."""
MOST = 1 << 24
MOST_PICTURES = 16
MARKS = ((b"\xff\xd8\xff", b"\xff\xd9"), (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"))
"""How JPEG and PNG begin and end."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """One picture file inside the file."""

    path: str
    offset: int
    data: bytes


def embedded_pictures(path: Path, movie: Movie) -> list[Embedded]:
    """At most MOST_PICTURES pictures in file order: the first one in each box."""
    with path.open("rb") as file:
        source = open_source(file, path.stat().st_size)
        found: list[Embedded] = []
        for box in _leaves(movie):
            if len(found) < MOST_PICTURES and (picture := _first(source, box)) is not None:
                found.append(picture)
        return found


def _leaves(movie: Movie) -> Iterator[Box]:
    for top in movie.boxes:
        for box in top.walk():
            names = {part.split("[")[0] for part in box.path.split("/")}
            if not box.children and box.size - box.header >= LEAST and names.intersection(PLACES):
                yield box


def _first(source: Source, box: Box) -> Embedded | None:
    start = box.offset + box.header
    data = source.read(start, min(box.end - start, MOST))
    begins = [(at, end) for mark, end in MARKS if (at := data.find(mark)) >= 0]
    if not begins:
        return None
    at, mark = min(begins)
    end = data.rfind(mark, at)
    return Embedded(box.path, start + at, data[at : end + len(mark)]) if end > at else None

"""Collects the texts and structures of a file by which its writer may be known.

Everything here was written by somebody else and may be anything: only printable characters are kept, and no more than a table of
writers needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from entirety.knowledge import Place
from entirety.model.clip import Clip
from entirety.model.container import Movie

MOST_TEXT = 300
"""Characters of one text; the longest known trace has 40."""
MOST_TRACES = 5000
"""Texts of one file; a hostile file may hold millions of boxes, a real one has a few hundred."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One text at one place of the file."""

    where: Place
    key: str
    """Name of the tag, or path of the box, in lower case; empty for places that have one text only."""
    text: str


Found = Iterator[tuple[Place, str, str]]


def traces(clip: Clip) -> list[Trace]:
    """All of them, each once, in a fixed order, at most MOST_TRACES."""
    return _gathered(_all(clip))


def movie_traces(movie: Movie) -> list[Trace]:
    """Those that the structure of an ISO-BMFF or QuickTime file holds, likewise."""
    return _gathered(_movie(movie))


def _gathered(all_of_them: Found) -> list[Trace]:
    found: dict[Trace, None] = {}
    for where, key, text in all_of_them:
        found.setdefault(Trace(where, key.lower()[:MOST_TEXT], _clean(text)))
        if len(found) == MOST_TRACES:
            break
    return list(found)


def _all(clip: Clip) -> Found:
    yield "container", "", clip.container
    for key, text in clip.tags:
        yield "tag", key, text
    for stream in clip.streams:
        for key, text in stream.tags:
            yield ("handler", "", text) if key.lower() == "handler_name" else ("stream-tag", key, text)
    for note in clip.notes:
        yield "note", "", note.text
    if clip.movie is not None:
        yield from _movie(clip.movie)


def _movie(movie: Movie) -> Found:
    yield "brand", "", movie.major_brand
    yield "minor", "", str(movie.minor_version)
    yield "brands", "", " ".join(movie.brands)
    yield "order", "", ",".join(box.kind for box in movie.boxes)
    for key, text in movie.tags:
        yield "tag", key, text
    for track in movie.tracks:
        yield "handler", "", track.handler_name
        yield (
            "field",
            f"moov/trak/tkhd {track.handler}",
            f"flags {track.flags}, alternate_group {track.alternate_group}",
        )
        yield "field", "moov/trak/mdia/mdhd timescale", str(track.timescale)
    for extended in movie.extended_types:
        yield "field", "uuid extended_type", extended
    for box in movie.walk():
        path = re.sub(r"\[\d+\]", "", box.path)
        yield "box", "", path
        if box.children:
            yield "order", path, ",".join(child.kind for child in box.children)


def _clean(text: str) -> str:
    return "".join(c for c in text[:MOST_TEXT] if c.isprintable())

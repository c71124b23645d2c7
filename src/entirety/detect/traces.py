"""Collects the texts and structures of a file by which its writer may be known.

Everything here was written by somebody else and may be anything: only printable characters are kept, and no more than a table of
writers needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from entirety.knowledge import Place
from entirety.model.clip import Clip

MOST_TEXT = 300
"""Characters of one text; the longest known trace has 40."""
MOST_TRACES = 5000
"""Texts of one file; a hostile file may hold millions of boxes, a real one has a few hundred."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One text at one place of the file."""

    where: Place
    key: str
    """Name of the tag in lower case; empty for places that have one text only."""
    text: str


def traces(clip: Clip) -> list[Trace]:
    """All of them, each once, in a fixed order, at most MOST_TRACES."""
    found: dict[Trace, None] = {}
    for where, key, text in _all(clip):
        found.setdefault(Trace(where, key.lower()[:MOST_TEXT], _clean(text)))
        if len(found) == MOST_TRACES:
            break
    return list(found)


def _all(clip: Clip) -> Iterator[tuple[Place, str, str]]:
    yield "container", "", clip.container
    for key, text in clip.tags:
        yield "tag", key, text
    for stream in clip.streams:
        for key, text in stream.tags:
            yield ("handler", "", text) if key.lower() == "handler_name" else ("stream-tag", key, text)
    for note in clip.headers.notes if clip.headers else ():
        yield "note", "", note.text
    yield from _movie(clip)


def _movie(clip: Clip) -> Iterator[tuple[Place, str, str]]:
    movie = clip.movie
    if movie is None:
        return
    yield "brand", "", movie.major_brand
    yield "minor", "", str(movie.minor_version)
    yield "brands", "", " ".join(movie.brands)
    yield "order", "", ",".join(box.kind for box in movie.boxes)
    for key, text in movie.tags:
        yield "tag", key, text
    for track in movie.tracks:
        yield "handler", "", track.handler_name
    for box in movie.walk():
        yield "box", "", re.sub(r"\[\d+\]", "", box.path)


def _clean(text: str) -> str:
    return "".join(c for c in text[:MOST_TEXT] if c.isprintable())

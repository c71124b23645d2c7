"""Which form a file has, and its outer structure, read by the reader of that form; a form without one gives None."""

from dataclasses import replace
from typing import BinaryIO

from entirety.model.container import Movie, Structure
from entirety.read.container.spaces import look_into

HEAD = 4_096
"""Bytes by which the form is told."""


def read_structure(file: BinaryIO, length: int, movie: Movie | None) -> Structure | None:
    """The structure of a whole file of `length` bytes; `movie` is what the reader of ISO-BMFF gave, if it is of that form."""
    structure = _outline(file, length, movie)
    return None if structure is None else replace(structure, spaces=look_into(file, length, structure))


def _outline(file: BinaryIO, length: int, movie: Movie | None) -> Structure | None:
    """The structure without what lies in its spaces."""
    if movie is not None:
        return Structure("isobmff", movie.boxes, movie.leftovers, movie.tags, movie.problems)
    # Most clips are ISO-BMFF, and need none of these: 0.04 s and 2 MiB.
    from entirety.read.container.forms import READERS  # noqa: PLC0415 - see above

    file.seek(0)
    head = file.read(HEAD)
    return next((read(file, length) for looks, read in READERS if looks(head)), None)

"""What holds for the structure of any file: its blocks cover it, and lie in each other without overlap."""

import io
from collections.abc import Sequence

from entirety.model.container import Box, Structure
from entirety.read.container.structure import read_structure


def read(data: bytes) -> Structure:
    structure = read_structure(io.BytesIO(data), len(data), None)
    assert structure is not None
    assert_covered(structure, len(data))
    return structure


def assert_covered(structure: Structure, length: int) -> None:
    """Top-level blocks and leftovers fill the file without gap or overlap; children lie in order within their parent."""
    ranges = sorted([(box.offset, box.end) for box in structure.boxes] + list(structure.leftovers))
    position = 0
    for start, end in ranges:
        assert start == position
        assert end > start
        position = end
    assert position == length
    for parent in structure.walk():
        assert_nested(parent.children, parent.offset + parent.header, parent.end)
    for path, value in structure.facts:
        assert value
        assert len(value) <= 500
        assert (path + value).isprintable()


def assert_nested(children: Sequence[Box], start: int, end: int) -> None:
    for child in children:
        assert start <= child.offset < child.end <= end
        assert 0 <= child.header <= child.size
        start = child.end


def by_path(structure: Structure, path: str) -> Box:
    return next(box for box in structure.walk() if box.path == path)


def says(structure: Structure, path: str) -> list[str]:
    """Every value stated under a path."""
    return [value for name, value in structure.facts if name == path]


def complains(structure: Structure, words: str) -> bool:
    return any(words in sentence for sentence in structure.problems)

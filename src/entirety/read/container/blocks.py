"""Labelled blocks while a file is being walked: neighbours of one kind become one, and each gets its path at the end.

Some forms of file are made of hundreds of thousands of small blocks, one per picture. A list of them all helps nobody, so a run
of neighbours of one kind is listed as one block; what stands between two runs stays visible.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from entirety.model.container import Box
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.paths import paths

MAX_BLOCKS = 50_000
"""Blocks listed: half a second. A Matroska file of five hours in clusters of one second has about as many."""
MAX_UNITS = 200_000
"""Small blocks visited one by one. A visit takes 3 to 7 us (measured on a busy machine of two cores), which makes one second and a half
at most; three quarters of an hour of pictures at 30 a second, with as many blocks of sound, fit."""
UNREAD = "unread"
"""Kind of the one block that stands for the rest of a file beyond that bound; no form uses the word."""


def open_blocks(file: BinaryIO, length: int) -> Source:
    """A source with the bounds of forms that are made of small blocks."""
    source = open_source(file, length)
    source.budget.boxes = MAX_BLOCKS
    return source


def tell_end(source: Source, offset: int, words: str) -> None:
    """Say that something was not visited; this sentence is listed however many others there are."""
    source.problems.append(f"At byte {offset}: {words}.")


@dataclass(slots=True)
class Block:
    """One block, or a run of neighbours of one kind; fields as in `Box`, of a run: header of the first, sum of the sizes."""

    kind: str
    offset: int
    size: int
    header: int
    declared: int
    children: list["Block"] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.offset + self.size


@dataclass(slots=True)
class Row:
    """Blocks that follow each other, in file order."""

    source: Source
    blocks: list[Block] = field(default_factory=list)

    def add(self, block: Block) -> bool:
        """Append one block; False where the file has had its share of blocks already."""
        if self.source.budget.boxes <= 0:
            return False
        self.source.budget.boxes -= 1
        self.blocks.append(block)
        return True

    def extend(self, kind: str, offset: int, size: int, header: int, declared: int) -> bool:
        """Append one block, or lengthen the last one where it is of the same kind and ends here."""
        if self.blocks:
            last = self.blocks[-1]
            if last.kind == kind and last.offset + last.size == offset:
                last.size += size
                last.declared += declared
                return True
        return self.add(Block(kind, offset, size, header, declared))


def finish(blocks: Sequence[Block], prefix: str = "") -> tuple[Box, ...]:
    """The same blocks with their paths; position among equals counted from 1, and only where there are several."""
    boxes: list[Box] = []
    for block, path in zip(blocks, paths([block.kind for block in blocks], prefix), strict=True):
        children = finish(block.children, path) if block.children else ()
        boxes.append(Box(block.kind, block.offset, block.size, block.header, block.declared, path, children))
    return tuple(boxes)


def gaps(blocks: Sequence[Block], length: int) -> tuple[tuple[int, int], ...]:
    """Byte ranges of [0, length) that belong to none of the blocks, which are in file order and do not overlap."""
    found: list[tuple[int, int]] = []
    position = 0
    for block in blocks:
        if block.offset > position:
            found.append((position, block.offset))
        position = block.end
    return (*found, (position, length)) if position < length else tuple(found)

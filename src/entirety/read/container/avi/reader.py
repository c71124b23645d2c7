"""Reads everything an AVI file declares about itself; no picture and no sound is read.

What is returned is the file's own statement, with the places where it contradicts itself or the format (Microsoft's AVI RIFF
reference, OpenDML AVI File Format Extensions 1.02).
"""

from typing import BinaryIO

from entirety.model.container import Structure
from entirety.read.container.avi.checks import check_file
from entirety.read.container.avi.headers import list_counts, list_facts
from entirety.read.container.avi.state import Walk
from entirety.read.container.avi.walk import FORMS, walk_chunks
from entirety.read.container.blocks import MAX_UNITS, finish, gaps, open_blocks
from entirety.read.container.facts import Facts
from entirety.read.container.search import Search


def looks_like_avi(head: bytes) -> bool:
    """True where a file begins as a `RIFF` list of the form `AVI ` does."""
    return head[:4] == b"RIFF" and head[8:12] in FORMS


def read_avi(file: BinaryIO, length: int) -> Structure:
    """The declaration of a whole file of `length` bytes.

    Any bytes give a Structure; what could not be read stands in its `problems`. Raises OSError only, as the file itself does.
    """
    source = open_blocks(file, length)
    walk = Walk(source, Search(source), MAX_UNITS)
    blocks = walk_chunks(walk)
    boxes = finish(blocks)
    facts = Facts(source)
    list_facts(walk, facts, boxes)
    list_counts(walk, facts)
    check_file(walk, boxes, facts)
    return Structure("avi", boxes, gaps(blocks, source.length), facts.done(), tuple(source.problems))

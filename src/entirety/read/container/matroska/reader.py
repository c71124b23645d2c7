"""Reads everything a Matroska or WebM file declares about itself; no picture and no sound is read.

What is returned is the file's own statement, with the places where it contradicts itself or the standard (RFC 8794, RFC 9559).
"""

from typing import BinaryIO

from entirety.model.container import Structure
from entirety.read.container.blocks import MAX_UNITS, finish, gaps, open_blocks
from entirety.read.container.facts import Facts
from entirety.read.container.matroska.checks import check_clusters, check_segment, check_sums
from entirety.read.container.matroska.facts import list_counts, list_facts
from entirety.read.container.matroska.state import Walk
from entirety.read.container.matroska.walk import walk_elements
from entirety.read.container.search import Search

SIGN = b"\x1a\x45\xdf\xa3"
DOC_TYPES = ("matroska", "webm")


def looks_like_matroska(head: bytes) -> bool:
    """True where a file begins as every EBML document does."""
    return head[:4] == SIGN


def read_matroska(file: BinaryIO, length: int) -> Structure:
    """The declaration of a whole file of `length` bytes.

    Any bytes give a Structure; what could not be read stands in its `problems`. Raises OSError only, as the file itself does.
    """
    source = open_blocks(file, length)
    walk = Walk(source, Search(source), MAX_UNITS)
    blocks = walk_elements(walk)
    boxes, leftovers = finish(blocks), gaps(blocks, source.length)
    facts = Facts(source)
    list_facts(walk, facts, boxes)
    list_counts(walk, facts)
    types = [value for path, value in facts.rows if path.endswith("DocType")]
    if types and types[0] not in DOC_TYPES:
        source.problem(0, f"the file calls itself `{types[0]}`, which is neither of {DOC_TYPES[0]} and {DOC_TYPES[1]}")
    segments = [box for box in boxes if box.kind == "Segment"]
    if not segments:
        source.problem(0, "no `Segment` in the file")
    for box in segments[1:]:
        source.problem(box.offset, "another `Segment`; many players show the first one only")
    for box in segments:
        check_segment(walk, box)
    check_clusters(walk, boxes)
    check_sums(walk, boxes)
    return Structure("matroska", boxes, leftovers, facts.done(), tuple(source.problems))

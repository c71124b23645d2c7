"""Reads everything an FLV file declares about itself; no picture and no sound is read.

What is returned is the file's own statement, with the places where it contradicts itself or the format (Adobe Flash Video File
Format Specification 10.1).
"""

from typing import BinaryIO

from entirety.model.container import Structure
from entirety.read.container.blocks import MAX_UNITS, Row, finish, gaps, open_blocks
from entirety.read.container.facts import Facts
from entirety.read.container.flv.tags import SHORTEST_HEADER, Tags, list_facts, walk_tags

VERSION = 1


def looks_like_flv(head: bytes) -> bool:
    """True where a file begins with the header of version 1, the only one that there is."""
    return head[:3] == b"FLV" and head[3:4] == bytes((VERSION,))


def read_flv(file: BinaryIO, length: int) -> Structure:
    """The declaration of a whole file of `length` bytes.

    Any bytes give a Structure; what could not be read stands in its `problems`. Raises OSError only, as the file itself does.
    """
    source = open_blocks(file, length)
    row, facts = Row(source), Facts(source)
    tags = Tags(source, row, facts, MAX_UNITS)
    head = source.read(0, SHORTEST_HEADER + 4)
    if len(head) < SHORTEST_HEADER or not looks_like_flv(head):
        source.problem(0, f"no header of an FLV file; the {source.length} bytes from here belong to none")
    else:
        walk_tags(tags, head)
        list_facts(tags, facts)
        stated = dict(facts.rows).get("onMetaData/filesize", "0")
        if stated not in {"0", str(source.length)}:
            source.problem(0, f"the file states that it has {stated} bytes (`filesize`), and it has {source.length}")
    return Structure("flv", finish(row.blocks), gaps(row.blocks, source.length), facts.done(), tuple(source.problems))

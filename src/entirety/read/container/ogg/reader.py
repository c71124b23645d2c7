"""Reads everything an Ogg file declares about itself.

Of pictures and sound nothing is taken but the checksum of their pages. What is returned is the file's own statement, with the places
where it contradicts itself or the standard (RFC 3533).
"""

from typing import BinaryIO

from entirety.model.container import Structure
from entirety.read.container.blocks import MAX_UNITS, Row, finish, gaps, open_blocks
from entirety.read.container.facts import Facts
from entirety.read.container.ogg.pages import SIGN, Pages, walk_pages
from entirety.read.container.ogg.streams import MAX_LISTED, Streams, list_facts, name
from entirety.read.container.search import Search


def looks_like_ogg(head: bytes) -> bool:
    """True where a file begins with a page."""
    return head[:5] == SIGN + b"\0"


def read_ogg(file: BinaryIO, length: int) -> Structure:
    """The declaration of a whole file of `length` bytes.

    Any bytes give a Structure; what could not be read stands in its `problems`. Raises OSError only, as the file itself does.
    """
    source = open_blocks(file, length)
    pages = Pages(source, Search(source), Row(source), MAX_UNITS)
    streams = Streams(source)
    walk_pages(pages, streams.visit)
    facts = Facts(source)
    for stream in streams.found:
        list_facts(stream, facts)
        if not stream.ended and pages.complete:
            source.problem(
                stream.offset, f"stream {name(stream)} has no last page, as in a recording that was not closed"
            )
    for offset in pages.wrong[:MAX_LISTED]:
        source.problem(offset, "the checksum of the page does not fit its bytes")
    if len(pages.wrong) > MAX_LISTED:
        source.problem(pages.wrong[MAX_LISTED], f"{len(pages.wrong)} pages in all have a checksum that does not fit")
    facts.add("pages", f"{pages.count}; the checksums of {pages.checked_pages} were computed")
    blocks = pages.row.blocks
    return Structure("ogg", finish(blocks), gaps(blocks, source.length), facts.done(), tuple(source.problems))

"""Fetches the XMP packet: the note in which Adobe's programs, and some cameras, keep dates and what was done to the file."""

from collections.abc import Sequence

from entirety.model.container import Box
from entirety.read.container.isobmff.source import Source

USER_TYPE = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""Of the `uuid` box that holds a packet (Adobe, XMP Specification Part 3, section on MPEG-4)."""
MAX_XMP_BYTES = 2**20
"""Packets with the history of a long project reach some hundred kilobytes."""


def read_xmp(source: Source, boxes: Sequence[Box]) -> str:
    """The first packet, from a `uuid` box or QuickTime's `XMP_` in `udta`; empty where there is none. Longer ones are cut, and that is recorded."""
    for box in (found for top in boxes for found in top.walk()):
        if box.kind == "XMP_" or (box.kind == "uuid" and user_type(source, box) == USER_TYPE):
            length = box.size - box.header
            if length > MAX_XMP_BYTES:
                source.problem(box.offset, f"an XMP packet of {length} bytes; the first {MAX_XMP_BYTES} are read")
            raw = source.read(box.offset + box.header, min(length, MAX_XMP_BYTES))
            return raw.decode("utf-8-sig", "replace").strip("\0 \t\r\n")
    return ""


def user_type(source: Source, box: Box) -> bytes:
    """The 16 bytes that say what a `uuid` box holds; the last of its header."""
    return source.read(box.offset + box.header - 16, 16) if box.header >= 24 else b""

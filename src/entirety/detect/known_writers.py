"""Holds the traces of a file against the table of known writers: which entries fit, and whether software is among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from entirety.detect.traces import Trace
from entirety.knowledge import Family, Writer, writers

SOFTWARE: tuple[Family, ...] = ("editor", "converter", "platform", "library")


@dataclass(frozen=True, slots=True)
class Match:
    """A table entry that fits this file, with the text it was recognised by."""

    writer: Writer
    found: tuple[Trace, ...]


def known(found: Sequence[Trace], table: Sequence[Writer] | None = None) -> tuple[Match, ...]:
    """Every entry of the table all of whose signs are among the traces, table order; the whole table unless given."""
    matches: list[Match] = []
    for writer in writers() if table is None else table:
        hits = [
            next((t for t in found if t.where == s.where and t.key == s.key and s.fits(t.text)), None)
            for s in writer.signs
        ]
        whole = tuple(hit for hit in hits if hit is not None)
        if len(whole) == len(writer.signs):
            matches.append(Match(writer, whole))
    return tuple(matches)


def software(matches: Sequence[Match]) -> list[Match]:
    """Those that say the file is not as a camera left it; entries that others fit too say nothing."""
    return [m for m in matches if m.writer.family in SOFTWARE and m.writer.sure != "low"]

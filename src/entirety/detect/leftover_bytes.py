"""Gathers what a file holds that no player reads: bytes outside its blocks, second headers, free space that is not empty, blocks of makers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from entirety.detect.leftovers_innocent import ID
from entirety.detect.sentences import say
from entirety.model.container import Box, Content, Space, Structure
from entirety.model.finding import Measured, Sentence, Weight
from entirety.read.container.isobmff.kinds import TOP_LEVEL

EMPTY = frozenset((Content.ZEROS, Content.FILLING, Content.PADDING))
OWN = frozenset((Content.SAMSUNG, Content.PICTURE, Content.TEXT))
"""What devices are known to put where no player looks."""
FRAGMENTS = frozenset(("mvex", "trex", "mehd"))
"""What announces fragments; two corpus files that devices of Apple wrote (c.mov, train.mov) have it in free space, and nothing else."""
NOTES = frozenset(("udta", "meta", "hdlr"))
"""What holds tags."""
STREAMED = frozenset(("mpegts", "mpegps", "ogg", "flv", "h264", "hevc"))
"""Forms made for transmission: a reader finds its way again after a loss, and passes over what lies between."""
SHORT = 16
"""Bytes. Shorter leftovers hold no table and no picture: ends of lines, filling to a round length. Chosen."""
MOST_ROWS = 30
"""Rows of one table; beyond that nobody compares them."""


@dataclass(frozen=True, slots=True)
class Left:
    """One kind of thing that was found, with the bytes concerned."""

    code: str
    ranges: tuple[tuple[int, int], ...]
    claim: Sentence
    weight: Weight
    rows: tuple[Measured, ...]
    causes: tuple[str, ...]
    """Innocent explanations that fit."""


def left_over(structure: Structure, *, short: bool) -> Iterator[Left]:
    """Each kind of thing at most once; `short` where the file is known to lack bytes that it counts on."""
    yield from _outside(structure, broken=short or any(box.declared > box.size for box in structure.boxes))
    yield from _headers(structure)
    yield from _free(structure)
    yield from _own_blocks(structure)


def _outside(structure: Structure, *, broken: bool) -> Iterator[Left]:
    """Bytes that belong to no block: behind the last one, or between two."""
    looks = {space.start: space for space in structure.spaces if not space.path}
    end = max((box.end for box in structure.boxes), default=0)
    for code, where in (("trailing", "behind the last block of the file"), ("between", "between blocks of the file")):
        ranges = tuple(r for r in structure.leftovers if (r[0] >= end) == (code == "trailing"))
        if not ranges:
            continue
        spaces = [looks[start] for start, _ in ranges if start in looks]
        total = sum(stop - start for start, stop in ranges)
        known = all(space.content in EMPTY | OWN for space in spaces) and len(spaces) == len(ranges)
        light = known or broken or total < SHORT or structure.form in STREAMED
        text = "{count} bytes lie " + where + " and belong to none. They look like: {look}."
        claim = say(f"{ID}.{code}.claim", text, count=total, look=looks_like(spaces))
        streamed = ("broken-packets",) if structure.form in STREAMED else ()
        causes = (*_causes(spaces), *_at_end(code, spaces, broken=broken), *streamed)
        yield Left(code, ranges, claim, Weight.NEUTRAL if light else Weight.SUPPORTING, _rows(spaces), causes)


def _at_end(code: str, spaces: Sequence[Space], *, broken: bool) -> Iterator[str]:
    if broken:
        yield "unfinished-copy"
    if code == "trailing" and all(s.content not in (Content.BLOCKS, Content.MOVIE, Content.PICTURE) for s in spaces):
        yield "appended-by-carrier"


def _headers(structure: Structure) -> Iterator[Left]:
    """Headers that say which tracks there are, of which a player reads one."""
    found = [box for box in structure.boxes if structure.form == "isobmff" and box.kind == "moov"]
    if len(found) > 1:
        text = "The file has {count} headers that say which tracks there are; a player reads the first one only."
        claim = say(f"{ID}.second-header.claim", text, count=len(found))
        causes = ("rewritten-tables", "motion-photo")
        yield Left("second-header", _ranges(found[1:]), claim, Weight.SUPPORTING, _boxes(found), causes)


def _free(structure: Structure) -> Iterator[Left]:
    """Blocks declared free that are not empty: tables of a movie, notes, or something else."""
    filled = [s for s in structure.spaces if s.path and s.content not in EMPTY and not _told(structure, s)]
    for code in ("old-tables", "old-fragments", "old-notes", "filled"):
        spaces = [space for space in filled if _code(space) == code]
        if not spaces:
            continue
        one = "A block of the file is declared free and is not empty. It looks like: {look}."
        many = "Blocks of the file that are declared free and are not empty: {count}. They look like: {look}."
        claim = (
            say(f"{ID}.{code}.one.claim", one, look=looks_like(spaces))
            if len(spaces) == 1
            else say(f"{ID}.{code}.claim", many, count=len(spaces), look=looks_like(spaces))
        )
        weight = Weight.SUPPORTING if code == "old-tables" else Weight.NEUTRAL
        ranges = tuple((space.start, space.end) for space in spaces)
        yield Left(code, ranges, claim, weight, _rows(spaces), _causes(spaces))


def _code(space: Space) -> str:
    if space.content is Content.MOVIE:
        return "old-tables"
    if space.content is not Content.BLOCKS:
        return "filled"
    if FRAGMENTS.issuperset(space.found):
        return "old-fragments"
    return "old-notes" if NOTES.issuperset(space.found) else "old-tables"


def _own_blocks(structure: Structure) -> Iterator[Left]:
    """Blocks at the top of an MP4 or QuickTime file that no standard names."""
    strange = [box for box in structure.boxes if structure.form == "isobmff" and _own_kind(box)]
    if strange:
        kinds = ", ".join(sorted({box.kind for box in strange})[:MOST_ROWS])
        text = "The file has blocks of its own beside those that the standard names: {kinds}."
        samsung = ("samsung-trailer",) if any(box.kind == "sefd" for box in strange) else ()
        claim = say(f"{ID}.own-block.claim", text, kinds=kinds)
        causes = ("maker-block", *samsung)
        yield Left("own-block", _ranges(strange), claim, Weight.NEUTRAL, _boxes(strange), causes)


def _own_kind(box: Box) -> bool:
    return box.kind not in TOP_LEVEL or box.kind == "sefd"


def _told(structure: Structure, space: Space) -> bool:
    """It lies in a block at the top that is told of by its kind."""
    return any(box.path == space.path and _own_kind(box) for box in structure.boxes if structure.form == "isobmff")


def _causes(spaces: Iterable[Space]) -> tuple[str, ...]:
    contents = {space.content for space in spaces}
    tables = [space for space in spaces if space.content is Content.BLOCKS]
    fits = {
        "camera-padding": bool(contents) and contents <= set(EMPTY),
        "recording-in-fragments": any(FRAGMENTS.issuperset(space.found) for space in tables),
        "samsung-trailer": Content.SAMSUNG in contents,
        "motion-photo": bool(contents & {Content.PICTURE, Content.MOVIE}),
        "maker-block": bool(contents & {Content.TEXT, Content.DATA, Content.PICTURE}),
        "rewritten-tables": bool(tables),
    }
    return tuple(slug for slug, fit in fits.items() if fit)


def looks_like(spaces: Iterable[Space]) -> str:
    """What spaces hold, each once, in words."""
    said = dict.fromkeys(_described(space) for space in spaces)
    return "; ".join(list(said)[:MOST_ROWS]) or "not looked at"


def _described(space: Space) -> str:
    if space.content is Content.TEXT:
        return f"readable text ({space.found[0]})"
    return f"{space.content.value} ({', '.join(space.found)})" if space.found else space.content.value


def _rows(spaces: Sequence[Space]) -> tuple[Measured, ...]:
    return tuple(
        Measured(f"{space.path or 'no block'}, bytes {space.start} to {space.end}", _described(space), None)
        for space in spaces[:MOST_ROWS]
    )


def _boxes(boxes: Sequence[Box]) -> tuple[Measured, ...]:
    return tuple(Measured(f"{box.path}, bytes from {box.offset}", box.size, None, "bytes") for box in boxes[:MOST_ROWS])


def _ranges(boxes: Sequence[Box]) -> tuple[tuple[int, int], ...]:
    return tuple((box.offset, box.end) for box in boxes)

"""Reads the structure of MP4 and MOV files from box trees in XML, as published with studies whose videos are not (EVA-7K).

Such a tree names the boxes of one file and some of their fields. What could give a file away without saying anything about its writer is
never taken over: dates, durations, coordinates. Nothing of the files themselves is here, so that all places and sizes are 0.
The trees come from strangers: document types and entities are refused, and text, nesting and numbers of boxes are bounded.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from entirety.errors import Unsupported
from entirety.model.container import Box, Movie, Track
from entirety.read.container.isobmff.columns import no_samples

MOST_BYTES = 2 * 2**20
"""Of one tree; the longest of 4,800 from EVA-7K has 12,063."""
MOST_BOXES = 20_000
"""Of one tree; the largest of EVA-7K has below 200."""
MOST_NESTED = 34
"""As deep as the reader of real files goes, and the root."""
MOST_KIND = 16
"""Characters of a kind; real ones have four, and the tree's writer spells a few out."""
MOST_TEXT = 300
"""Characters of one field; handler names have below 60."""

_UNKNOWN = re.compile(r"UnknownBox\[(.{4})\]")
"""How the tree's writer keeps the full name of a box that it has no class for."""


@dataclass(slots=True)
class Node:
    """One element while the tree is read."""

    kind: str
    fields: dict[str, str]
    children: list["Node"] = field(default_factory=list)


def read_box_tree(data: bytes) -> Movie:
    """What a tree tells about its file. Edit lists, samples and dates are left out. Raises Unsupported where it is no such tree."""
    if len(data) > MOST_BYTES:
        raise Unsupported(f"A box tree of {len(data)} bytes is not read; {MOST_BYTES} are the most.")
    root = _parse(data)
    ftyp = next((node.fields for node in root.children if node.kind == "ftyp"), {})
    moov = next((node for node in root.children if node.kind == "moov"), Node("moov", {}))
    mvhd = next((node.fields for node in moov.children if node.kind == "mvhd"), {})
    return Movie(
        boxes=_boxes(root.children, ""),
        major_brand=ftyp.get("majorBrand", ""),
        minor_version=_number(ftyp.get("minorVersion")),
        brands=tuple(text for name, text in ftyp.items() if name.startswith("compatibleBrand")),
        timescale=_number(mvhd.get("timescale")),
        duration=0,
        created=0,
        modified=0,
        tracks=tuple(_track(node) for node in moov.children if node.kind == "trak"),
        tags=(),
        fragments=(),
        leftovers=(),
        problems=(),
        extended_types=tuple(_extended(node.fields) for node in root.children if node.kind == "uuid"),
    )


def _parse(data: bytes) -> Node:
    """The whole tree, by the parser's own events, so that a hostile one is dropped before it has grown."""
    root = Node("", {})
    path, left = [root], MOST_BOXES
    parser = expat.ParserCreate()

    def refuse(*_: object) -> NoReturn:
        raise Unsupported("A box tree with a document type or entities of its own is not read.")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if not left or len(path) > MOST_NESTED:
            raise Unsupported(f"A box tree of more than {MOST_BOXES} boxes or {MOST_NESTED} levels is not read.")
        fields = {name[:MOST_TEXT]: text[:MOST_TEXT] for name, text in attributes.items()}
        node = Node(_kind(tag[:MOST_TEXT], fields.get("stuff", ""), path[-1].kind), fields)
        path[-1].children.append(node)
        path.append(node)

    def end(_: str) -> None:
        path.pop()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unsupported(f"This is no box tree: {error}.") from None
    if len(root.children) != 1 or root.children[0].kind != "root":
        raise Unsupported("This is XML and no box tree: its outermost element is not `root`.")
    return root.children[0]


def _kind(tag: str, stuff: str, parent: str) -> str:
    """The four characters of the box: its element is `kind-position`, and lost what XML allows in no name."""
    whole = _UNKNOWN.search(stuff)
    kind = whole[1] if whole else tag.rsplit("-", 1)[0]
    if len(kind) == 3:
        kind = f"©{kind}" if parent in {"udta", "ilst"} else f"{kind} "
    return kind[:MOST_KIND].replace("©", "\\xa9")


def _boxes(nodes: list[Node], prefix: str) -> tuple[Box, ...]:
    totals, seen = Counter(node.kind for node in nodes), Counter[str]()
    made: list[Box] = []
    for node in nodes:
        seen[node.kind] += 1
        position = f"[{seen[node.kind]}]" if totals[node.kind] > 1 else ""
        path = f"{prefix}/{node.kind}{position}" if prefix else node.kind + position
        made.append(Box(node.kind, 0, 0, 0, 0, path, _boxes(node.children, path)))
    return tuple(made)


def _track(trak: Node) -> Track:
    tkhd, mdhd, hdlr = (_first(trak, *path) for path in (("tkhd",), ("mdia", "mdhd"), ("mdia", "hdlr")))
    flags = _number(tkhd.get("flags"))
    name = hdlr.get("name", "")
    return Track(
        track_id=_number(tkhd.get("trackId")),
        handler=hdlr.get("handlerType", ""),
        handler_name="" if name == "null" else name,
        enabled=bool(flags & 1),
        timescale=_number(mdhd.get("timescale")),
        duration=0,
        presented=0,
        created=0,
        modified=0,
        width=0,
        height=0,
        rotation=0,
        descriptions=(),
        edits=None,
        samples=no_samples(),
        flags=flags,
        alternate_group=_number(tkhd.get("alternateGroup")),
    )


def _first(node: Node, *path: str) -> dict[str, str]:
    """Fields of the first box at a path; none where a step is missing."""
    for kind in path:
        node = next((child for child in node.children if child.kind == kind), Node("", {}))
    return node.fields


def _number(text: str | None) -> int:
    """A whole number of 32 bits; 0 where there is none."""
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) else 0


XMP = "be7acfcb97a942e89c71999491e3afac"
"""Adobe, XMP Specification, part 3: the `uuid` box that holds such notes."""


def _extended(fields: dict[str, str]) -> str:
    """The tree's writer took the 16 bytes of the type for text, which no way leads back from; only the one that we know is recognised."""
    return XMP if fields.get("userType") == bytes.fromhex(XMP).decode("utf-8", "replace") else ""

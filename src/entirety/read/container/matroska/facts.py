"""Lists what a Matroska or WebM file states about itself: its writer, its tracks, tags, attachments, chapters and linked segments.

Ids of segments and tracks are drawn at random by the writer; they are listed because two files with the same one have a common origin,
and because a linked segment names the file that comes before or after it.
"""

from collections.abc import Sequence

from entirety.model.container import Box
from entirety.read.container.facts import Facts, words_of
from entirety.read.container.matroska.ebml import MAX_TEXT, read_value
from entirety.read.container.matroska.elements import BY_KIND, RUNS
from entirety.read.container.matroska.state import OTHERS, Walk

SILENT = frozenset(("SeekHead", "Cluster", "Cues"))
"""Hold places, not statements."""
UNTOLD = frozenset(("Void", "CRC-32", "TagName", "TagString", "TagBinary"))
"""Say nothing, or are listed as a pair."""
TRACK_TYPES = {
    1: "video",
    2: "audio",
    3: "complex",
    16: "logo",
    17: "subtitle",
    18: "buttons",
    32: "control",
    33: "metadata",
}
"""RFC 9559, section 5.1.4.1.3."""
LINKS = {
    "PrevUUID": "the segment before this one, in another file",
    "NextUUID": "the segment after this one, in another file",
    "ChapterSegmentUUID": "a segment that this chapter shows",
}


def list_facts(walk: Walk, facts: Facts, boxes: Sequence[Box]) -> None:
    """Every statement of the elements, file order, then what their number says."""
    for box in boxes:
        if facts.full:
            return
        if box.kind == "SimpleTag":
            _tag(walk, facts, box)
        if box.children and box.kind not in SILENT:
            list_facts(walk, facts, box.children)
        elif not box.children and _is_told(box.kind):
            facts.add(box.path, _value(walk, box))
        if box.kind in {"EditionEntry", "Attachments"}:
            held = sum(child.kind in {"ChapterAtom", "AttachedFile"} for child in box.children)
            facts.add(box.path, f"{held} {'chapters' if box.kind == 'EditionEntry' else 'files'}")


def _is_told(kind: str) -> bool:
    return kind in BY_KIND and BY_KIND[kind].form != "m" and kind not in UNTOLD | RUNS


def _body(walk: Walk, box: Box) -> bytes:
    return walk.source.read(box.offset + box.header, min(box.size - box.header, MAX_TEXT))


def _value(walk: Walk, box: Box) -> str:
    raw, length = _body(walk, box), box.size - box.header
    words = read_value(BY_KIND[box.kind].form, raw, length)
    if box.kind == "TrackType" and words:
        return f"{words} ({TRACK_TYPES.get(int(words), 'unknown')})"
    return f"{words} ({LINKS[box.kind]})" if box.kind in LINKS else words


def _tag(walk: Walk, facts: Facts, box: Box) -> None:
    """Name and text of one tag, as the standard pairs them."""
    found = {child.kind: child for child in reversed(box.children)}
    name = words_of(_body(walk, found["TagName"])) if "TagName" in found else ""
    if "TagString" in found:
        facts.add(box.path, f"{name}={words_of(_body(walk, found['TagString']))}")
    elif "TagBinary" in found:
        facts.add(box.path, f"{name}={_value(walk, found['TagBinary'])}")


def list_counts(walk: Walk, facts: Facts) -> None:
    """How many blocks each track has, and over which time; in units of `TimestampScale`."""
    walked = sum(cluster.walked for cluster in walk.clusters)
    if not walk.clusters:
        return
    facts.add("Segment/Cluster", f"{len(walk.clusters)} clusters")
    if walked < len(walk.clusters):
        facts.add("Segment/Cluster", f"the blocks of the first {walked} clusters are counted, those of the others not")
    for number, tally in sorted(walk.tracks.items())[:50]:
        name = "other tracks" if number == OTHERS else f"track {number}"
        facts.add("Segment/Cluster", f"{name}: {tally.blocks} blocks, from {tally.first} to {tally.last}")

"""Goes through the tags of an FLV file: each has its kind, its length and its time, and behind it stands its length once more.

The length behind a tag is that of the tag before the next one, so a place where tags were taken out or put in by a careless program shows.
"""

from dataclasses import dataclass, field

from entirety.read.container.blocks import UNREAD, Block, Row, tell_end
from entirety.read.container.facts import Facts
from entirety.read.container.flv.amf import Script, read_script
from entirety.read.container.isobmff.source import Source

SHORTEST_HEADER = 9
LONGEST_FILE_HEADER = 4_096
"""Bytes that a header may have; the only version there is has 9."""
TAG_HEADER = 11
TRAILER = 4
"""`PreviousTagSize`, the length of the tag before it."""
KINDS = {8: "audio", 9: "video", 18: "script"}
"""`TagType`, section E.4.1."""
MAX_SCRIPT_BYTES = 2**18
"""Bytes read of one script tag: 13,000 key frames, seven hours."""
MAX_SCRIPTS = 100
MAX_LISTED = 20
"""Places with a wrong length that are listed one by one."""
VIDEO_CODECS = {
    2: "Sorenson H.263",
    3: "Screen video",
    4: "On2 VP6",
    5: "On2 VP6 with alpha",
    6: "Screen video 2",
    7: "AVC",
}
AUDIO_CODECS = {0: "PCM, platform endian", 1: "ADPCM", 2: "MP3", 3: "PCM, little endian", 4: "Nellymoser 16 kHz"}
AUDIO_CODECS |= {
    5: "Nellymoser 8 kHz",
    6: "Nellymoser",
    7: "G.711 A-law",
    8: "G.711 mu-law",
    10: "AAC",
    11: "Speex",
    14: "MP3 8 kHz",
}
EXTENDED = 0x80
"""Enhanced RTMP: the codec's name stands in four bytes behind the first."""


@dataclass(slots=True)
class Count:
    """The tags of one kind."""

    tags: int
    first: int
    last: int
    codec: str
    backward: int = 0


@dataclass(slots=True)
class Tags:
    """The file, what may still be visited in it, and what was met."""

    source: Source
    row: Row
    facts: Facts
    units: int
    complete: bool = True
    """False once something was not visited for lack of share."""
    scripts: int = 0
    script: Script = field(default_factory=Script)
    counts: dict[str, Count] = field(default_factory=dict)
    mismatched: int = 0


def walk_tags(tags: Tags, head: bytes) -> None:
    """The header, then every tag in file order; runs of neighbours become blocks, pictures and sound taken together."""
    source = tags.source
    flags, stated = head[4], int.from_bytes(head[5:9])
    start = stated if SHORTEST_HEADER <= stated <= LONGEST_FILE_HEADER else SHORTEST_HEADER
    if stated != SHORTEST_HEADER:
        source.problem(0, f"the header states a length of {stated} bytes; in version 1 it has {SHORTEST_HEADER}")
    size = min(start + TRAILER, source.length)
    tags.row.add(Block("FLV", 0, size, min(start, size), stated + TRAILER))
    if len(head) == SHORTEST_HEADER + TRAILER and start == SHORTEST_HEADER and any(head[SHORTEST_HEADER:]):
        source.problem(SHORTEST_HEADER, "the length before the first tag is not zero")
    position = size
    while position < source.length:
        behind = _tag(tags, position)
        if behind is None:
            break
        position = behind
    if tags.mismatched > MAX_LISTED:
        words = f"{tags.mismatched} tags in all are followed by a length that is not theirs"
        source.problem(source.length, words)
    for kind, bit in (("audio", 4), ("video", 1)):
        if tags.complete and (kind in tags.counts) != bool(flags & bit):
            there = "there are such tags" if kind in tags.counts else "there are none"
            source.problem(4, f"the header says {'' if flags & bit else 'no '}{kind} tags, and {there}")


def _tag(tags: Tags, position: int) -> int | None:
    """One tag; where the next one begins, or None where none can."""
    source = tags.source
    raw = source.read(position, TAG_HEADER + 5)
    kind = _kind(tags, position, raw)
    if kind is None:
        left = source.length - position
        source.problem(position, f"no tag begins here; the {left} bytes from here belong to none")
        return None
    tags.units -= 1
    data = int.from_bytes(raw[1:4])
    stated = TAG_HEADER + data + TRAILER
    room = min(stated, source.length - position)
    name = "script" if kind == "script" else "audio+video"
    if tags.units < 0 or not tags.row.extend(name, position, room, TAG_HEADER, stated):
        tags.complete = False
        tell_end(source, position, "more tags than are visited; from here on none is")
        # Takes the place of what is not visited, lest it pass for bytes that belong to nothing.
        tags.row.blocks.append(Block(UNREAD, position, source.length - position, 0, source.length - position))
        return None
    if stated > room:
        source.problem(position, f"a tag states {stated} bytes with the length behind it, and {room} are there")
    else:
        _check_length(tags, position, data)
    _count(tags, kind, raw)
    if kind == "script" and tags.scripts < MAX_SCRIPTS:
        tags.scripts += 1
        for path, value in read_script(tags.script, source.read(position + TAG_HEADER, min(data, MAX_SCRIPT_BYTES))):
            tags.facts.add(path, value)
    return position + room


def _kind(tags: Tags, position: int, raw: bytes) -> str | None:
    """What the tag is that these bytes begin; None where they begin none."""
    if len(raw) < TAG_HEADER or raw[0] & 0xC0:
        return None
    if any(raw[8:11]):
        # `StreamID` is always zero by the format; where it is not, the length behind the tag has to vouch for it.
        length = TAG_HEADER + int.from_bytes(raw[1:4])
        if int.from_bytes(tags.source.read(position + length, TRAILER)) != length:
            return None
    return KINDS.get(raw[0] & 0x1F)


def _check_length(tags: Tags, position: int, data: int) -> None:
    """The length behind a tag is that of the tag; some writers leave out its header, and some write zero."""
    place = position + TAG_HEADER + data
    behind = int.from_bytes(tags.source.read(place, TRAILER))
    if behind != TAG_HEADER + data:
        tags.mismatched += 1
        if tags.mismatched <= MAX_LISTED:
            words = f"a tag of {TAG_HEADER + data} bytes is followed by the length {behind}"
            tags.source.problem(place, words)


def _count(tags: Tags, kind: str, raw: bytes) -> None:
    time = int.from_bytes(raw[7:8] + raw[4:7], signed=True)
    count = tags.counts.get(kind)
    if count is None:
        tags.counts[kind] = Count(1, time, time, _codec(kind, raw[TAG_HEADER:]))
        return
    count.tags += 1
    count.backward += time < count.last
    count.last = time


def _codec(kind: str, data: bytes) -> str:
    if not data or kind == "script":
        return ""
    if kind == "video" and data[0] & EXTENDED:
        return data[1:5].decode("ascii", "backslashreplace")
    if kind == "video":
        return VIDEO_CODECS.get(data[0] & 0x0F, "unknown")
    return AUDIO_CODECS.get(data[0] >> 4, "unknown")


def list_facts(tags: Tags, facts: Facts) -> None:
    """How many tags of each kind there are, with the codec that the first one names, and their times in milliseconds."""
    for kind, count in sorted(tags.counts.items()):
        facts.add(f"{kind} tags", f"{count.tags}, from {count.first} to {count.last} ms")
        facts.add(f"{kind} tags/codec", count.codec)
        if count.backward:
            facts.add(f"{kind} tags/time", f"goes back {count.backward} times")

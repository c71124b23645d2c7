"""Compares what a Matroska or WebM file states about places and sizes in it with what is there.

Writers note where each part of the file begins, how long the cluster before was, and checksums. A program that takes parts out or puts some in
without writing the file anew leaves such notes behind, and they no longer fit; so does damage.
"""

import zlib
from collections.abc import Iterator, Sequence

from entirety.model.container import Box
from entirety.read.container.matroska.ebml import read_header
from entirety.read.container.matroska.elements import BY_ID, TOP
from entirety.read.container.matroska.state import OTHERS, Cluster, Walk

MAX_CHECKSUM_BYTES = 16 * 2**20
"""Bytes summed per file, one tenth of a second; only pictures and sound are longer, and those are not read."""
MAX_CUES_BYTES = 2**20
"""A place takes about 20 bytes, so this is 50,000, more than are visited."""
CUE_POINT, CUE_POSITIONS, CUE_CLUSTER = 0xBB, 0xB7, 0xF1
SEEK_ID, SEEK_POSITION = "SeekID", "SeekPosition"


def check_segment(walk: Walk, segment: Box) -> None:
    """Everything that can be compared within one segment; nothing where not all of it was visited."""
    if not walk.complete:
        return
    start = segment.offset + segment.header
    places = {child.offset - start: child.kind for child in segment.children}
    for child in segment.children:
        if child.kind == "SeekHead":
            _check_seeks(walk, child, places, start, segment)
        elif child.kind == "Cues":
            _check_cues(walk, child, places)
    kinds = set(places.values())
    for kind in ("Info", "Tracks"):
        if kind not in kinds:
            walk.source.problem(segment.offset, f"a segment without `{kind}`")
    if segment.declared and "Cluster" in kinds and "Cues" not in kinds:
        words = "a segment without `Cues`, the list of places to jump to; recordings that were not closed have none"
        walk.source.problem(segment.offset, words)


def _check_seeks(walk: Walk, head: Box, places: dict[int, str], start: int, segment: Box) -> None:
    for seek in head.children:
        found = {child.kind: _number(walk, child) for child in seek.children}
        if seek.kind != "Seek" or SEEK_ID not in found or SEEK_POSITION not in found:
            continue
        element = BY_ID.get(found[SEEK_ID])
        kind, place = element.kind if element else f"0x{found[SEEK_ID]:X}", found[SEEK_POSITION]
        if places.get(place) == kind:
            continue
        there = f"`{places[place]}` begins there" if place in places else "none begins there"
        if start + place >= walk.source.length:
            there = f"the file ends at byte {walk.source.length}"
        elif start + place >= segment.end:
            there = f"the segment ends at byte {segment.end}"
        walk.source.problem(seek.offset, f"`SeekHead` names a `{kind}` at byte {start + place}, and {there}")


def _number(walk: Walk, box: Box) -> int:
    return int.from_bytes(walk.source.read(box.offset + box.header, min(box.size - box.header, 8)))


def _elements(walk: Walk, raw: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Id, start and end of the data of the elements in bytes at hand."""
    position = start
    while position < end:
        header = read_header(raw[position : position + 12])
        walk.cues -= 1
        if header is None or header.data < 0 or walk.cues < 0:
            return
        body = position + header.length
        yield header.id, body, min(body + header.data, end)
        position = body + header.data


def _check_cues(walk: Walk, cues: Box, places: dict[int, str]) -> None:
    """Cue points name the cluster to jump to."""
    raw = walk.source.read(cues.offset + cues.header, min(cues.size - cues.header, MAX_CUES_BYTES))
    total = wrong = 0
    for point, start, end in _elements(walk, raw, 0, len(raw)):
        if point != CUE_POINT:
            continue
        for positions, inner, inner_end in _elements(walk, raw, start, end):
            if positions != CUE_POSITIONS:
                continue
            for number, body, body_end in _elements(walk, raw, inner, inner_end):
                if number == CUE_CLUSTER:
                    total += 1
                    wrong += places.get(int.from_bytes(raw[body : min(body_end, body + 8)])) != "Cluster"
    if wrong:
        words = f"{wrong} of {total} cue points that were read name a place where no cluster of the segment begins"
        walk.source.problem(cues.offset, words)


def check_clusters(walk: Walk, boxes: Sequence[Box]) -> None:
    """Each cluster's own place, the length of the one before it, and the order of their times; and blocks of tracks that none lists."""
    before: Cluster | None = None
    for cluster in walk.clusters:
        offset = cluster.block.offset
        # Live recordings state zero, because the place of the first byte is not known to them.
        if cluster.position and cluster.position != offset - cluster.segment:
            words = f"the cluster states that it stands at byte {cluster.segment + cluster.position}"
            walk.source.problem(offset, words)
        if cluster.walked and cluster.timestamp is None:
            walk.source.problem(offset, "a cluster without a `Timestamp`")
        if before is not None and before.segment == cluster.segment:
            _check_neighbours(walk, before, cluster)
        before = cluster
    listed = set(_track_numbers(walk, boxes))
    for number, tally in sorted(walk.tracks.items()):
        if listed and number != OTHERS and number not in listed:
            words = f"{tally.blocks} blocks from here on are of track {number}, which `Tracks` does not list"
            walk.source.problem(tally.offset, words)


def _check_neighbours(walk: Walk, before: Cluster, cluster: Cluster) -> None:
    offset = cluster.block.offset
    if cluster.previous and cluster.previous != before.block.size:
        words = (
            f"the cluster states that the one before it has {cluster.previous} bytes, and it has {before.block.size}"
        )
        walk.source.problem(offset, words)
    if cluster.timestamp is not None and before.timestamp is not None and cluster.timestamp < before.timestamp:
        words = f"the cluster begins at time {cluster.timestamp}, earlier than the one before it ({before.timestamp})"
        walk.source.problem(offset, words)


def _track_numbers(walk: Walk, boxes: Sequence[Box]) -> Iterator[int]:
    for segment in boxes:
        for tracks in segment.children:
            for entry in tracks.children:
                if entry.kind == "TrackEntry":
                    yield from (_number(walk, child) for child in entry.children if child.kind == "TrackNumber")


def check_sums(walk: Walk, boxes: Sequence[Box]) -> None:
    """The checksums of the parts of each segment, clusters aside."""
    left = MAX_CHECKSUM_BYTES
    for box in (child for segment in boxes for child in segment.children):
        first = box.children[0] if box.children else None
        size = box.end - first.end if first else 0
        if first is None or first.kind != "CRC-32" or box.kind not in TOP - {"Cluster"} or size > left:
            continue
        left -= size
        stated = walk.source.read(first.offset + first.header, 4)
        if zlib.crc32(walk.source.read(first.end, size)).to_bytes(4, "little") != stated:
            walk.source.problem(first.offset, f"the checksum of `{box.kind}` does not fit its bytes")

"""Reads everything an ISO-BMFF (MP4, 3GP, M4V) or QuickTime (MOV) file declares about itself.

Nothing is decoded and no media data is read; what is returned is the file's own statement, together with a list of the places
where that statement contradicts itself or the standard (ISO/IEC 14496-12).
"""

from collections.abc import Sequence
from typing import BinaryIO

from entirety.model.container import Box, Movie, Track
from entirety.read.container.isobmff.boxes import walk_boxes
from entirety.read.container.isobmff.fields import find, read_brands, read_extended_type, read_times
from entirety.read.container.isobmff.fragments import read_defaults, read_fragments
from entirety.read.container.isobmff.kinds import FIRST_KINDS, kind_text
from entirety.read.container.isobmff.source import Source, open_source
from entirety.read.container.isobmff.tags import read_tags
from entirety.read.container.isobmff.tracks import NO_TIMES, finish_track, read_track, start_progress
from entirety.read.container.isobmff.xmp import read_xmp

MAX_TRACKS = 1_000
"""Real films have below twenty."""


def looks_like_isobmff(head: bytes) -> bool:
    """True where the first 8 bytes or more of a file begin a box that such files begin with."""
    size = int.from_bytes(head[:4])
    return len(head) >= 8 and kind_text(head[4:8]) in FIRST_KINDS and (size >= 8 or size in {0, 1})


def read_movie(file: BinaryIO, length: int) -> Movie:
    """The declaration of a whole file of `length` bytes.

    Any bytes give a Movie; what could not be read stands in its `problems`. Raises OSError only, as the file itself does.
    """
    source = open_source(file, length)
    boxes, leftovers = walk_boxes(source)
    ftyp = _first(source, boxes, "ftyp")
    moov = _first(source, boxes, "moov")
    brand, minor, brands = read_brands(source, ftyp) if ftyp else ("", 0, ())
    if moov is None:
        source.problem(0, f"the {source.length} bytes from here on hold no movie header (`moov`)")
    mvhd = find(moov, "mvhd")
    if moov and mvhd is None:
        source.problem(moov.offset, "a movie header without `mvhd`")
    times = read_times(source, mvhd) if mvhd else NO_TIMES
    tracks, fragments = _tracks(source, boxes, moov)
    return Movie(
        boxes=boxes,
        major_brand=brand,
        minor_version=minor,
        brands=brands,
        timescale=times.timescale,
        duration=times.duration,
        created=times.created,
        modified=times.modified,
        tracks=tracks,
        tags=read_tags(source, boxes),
        fragments=fragments,
        leftovers=leftovers,
        xmp=read_xmp(source, boxes),
        problems=tuple(source.problems),
        extended_types=tuple(read_extended_type(source, box) for box in boxes if box.kind == "uuid"),
    )


def _first(source: Source, boxes: Sequence[Box], kind: str) -> Box | None:
    """The first top-level box of a kind; each further one is a problem, for a player goes by the first."""
    found = [box for box in boxes if box.kind == kind]
    for box in found[1:]:
        source.problem(box.offset, f"another `{kind}`; what it says is not read")
    return found[0] if found else None


def _tracks(source: Source, boxes: Sequence[Box], moov: Box | None) -> tuple[tuple[Track, ...], tuple[int, ...]]:
    """All tracks with the samples of their fragments, and the fragments' numbers."""
    traks = [box for box in moov.children if box.kind == "trak"] if moov else []
    if moov and not traks:
        source.problem(moov.offset, "a movie header without tracks")
    if len(traks) > MAX_TRACKS:
        source.problem(traks[MAX_TRACKS].offset, f"more than {MAX_TRACKS} tracks; the rest is not read")
    opened = [read_track(source, trak) for trak in traks[:MAX_TRACKS]]
    defaults = read_defaults(source, moov)
    progress = {track.track_id: start_progress(track, end, defaults) for track, end in reversed(opened)}
    numbers = read_fragments(source, boxes, progress)
    # Two tracks of one number contradict the standard; the fragments go to the first.
    done = [finish_track(source, track, progress.pop(track.track_id, None)) for track, _ in opened]
    return tuple(done), numbers

"""Decodes and measures the pictures that a file holds besides those a player shows.

They are looked at in one fixed order: hidden by the edit list, listed nowhere, other tracks, previews. The same order serves to fetch
some of them again for the report.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.crop import cropping
from entirety.measure.digest import digest
from entirety.measure.grey import Shrinker
from entirety.measure.perceptual import phash
from entirety.measure.preview import Compared, compared
from entirety.model.clip import Clip, Packets
from entirety.model.container import Movie, Track
from entirety.model.further import Further, Origin, Orphans, Preview, Taken
from entirety.read.cropping import WHOLE, Crop
from entirety.read.log import listening
from entirety.read.loose import Coding, orphan_pictures, single_picture, unlisted_bytes
from entirety.read.previews import embedded_pictures
from entirety.read.stored import Stored, chosen_pictures, other_videos, track_pictures
from entirety.read.streams import open_clip, video_stream

MOST_PICTURES = 3_000
"""Of one source: two minutes at 25 a second, decoded in about half a minute at 1080p. Whoever needs more has the playable copy."""
MOST_ELEMENTS = 8_000_000_000
"""Picture elements of one source: 3,000 pictures of 1080p, and correspondingly fewer larger ones."""
MOST_TRACKS = 16
"""Other video tracks that are decoded; of the rest it is said that they were not. Recorders of several cameras write up to sixteen, and each
track is a reading of the file: a thousand in a file made to last took minutes."""

Rows = NDArray[np.int64]
_Found = tuple[str, int, int, bool]
"""Path, offset and size of a preview, and whether it could be decoded."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture, alive only until the next is asked for."""

    origin: Origin
    stream: int
    packet: int
    offset: int
    size: int
    key: bool
    frame: VideoFrame
    crop: Crop


@dataclass(frozen=True, slots=True)
class _Sources:
    """What is known of the sources after their pictures were decoded."""

    orphans: Orphans | None
    taken: tuple[Taken, ...]
    previews: tuple[_Found, ...]


def look_further(path: Path, clip: Clip) -> Further:
    """Measure every such picture of `clip`, which was read from `path`."""
    rows: list[tuple[int, ...]] = []
    hashes, marks = bytearray(), list[np.uint64]()
    shrinker, alike = Shrinker(), list[Compared]()
    source = further_pictures(path, clip)
    while True:
        try:
            seen = next(source)
        except StopIteration as end:
            sources: _Sources = end.value
            break
        _, _, width, height = seen.crop.within(seen.frame.width, seen.frame.height)
        rows.append((seen.origin, seen.stream, seen.packet, seen.offset, seen.size, seen.key, width, height))
        hashes += digest(seen.frame, seen.crop)[0]
        marks.append(phash(shrinker.shrink(seen.frame, seen.crop).grey[np.newaxis])[0])
        if seen.origin is Origin.PREVIEW:
            alike.append(compared(seen.frame, clip))
    table = np.array(rows, np.int64).reshape(-1, 8)
    further = Further(
        origin=table[:, 0].astype(np.int8),
        stream=table[:, 1].astype(np.int32),
        packet=table[:, 2].copy(),
        offset=table[:, 3].copy(),
        size=table[:, 4].copy(),
        key=table[:, 5] != 0,
        width=table[:, 6].astype(np.int32),
        height=table[:, 7].astype(np.int32),
        sha256=np.frombuffer(bytes(hashes), np.uint8).reshape(-1, 32),
        phash=np.array(marks, np.uint64),
        orphans=sources.orphans,
        taken=sources.taken,
        previews=(),
    )
    return _with_previews(further, clip, sources, alike)


def _with_previews(further: Further, clip: Clip, sources: _Sources, alike: list[Compared]) -> Further:
    """Hold each preview against the shown pictures, and against those that are stored and not shown."""
    rows, results = further.rows(Origin.PREVIEW).tolist(), iter(alike)
    unseen = np.flatnonzero((further.origin == Origin.HIDDEN) | (further.origin == Origin.ORPHAN))
    done: list[Preview] = []
    for path, offset, size, decoded in sources.previews:
        row = rows.pop(0) if decoded else -1
        here = next(results) if decoded else None
        nearest, frame = here.nearest(clip.frames.phash) if here else (-1, -1)
        hidden, place = here.nearest(further.phash[unseen]) if here else (-1, -1)
        done.append(Preview(path, offset, size, row, nearest, frame, hidden, int(unseen[place]) if place >= 0 else -1))
    return replace(further, previews=tuple(done))


def further_pictures(
    path: Path, clip: Clip, origins: Iterable[Origin] = tuple(Origin)
) -> Generator[Seen, None, _Sources]:
    """The pictures of these origins, always in the same order; returns what is known of their sources."""
    wanted = frozenset(origins)
    taken, orphans = list[Taken](), None
    previews: tuple[_Found, ...] = ()
    if Origin.HIDDEN in wanted and len(hidden := hidden_rows(clip)):
        taken.append((yield from _hidden(path, clip, hidden)))
    if Origin.ORPHAN in wanted and clip.movie is not None:
        orphans = yield from _orphans(path, clip, clip.movie)
    if Origin.TRACK in wanted and sum(stream.kind == "video" for stream in clip.streams) > 1:
        streams = other_videos(path, clip.video)
        for stream in streams[:MOST_TRACKS]:
            taken.append((yield from _track(path, clip, stream)))
        taken += [Taken(Origin.TRACK, stream, 0, complete=False) for stream in streams[MOST_TRACKS:]]
    if Origin.PREVIEW in wanted:
        previews = yield from _previews(path, clip)
    return _Sources(orphans, tuple(taken), previews)


def hidden_rows(clip: Clip) -> Rows:
    """Stored packets of the main video that a player which honours the edit list never shows; none where packets have no place."""
    shown, stored = clip.shown[clip.video], clip.packets
    if (stored.position < 0).any():
        return np.zeros(0, np.int64)
    return np.flatnonzero(~np.isin(stored.position, shown.position[~shown.discard]))


class _Bound:
    """Counts the pictures of one source."""

    def __init__(self) -> None:
        self._done, self._elements, self._ended = 0, 0, False

    def allows(self, frame: VideoFrame) -> bool:
        """Whether another one may follow this one."""
        self._done += 1
        self._elements += frame.width * frame.height
        self._ended = self._done >= MOST_PICTURES or self._elements >= MOST_ELEMENTS
        return not self._ended

    def result(self, origin: Origin, stream: int, listed: int) -> Taken:
        """What became of a source that has `listed` pictures."""
        complete = not self._ended or self._done >= listed
        return Taken(origin, stream, max(0, listed - self._done) if complete else 0, complete)


class _Crops:
    """What the container asks to cut off each picture of one stream; known once the file is open."""

    def __init__(self, path: Path, clip: Clip, stream: int) -> None:
        self._path, self._clip, self._stream = path, clip, stream
        self.crop = WHOLE

    def begun(self, container: InputContainer) -> None:
        self.crop = cropping(container, self._stream, self._clip.movie, self._path)


def _hidden(path: Path, clip: Clip, rows: Rows) -> Generator[Seen, None, Taken]:
    crops, bound = _Crops(path, clip, clip.video), _Bound()
    for stored in chosen_pictures(path, clip.video, clip.packets, rows.tolist(), crops.begun):
        yield _stored(Origin.HIDDEN, clip.video, clip.packets, stored, crops.crop)
        if not bound.allows(stored.frame):
            break
    return bound.result(Origin.HIDDEN, clip.video, len(rows))


def _track(path: Path, clip: Clip, stream: int) -> Generator[Seen, None, Taken]:
    crops, bound, packets = _Crops(path, clip, stream), _Bound(), clip.stored[stream]
    for stored in track_pictures(path, stream, packets, crops.begun):
        yield _stored(Origin.TRACK, stream, packets, stored, crops.crop)
        if not bound.allows(stored.frame):
            break
    return bound.result(Origin.TRACK, stream, len(packets))


def _stored(origin: Origin, stream: int, packets: Packets, stored: Stored, crop: Crop) -> Seen:
    row = stored.row
    if row < 0:
        return Seen(origin, stream, -1, -1, 0, stored.frame.key_frame, stored.frame, crop)
    place, size = int(packets.position[row]), int(packets.size[row])
    return Seen(origin, stream, row, place, size, bool(packets.key[row]), stored.frame, crop)


def _orphans(path: Path, clip: Clip, movie: Movie) -> Generator[Seen, None, Orphans]:
    rest, codings = unlisted_bytes(path, movie), list[Coding]()
    crops: dict[int, Crop] = {}
    if rest.ranges or rest.others:
        with listening(), open_clip(path) as container:
            for stream, track in tracks_of(clip, movie):
                context = video_stream(container, stream).codec_context
                codings.append(Coding(stream, clip.streams[stream].codec, bytes(context.extradata or b""), track))
                crops[stream] = cropping(container, stream, movie, path)
    source = orphan_pictures(path, rest, codings)
    while True:
        try:
            found = next(source)
        except StopIteration as end:
            orphans: Orphans = end.value
            return orphans
        coded = found.coded
        yield Seen(
            Origin.ORPHAN, found.stream, -1, coded.offset, coded.size, coded.key, found.frame, crops[found.stream]
        )


def tracks_of(clip: Clip, movie: Movie) -> list[tuple[int, Track]]:
    """Video streams with their tracks, the main one first."""
    videos = [stream.index for stream in clip.streams if stream.kind == "video"]
    tracks = [track for track in movie.tracks if track.handler == "vide"]
    return sorted(zip(videos, tracks, strict=False), key=lambda pair: pair[0] != clip.video)


def _previews(path: Path, clip: Clip) -> Generator[Seen, None, tuple[_Found, ...]]:
    found: list[_Found] = []
    for number, one in enumerate(embedded_pictures(path, clip.movie) if clip.movie is not None else ()):
        frame = single_picture(one.data)
        found.append((one.path, one.offset, len(one.data), frame is not None))
        if frame is not None:
            yield Seen(Origin.PREVIEW, number, -1, one.offset, len(one.data), True, frame, WHOLE)
    return tuple(found)

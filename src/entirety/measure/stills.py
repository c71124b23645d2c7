"""Fetches the few pictures that findings cite, and saves them without loss and without any mark.

This is the one time after measuring that the file is read again. Each picture is decoded anew and its hash held against the one that was
measured, so the picture in the report is the picture that was examined.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.crop import cropping
from entirety.measure.digest import digest
from entirety.measure.further import further_pictures
from entirety.model.clip import Clip
from entirety.model.further import Origin
from entirety.model.time import UNSET
from entirety.read.cropping import Crop
from entirety.read.decode import Decoding
from entirety.read.log import listening
from entirety.read.streams import open_clip, video_stream

PNG = (
    cv2.IMWRITE_PNG_COMPRESSION,
    1,
    cv2.IMWRITE_PNG_STRATEGY,
    cv2.IMWRITE_PNG_STRATEGY_RLE,
    cv2.IMWRITE_PNG_FILTER,
    cv2.IMWRITE_PNG_FILTER_UP,
)
"""How stills are packed, without loss: as differences from the line above, looking for runs only. Camera noise does not repeat, so looking
further finds little: seven pictures of 720p and 1080p took 0.05 s each and 1.3 MB; filters tried line by line at effort 3 0.11 s and 1.3 MB."""

MARGIN = 64
"""Pictures decoded beyond the wanted one before giving up on a place: more than any decoder holds back (H.264: 16)."""

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as saved."""

    number: int
    """Shown frame, row of the stored packet for a hidden picture, or row of `Clip.further`."""
    time: Fraction | None
    sha256: str
    """Of the decoded samples, as in the frame-hash list: before turning and conversion to colours."""
    png: bytes
    png_sha256: str
    width: int
    height: int
    """After turning, as a player shows it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where pictures can be sought, one row each."""

    pts: NDArray[np.int64]
    key: NDArray[np.bool_]
    fits: Callable[[int, bytes], bool]
    """Whether a decoded picture with this hash is that of the row."""


def shown_pictures(path: Path, clip: Clip, frames: Sequence[int]) -> list[Picture]:
    """Pictures of shown frames, by number; one whose hash cannot be met again is left out."""
    wanted = sorted({frame for frame in frames if 0 <= frame < len(clip.frames)})
    if not wanted:
        return []
    with open_clip(path) as container:
        crop = cropping(container, clip.video, clip.movie, path)
        found = _sought(
            container,
            clip,
            crop,
            Rows(clip.frames.pts, clip.frames.key, lambda n, sha: sha == _recorded(clip, n)),
            wanted,
        )
    missing = [frame for frame in wanted if frame not in found]
    if missing:
        found |= _from_the_start(path, clip, crop, set(missing))
    return [found[frame] for frame in wanted if frame in found]


def hidden_pictures(path: Path, clip: Clip, rows: Sequence[int]) -> list[Picture]:
    """Pictures of stored packets that no player shows, by row; one that cannot be decoded is left out."""
    wanted = sorted({row for row in rows if 0 <= row < len(clip.packets)})
    if not wanted:
        return []
    with open_clip(path, ignore_edits=True) as container:
        crop = cropping(container, clip.video, clip.movie, path)
        found = _sought(container, clip, crop, Rows(clip.packets.pts, clip.packets.key, lambda _, __: True), wanted)
    return [found[row] for row in wanted if row in found]


def further_stills(path: Path, clip: Clip, rows: Sequence[int]) -> list[tuple[Origin, Picture]]:
    """Pictures of rows of `clip.further`; one whose hash cannot be met again is left out."""
    further = clip.further
    wanted = {row for row in rows if further is not None and 0 <= row < len(further)}
    if further is None or not wanted:
        return []
    origins = {Origin(int(further.origin[row])) for row in wanted}
    found: list[tuple[Origin, Picture]] = []
    # Decoded in the order in which they were measured, so that a row is told by its place.
    places = {origin: iter(further.rows(origin).tolist()) for origin in origins}
    for seen in further_pictures(path, clip, origins):
        row = next(places[seen.origin], -1)
        if row in wanted:
            sha256, _ = digest(seen.frame, seen.crop)
            if sha256 == further.sha256[row].tobytes():
                turn = clip.stream.rotation if seen.origin is Origin.ORPHAN else 0
                found.append(
                    (seen.origin, _picture(seen.frame, row, clip, seen.crop, sha256, rotation=turn, timed=False))
                )
            wanted.discard(row)
        if not wanted:
            break
    return found


def _recorded(clip: Clip, frame: int) -> bytes:
    return bytes(clip.frames.sha256[frame])


def _sought(container: InputContainer, clip: Clip, crop: Crop, rows: Rows, wanted: Sequence[int]) -> dict[int, Picture]:
    """Decode from the key frame before each wanted row, once per group of pictures."""
    keys = np.flatnonzero(rows.key & (rows.pts != UNSET))
    groups: dict[int, list[int]] = {}
    for row in wanted:
        before = keys[keys <= row]
        if len(before) and int(rows.pts[row]) != UNSET:
            groups.setdefault(int(before[-1]), []).append(row)
    found: dict[int, Picture] = {}
    for first, members in groups.items():
        pending: dict[int | None, int] = {int(rows.pts[row]): row for row in reversed(members)}
        for frame in _after(container, clip.video, int(rows.pts[first]), members[-1] - first + 1 + MARGIN):
            if (row := pending.get(frame.pts, -1)) < 0:
                continue
            sha256, _ = digest(frame, crop)
            if rows.fits(row, sha256):
                found[row] = _picture(frame, row, clip, crop, sha256)
                del pending[frame.pts]
            if not pending:
                break
    return found


def _after(container: InputContainer, video: int, pts: int, most: int) -> Iterator[VideoFrame]:
    """At most `most` pictures from the key frame at `pts` on; none where the place cannot be reached or decoded."""
    stream = video_stream(container, video)
    try:
        container.seek(pts, stream=stream)
        yield from islice(container.decode(stream), most)
    except (av.FFmpegError, OSError, ValueError):
        return


def _from_the_start(path: Path, clip: Clip, crop: Crop, wanted: set[int]) -> dict[int, Picture]:
    """The same by counting from the first picture, for files in which no key frame can be sought."""
    found: dict[int, Picture] = {}
    with listening() as log, open_clip(path) as container:
        for number, picture in enumerate(Decoding(container, clip.video, path, log, threads=False).pictures()):
            if number in wanted:
                sha256, _ = digest(picture.frame, crop)
                if sha256 == _recorded(clip, number):
                    found[number] = _picture(picture.frame, number, clip, crop, sha256)
            if number >= max(wanted):
                break
    return found


def _picture(
    frame: VideoFrame,
    number: int,
    clip: Clip,
    crop: Crop,
    sha256: bytes,
    *,
    rotation: int | None = None,
    timed: bool = True,
) -> Picture:
    """`rotation` is that of the clip unless stated; pictures without a place in the clip have no time."""
    left, top, width, height = crop.within(frame.width, frame.height)
    colours = frame.to_ndarray(format="bgr24")[top : top + height, left : left + width]
    turn = TURNS.get(clip.stream.rotation if rotation is None else rotation)
    upright = colours if turn is None else cv2.rotate(colours, turn)
    _, encoded = cv2.imencode(".png", upright, PNG)
    png = encoded.tobytes()
    time = None if frame.pts is None or not timed else frame.pts * clip.frames.time_base
    return Picture(number, time, sha256.hex(), png, hashlib.sha256(png).hexdigest(), upright.shape[1], upright.shape[0])

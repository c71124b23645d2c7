"""Fetches a few shown pictures of a recording, reduced in size, to print beside the ends of a piece.

Each picture is decoded anew and its hash held against the one that was measured, so the picture on paper is the picture that was compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import av
import cv2
from av.container import InputContainer
from av.video.frame import VideoFrame

from entirety.measure.clip import clockwise
from entirety.measure.crop import cropping
from entirety.measure.digest import digest
from entirety.measure.stills import MARGIN, PNG, TURNS
from entirety.model.container import Movie
from entirety.model.signature import Signature
from entirety.read.container.isobmff import looks_like_isobmff, read_movie
from entirety.read.container.structure import HEAD
from entirety.read.cropping import Crop
from entirety.read.log import listening
from entirety.read.streams import main_video, open_clip, video_stream

WIDEST = 320
"""Samples of the longer side on paper: a face or a number plate of a quarter of the picture can be compared by eye."""
MOST = 1_500
"""Pictures decoded to reach one place: half a minute between key pictures at 50 a second."""
FROM_START = 10_000
"""Pictures decoded from the start of a file in which no place can be sought: some minutes of film, chosen to bound the time."""
NEAR = 8
"""Pictures between two wanted ones that are decoded on to rather than sought anew."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """One picture as printed, in PNG."""

    frame: int
    png: bytes
    width: int
    height: int


def reduced_pictures(path: Path, signature: Signature, frames: Sequence[int]) -> dict[int, Reduced]:
    """Shown pictures by number; one that cannot be reached or whose hash cannot be met again is left out."""
    wanted = sorted({frame for frame in frames if 0 <= frame < len(signature)})
    found: dict[int, Reduced] = {}
    if not wanted:
        return found
    with listening(), open_clip(path) as container:
        video = main_video(container, path)
        crop = cropping(container, video, _movie(path, signature), path)
        for group in _groups(wanted):
            last = int(signature.pts[group[-1]] + MARGIN * signature.duration[group[-1]])
            found |= _met(_from(container, video, int(signature.pts[group[0]]), last), signature, group, crop)
    if missing := [frame for frame in wanted if frame not in found]:
        # Some files cannot be sought in: then by decoding from the first picture on.
        with listening(), open_clip(path) as container:
            upto = min(missing[-1] + MARGIN, FROM_START)
            pictures = islice(container.decode(video_stream(container, video)), upto)
            found |= _met(_until_broken(pictures), signature, missing, crop)
    return found


def _met(pictures: Iterator[VideoFrame], signature: Signature, frames: Sequence[int], crop: Crop) -> dict[int, Reduced]:
    """Those of the wanted pictures that come, told by their hash."""
    found: dict[int, Reduced] = {}
    pending: dict[bytes, list[int]] = {}
    for frame in frames:
        pending.setdefault(signature.sha256[frame].tobytes(), []).append(frame)
    for picture in pictures:
        sha256, _ = digest(picture, crop)
        if members := pending.pop(sha256, None):
            found |= {frame: _reduced(picture, frame, crop) for frame in members}
        if not pending:
            break
    return found


def _until_broken(pictures: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    try:
        yield from pictures
    except (av.FFmpegError, OSError, ValueError):
        return


def _movie(path: Path, signature: Signature) -> Movie | None:
    with path.open("rb") as file:
        return read_movie(file, signature.custody.size) if looks_like_isobmff(file.read(HEAD)) else None


def _groups(wanted: Sequence[int]) -> list[list[int]]:
    groups = [[wanted[0]]]
    for frame in wanted[1:]:
        if frame - groups[-1][-1] <= NEAR:
            groups[-1].append(frame)
        else:
            groups.append([frame])
    return groups


def _from(container: InputContainer, video: int, pts: int, last: int) -> Iterator[VideoFrame]:
    """Pictures from the key picture before a time on, until well after `last`; none where the place cannot be reached."""
    stream = video_stream(container, video)
    try:
        container.seek(pts, stream=stream)
        for count, frame in enumerate(container.decode(stream)):
            if count >= MOST or (frame.pts is not None and frame.pts > last):
                return
            yield frame
    except (av.FFmpegError, OSError, ValueError):
        return


def _reduced(frame: VideoFrame, number: int, crop: Crop) -> Reduced:
    left, top, width, height = crop.within(frame.width, frame.height)
    colours = frame.to_ndarray(format="bgr24")[top : top + height, left : left + width]
    turn = TURNS.get(clockwise(frame.rotation))
    upright = colours if turn is None else cv2.rotate(colours, turn)
    share = min(1.0, WIDEST / max(upright.shape[:2]))
    size = (max(1, round(upright.shape[1] * share)), max(1, round(upright.shape[0] * share)))
    small = upright if share == 1 else cv2.resize(upright, size, interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".png", small, PNG)
    return Reduced(number, encoded.tobytes(), size[0], size[1])

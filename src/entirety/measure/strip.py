"""A strip of small pictures spread over the clip, by which a reader of the page finds the way: reduced copies, no evidence.

Key pictures are taken, because each of them is decoded alone. Like every picture of the report they are decoded anew and held against the
hash that was measured.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from entirety.measure.crop import cropping
from entirety.measure.digest import digest
from entirety.measure.stills import TURNS, Picture
from entirety.model.clip import Clip
from entirety.model.time import UNSET
from entirety.read.cropping import Crop
from entirety.read.log import listening
from entirety.read.streams import decoder_of, open_clip, video_stream

MOST = 12
"""Pictures of a strip: two rows of six across a page. Sixteen of a minute of 720p at 4 Mbit/s took 0.21 s and 0.38 MB, twelve 0.16 s and
0.29 MB: below 2 % of the audit of such a clip."""
EDGE = 160
"""Pixels of the longer side: enough to know a scene again."""
PACKETS = 64
"""Packets of any stream read on from a place before its key picture counts as not found."""


def spread(clip: Clip, most: int = MOST) -> list[int]:
    """Key pictures nearest to the middles of `most` equal parts of the clip, each once, in the order of showing."""
    keys = np.flatnonzero(clip.frames.key & (clip.frames.pts != UNSET))
    if not len(keys):
        return []
    pts = clip.frames.pts[keys].astype(np.float64)
    stated = clip.frames.pts[clip.frames.pts != UNSET]
    first, last = float(stated.min()), float(stated.max())
    middles = first + (np.arange(most) + 0.5) / most * (last - first)
    return sorted({int(keys[np.argmin(np.abs(pts - middle))]) for middle in middles})


def strip_pictures(path: Path, clip: Clip, most: int = MOST) -> list[Picture]:
    """Small copies of these pictures; one that cannot be reached, or whose hash cannot be met again, is left out."""
    wanted, found = spread(clip, most), []
    if not wanted:
        return []
    with listening(), open_clip(path) as container:
        crop = cropping(container, clip.video, clip.movie, path)
        for row in wanted:
            for frame in _decoded(container, clip.video, int(clip.frames.pts[row])):
                sha256, _ = digest(frame, crop)
                if sha256 == clip.frames.sha256[row].tobytes():
                    found.append(_small(frame, row, clip, crop, sha256))
                    break
    return found


def _decoded(container: InputContainer, video: int, pts: int) -> Sequence[VideoFrame]:
    """What the packet of the key picture at `pts` gives alone."""
    stream = video_stream(container, video)
    decoder = decoder_of(stream)
    try:
        container.seek(pts, stream=stream)
        for read, packet in enumerate(container.demux()):
            if decoder is None or read > PACKETS:
                break
            if packet.stream_index == video and packet.pts == pts:
                frames = [*packet.decode(), *stream.decode(None)]
                return [frame for frame in frames if isinstance(frame, VideoFrame) and frame.pts == pts]
    except (av.FFmpegError, OSError, ValueError):
        pass
    return []


def _small(frame: VideoFrame, row: int, clip: Clip, crop: Crop, sha256: bytes) -> Picture:
    left, top, width, height = crop.within(frame.width, frame.height)
    scale = min(1.0, EDGE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    colours = frame.to_ndarray(format="bgr24")[top : top + height, left : left + width]
    small = cv2.resize(colours, size, interpolation=cv2.INTER_AREA)
    turn = TURNS.get(clip.stream.rotation)
    upright = small if turn is None else cv2.rotate(small, turn)
    _, encoded = cv2.imencode(".png", upright)
    png = encoded.tobytes()
    time = None if frame.pts is None else frame.pts * clip.frames.time_base
    return Picture(row, time, sha256.hex(), png, hashlib.sha256(png).hexdigest(), upright.shape[1], upright.shape[0])

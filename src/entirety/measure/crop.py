"""Asks the container which part of each picture is to be shown, for one stream of an open file."""

from pathlib import Path

from av.container import InputContainer
from av.video.format import VideoFormat

from entirety.model.container import Movie
from entirety.read.cropping import Crop, clean_aperture
from entirety.read.streams import video_stream


def cropping(container: InputContainer, video: int, movie: Movie | None, path: Path) -> Crop:
    """What the container asks to cut off every picture of stream `video`."""
    context = video_stream(container, video).codec_context
    place = sum(s.type == "video" and s.index < video for s in container.streams)
    picture = VideoFormat(context.pix_fmt or "yuv420p", 64, 64)
    chroma = (max(64 // c.width for c in picture.components), max(64 // c.height for c in picture.components))
    with path.open("rb") as file:
        return clean_aperture(movie, place, file, (context.width, context.height), chroma)

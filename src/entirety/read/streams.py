"""Opens a file through libavformat so that nothing but this one file is ever read, and describes the streams in it.

Some formats are lists that name other files or addresses; opening one could read what was not handed over. Only formats that hold
the footage themselves are accepted here, and only the protocol that reads a file from a disk.
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.container import InputContainer
from av.stream import Disposition
from av.stream import Stream as LibraryStream
from av.video.stream import VideoStream

from entirety.errors import NotVideo, Unsupported
from entirety.model.clip import Stream
from entirety.model.time import UNSET
from entirety.read.refusals import refusal, refuse_archive

FORMATS = (
    "mov matroska avi mpegts mpeg mpegvideo asf flv live_flv ogg mxf dv gxf nut wtv rm ivf obu av1 "
    "h264 hevc vvc h263 h261 m4v mjpeg vc1 vc1test dirac cavsvideo dhav lmlm4 yuv4mpegpipe nsv nuv film_cpk amv swf roq smk bink"
)
"""Demultiplexers whose files hold the pictures themselves. Lists (hls, dash, concat, sdp), picture folders, devices and
subtitles are left out on purpose."""

GENERATE_PTS = 0x0001
"""AVFMT_FLAG_GENPTS, which PyAV sets on every file: presentation times that the file does not state are made up."""
TIMES_MAY_JUMP = 0x0200
"""AVFMT_TS_DISCONT, a property of the format."""

MAX_SIDE = 16_384
MAX_PIXELS = 134_217_728
"""16,384 x 8,192, which is 16K video; one such picture takes 400 MB in the usual format and more in others."""
MAX_STREAMS = 1_000
"""The library's own limit; real clips have fewer than twenty."""


def open_clip(path: Path, *, ignore_edits: bool = False) -> InputContainer:
    """Open for reading. Raises CannotOpen, NotVideo (Archive among it), Damaged or Unsupported with one sentence that names the file only."""
    refuse_archive(path)
    formats = FORMATS.replace(" ", ",")
    options = {"protocol_whitelist": "file", "format_whitelist": formats, "max_streams": str(MAX_STREAMS)}
    if ignore_edits:
        options["ignore_editlist"] = "1"
    try:
        container = av.open(f"file:{path.absolute()}", "r", container_options=options, metadata_errors="replace")
    except (av.FFmpegError, UnicodeError, ValueError, OSError) as error:
        raise refusal(path, error) from None
    container.flags = container.flags & ~GENERATE_PTS
    return container


def main_video(container: InputContainer, path: Path) -> int:
    """Index of the first video stream that is not a cover picture. Raises NotVideo and Unsupported."""
    videos = container.streams.video
    moving = [s for s in videos if not s.disposition & Disposition.attached_pic]
    if not moving:
        what = (
            "only a cover picture" if videos else "sound and no pictures" if container.streams.audio else "no pictures"
        )
        raise NotVideo(f"{path.name} holds {what}; ask for the file that holds the video.")
    if decoder_of(moving[0]) is None:
        raise Unsupported(
            f"{path.name} is coded in a form that this program cannot decode; ask for the original or for a copy in H.264."
        )
    width, height = moving[0].codec_context.width, moving[0].codec_context.height
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unsupported(
            f"{path.name} declares pictures of {width} x {height}; more than 16K video is refused for safety."
        )
    return moving[0].index


def video_stream(container: InputContainer, index: int) -> VideoStream:
    """The video stream with this index among all streams."""
    return next(s for s in container.streams.video if s.index == index)


def decoder_of(stream: LibraryStream) -> CodecContext | None:
    """The stream's decoder; None where the library has none for it, which its own type does not say."""
    return stream.codec_context


def describe(container: InputContainer, video: int, rotation: int) -> tuple[Stream, ...]:
    """All streams in the library's order; `rotation` (clockwise degrees) belongs to stream `video`."""
    return tuple(_stream(s, rotation if s.index == video else 0) for s in container.streams)


def tags(pairs: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Tags in the library's order, keys and values as text."""
    return tuple((str(key), str(value)) for key, value in pairs.items())


def _stream(stream: LibraryStream, rotation: int) -> Stream:
    decoder = decoder_of(stream)
    plain = Stream(
        index=stream.index,
        kind=stream.type,
        codec=decoder.codec.canonical_name if decoder else "unknown",
        profile=(decoder.profile if decoder else None) or "",
        time_base=stream.time_base or Fraction(0),
        start=UNSET if stream.start_time is None else stream.start_time,
        duration=UNSET if stream.duration is None else stream.duration,
        frames=stream.frames,
        width=0,
        height=0,
        pixel_format="",
        rotation=rotation,
        rate=None,
        average_rate=None,
        sample_rate=0,
        channels=0,
        tags=tags(stream.metadata),
    )
    if isinstance(stream, VideoStream) and decoder:
        return replace(
            plain,
            width=stream.codec_context.width,
            height=stream.codec_context.height,
            pixel_format=stream.codec_context.pix_fmt or "",
            rate=Fraction(stream.guessed_rate) if stream.guessed_rate else None,
            average_rate=Fraction(stream.average_rate) if stream.average_rate else None,
            aspect=Fraction(stream.sample_aspect_ratio or 0),
        )
    if isinstance(stream, AudioStream) and decoder:
        return replace(plain, sample_rate=stream.codec_context.sample_rate, channels=stream.codec_context.channels)
    return plain


def start_time(container: InputContainer, video: int) -> Fraction:
    """The clip's start, seconds: what ffmpeg subtracts from the times it prints for stream `video`; 0 where none is stated.

    Formats made for broadcasting (MPEG-TS, MPEG-PS, Ogg) may jump in time; there ffmpeg starts from the stream itself.
    """
    stream = container.streams[video]
    if container.format.flags & TIMES_MAY_JUMP and stream.start_time is not None and stream.time_base:
        return stream.start_time * stream.time_base
    return Fraction(container.start_time or 0, av.time_base)

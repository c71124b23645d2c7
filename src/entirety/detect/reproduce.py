"""The commands that let anybody see a finding again with plain ffmpeg, without this program.

Each is built through ffmpeg-python, written as one line for a shell, and never run here; the clip stands in it as CLIP.
"""

import shlex
from collections.abc import Sequence
from typing import Any

import ffmpeg

from entirety.model.clip import Clip

CLIP = "CLIP"
MOST_PICTURES = 12
"""Pictures that one command saves of a stretch: more are not looked at one by one. Chosen."""


def shown_frames(clip: Clip) -> str:
    """Hash of every picture that a player shows, as decoded."""
    shown = ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)]
    return _line(shown.output("-", format="framehash", hash="sha256", fps_mode="passthrough"))


def stored_and_shown(clip: Clip) -> str:
    """Hashes of the pictures shown (lines starting 0) and of all stored ones (lines starting 1), the edit list ignored."""
    shown = ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)]
    stored = ffmpeg.input(CLIP, noautorotate=None, ignore_editlist=1)[str(clip.video)]
    return _line(ffmpeg.output(shown, stored, "-", format="framehash", hash="sha256", fps_mode="passthrough"))


def picture_properties(clip: Clip) -> str:
    """Size, pixel format, field order and time of every picture, one line each, nothing scaled."""
    shown = ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)]
    return _line(shown.output("-", vf="showinfo", noautoscale=None, fps_mode="passthrough", format="null"))


def bytes_of_the_file(ranges: Sequence[tuple[int, int]]) -> str:
    """Copy the bytes of the first range out of the file, to be looked at: no table leads ffmpeg there."""
    start, end = ranges[0] if ranges else (0, 0)
    source = f"subfile,,start,{start},end,{end},,:{CLIP}"
    return shlex.join(["ffmpeg", "-f", "data", "-i", source, "-map", "0", "-c", "copy", "-f", "data", "bytes.bin"])


def container_tags() -> str:
    """Brands, tags and handler names of the container and its streams, and at this level of detail its boxes in order."""
    return _line(
        ffmpeg.input(CLIP, hide_banner=None, loglevel="trace").output("-", map=0, c="copy", t=0, format="null")
    )


def xmp() -> str:
    """The XMP note of an MP4 or QuickTime file as it is, among the tags."""
    return _line(
        ffmpeg.input(CLIP, export_xmp=1).output("-", map_metadata=0, map=0, c="copy", t=0, format="ffmetadata")
    )


def bytes_between(start: int, end: int) -> str:
    """The bytes [start, end) of the file as they are, to be looked at with any hexadecimal viewer."""
    part = f"subfile,,start,{start},end,{end},,:{CLIP}"
    return _line(ffmpeg.input(part, format="data").output("-", map=0, c="copy", format="data"))


def decoder_complaints(clip: Clip) -> str:
    """What the decoder complains of, with nothing else."""
    shown = ffmpeg.input(CLIP, hide_banner=None, loglevel="warning")[str(clip.video)]
    return _line(shown.output("-", fps_mode="passthrough", format="null"))


def packet_counters() -> str:
    """What the demultiplexer of transport streams notes of its packets, among other lines: counters that break name the stream (pid)."""
    return _line(ffmpeg.input(CLIP, hide_banner=None, loglevel="debug").output("-", map=0, c="copy", format="null"))


def stored_times(clip: Clip, stream: int) -> str:
    """List times, size and hash of every stored packet of one stream, edit lists ignored, clocks left as they are."""
    source = _source(clip, copyts=None)[str(stream)]
    return _line(source.output("-", c="copy", format="framehash", hash="sha256"))


def stream_bytes(clip: Clip, stream: int) -> str:
    """Copy the packets of one stream as they are into a file, to be looked at with any viewer of text or hexadecimal digits."""
    return _line(_source(clip)[str(stream)].output("stream.bin", c="copy", format="data"))


def clock_steps(clip: Clip) -> str:
    """Print number and time (`pts_time`) of every shown frame in the order of showing, with steps back left in.

    A list of stored times would hide them: ffmpeg's copying never lets a time be earlier than the one before.
    """
    source = ffmpeg.input(CLIP, copyts=None, noautorotate=None)[str(clip.video)]
    return _line(source.output("-", vf="showinfo", fps_mode="passthrough", format="null"))


TRACED = frozenset(("av1", "h264", "hevc", "mjpeg", "mpeg2video", "vp8", "vp9"))
"""Codecs whose headers ffmpeg prints field by field (trace_headers, which says so itself when asked for another)."""
DESCRIBED = frozenset(("h263", "mpeg4"))
"""Codecs whose decoder prints type, time and quantiser of each picture (debug flag `pict`)."""


def headers(clip: Clip) -> str:
    """Print every field of every header of the main video with the names of its standard, or what ffmpeg prints of a codec instead."""
    if clip.stream.codec in DESCRIBED:
        told = ffmpeg.input(CLIP, hide_banner=None, loglevel="debug", debug="pict", threads=1)[str(clip.video)]
        return _line(told.output("-", fps_mode="passthrough", format="null"))
    if clip.stream.codec not in TRACED:
        return picture_properties(clip)
    source = _source(clip)[str(clip.video)]
    return _line(source.output("-", **{"c": "copy", "bsf:v": "trace_headers", "format": "null"}))


def notes(clip: Clip) -> str:
    """Print the notes that encoders leave in an H.264 stream (units of type 6) as they are: readable text among a few other bytes."""
    source = _source(clip)[str(clip.video)]
    return _line(source.output("-", **{"c": "copy", "bsf:v": "filter_units=pass_types=6", "format": "data"}))


def frame_hashes(clip: Clip, first: int, last: int) -> str:
    """List the hashes of the shown frames `first` to `last`, as in the frame-hash list of the report."""
    return _line(_chosen(clip, first, last).output("-", fps_mode="passthrough", format="framehash", hash="sha256"))


def pictures(clip: Clip, first: int, last: int) -> str:
    """Save the shown frames `first` to `last` as lossless pictures, to be looked at side by side."""
    return _line(_chosen(clip, first, last).output("frame-%d.png", fps_mode="passthrough", start_number=max(first, 0)))


def chosen_pictures(clip: Clip, stretches: Sequence[tuple[int, int]]) -> str:
    """Save the shown frames of all these stretches as lossless pictures, each file named by the number of its frame.

    Each stretch is an output of its own, for ffmpeg numbers the files of one output without gaps.
    """
    source = ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)]
    outputs = [
        source.output(
            "frame-%d.png", vf=f"select='between(n,{first},{last})'", fps_mode="passthrough", start_number=first
        )
        for first, last in _joined(stretches, len(clip.frames))
    ]
    return _line(ffmpeg.merge_outputs(*outputs))


def with_its_sides(clip: Clip, first: int, last: int) -> str:
    """Save the shown frames before and after a stretch, and the stretch: all of it, or of a long one the start, the middle and the end."""
    whole, middle = last - first + 3 <= MOST_PICTURES, (first + last) // 2
    ends = ((first - 1, last + 1),) if whole else ((first - 1, first), (middle, middle), (last, last + 1))
    return chosen_pictures(clip, ends)


def _joined(stretches: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The stretches within the clip, in order; those that overlap or adjoin are one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted((max(0, first), min(last, count - 1)) for first, last in stretches):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _source(clip: Clip, **options: Any) -> Any:
    # Only the demultiplexer of MP4 and QuickTime files knows the option.
    edits = {"ignore_editlist": 1} if clip.container.startswith("mov,") else {}
    return ffmpeg.input(CLIP, **edits, **options)


def _chosen(clip: Clip, first: int, last: int) -> Any:
    source = ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)]
    return source.filter("select", f"between(n,{max(first, 0)},{max(last, 0)})")


def _line(stream: Any) -> str:
    return shlex.join(ffmpeg.compile(stream, cmd="ffmpeg"))

"""Encode a take the way a camera's own chip does: one key frame a second, no B frames, steady bit rate, its own names.

The files imitate a camera; they were written by ffmpeg with every trace of ffmpeg and x264 left out, so that a tool
under test meets a file that looks as if nobody had touched it since the recording.
"""

import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

import boxes
import sound
from scenes import Take, picture

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
ONE_THREAD = {"threads": 1, "filter_threads": 1}
"""x264 gives the same bytes on every machine only when it works in one thread."""

# One key frame a second (keyint is set per take), none at scene changes; one reference and no lookahead as in chips.
CHIP = "scenecut=0:bframes=0:ref=1:rc-lookahead=0:mbtree=0:weightp=0:sync-lookahead=0:open-gop=0:force-cfr=0"
NAMES = {
    "metadata": "creation_time=2024-05-14T13:32:00Z",
    "metadata:s:v:0": "handler_name=VideoHandle",
    # ffmpeg would put its own name into the compressor field of the sample description.
    "metadata:s:v": "encoder=AVC Coding",
    "metadata:s:a:0": "handler_name=SoundHandle",
}


def run(stream: Any, pictures: Iterable[bytes] = ()) -> None:
    """Run an ffmpeg-python graph with the wheel's ffmpeg; `pictures` go to its standard input.

    Raises:
        RuntimeError: ffmpeg ended with an error; the message holds what it printed.
    """
    arguments = ffmpeg.compile(stream.global_args("-hide_banner", "-loglevel", "error", "-y"), cmd=FFMPEG)
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stderr is not None  # noqa: S101
        # When ffmpeg gives up, the pipe breaks; what it complained of is raised below.
        with suppress(BrokenPipeError):
            for one in pictures:
                process.stdin.write(one)
            process.stdin.close()
        complaint = process.stderr.read().decode()
    if process.returncode:
        raise RuntimeError(complaint)


def camera_output() -> dict[str, Any]:
    """Muxer options of a camera-like file: its own brand and names, no creator tag."""
    return {
        "format": "mp4",
        "brand": "mp42",
        "fflags": "+bitexact",
        "map_metadata": -1,
        "video_track_timescale": 90000,
        **NAMES,
    }


def chip(rate: int, kilobits: int) -> dict[str, Any]:
    """Encoder options of a camera's chip for `rate` pictures and `kilobits` per second, without x264's name."""
    return {
        **ONE_THREAD,
        "c:v": "libx264",
        "profile:v": "main",
        "preset": "medium",
        "g": rate,
        "keyint_min": rate,
        "x264-params": CHIP,
        "b:v": f"{kilobits}k",
        "maxrate": f"{kilobits * 9 // 8}k",
        "bufsize": f"{kilobits}k",
        "flags:v": "+bitexact",
        # 6 is supplemental information: x264 writes its name and settings there.
        "bsf:v": "filter_units=remove_types=6",
        "color_primaries": "smpte170m",
        "color_trc": "smpte170m",
        "colorspace": "smpte170m",
        "color_range": "tv",
    }


def record(
    take: Take, numbers: Sequence[float], path: Path, seconds: float, *, stamps: str = "", kilobits: int = 720
) -> None:
    """Draw the numbered pictures of a take and write them, with the take's sound, as a camera would.

    Args:
        take: what is filmed.
        numbers: picture numbers; fractions for moments between two pictures.
        path: the MP4 file to write.
        seconds: how much of the take's sound goes with it.
        stamps: presentation time of picture N in milliseconds as an ffmpeg expression, for a variable rate;
            empty for a steady one.
        kilobits: steady bit rate of the pictures, in kilobits per second.
    """
    heard = path.with_suffix(".wav")
    sound.write(heard, take.seed, seconds)
    frames = ffmpeg.input(
        "pipe:", format="rawvideo", pix_fmt="yuv420p", video_size=(640, 360), framerate=take.rate, **ONE_THREAD
    )
    video = frames.filter("settb", "1/1000").filter("setpts", stamps) if stamps else frames
    options = {
        **camera_output(),
        **chip(take.rate, kilobits),
        "fps_mode": "passthrough",
        "c:a": "aac",
        "b:a": "64k",
        "flags:a": "+bitexact",
    }
    if stamps:
        options["enc_time_base:v"] = "1:1000"
    graph = ffmpeg.output(video, ffmpeg.input(str(heard)), str(path), **options)
    run(graph, (picture(take, number).tobytes() for number in numbers))
    heard.unlink()
    boxes.head_sound_as_phones_do(path)

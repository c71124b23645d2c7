"""Tiny real films, and ffmpeg's own frame-hash list of them: the outside truth that the tests hold the program against."""

import subprocess
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def film(target: Path, *, size: str = "162x122", seconds: float = 0.6, sound: bool = False, **options: Any) -> Path:
    """A moving test picture, encoded as `options` say."""
    streams = [ffmpeg.input(f"testsrc2=size={size}:rate=25", f="lavfi", t=seconds)]
    if sound:
        streams.append(ffmpeg.input("sine=frequency=440", f="lavfi", t=seconds))
    output = ffmpeg.output(*streams, str(target), **options).global_args("-v", "error", "-nostdin")
    subprocess.run(output.compile(cmd=FFMPEG, overwrite_output=True), check=True, capture_output=True)
    return target


def framehash(clip: Path, *before: str, output: tuple[str, ...] = ()) -> list[str]:
    """What stock ffmpeg prints, without the line that names its own version."""
    head = [FFMPEG, "-v", "error", "-nostdin", "-noautorotate", *before, "-i", str(clip), "-map", "0:v:0"]
    tail = ["-fps_mode", "passthrough", *output, "-f", "framehash", "-hash", "sha256", "-"]
    done = subprocess.run([*head, *tail], check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("#software")]

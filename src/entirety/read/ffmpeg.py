"""The ffmpeg program: which one, and the few times this tool itself runs it, to hold its own numbers against ffmpeg's.

An audit does not need the program. It is run where somebody asks for a second opinion (`hash --check`, `doctor`), on the file named and nothing else.
"""

import shutil
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

from entirety.errors import Environment
from entirety.read.programs import run

FRAMEHASH_SECONDS = 24 * 3600
"""A second opinion on a very long recording may take hours; beyond a day something hangs."""


def program(named: str | None) -> str:
    """Path of the ffmpeg program: the one that was named, else the one installed along. Raises Environment where there is none."""
    if named:
        found = shutil.which(named)
        if found is None:
            raise Environment(
                f"There is no program {named}; leave --ffmpeg and ENTIRETY_FFMPEG out to use the one installed along."
            )
        return found
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise Environment("The ffmpeg program is missing; install again with the command in README.") from error


def version(path: str) -> str:
    """First line that the program prints of itself. Raises Environment where it cannot be run."""
    return run([path, "-version"], seconds=60).splitlines()[0]


def framehash(path: str, clip: Path) -> list[str]:
    """The frame-hash list as ffmpeg prints it. Raises Environment where ffmpeg fails on the file."""
    # On several threads the pictures that a decoder patches up in a damaged clip differ from one number of threads to the next.
    options = {"noautorotate": None, "threads": 1, "protocol_whitelist": "file"}
    picture = ffmpeg.input(f"file:{clip.absolute()}", **options)["v:0"]
    output = picture.output("-", fps_mode="passthrough", format="framehash", hash="sha256")
    return run(_command(path, output), seconds=FRAMEHASH_SECONDS).splitlines()


def draw_test_film(path: str, target: Path) -> None:
    """One second of a moving test picture, coded as H.264 with B pictures, for a self-test."""
    picture = ffmpeg.input("testsrc2=size=320x180:rate=25", f="lavfi", t=1)
    output = picture.output(str(target), vcodec="libx264", pix_fmt="yuv420p", g=12, threads=1)
    run(_command(path, output), seconds=60)


def _command(path: str, output: Any) -> list[str]:
    return [
        str(part) for part in output.global_args("-v", "error", "-nostdin").compile(cmd=path, overwrite_output=True)
    ]

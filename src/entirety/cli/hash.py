"""`entirety hash CLIP`: the list of frame hashes, line by line what ffmpeg's framehash prints."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import Ffmpeg, progress, say
from entirety.errors import Mismatch


def hash_clip(
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="Video file; opened for reading only.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the list here and not to standard output.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Also run ffmpeg on the clip and compare its list with ours.")
    ] = False,
    ffmpeg: Ffmpeg = None,
) -> None:
    """Print the SHA-256 of every shown frame.

    The list is the one that `ffmpeg -noautorotate -i CLIP -map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -` prints.
    """
    from entirety.measure.clip import measure
    from entirety.read.custody import confirm
    from entirety.report.files import write_text
    from entirety.report.framehash import framehash_lines

    with progress(clip.name) as tell:
        measured = measure(clip, tell)
    confirm(clip, measured.custody)
    text = "".join(f"{line}\n" for line in framehash_lines(measured))
    if out is None:
        sys.stdout.write(text)
    else:
        write_text(out, text)
    if check:
        _compare(clip, text, ffmpeg)


def _compare(clip: Path, text: str, named: str | None) -> None:
    """Hold our list against the one that ffmpeg prints. Raises Mismatch at the first frame that differs."""
    from entirety.read.ffmpeg import framehash, program
    from entirety.report.difference import first_difference

    different = first_difference(framehash(program(named), clip), text.splitlines())
    if different is not None:
        raise Mismatch(f"The list is not the one that ffmpeg prints: {different}.")
    say("ffmpeg prints the same list.")

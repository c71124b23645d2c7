"""Commands with plain ffmpeg that show a property of a whole clip again, so that nobody has to trust this program.

They are built through ffmpeg-python and never run here; the clip stands as the word CLIP. Commands for one place of a clip stand in
`reproduce`.
"""

import shlex
from typing import Any

import ffmpeg

from entirety.model.clip import Clip


def shown_frames(clip: Clip) -> str:
    """Hash of every picture that a player shows, as decoded."""
    shown = _clip(noautorotate=None)[str(clip.video)]
    return _line(shown.output("-", format="framehash", hash="sha256", fps_mode="passthrough"))


def stored_and_shown(clip: Clip) -> str:
    """Hashes of the pictures shown (lines starting 0) and of all stored ones (lines starting 1), the table of edits ignored."""
    shown = _clip(noautorotate=None)[str(clip.video)]
    stored = _clip(noautorotate=None, ignore_editlist=1)[str(clip.video)]
    return _line(ffmpeg.output(shown, stored, "-", format="framehash", hash="sha256", fps_mode="passthrough"))


def picture_properties(clip: Clip) -> str:
    """Size, pixel format, field order and time of every picture, one line each, nothing scaled."""
    shown = _clip(noautorotate=None)[str(clip.video)]
    return _line(shown.output("-", vf="showinfo", noautoscale=None, fps_mode="passthrough", format="null"))


def container_tags() -> str:
    """Brands, tags and handler names of the container and its streams, and at this level of detail its boxes in order."""
    return _line(_clip(hide_banner=None, loglevel="trace").output("-", map=0, c="copy", t=0, format="null"))


def decoder_complaints(clip: Clip) -> str:
    """What the decoder complains of, with nothing else."""
    shown = _clip(hide_banner=None, loglevel="warning")[str(clip.video)]
    return _line(shown.output("-", fps_mode="passthrough", format="null"))


def _clip(**options: Any) -> Any:
    return ffmpeg.input("CLIP", **options)


def _line(stream: Any) -> str:
    return shlex.join(ffmpeg.compile(stream, cmd="ffmpeg"))

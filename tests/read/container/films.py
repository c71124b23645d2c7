"""Small real films in each form that is not ISO-BMFF, encoded by stock ffmpeg."""

import subprocess
from pathlib import Path
from typing import Any

from read.films import FFMPEG, film

FORMS: dict[str, dict[str, Any]] = {
    "matroska.mkv": {"vcodec": "libx264", "acodec": "aac"},
    "webm.webm": {"vcodec": "libvpx", "acodec": "libopus"},
    "avi.avi": {"vcodec": "mjpeg", "acodec": "pcm_s16le"},
    "ogg.ogv": {"vcodec": "libtheora", "acodec": "libvorbis"},
    "flv.flv": {"vcodec": "flv", "acodec": "libmp3lame", "ar": 44100},
}
"""File name of a film and how it is encoded; the name before the dot is that of the form, WebM being Matroska."""


def make_films(folder: Path) -> dict[str, Path]:
    """Each film by its name; a live one besides, for which the writer could not go back to fill in its sizes."""
    films = {
        name: film(folder / name, size="64x48", sound=True, **options, metadata="title=by hand")
        for name, options in FORMS.items()
    }
    live = folder / "live.webm"
    command = [FFMPEG, "-v", "error", "-nostdin", "-y", "-i", str(films["webm.webm"]), "-c", "copy", "-live", "1"]
    subprocess.run([*command, str(live)], check=True, capture_output=True)
    return films | {live.name: live}

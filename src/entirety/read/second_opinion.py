"""Asks a second program, MediaInfo, what it reads in the same file.

It runs in a process of its own (see `mediainfo_child`): should it break down, hang or be absent, the second opinion alone is lost.
What that process prints is believed as little as the file itself.
"""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from entirety.errors import Environment
from entirety.model.second_reading import SecondReading, SecondVideo, Trouble
from entirety.read.programs import child, run

PACKAGE = "pymediainfo"
CHILD = Path(__file__).with_name("mediainfo_child.py")
SECONDS = 20
"""Chosen: a hundred times the computing that any of 90 clips takes."""
LONGEST = 200
WHOLE, DECIMAL = re.compile(r"\d{1,15}"), re.compile(r"\d{1,15}(\.\d{1,9})?")
MOST_TRACKS = 10_000
STATED = {
    "application": "Encoded_Application",
    "library": "Encoded_Library",
    "encoded": "Encoded_Date",
    "tagged": "Tagged_Date",
}
"""Our name for what it says besides, and its own."""


def read_second(path: Path, seconds: int = SECONDS) -> SecondReading:
    """What MediaInfo reads in the file at `path`, or why there is nothing; raises nothing of its own."""
    command = child(CHILD, PACKAGE, str(path.absolute()))
    if command is None:
        return SecondReading(Trouble.NOT_INSTALLED)
    try:
        told = json.loads(run(command, seconds))
    except (Environment, ValueError, RecursionError):
        return SecondReading(Trouble.BROKE_OFF)
    if told is None:
        return SecondReading(Trouble.NOT_INSTALLED)
    return _reading(_object(told))


def _reading(told: dict[str, Any]) -> SecondReading:
    general, video = _object(told.get("general")), told.get("video")
    version, form = _text(told.get("version")), _text(general.get("Format"))
    if not version:
        return SecondReading(Trouble.BROKE_OFF)
    if not form:
        return SecondReading(Trouble.NOT_READ, f"MediaInfo {version}")
    stated = [(name, _text(general.get(theirs))) for name, theirs in STATED.items()]
    stated.append(("pace", _text(_object(video).get("FrameRate_Mode"))))
    return SecondReading(
        program=f"MediaInfo {version}",
        form=form,
        duration=_seconds(general.get("Duration")),
        videos=_count(general.get("VideoCount")),
        sounds=_count(general.get("AudioCount")),
        video=_video(video) if isinstance(video, dict) else None,
        stated=tuple((name, text) for name, text in stated if text),
    )


def _video(told: dict[str, Any]) -> SecondVideo:
    return SecondVideo(
        codec=_text(told.get("Format")),
        width=_whole(told.get("Width")),
        height=_whole(told.get("Height")),
        stored=_whole(told.get("Source_FrameCount")),
        frames=_whole(told.get("FrameCount")),
        duration=_seconds(told.get("Duration")),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "".join(c for c in value[:LONGEST] if c.isprintable()).strip() if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    text = _text(value)
    return int(text) if WHOLE.fullmatch(text) and text.isascii() else None


def _count(value: Any) -> int:
    return min(_whole(value) or 0, MOST_TRACKS)


def _seconds(value: Any) -> Fraction | None:
    text = _text(value)
    return Fraction(text) if DECIMAL.fullmatch(text) and text.isascii() else None

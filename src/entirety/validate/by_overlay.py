"""Edits that lay something over a part of the clip: a caption, a circle, a frame, an area made unrecognisable.

What is laid over stands still, carries no noise of its own and is there from one picture to the next, as from an editing program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import cv2
import ffmpeg
import numpy as np
from numpy.typing import NDArray

from entirety.validate.conditions import ONE_THREAD
from entirety.validate.encoded import Piece, heard, pictures, saved
from entirety.validate.model import Place, Step, Truth
from entirety.validate.scene import Done, Make, Scene

SECONDS = 2
"""How long it is there."""

TEXT = "SEE THE MAN ON THE LEFT"
INK = "red"


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing to lay over the picture."""

    says: str
    cover: Callable[[Scene, Any, str], Any]
    """Lays it over the stream of a scene while the condition holds."""
    drawn: Callable[[], str] | None = None
    """What `shape.pgm` is to hold, where the cover reads it."""


def overlay(shape: Shape) -> Make:
    """It is there for two seconds."""

    def make(scene: Scene) -> Done | None:
        length = scene.seconds(SECONDS)
        first, whole = scene.middle(length), Piece("recording", 0, scene.made.frames)
        if first is None or not all(scene.made.size):
            return None
        clip = ffmpeg.input(f"recording.{scene.ending}", **ONE_THREAD)
        while_there = f"between(n,{first},{first + length - 1})"
        streams = [shape.cover(scene, pictures(clip, whole, scene.made, fitted=False), while_there)]
        if scene.sound:
            streams.append(heard(clip, whole, scene.made))
        target = f"done.{scene.ending}"
        step = saved(streams, scene.made, target, sound=scene.sound)
        places = tuple(Place(frame, visible=False) for frame in (first, first + length))
        written = (Step("write", ("shape.pgm", shape.drawn())),) if shape.drawn else ()
        return (*written, step), target, Truth("edited", scene.made.frames, places)

    return make


def _caption() -> str:
    """A line of white letters on black."""
    (width, height), below = cv2.getTextSize(TEXT, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 2)
    plate = np.zeros((height + below + 10, width + 16), np.uint8)
    cv2.putText(plate, TEXT, (8, height + 5), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 255, 2)
    return _grey(plate)


def _circle() -> str:
    """A ring and an arrow that points at it, white on black: where ink goes."""
    mask = np.zeros((96, 128), np.uint8)
    cv2.circle(mask, (40, 56), 32, 255, 5)
    cv2.arrowedLine(mask, (122, 6), (74, 36), 255, 5, tipLength=0.35)
    return _grey(mask)


def _grey(picture: NDArray[np.uint8]) -> str:
    """A picture as plain text (PGM)."""
    rows = "\n".join(" ".join(str(level) for level in row) for row in picture)
    return f"P2\n{picture.shape[1]} {picture.shape[0]}\n255\n{rows}\n"


def _wide(scene: Scene, share: Fraction) -> int:
    return int(scene.made.size[0] * share) // 2 * 2


def _under(scene: Scene, stream: Any, while_there: str) -> Any:
    plate = ffmpeg.input("shape.pgm", **ONE_THREAD).filter("scale", _wide(scene, Fraction(3, 4)), -2)
    return ffmpeg.overlay(stream, plate, x="(W-w)/2", y="H-h-H/20", enable=while_there)


def _round(scene: Scene, stream: Any, while_there: str) -> Any:
    wide = _wide(scene, Fraction(1, 3))
    high = wide * 3 // 8 * 2
    mask = ffmpeg.input("shape.pgm", **ONE_THREAD).filter("scale", wide, high).filter("format", "gray")
    ink = ffmpeg.input(f"color=c={INK}:s={wide}x{high}:r=1:d=1", f="lavfi").filter("format", "yuva420p")
    ring = ffmpeg.filter([ink, mask], "alphamerge")
    return ffmpeg.overlay(stream, ring, x="W/2", y="H/3", enable=while_there)


def _frame(scene: Scene, stream: Any, while_there: str) -> Any:
    thick = max(2, scene.made.size[0] // 120)
    return stream.filter("drawbox", "iw/4", "ih/4", "iw/3", "ih/3", INK, thick, enable=while_there)


def _blur(scene: Scene, stream: Any, while_there: str) -> Any:
    """An area of a quarter of the width and the height, near the middle."""
    whole = stream.split()
    width, height = scene.made.size
    size = (width // 4 // 2 * 2, height // 4 // 2 * 2, width // 3 // 2 * 2, height // 3 // 2 * 2)
    area = whole[1].filter("crop", *size).filter("boxblur", 8, 2)
    return ffmpeg.overlay(whole[0], area, x=size[2], y=size[3], enable=while_there)


SHAPES = {
    "caption": Shape("a caption", _under, _caption),
    "circle": Shape("a circle with an arrow", _round, _circle),
    "frame": Shape("a frame", _frame),
    "blur": Shape("a blurred area", _blur),
}

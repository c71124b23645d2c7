"""A small copy of one picture of each shot, made from the pictures that findings cite: the file is not opened again for it.

At a cut the finding cites the last picture of one shot and the first of the next, so that nearly every shot has a picture already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

import cv2
import numpy as np
from cv2.typing import MatLike

from entirety.model.audit import Still
from entirety.model.shots import ShotTable

MOST = 8
"""Shots that get a picture, the first ones. One costs 0.03 s at 720p and 0.07 s at 1080p, nearly all of it for reading the full picture back,
so that eight stay below 2 % of the audit of a minute of such film."""
WIDTH, HEIGHT = 240, 240
"""Pixels that hold a copy: 20 mm on paper at 300 to the inch."""


def shot_pictures(table: ShotTable, cited: Sequence[tuple[Still, bytes]]) -> Iterator[tuple[Still, bytes]]:
    """For each of the first shots the earliest of its pictures that is at hand, made smaller; none for a clip of one shot."""
    if table.count < 2:
        return
    shown = {still.frame: (still, png) for still, png in cited if still.role == "shown"}
    frames = sorted(shown)
    for row in table.rows[:MOST]:
        inside = next((frame for frame in frames if row.first <= frame <= row.last), None)
        if inside is not None:
            still, png = shown[inside]
            picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
            if picture is not None:
                yield _small(still, picture)


def _small(still: Still, picture: MatLike) -> tuple[Still, bytes]:
    scale = min(1.0, WIDTH / still.width, HEIGHT / still.height)
    size = max(1, round(still.width * scale)), max(1, round(still.height * scale))
    _, encoded = cv2.imencode(".png", cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    content = encoded.tobytes()
    return replace(
        still,
        finding="",
        role="shot",
        file=f"stills/shot-{still.frame:06d}.png",
        file_sha256=sha256(content).hexdigest(),
        width=size[0],
        height=size[1],
    ), content

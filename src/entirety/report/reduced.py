"""Makes the pictures of the PDF smaller where at full size they would make it larger than a court's mailbox takes.

The evidence is the files in stills/, of full size and without loss. The pages show each picture a few centimetres wide; where those files
together are large, the PDF carries them with fewer rows and columns, and says how many.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

MOST = 18 << 20
"""Bytes of all pictures before compression; the page setter brings noisy ones hardly below that. With 500 findings the pages take another 12 MB,
and the whole is to stay below 30 MB."""

LEAST = 10
"""Of 100 rows: below that a picture shows nothing. Up to 900 pictures of 1920 x 1080 stay within MOST."""


def share(sizes: Mapping[str, tuple[int, int]]) -> int:
    """How many of 100 rows and columns each picture keeps in the PDF; `sizes` are width and height by file."""
    whole = sum(3 * width * height for width, height in sizes.values())
    return 100 if whole <= MOST else max(LEAST, math.floor(100 * math.sqrt(MOST / whole)))


def reduce_into(folder: Path, copy: Path, sizes: Mapping[str, tuple[int, int]], part: int) -> None:
    """Write each picture of `folder` into `copy` with `part` of 100 rows and columns; one that cannot be read is left out."""
    for file, (width, height) in sizes.items():
        # Not cv2.imread: it takes no path outside of the system's code page on Windows.
        picture = cv2.imdecode(np.frombuffer((folder / file).read_bytes() or b"\0", np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            continue
        size = max(1, width * part // 100), max(1, height * part // 100)
        _, content = cv2.imencode(".png", cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        (copy / file).write_bytes(content.tobytes())

"""What is kept of a recording to find its footage again in another file: hashes of all it stores and shows, a thumbnail of each picture,
and an outline of the sound.

No picture can be printed from it. It is made by one reading of the file and can be kept beside it, so that a long recording is read
once however often clips are held against it.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Custody, Packets

ACROSS, DOWN = 48, 27
"""Samples of a thumbnail: enough to tell the pictures even of a standing camera apart when something moves."""
BANDS = 16
"""Bands of pitch in the outline of the sound."""
STEP = Fraction(1, 50)
"""Seconds between two rows of the outline of the sound: shorter than the time for which a picture stands."""


@dataclass(frozen=True)
class SoundOutline:
    """How loud the sound is in each band of pitch, fifty times a second; nothing can be heard from it."""

    start: Fraction
    """Time of row 0, seconds as the file counts them."""
    levels: NDArray[np.uint8]
    """m x BANDS: half decibels above the least that is told apart; 0 where it is silent or the file has no sound there."""

    def __len__(self) -> int:
        return len(self.levels)


@dataclass(frozen=True)
class Signature:
    """One recording, read once. Rows of the picture columns are the shown pictures in the order of showing."""

    custody: Custody
    start: Fraction
    """The container's start time, seconds: what players and ffmpeg subtract from every time they print."""
    time_base: Fraction
    """Of `pts`, `duration` and `packets`."""
    codec: str
    width: int
    height: int
    pts: NDArray[np.int64]
    """n ticks, rising; a picture for which the file states no time stands where its neighbours put it."""
    duration: NDArray[np.int64]
    """n ticks, above 0: until the next picture; for the last as long as the file says, else as the one before."""
    sha256: NDArray[np.uint8]
    """n x 32: as in the list of frame hashes."""
    grey: NDArray[np.uint8]
    """n x DOWN x ACROSS: mean brightness over equal areas of the shown picture, as coded; neither turned nor stretched."""
    phash: NDArray[np.uint64]
    """n: perceptual hash as in the audit."""
    packets: Packets
    """Coded pictures of the main video that a player shows, in file order, with hashes."""
    sound: SoundOutline | None
    """Of the first sound stream that can be decoded; None where there is none."""
    decoder: str
    """Library and version that decoded."""

    def __len__(self) -> int:
        return len(self.pts)

    @cached_property
    def times(self) -> NDArray[np.float64]:
        """Seconds from the container's start, n + 1 values: the last is the end of the last picture. For searching; reported times are exact."""
        ticks = np.append(self.pts, self.pts[-1:] + self.duration[-1:]) if len(self.pts) else self.pts
        return ticks.astype(np.float64) * float(self.time_base) - float(self.start)

    def begin(self, row: int) -> Fraction:
        """Exact seconds from the container's start at which a picture appears; row n is the end of the last picture."""
        ticks = int(self.pts[row]) if row < len(self.pts) else int(self.pts[-1] + self.duration[-1])
        return ticks * self.time_base - self.start

    def end(self, row: int) -> Fraction:
        """Exact seconds from the container's start at which the next picture takes a picture's place."""
        return self.begin(row + 1)

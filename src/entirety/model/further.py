"""Pictures that a file holds besides those a player shows: hidden by an edit list, listed nowhere, in other tracks, or embedded as previews.

They are decoded, hashed and described in numbers like the shown ones; where each lies in the file is written down, so that it can be
decoded again.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ranges = tuple[tuple[int, int], ...]
"""Byte ranges [start, end) in file order."""


class Origin(IntEnum):
    """Where a picture that is not shown was found."""

    HIDDEN = 0
    """In the main video's table, and left out by its edit list."""
    ORPHAN = 1
    """In bytes that no table refers to."""
    TRACK = 2
    """In another video track."""
    PREVIEW = 3
    """A single picture kept beside the video: cover, thumbnail, poster."""


@dataclass(frozen=True, slots=True)
class Orphans:
    """The bytes of the media data that no sample of any track refers to, and what was found in them."""

    ranges: Ranges
    """Ranges of eight bytes and more that hold more than one value repeated; at most as many as the reader keeps."""
    size: int
    """Bytes of the media data that no sample refers to, padding left out; where a bound was reached, more than `ranges` hold."""
    padding: int
    """Bytes that nothing refers to and that hold one value repeated."""
    media: int
    """Bytes of all media data."""
    others: Ranges
    """Ranges outside the media data that were searched as well: free space, and what belongs to no block."""
    coded: int
    """Coded pictures recognised by their structure."""
    damaged: int
    """Of these, pictures that could not be decoded, or not without errors."""
    complete: bool
    """False where a bound ended the search before the last byte, or the tables have more rows than are read."""
    readable: bool
    """False where the video is coded in a way that this search does not know, or there was nothing to search."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How far one source of pictures was decoded."""

    origin: Origin
    stream: int
    """Index among all streams."""
    damaged: int
    """Pictures that could not be decoded without errors."""
    complete: bool
    """False where a bound ended the decoding before the last picture."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One picture kept beside the video."""

    path: str
    """The box's path."""
    offset: int
    size: int
    row: int
    """Row in the columns of `Further`; -1 where it cannot be decoded."""
    nearest: int
    """Least number of differing bits between its perceptual hash and that of a shown picture; -1 where they cannot be compared."""
    frame: int
    """The shown picture that is nearest; -1 where they cannot be compared."""
    hidden: int
    """The same number for the pictures that are stored and not shown; -1 where there is none to compare with."""
    hidden_row: int
    """Row in the columns of `Further` of the nearest one; -1 where there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Further:
    """Every such picture that could be decoded without errors, one row each, source by source in file order."""

    origin: NDArray[np.int8]
    """Origin by number."""
    stream: NDArray[np.int32]
    """Index among all streams of the track that it belongs to, or whose settings decoded it; for a preview the number among previews."""
    packet: NDArray[np.int64]
    """Row of its coded picture in `Clip.stored` of that stream; -1 where no table lists it."""
    offset: NDArray[np.int64]
    """First byte of the coded picture in the file; -1 where unknown."""
    size: NDArray[np.int64]
    key: NDArray[np.bool_]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    sha256: NDArray[np.uint8]
    """n x 32, computed as for shown pictures."""
    phash: NDArray[np.uint64]
    """As for shown pictures."""
    orphans: Orphans | None
    """None where the container is none that says where every sample lies."""
    taken: tuple[Taken, ...]
    previews: tuple[Preview, ...]

    def __len__(self) -> int:
        return len(self.origin)

    def rows(self, origin: Origin, stream: int | None = None) -> NDArray[np.int64]:
        """Rows of one origin, and of one stream where it is named."""
        here = self.origin == origin
        return np.flatnonzero(here if stream is None else here & (self.stream == stream))
